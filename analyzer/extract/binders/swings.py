"""volatility_change: a series that is said to move more, or less, than before."""

from __future__ import annotations

from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.swing_words import swings as swing
from analyzer.extract.things import STOCKS, things_in
from analyzer.model import Basis, Stated
from analyzer.text.numbers import stated
from analyzer.text.times import Since, YearStart


def swings(context: Context) -> list[Draft]:
    clause = context.clause
    direction = swing(clause)
    market = context.instrument(STOCKS)
    things = things_in(clause, context.available)
    if direction is None or market is None or len(things) > 1:
        return []
    instrument, basis, assumed = market, "default", f"the market: {market.name}"
    if things:
        instrument, basis, assumed = things[0].instrument, things[0].basis, things[0].assumed
    if instrument.kind in ("macro", "volatility"):
        return []
    window = _window(context, instrument)
    figure = _figure(context, direction)
    if window is None or figure == "other":
        return []
    params: dict[str, Any] = {"symbol": instrument.symbol, "direction": direction, **window[0]}
    marks: dict[str, Basis] = {"symbol": basis, "direction": "quote", **window[1]}  # type: ignore[dict-item]
    if isinstance(figure, Stated):
        params["stated"], marks["stated"] = figure, "quote"
    why = "the spread of daily returns after and before"
    return [Draft("volatility_change", params, marks, directness="statistical", why=why,
                  assumed=(assumed,) if assumed else ())]  # fmt: skip


def _window(context: Context, instrument: Any) -> tuple[dict[str, Any], dict[str, Basis]] | None:
    """Since the day named, else the last sessions up to the day of writing; None for a time of another form."""
    clause = context.clause
    if not clause.times:
        last = context.clock.last_session(instrument)
        if last is None or context.clock.is_open(clause):
            return None
        return {"last": last}, {"last": "context"}
    if not all(isinstance(e.value, (Since, YearStart)) for e in clause.times):
        return None
    stretch = context.stretch(instrument)
    if stretch is None or stretch.last is None:
        return None
    return {"since": stretch.base, "last": stretch.last}, {"since": stretch.basis, "last": stretch.basis}


def _figure(context: Context, direction: str) -> Stated | str | None:
    """How much it is said to have changed; "other" for a figure that is no change in per cent."""
    figures = [f for f in context.clause.figures if f.unit != "count"]
    if not figures:
        return None
    if len(figures) > 1 or figures[0].unit != "fraction":
        return "other"
    said = stated(figures[0], "up" if direction == "rose" else "down")
    return said if (said.value > 0) == (direction == "rose") else "other"
