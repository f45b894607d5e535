"""period_share: in how many years, months or sessions a series is said to have risen or fallen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from analyzer.extract.binders.common import index_of
from analyzer.extract.binders.spans import beginning
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.period_counts import PeriodCount, Unit, counts_periods, period_count
from analyzer.extract.phrases import any_phrase
from analyzer.extract.resolve import resolve
from analyzer.extract.sessions import session_back, session_upto
from analyzer.extract.things import things_in
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Stated
from analyzer.text import times as t
from analyzer.text.numbers import Figure, stated

Found = tuple[Instrument, Basis, tuple[str, ...]]


def period_shares(context: Context) -> list[Draft] | None:
    """The trial of how often; no draft where the clause counts what is not read, and None where it counts nothing."""
    return _drafted(context) if counts_periods(context.clause) else None


def _drafted(context: Context) -> list[Draft]:
    said = period_count(context.clause)
    if said is None or context.clock.published is None:
        return []
    subject = _series(context)
    span = _span(context, said, subject[0]) if subject is not None else None
    if subject is None or span is None:
        return []
    instrument, basis, assumed = subject
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "unit": said.unit, "direction": said.direction, "months": said.months or None,
        "stated": _stated(said), "every": said.every or None, **span[0],
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "unit": "quote", "direction": "quote", "stated": "quote", **span[1],
    }  # fmt: skip
    return [Draft("period_share", params, marks, assumed=assumed, why="how often shows in whole calendar periods")]


def _series(context: Context) -> Found | None:
    """The one series of the clause, or the market that it names by a general word."""
    things = things_in(context.clause, context.available)
    if len(things) == 1 and things[0].instrument.kind not in ("macro", "rate"):
        one = things[0]
        return one.instrument, one.basis, (one.assumed,) if one.assumed else ()
    named = single(context.subject()) or index_of(context)
    if things or named is None or named[0].kind in ("macro", "rate"):
        return None
    return (*named, ())


def _stated(said: PeriodCount) -> Stated | None:
    if isinstance(said.share, Figure):
        return stated(said.share, None)
    if said.share is not None:
        return _exactly(said.share, "fraction", said.text)
    return _exactly(float(said.hits), "count", said.text) if said.hits is not None else None


def _exactly(value: float, unit: str, text: str) -> Stated:
    return Stated.model_validate(
        {"text": text, "value": value, "low": value, "high": value, "unit": unit, "qualifier": "exact"}
    )


# --- the span ------------------------------------------------------------------------------------------------------

Span = tuple[dict[str, date], dict[str, Basis]]


def _span(context: Context, said: PeriodCount, instrument: Instrument) -> Span | None:
    """First and last day of the periods that are counted; None where the text says them in a way that is not read."""
    published = context.clock.published
    assert published is not None
    before = _period_begin(published, said.unit) - timedelta(days=1)
    if said.up_to_the_day:
        return _up_to_the_day(context, said, instrument)
    number = said.of if said.past else None
    if number is None and said.those:
        number = _named_before(context, said.unit)
        if number is None:
            return None
    if number is not None:
        return (
            _sessions_back(before, number, instrument)
            if said.unit == "session"
            else _back_from(before, published, number, said)
        )
    begins = beginning(context)
    times = [e.value for e in context.clause.times if not isinstance(e.value, (t.Month, t.Duration))]
    if begins.open or said.those:
        return None
    if begins.since is not None and any(isinstance(v, t.Since) for v in times):
        return _since(begins.since, before, begins.basis, said)
    between = [p for v in times if (p := resolve(v, published)) is not None and p.shape == "period"]
    if len(between) == 1 and len(times) == 1 and between[0].last < published:
        return {"first": between[0].first, "last": between[0].last}, {"first": "quote", "last": "quote"}
    if times or said.every or said.hits is not None or not _is_of_all(said):
        return None
    return {"last": before}, {"last": "default"}


def _since(since: date, before: date, basis: Basis, said: PeriodCount) -> Span:
    """From the period that is named on; as a second reading from the one behind it: "in every year since 2008"."""
    first = _period_begin(since, said.unit)
    params = {"first": first, "last": before}
    behind = _next_begin(first, said.unit)
    if said.unit in ("year", "quarter", "month") and behind < before:
        params |= {"or_first": behind, "or_last": before}
    return params, {"first": basis, "last": "context"}


def _next_begin(begin: date, unit: Unit) -> date:
    return _period_begin(begin + timedelta(days={"year": 366, "quarter": 93, "month": 31}.get(unit, 1)), unit)


def _is_of_all(said: PeriodCount) -> bool:
    """ "In 75 percent of all years": of whatever the data hold."""
    return said.share is not None and said.of is None and not said.past


def _back_from(before: date, published: date, number: int, said: PeriodCount) -> Span:
    """The last so many that were over, and as a second reading with the one that runs."""
    params = {"first": _back(before, number, said), "last": before}
    if not said.months:
        params |= {"or_first": _back(published, number, said), "or_last": published}
    return params, {"first": "quote", "last": "context"}


def _sessions_back(before: date, number: int, instrument: Instrument) -> Span:
    last = first = session_upto(instrument, before)
    for _ in range(number - 1):
        first = session_back(instrument, first)
    return {"first": first, "last": last}, {"first": "quote", "last": "context"}


def _up_to_the_day(context: Context, said: PeriodCount, instrument: Instrument) -> Span | None:
    """So many sessions of which the last is the one that the clause names."""
    moment = context.day(instrument) if said.unit == "session" else None
    if moment is None or moment.basis not in ("quote", "context") or said.of is None:
        return None
    first, _ = _sessions_back(moment.session, said.of, instrument)
    return first, {"first": "quote", "last": moment.basis}


def _named_before(context: Context, unit: Unit) -> int | None:
    """ "Those years": how many, as the paragraph last said before it."""
    start, end = context.clause.paragraph.start, context.clause.start
    text = context.clause.view.article.text[start:end]
    found = re.findall(rf"\b(\d{{1,3}})[- ]{any_phrase(f'counted_{unit}')}\b", text, re.IGNORECASE)
    return int(found[-1]) if found else None


def _period_begin(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=(day.weekday() + 2) % 7)  # from Saturday
    month = {"year": 1, "quarter": 3 * ((day.month - 1) // 3) + 1}.get(unit, day.month)
    return day if unit == "session" else day.replace(month=month, day=1)


def _back(end: date, number: int, said: PeriodCount) -> date:
    """The first day of the first of so many periods, of which the last ends with, or holds, ``end``."""
    begin = _period_begin(end, said.unit)
    if said.months:
        return date(end.year - number + (1 if end.month >= said.months[0] else 0), 1, 1)
    if said.unit == "week":
        return begin - timedelta(days=7 * (number - 1))
    months = (number - 1) * {"year": 12, "quarter": 3, "month": 1}[said.unit]
    index = begin.year * 12 + begin.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
