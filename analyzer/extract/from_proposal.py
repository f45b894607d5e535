"""Trials made from a model's proposal, for a claim in which the text holds nothing that a binder could fix one on.

"The tremors shook all asset classes" names no series and no session. What a proposal supplies is marked ``proposed``,
so that the outcome is at most ``mixed`` and the output names it. The text comes first all the same: a series that it
names, a way that it says, a time that it gives is the trial's; a proposal that says otherwise makes no trial, and a
figure is tested only where it stands in the quote. What would be true of nearly any period, such as a rise of a price
index for goods, is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.proposals import Proposal
from analyzer.extract.roles import direction_near, parts
from analyzer.extract.sessions import session_back, session_upto
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction, Kind, Stated
from analyzer.text.numbers import stated

FACTS: tuple[Kind, ...] = (
    "quantitative_move", "level", "comparison", "volatility_sentiment", "trend_regime", "causal", "bubble_valuation",
    "macro", "other_fact",
)  # fmt: skip
"""Kinds of what has been. A record, a likeness, a policy need words that a proposal cannot supply."""
SHORT = timedelta(days=5)
"""A span no longer is one session."""


@dataclass(frozen=True)
class _Span:
    base: date
    last: date
    basis: Basis


def built(context: Context, proposal: Proposal) -> list[Draft]:
    """The trial of a proposal, if it can be made a fair one."""
    build = BUILDERS.get(proposal.check)
    if build is None or context.clock.published is None or context.clock.names_no_day(context.clause):
        return []
    if (proposal.check == "forecast") != (context.claim.kind == "prediction"):
        return []
    if proposal.check != "forecast" and context.claim.kind not in FACTS:
        return []
    series = _series(context, proposal)
    way = _way(context, proposal)
    if not series or way is None:
        return []
    draft = build(context, proposal, series, way)
    return [] if draft is None else [draft]


Series = list[tuple[Instrument, Basis]]
Way = tuple[Direction, Basis]


def _series(context: Context, proposal: Proposal) -> Series:
    """The proposed series, those with data if any has; none where the text names others."""
    said = {s.instrument.symbol for s in context.subjects() if s.instrument is not None}
    found = [i for symbol in proposal.symbols if (i := context.instrument(symbol)) is not None]
    if said and not said & {i.symbol for i in found}:
        return []
    served = [i for i in found if context.available(i.symbol)]
    return [(i, "quote" if i.symbol in said else "proposed") for i in served or found]


def _way(context: Context, proposal: Proposal) -> Way | None:
    """The way that the text says, else the proposed one; None where they differ, or there is none."""
    read = direction_near(context.clause, None)
    if read is None:
        return None if proposal.direction is None else (proposal.direction, "proposed")
    return (read, "quote") if proposal.direction in (read, None) else None


def _span(context: Context, instrument: Instrument, proposal: Proposal) -> _Span | None:
    """The window of the text, else the proposed one, which ends on the day of publication at the latest."""
    if instrument.exchange == "macro":
        return None
    stretch = context.stretch(instrument)
    if stretch is not None and stretch.last is not None and stretch.basis != "proposed":
        return _Span(stretch.base, stretch.last, stretch.basis)
    published = context.clock.published
    if published is None or proposal.last is None or proposal.last > published:
        return None
    last = session_upto(instrument, proposal.last)
    if proposal.first is not None and proposal.last - proposal.first > SHORT:
        return _Span(session_upto(instrument, proposal.first), last, "proposed")
    moment = context.moment(instrument)
    if moment is not None and moment.basis not in ("proposed", "default"):
        return _Span(session_back(instrument, moment.session), moment.session, moment.basis)
    return _Span(session_back(instrument, last), last, "proposed") if proposal.first is not None else None


def _figure(context: Context, proposal: Proposal, way: Direction) -> Stated | None:
    """The proposed figure, which stands in the quote as a change."""
    for part in parts(context.clause):
        if proposal.figure and proposal.figure in part.figure.text and part.figure.unit == "fraction":
            return stated(part.figure, way) if part.role == "change" else None
    return None


def _draft(check: str, proposal: Proposal, params: dict[str, object], marks: dict[str, Basis]) -> Draft:
    return Draft(check, params, marks, directness=proposal.directness, why=proposal.why)


def _move(context: Context, proposal: Proposal, series: Series, way: Way) -> Draft | None:
    instrument, basis = series[0]
    span = _span(context, instrument, proposal)
    if span is None:
        return None
    figure = _figure(context, proposal, way[0])
    if proposal.figure and figure is None:
        return None
    marks: dict[str, Basis] = {"symbol": basis, "direction": way[1]}
    params = {"symbol": instrument.symbol, "direction": way[0], "stated": figure}
    if session_back(instrument, span.last) == span.base:
        return _draft("session_return", proposal, {**params, "session": span.last}, {**marks, "session": span.basis})
    window: dict[str, Basis] = {"base": span.basis, "last": span.basis}
    return _draft("period_return", proposal, {**params, "base": span.base, "last": span.last}, {**marks, **window})


def _against(context: Context, proposal: Proposal, series: Series, way: Way) -> Draft | None:
    if len(series) != 2 or proposal.figure:
        return None
    (first, basis), (other, of_other) = series
    span = _span(context, first, proposal)
    if span is None:
        return None
    params = {
        "symbol": first.symbol, "other": other.symbol, "base": span.base, "last": span.last,
        "relation": "better" if way[0] == "up" else "worse",
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "other": of_other, "relation": way[1], "base": span.basis, "last": span.basis,
    }  # fmt: skip
    return _draft("relative_performance", proposal, params, marks)


def _together(context: Context, proposal: Proposal, series: Series, way: Way) -> Draft | None:
    if len(series) < 3 or proposal.figure:
        return None
    span = _span(context, series[0][0], proposal)
    if span is None:
        return None
    members = tuple(instrument.symbol for instrument, _ in series)
    params = {"members": members, "base": span.base, "last": span.last, "direction": way[0]}
    marks: dict[str, Basis] = {
        "members": "proposed", "direction": way[1], "base": span.basis, "last": span.basis,
    }  # fmt: skip
    return _draft("breadth", proposal, params, marks)


def _mood(context: Context, proposal: Proposal, series: Series, way: Way) -> Draft | None:
    """Nervous or calm, by the option prices of a market; no word of the text says how much."""
    instrument, basis = series[0]
    if instrument.kind != "volatility" or proposal.figure or proposal.last is None:
        return None
    span = _span(context, instrument, proposal)
    published = context.clock.published
    last = span.last if span is not None else session_upto(instrument, min(proposal.last, published or proposal.last))
    params = {"symbol": instrument.symbol, "session": last, "word": "nervous" if way[0] == "up" else "calm"}
    marks: dict[str, Basis] = {"symbol": basis, "session": span.basis if span else "proposed", "word": way[1]}
    return _draft("volatility_regime", proposal, params, marks)


def _to_come(context: Context, proposal: Proposal, series: Series, way: Way) -> Draft | None:
    """A forecast of a price or a rate; the figures of the economy that grow in nearly every year are none."""
    instrument, basis = series[0]
    made = context.clock.published
    if made is None or proposal.figure or instrument.kind == "macro":
        return None
    if proposal.first == proposal.last == made:  # written before the close: "in for another difficult day"
        params = {"symbol": instrument.symbol, "session": session_upto(instrument, made), "direction": way[0]}
        of_day: dict[str, Basis] = {"symbol": basis, "session": "proposed", "direction": way[1]}
        return _draft("session_return", proposal, params, of_day)
    read = context.clock.horizon(context.clause)
    if read is not None:
        end, of_end = read[0], read[1]
    elif proposal.last is not None and proposal.last > made:
        end, of_end = proposal.last, "proposed"
    else:
        return None
    params = {"symbol": instrument.symbol, "made": made, "end": end, "direction": way[0], "mode": "at_horizon"}
    marks: dict[str, Basis] = {"symbol": basis, "made": "article", "end": of_end, "direction": way[1]}
    return _draft("forecast", proposal, params, marks)


BUILDERS: dict[str, Callable[[Context, Proposal, Series, Way], Draft | None]] = {
    "session_return": _move,
    "period_return": _move,
    "relative_performance": _against,
    "breadth": _together,
    "volatility_regime": _mood,
    "forecast": _to_come,
}
"""Checks whose question is whole once series, way and window are there."""
