"""forecast_comparison: whose forecasts came closer, and whose are said to be better."""

from __future__ import annotations

from datetime import date
from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.forecast_words import Contest, contest, is_house
from analyzer.extract.resolve import resolve
from analyzer.extract.things import Thing, things_in
from analyzer.market.instruments import Instrument
from analyzer.model import Basis


def contests(context: Context) -> list[Draft] | None:
    """None where no forecasts are compared; nothing where they are and their end was not read."""
    found = contest(context.clause)
    if found is None or not found.decides:
        return None if found is None else []
    subject = _subject(context, found)
    if found.figures:
        return _of_figures(context, found, subject)
    params: dict[str, Any] = {
        "symbol": subject.instrument.symbol if subject else None, "by": found.first, "among": found.others or None,
        "relation": "no_better" if found.no_better else None, "general": True,
        "against": found.against if found.against != "others" else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {name: "quote" for name in ("by", "among", "relation", "against") if params[name]}
    if subject is not None:
        marks["symbol"] = subject.basis
    why = "better takes a series of forecasts that have come due"
    return [Draft("forecast_comparison", params, marks, directness="statistical", why=why)]


def _of_figures(context: Context, found: Contest, subject: Thing | None) -> list[Draft]:
    """The forecasts that the sentence names, for the one end that it names."""
    ends = _ends(context)
    if subject is None or len(ends) != 1 or not _is_priced(subject.instrument, found):
        return []
    forecasts = [
        {"by": who, "end": ends[0].isoformat(), "value": figure.value, "text": figure.text}
        for who, figure in found.figures
    ]  # fmt: skip
    params = {"symbol": subject.instrument.symbol, "forecasts": forecasts, "by": found.first}
    marks: dict[str, Basis] = {"symbol": subject.basis, "forecasts": "quote", "by": "quote"}
    return [Draft("forecast_comparison", params, marks, why="who was closer is the size of two errors")]


def _is_priced(instrument: Instrument, found: Contest) -> bool:
    """Whether the figures are levels of the series: a rate in per cent, or money of another country, is none."""
    currencies = {figure.currency for _, figure in found.figures if figure.currency}
    return instrument.kind not in ("macro", "rate") and currencies <= {instrument.currency}


def _ends(context: Context) -> list[date]:
    """The days that the sentence's time words end on."""
    read = [resolve(e.value, context.clock.published) for e in context.clause.sentence.times]
    return sorted({p.last for p in read if p is not None and p.shape in ("period", "until", "point", "day")})


def _subject(context: Context, found: Contest) -> Thing | None:
    """What was forecast: the one thing of the sentence that is no forecaster."""
    forecasters = {found.first, *found.others}
    things = things_in(context.clause.sentence, context.available)
    rest = [t for t in things if t.said not in forecasters and not is_house(t.said)]
    return rest[0] if len(rest) == 1 else None
