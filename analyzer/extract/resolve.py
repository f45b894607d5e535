"""Time expressions to calendar periods, relative to the day of publication.

``analyzer.text.times`` says what is written ("seit Jahresbeginn", "on Monday"); this module says which days that is for
an article of a given date. Sessions come later, from the instrument's own exchange. Without a publication date only
absolute expressions have a period.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import Literal

from analyzer.text import times as t

Shape = Literal["day", "period", "since", "point", "until", "ever"]

SATURDAY = 5
UNIT_DAYS = {"day": 1, "weekend": 7, "week": 7}
UNIT_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "decade": 120}
VAGUE_COUNT = {"day": 5, "week": 4, "month": 3, "quarter": 2, "year": 2, "decade": 1}
"""What "in den vergangenen Tagen", "in the coming weeks" are taken for, in their unit. Printed as assumed."""


@dataclass(frozen=True)
class Period:
    """Calendar days. ``since``: from the last session before ``first``; ``point``: the day itself is the start;
    ``until``: a horizon that ends on ``last``; ``vague``: the count was not said."""

    shape: Shape
    first: date
    last: date
    precision: Literal["day", "week", "month", "quarter", "year"] = "day"
    vague: bool = False


def resolve(value: t.TimeValue, published: date | None) -> Period | None:
    """The period of an expression; None when it needs a date that is not known, or names no time or no day."""
    return _resolve(value, published)


def readings(value: object, published: date | None) -> tuple[Period, ...]:
    """Every period that an expression may mean, the likelier first; empty when it names none."""
    first = _resolve(value, published)
    return (first,) if first is not None else ()


@singledispatch
def _resolve(value: object, published: date | None) -> Period | None:
    return None


@_resolve.register
def _(value: t.Day, published: date | None) -> Period | None:
    year = _year(value.year, (value.month, value.day), published)
    if year is None:
        return None
    try:
        day = date(year, value.month, value.day)
    except ValueError:
        return None
    return Period("day", day, day)


@_resolve.register
def _(value: t.Weekday, published: date | None) -> Period | None:
    if published is None:
        return None
    back = (published.weekday() - value.weekday) % 7
    day = published - timedelta(days=back)
    if value.modifier == "next":
        day = published + timedelta(days=(value.weekday - published.weekday()) % 7 or 7)
    elif value.modifier == "last" and back == 0:
        day -= timedelta(days=7)
    return Period("day", day, day)


@_resolve.register
def _(value: t.RelativeDay, published: date | None) -> Period | None:
    if published is None:
        return None
    day = published + timedelta(days=value.offset)
    return Period("day", day, day)


@_resolve.register
def _(value: t.RelativePeriod, published: date | None) -> Period | None:
    if published is None:
        return None
    monday = published - timedelta(days=published.weekday())
    if value.unit == "weekend":
        nearest = monday - timedelta(days=2 if published.weekday() < 3 else -5)
        passed = value.offset < 0 and nearest <= published  # on a Tuesday the last weekend is the nearest one
        return _days_from(nearest + timedelta(days=7 * (value.offset + passed)), 2)
    if value.unit == "week" and value.offset < 0 and published.weekday() >= SATURDAY:
        monday += timedelta(days=7)  # at a weekend "last week" is the one that has just ended
    if value.unit in UNIT_DAYS:
        return _days_from(monday + timedelta(days=7 * value.offset), 7)
    months = UNIT_MONTHS.get(value.unit)
    if months is None:
        return None
    start = published.year * 12 + (published.month - 1) // months * months
    if months >= 12:
        start = published.year * 12 // months * months
    first = _month(start + value.offset * months)
    last = _month(start + (value.offset + 1) * months) - timedelta(days=1)
    return Period("period", first, last, _precision(value.unit))


@_resolve.register
def _(value: t.WeekOf, published: date | None) -> Period | None:
    day = _resolve(value.day, published)
    if day is None:
        return None
    return _days_from(day.first - timedelta(days=6 if value.ends else day.first.weekday()), 7)


@_resolve.register
def _(value: t.Month, published: date | None) -> Period | None:
    return _part_of_year(value.year, value.month, 1, published, "month")


@_resolve.register
def _(value: t.Quarter, published: date | None) -> Period | None:
    return _part_of_year(value.year, 3 * value.quarter - 2, 3, published, "quarter")


@_resolve.register
def _(value: t.HalfYear, published: date | None) -> Period | None:
    return _part_of_year(value.year, 6 * value.half - 5, 6, published, "quarter")


@_resolve.register
def _(value: t.Year, published: date | None) -> Period | None:
    return Period("period", date(value.year, 1, 1), date(value.year, 12, 31), "year")


@_resolve.register
def _(value: t.YearPart, published: date | None) -> Period | None:
    first, length = {"start": (1, 2), "mid": (5, 4), "end": (11, 2)}[value.part]
    return _part_of_year(value.year, first, length, published, "month")


@_resolve.register
def _(value: t.Ago, published: date | None) -> Period | None:
    day = _shift(published, -value.count, value.unit)
    return Period("point", day, day) if day else None


@_resolve.register
def _(value: t.Duration, published: date | None) -> Period | None:
    vague = value.count is None
    count = value.count if value.count is not None else VAGUE_COUNT.get(value.unit, 1)
    future = value.side == "future"
    day = _shift(published, count if future else -count, value.unit)
    if day is None or published is None:
        return None
    if future:
        return Period("until", published, day, vague=vague)
    return Period("since", day + timedelta(days=1), published, vague=vague)


@_resolve.register
def _(value: t.Since, published: date | None) -> Period | None:
    anchor = _resolve(value.anchor, published)
    if anchor is None:
        return None
    last = published or date.max
    if anchor.shape in ("day", "point"):
        return Period("since", anchor.first + timedelta(days=1), last)
    if isinstance(value.anchor, t.YearPart) and value.anchor.part == "end":
        return Period("since", anchor.last + timedelta(days=1), last)
    return Period("since", anchor.first, last, anchor.precision)


@_resolve.register
def _(value: t.Until, published: date | None) -> Period | None:
    anchor = _resolve(value.anchor, published)
    if anchor is None or published is None:
        return None
    last = anchor.last
    if isinstance(value.anchor, t.Weekday) and value.anchor.modifier is None and last < published:
        last += timedelta(days=7)  # "bis Freitag" written on a Tuesday
    while last < published and getattr(value.anchor, "year", 0) is None:
        # "bis Ende Juni" written in September is the next June, but "bis 2020" stays what it is
        last = date(last.year + 1, last.month, min(last.day, _month_end(last.year + 1, last.month).day))
    return Period("until", published, last, anchor.precision)


@_resolve.register
def _(value: t.Between, published: date | None) -> Period | None:
    first, last = _resolve(value.first, published), _resolve(value.last, published)
    if first is None or last is None or first.first > last.last:
        return None
    ends = first.shape == "day" or (isinstance(value.first, t.YearPart) and value.first.part == "end")
    return Period("period", first.last + timedelta(days=1) if ends else first.first, last.last)


@_resolve.register
def _(value: t.YearStart, published: date | None) -> Period | None:
    return Period("since", date(published.year, 1, 1), published, "year") if published else None


@_resolve.register
def _(value: t.Ever, published: date | None) -> Period | None:
    return Period("ever", date.min, published or date.max)


def _year(said: t.YearSaid, day: tuple[int, int], published: date | None) -> int | None:
    """The year of a date as it is said; else the last one in which its month and day are not after publication."""
    if isinstance(said, int):
        return said
    if published is None:
        return None
    if said is not None:
        return published.year + said.offset
    return published.year if day <= (published.month, published.day) else published.year - 1


def _days_from(first: date, count: int) -> Period:
    return Period("period", first, first + timedelta(days=count - 1), "week")


def _part_of_year(
    said: t.YearSaid, month: int, length: int, published: date | None, precision: Literal["month", "quarter"]
) -> Period | None:
    year = _year(said, (month, 1), published)
    if year is None:
        return None
    return Period("period", date(year, month, 1), _month_end(year, month + length - 1), precision)


def _shift(published: date | None, count: float, unit: str) -> date | None:
    """The day ``count`` units after (negative: before) publication."""
    if published is None:
        return None
    if unit in UNIT_DAYS:
        return published + timedelta(days=round(count * UNIT_DAYS[unit]))
    months = UNIT_MONTHS.get(unit)
    if months is None:
        return None
    whole = published.year * 12 + published.month - 1 + round(count * months)
    first = _month(whole)
    return first.replace(day=min(published.day, _month_end(first.year, first.month).day))


def _month(index: int) -> date:
    """First day of the month counted from year 0."""
    return date(index // 12, index % 12 + 1, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _precision(unit: str) -> Literal["month", "quarter", "year"]:
    return "month" if unit == "month" else "quarter" if unit in ("quarter", "half_year") else "year"
