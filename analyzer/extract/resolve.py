"""Time expressions to calendar periods, relative to the day of publication.

``analyzer.text.times`` says what is written ("seit Jahresbeginn", "on Monday"); this module says which days that is for
an article of a given date, and where informed readers differ, which two. Sessions come later, from the instrument's own
exchange. Without a publication date only absolute expressions have a period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from analyzer.extract.calendar_spans import shift
from analyzer.extract.periods import DAY, Period, periods_of
from analyzer.text import times as t

__all__ = ["Period", "readings", "resolve"]

VAGUE_COUNT = {"day": 5, "week": 4, "month": 3, "quarter": 2, "year": 2, "decade": 1}
"""What "in den vergangenen Tagen", "in the coming weeks" are taken for, in their unit. Printed as assumed."""


def resolve(value: t.TimeValue, published: date | None) -> Period | None:
    """The likeliest period of an expression, with the second where there are two; None when it needs a date that is not
    known, or names no time or no day."""
    found = readings(value, published)
    return replace(found[0], other=found[1]) if len(found) > 1 else next(iter(found), None)


def readings(value: object, published: date | None) -> tuple[Period, ...]:
    """Every period that an expression may mean, the likelier first; empty when it names none."""
    return tuple(dict.fromkeys(periods_of(value, published)))


# --- lengths -------------------------------------------------------------------------------------------------------


@periods_of.register
def _(value: t.Ago, published: date | None) -> Iterable[Period]:
    day = shift(published, -value.count, value.unit) if published else None
    return (Period("point", day, day),) if day else ()


@periods_of.register
def _(value: t.Duration, published: date | None) -> Iterable[Period]:
    vague = value.count is None
    count = value.count if value.count is not None else VAGUE_COUNT.get(value.unit, 1)
    future = value.side == "future"
    day = shift(published, count if future else -count, value.unit) if published else None
    if day is None or published is None:
        return ()
    if future:
        return (Period("until", published, day, vague=vague),)
    return (Period("since", min(day + DAY, published), published, vague=vague),)


@periods_of.register
def _(value: t.YearStart, published: date | None) -> Iterable[Period]:
    return (Period("since", date(published.year, 1, 1), published, "year"),) if published else ()


@periods_of.register
def _(value: t.Ever, published: date | None) -> Iterable[Period]:
    return (Period("ever", date.min, published or date.max),)


@periods_of.register
def _(value: t.Either, published: date | None) -> Iterable[Period]:
    return (*periods_of(value.first, published), *periods_of(value.other, published))


# --- from, to, between ---------------------------------------------------------------------------------------------


@periods_of.register
def _(value: t.Since, published: date | None) -> Iterable[Period]:
    last = published or date.max
    for anchor in periods_of(value.anchor, published):
        if anchor.shape in ("day", "point"):
            yield Period("since", anchor.first + DAY, last, known=anchor.known)
        else:
            yield Period("since", _beginning(value.anchor, anchor), last, anchor.precision)


def _beginning(said: t.TimeValue, anchor: Period) -> date:
    """Where "since" a period begins: with it, in the middle of what is a middle, after an end and after a feast."""
    part = getattr(said, "part", None)
    if part == "end" or isinstance(said, t.Holiday):
        return anchor.last + DAY
    return anchor.first + (anchor.last - anchor.first) // 2 if part == "mid" else anchor.first


@periods_of.register
def _(value: t.Until, published: date | None) -> Iterable[Period]:
    if published is None:
        return
    coming = tuple(periods_of(t.looking(value.anchor, "ahead"), published))
    if value.before and coming and coming[0].first <= published:  # "before summer", written in June
        coming = tuple(periods_of(t.looking(value.anchor, "next"), published))[:1]
    for anchor in coming:
        yield from (Period("until", published, last, anchor.precision) for last in _ends(value, anchor))
    if coming and not value.before:
        yield from _nearer(tuple(periods_of(t.looking(value.anchor, None), published)), coming[0], published)


def _nearer(past: tuple[Period, ...], coming: Period, published: date) -> tuple[Period, ...]:
    """What the anchor was last, where that is nearer than the next: "by the end of March", written in April."""
    is_nearer = bool(past) and past[0] != coming and published - past[0].last < coming.last - published
    return past if is_nearer else ()


def _ends(value: t.Until, anchor: Period) -> tuple[date, ...]:
    """The last days of a horizon: "bis 2030", "by March" are up to the end of it or its beginning."""
    eve = anchor.first - DAY
    if isinstance(value.anchor, t.Holiday):
        return _feast_ends(value.anchor.name, anchor.first, anchor.last, before=value.before)
    whole = isinstance(value.anchor, t.Year) or (
        isinstance(value.anchor, t.Month | t.Season | t.Quarter) and value.anchor.part is None
    )
    if whole and not value.before:
        return anchor.last, anchor.first
    if value.anchor == t.RelativePeriod("decade", 0, "end"):  # 2029, or 2030 where a decade begins with its first year
        return anchor.last, anchor.last.replace(year=anchor.last.year + 1)
    return (eve,) if value.before else (anchor.last,)


def _feast_ends(name: str, first: date, last: date, *, before: bool) -> tuple[date, ...]:
    """ "Bis Ostern" is up to the Sunday, the whole feast or its eve; "vor Ostern" up to the eve first of all."""
    eve = first - DAY
    if name == "turn_of_year":
        return (first,)
    sunday = first + 2 * DAY if name == "easter_weekend" else first
    return (eve, sunday) if before else tuple(dict.fromkeys((sunday, last, eve)))


@periods_of.register
def _(value: t.Between, published: date | None) -> Iterable[Period]:
    for first, last in _pairs(value, published):
        ends = first.shape == "day" or (isinstance(value.first, t.YearPart) and value.first.part == "end")
        if first.first <= last.last:
            yield Period("period", first.last if ends else first.first, last.last, from_close=ends)


def _pairs(value: t.Between, published: date | None) -> Iterator[tuple[Period, Period]]:
    """First and last of a range. Of days the last decides, which has passed; of months the first, which has begun; the
    other one is the nearest to it."""
    for last in periods_of(value.last, published):
        if last.shape == "day":
            first_of = t.looking(value.first, None)
            yield from ((first, last) for first in periods_of(first_of, last.first if published else None))
            continue
        for first in periods_of(value.first, published):
            ends = periods_of(t.looking(value.last, "ahead"), first.first if published else None)
            yield from ((first, end) for end in ends)
