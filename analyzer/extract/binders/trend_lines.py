"""trend_reversal: runs in a row, trends, moves that go on, and whether what has risen goes on to rise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from analyzer.extract.binders.common import OTHER_QUANTITY, index_of, within_session
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.relations import is_stated
from analyzer.extract.roles import direction_near, direction_of
from analyzer.extract.sessions import exchange_of
from analyzer.extract.state_words import lasting_state
from analyzer.extract.things import STOCKS, things_in
from analyzer.extract.trend_words import Streak, persists, streak, trend_direction
from analyzer.market import calendars
from analyzer.market.instruments import Instrument
from analyzer.model import Basis

Found = tuple[Instrument, Basis, tuple[str, ...]]


def streaks(context: Context) -> list[Draft]:
    """The run that the clause speaks of, up to the session it names, else the last one before it was written."""
    said = streak(context.clause)
    subject = one_series(context)
    if said is None or subject is None:
        return []
    instrument, basis, assumed = subject
    of_results = said.unit in ("quarter", "year") or not said.counted
    if instrument.kind == "macro" or (of_results and instrument.kind == "equity"):
        return []  # a company's third quarterly loss, or its third straight loss, is one of its results
    ends = _end(context, instrument, said)
    if ends is None:
        return []
    session, other, when = ends
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "mode": "streak", "direction": said.direction, "length": said.length,
        "unit": said.unit, "at_least": said.at_least or None, "ended": said.ended or None, "session": session,
        "other": other,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "direction": "quote", "length": "quote", "unit": "quote", "session": when,
    }  # fmt: skip
    return [Draft("trend_reversal", params, marks, assumed=assumed, why="a run is counted in closes")]


def one_series(context: Context) -> Found | None:
    """The one series that the clause is about; the market where it says "stocks", which is assumed."""
    named = single(context.subject())
    if named is not None:
        return (*named, ())
    index = index_of(context)
    if index is not None:
        return (*index, ())
    things = things_in(context.clause, context.available)
    if len(things) == 1 and things[0].instrument.kind != "macro":
        thing = things[0]
        return thing.instrument, thing.basis, (thing.assumed,) if thing.assumed else ()
    return None


def _end(context: Context, instrument: Instrument, said: Streak) -> tuple[date, date | None, Basis] | None:
    """The session that the run ends with, and a second one that may be meant; None for a day that is not known."""
    clock, clause = context.clock, context.clause
    read = clock.period(clause)
    if clock.names_no_day(clause) or clock.published is None:
        return None
    if read is not None and read[0].shape == "day" and said.unit == "session":
        moment = context.day(instrument)
        return (moment.session, moment.other, moment.basis) if moment is not None else None
    if read is not None and read[0].shape == "period" and read[1] == "quote" and read[0].last < clock.published:
        last = clock.last_session(instrument)
        recent = last is not None and (last - read[0].last).days <= 10
        if not recent:
            return None  # a run of a year long past, of which the end is not said
    last = clock.last_session(instrument)
    today = clock.published if calendars.is_session(exchange_of(instrument), clock.published) else None
    return (last, today, "default") if last is not None else None


def trend_lines(context: Context) -> list[Draft]:
    """A series that is said to be in a trend, from the beginning that is named, else over half a year."""
    clause = context.clause
    direction = trend_direction(clause)
    subject = one_series(context)
    if direction is None or subject is None or clause.figures:
        return []
    instrument, basis, assumed = subject
    stretch = context.stretch(instrument)
    last = context.clock.last_session(instrument)
    if last is None or (stretch is None and (context.clock.is_open(clause) or _names_a_time(context))):
        return []
    params: dict[str, Any] = {"symbol": instrument.symbol, "mode": "trend", "direction": direction, "session": last}
    marks: dict[str, Basis] = {"symbol": basis, "direction": "quote", "session": "default"}
    if stretch is not None and stretch.last is not None:
        params |= {"base": stretch.base, "session": stretch.last}
        marks |= {"base": stretch.basis, "session": stretch.basis}
    why = "a trend shows in the ranks of the closes"
    return [Draft("trend_reversal", params, marks, directness="statistical", assumed=assumed, why=why)]


LEAST = timedelta(days=28)
"""A move of fewer sessions, about twenty, is too short for a trend to be told from chance."""


def courses(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """The trend of a move that is under way, beside the ``drafts`` of the move itself: "steigt seit Monaten", "has been
    falling since March". Where no length is said but that it goes on ("endlich fällt der Euro wieder"), the check's own
    half year, which is marked as a default."""
    clause = context.clause
    if not clause.has("under_way") or clause.figures or not is_stated(clause) or clause.is_question:
        return []
    spans = [d for d in drafts if d.check == "period_return" and d.params.get("stated") is None]
    if len(drafts) == len(spans) == 1:
        return _over_its_span(spans[0])
    return [] if drafts or clause.times or not clause.has("goes_on") else _over_half_a_year(context)


HALF_YEAR = 126
"""Sessions of a trend of which no length is said."""
WHY = "a move that goes on is a trend if chance seldom does as well"


def _over_its_span(move: Draft) -> list[Draft]:
    base, last, direction = (move.params.get(name) for name in ("base", "last", "direction"))
    if base is None or last is None or direction is None or last - base < LEAST:
        return []
    params = {"symbol": move.params["symbol"], "mode": "trend", "direction": direction, "base": base, "session": last}
    when = move.basis.get("base", "default")
    marks: dict[str, Basis] = {
        "symbol": move.basis.get("symbol", "quote"), "direction": "quote", "base": when, "session": when,
    }  # fmt: skip
    return [Draft("trend_reversal", params, marks, directness="statistical", assumed=move.assumed, why=WHY)]


def _over_half_a_year(context: Context) -> list[Draft]:
    clause, subjects = context.clause, context.subjects()
    named = subjects[0] if len(subjects) == 1 else None
    if named is None or single(named) is None or OTHER_QUANTITY.search(clause.text) or within_session(clause):
        return []
    instrument, basis = named.instrument, named.basis
    assert instrument is not None
    direction = direction_of(clause, named.target) or direction_near(clause, None)
    last = context.clock.last_session(instrument)
    if direction is None or last is None or context.clock.names_no_day(clause):
        return []
    if named.inverse:
        direction = "down" if direction == "up" else "up"
    params = {
        "symbol": instrument.symbol, "mode": "trend", "direction": direction, "session": last, "recent": HALF_YEAR,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "direction": "quote", "recent": "default", "session": "default"}
    assumed = ("no length is stated: half a year",)
    return [Draft("trend_reversal", params, marks, directness="statistical", assumed=assumed, why=WHY)]


def lasting_states(context: Context) -> list[Draft]:
    """The trend of the half year behind a state that goes on: "der Dollar bleibt angeschlagen"."""
    clause, direction = context.clause, lasting_state(context.clause)
    if direction is None or clause.figures or clause.times or clause.is_question or clause.has("negation"):
        return []
    subjects = context.subjects()
    named = single(subjects[0]) if len(subjects) == 1 else None
    last = context.clock.last_session(named[0]) if named is not None else None
    if named is None or last is None:
        return []
    way = {"up": "down", "down": "up"}[direction] if subjects[0].inverse else direction
    params = {
        "symbol": named[0].symbol, "mode": "trend", "direction": way, "session": last, "recent": HALF_YEAR,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": named[1], "direction": "quote", "recent": "default", "session": "default"}
    assumed = ("no length is stated: half a year",)
    return [Draft("trend_reversal", params, marks, directness="statistical", assumed=assumed, why=STATE)]


STATE = "a state that goes on shows in the trend behind it"


def _names_a_time(context: Context) -> bool:
    """Whether a time is named that is neither a stretch nor a day of now: the trend was of then."""
    read = context.clock.period(context.clause)
    return read is not None and read[1] == "quote" and read[0].shape != "day"


def persistence(context: Context) -> list[Draft]:
    """ "Trends in stocks tend to persist": said of all times, tested on all closes up to the day of writing."""
    things = things_in(context.clause, context.available)
    market = context.instrument(STOCKS)
    if not persists(context.clause) or len(things) > 1 or market is None or context.clause.times:
        return []
    instrument, basis, assumed = market, "default", f"the market: {market.name}"
    if things:
        instrument, basis, assumed = things[0].instrument, things[0].basis, things[0].assumed
    last = context.clock.last_session(instrument)
    if last is None or instrument.kind == "macro":
        return []
    params = {"symbol": instrument.symbol, "mode": "predictable", "tendency": "persistent", "session": last}
    marks: dict[str, Basis] = {"symbol": basis, "tendency": "quote", "session": "context"}  # type: ignore[dict-item]
    return [Draft("trend_reversal", params, marks, directness="statistical", why="variance ratios",
                  assumed=(assumed,) if assumed else ())]  # fmt: skip
