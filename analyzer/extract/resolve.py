"""Time expressions to calendar periods, relative to the day of publication.

``analyzer.text.times`` says what is written ("seit Jahresbeginn", "on Monday"); this module says which days that is for
an article of a given date, and where informed readers differ ("last Friday", "Ende März"), which two. Sessions come
later, from the instrument's own exchange. Without a publication date only absolute expressions have a period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import singledispatch
from typing import Literal

from analyzer.extract.calendar_spans import (
    UNIT_MONTHS,
    Span,
    days,
    edge,
    month_of,
    months,
    parts,
    shift,
    weekdays,
    weekends,
    weeks,
    years,
)  # fmt: skip
from analyzer.extract.holidays import holiday
from analyzer.text import times as t
from analyzer.text.time_values import Part

Shape = Literal["day", "period", "since", "point", "until", "ever"]
Precision = Literal["day", "week", "month", "quarter", "year"]
DAY = timedelta(days=1)
VAGUE_COUNT = {"day": 5, "week": 4, "month": 3, "quarter": 2, "year": 2, "decade": 1}
"""What "in den vergangenen Tagen", "in the coming weeks" are taken for, in their unit. Printed as assumed."""
PRECISION: dict[str, Precision] = {
    "weekend": "week", "week": "week", "fortnight": "week", "month": "month", "quarter": "quarter",
    "half_year": "quarter",
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """Calendar days. ``since``: from the last session before ``first``; ``point``: the day itself is the start;
    ``until``: a horizon that ends on ``last``; ``vague``: the count was not said. ``from_close``: a range of days, over
    which a move is measured from the close of the first. ``other``: the second reading."""

    shape: Shape
    first: date
    last: date
    precision: Precision = "day"
    vague: bool = False
    from_close: bool = False
    other: Period | None = None

    @property
    def base(self) -> date:
        """The day by whose close, or the last before it, a move over the period is measured."""
        return self.first if self.from_close else self.first - DAY


def resolve(value: t.TimeValue, published: date | None) -> Period | None:
    """The likeliest period of an expression, with the second where there are two; None when it needs a date that is not
    known, or names no time or no day."""
    found = readings(value, published)
    return replace(found[0], other=found[1]) if len(found) > 1 else next(iter(found), None)


def readings(value: object, published: date | None) -> tuple[Period, ...]:
    """Every period that an expression may mean, the likelier first; empty when it names none."""
    return tuple(dict.fromkeys(_readings(value, published)))


@singledispatch
def _readings(value: object, published: date | None) -> Iterable[Period]:
    return ()


def _periods(spans: Iterable[Span], precision: Precision = "day") -> Iterator[Period]:
    for first, last in spans:
        yield Period("day" if first == last else "period", first, last, precision)


# --- days ----------------------------------------------------------------------------------------------------------


@_readings.register
def _(value: t.Day, published: date | None) -> Iterable[Period]:
    def span(year: int) -> Span:
        return days(date(year, value.month, 1) + timedelta(days=value.day - 1), 1)

    named = [span(year) for year in years(value.year, span, published)]
    found = list(_periods(s for s in named if s[0].day == value.day))  # 29 February of most years is no day
    if value.swaps:
        found += _readings(t.Day(value.year, value.day, value.month), published)
    return sorted(found, key=lambda p: published is not None and p.first > published)


@_readings.register
def _(value: t.DayOfMonth, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    firsts = (month_of(published.year * 12 + published.month - 1 - back) for back in range(3))
    named = (first + timedelta(days=value.day - 1) for first in firsts)
    return _periods([days(next(d for d in named if d <= published and d.day == value.day), 1)])


@_readings.register
def _(value: t.Weekday, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    if not value.of_week:
        return _periods(weekdays(value.weekday, value.modifier, published))
    offset = {"last": -1, "next": 1}.get(value.modifier or "", 0)
    return _periods(days(monday + timedelta(days=value.weekday), 1) for monday, _ in weeks(offset, published))


@_readings.register
def _(value: t.RelativeDay, published: date | None) -> Iterable[Period]:
    return _periods([days(published + timedelta(days=value.offset), 1)]) if published else ()


@_readings.register
def _(value: t.Holiday, published: date | None) -> Iterable[Period]:
    def span(year: int) -> Span:
        return holiday(value.name, year)

    return _periods(span(year) for year in years(value.year, span, published))


# --- weeks, months, years ------------------------------------------------------------------------------------------


@_readings.register
def _(value: t.RelativePeriod, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    if value.unit == "weekend":
        return _periods(weekends(value.offset, published), "week")
    if value.unit == "week":
        whole = weeks(value.offset, published)
    elif value.unit in UNIT_MONTHS:
        count = UNIT_MONTHS[value.unit]
        own = (published.year * 12 + published.month - 1) // count * count
        whole = (months(month_of(own + value.offset * count), count),)
    else:
        return ()
    found = [part for span in whole for part in parts(span, value.part, value.unit)]
    return _periods(found, PRECISION.get(value.unit, "year"))


@_readings.register
def _(value: t.Neighbour, published: date | None) -> Iterable[Period]:
    if value.of is None:
        return _readings(t.RelativePeriod(value.unit, value.offset), published)
    beside = (shift(p.first, value.offset, value.unit) for p in _readings(value.of, published))
    return _periods(days(day, 1) for day in beside if day is not None)


@_readings.register
def _(value: t.CalendarWeek, published: date | None) -> Iterable[Period]:
    def span(year: int) -> Span:
        return days(date.fromisocalendar(year, 1, 1) + timedelta(weeks=value.week - 1), 7)

    return _periods((span(year) for year in years(value.year, span, published)), "week")


@_readings.register
def _(value: t.EdgeDay, published: date | None) -> Iterable[Period]:
    whole = list(_readings(value.of, published))
    if (
        published and isinstance(value.of, t.RelativePeriod) and value.of.offset == 0
    ):  # said in autumn of the year's end
        whole = [*_readings(replace(value.of, offset=-1), published), *whole]
    edges = [edge(p.first, p.last, value.part, session=value.session) for p in whole]
    return _periods(days(day, 1) for day in sorted(edges, key=lambda day: _nearness(day, published)))


def _nearness(day: date, published: date | None) -> tuple[bool, int]:
    """The last day that has passed before what is to come."""
    away = (published - day).days if published else 0
    return away < 0, abs(away)


@_readings.register
def _(value: t.Trailing, published: date | None) -> Iterable[Period]:
    count = round((value.length.count or 1) * UNIT_MONTHS[value.length.unit])
    for last in _readings(value.last, published):
        first = month_of(last.last.year * 12 + last.last.month - count)
        yield Period("period", first, last.last, "month")


@_readings.register
def _(value: t.WeekOf, published: date | None) -> Iterable[Period]:
    first = (p.first - timedelta(days=6 if value.ends else p.first.weekday()) for p in _readings(value.day, published))
    return _periods((days(day, 7) for day in first), "week")


@_readings.register
def _(value: t.Month, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, value.month, "month", value.part, published)


@_readings.register
def _(value: t.Quarter, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, 3 * value.quarter - 2, "quarter", value.part, published)


@_readings.register
def _(value: t.HalfYear, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, 6 * value.half - 5, "half_year", None, published)


@_readings.register
def _(value: t.Season, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, value.first, "quarter", value.part, published)


@_readings.register
def _(value: t.YearPart, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, 1, "year", value.part, published)


@_readings.register
def _(value: t.Year, published: date | None) -> Iterable[Period]:
    return _periods([months(date(value.year, 1, 1), 12)], "year")


def _of_a_year(said: t.YearSaid, month: int, unit: str, part: Part | None, published: date | None) -> Iterable[Period]:
    def pieces(year: int) -> tuple[Span, ...]:
        return parts(months(date(year, month, 1), UNIT_MONTHS[unit]), part, unit)

    found = (span for year in years(said, lambda y: pieces(y)[0], published) for span in pieces(year))
    begun = (s for s in found if said is not None or published is None or s[0] <= published)
    return _periods(begun, "month" if part else PRECISION.get(unit, "year"))


# --- lengths -------------------------------------------------------------------------------------------------------


@_readings.register
def _(value: t.Ago, published: date | None) -> Iterable[Period]:
    day = shift(published, -value.count, value.unit) if published else None
    return (Period("point", day, day),) if day else ()


@_readings.register
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


@_readings.register
def _(value: t.YearStart, published: date | None) -> Iterable[Period]:
    return (Period("since", date(published.year, 1, 1), published, "year"),) if published else ()


@_readings.register
def _(value: t.Ever, published: date | None) -> Iterable[Period]:
    return (Period("ever", date.min, published or date.max),)


@_readings.register
def _(value: t.Either, published: date | None) -> Iterable[Period]:
    return (*_readings(value.first, published), *_readings(value.other, published))


# --- from, to, between ---------------------------------------------------------------------------------------------


@_readings.register
def _(value: t.Since, published: date | None) -> Iterable[Period]:
    last = published or date.max
    for anchor in _readings(value.anchor, published):
        if anchor.shape in ("day", "point"):
            yield Period("since", anchor.first + DAY, last)
        else:
            yield Period("since", _beginning(value.anchor, anchor), last, anchor.precision)


def _beginning(said: t.TimeValue, anchor: Period) -> date:
    """Where "since" a period begins: with it, in the middle of what is a middle, after an end and after a feast."""
    part = getattr(said, "part", None)
    if part == "end" or isinstance(said, t.Holiday):
        return anchor.last + DAY
    return anchor.first + (anchor.last - anchor.first) // 2 if part == "mid" else anchor.first


@_readings.register
def _(value: t.Until, published: date | None) -> Iterable[Period]:
    if published is None:
        return
    coming = tuple(_readings(t.looking(value.anchor, "ahead"), published))
    if value.before and coming and coming[0].first <= published:  # "before summer", written in June
        coming = tuple(_readings(t.looking(value.anchor, "next"), published))[:1]
    for anchor in coming:
        yield from (Period("until", published, last, anchor.precision) for last in _ends(value, anchor))
    past = tuple(_readings(t.looking(value.anchor, None), published))  # "by the end of March", written in April
    if coming and past and past != coming and published - past[0].last < coming[0].last - published:
        yield from past


def _ends(value: t.Until, anchor: Period) -> tuple[date, ...]:
    """The last days of a horizon: "bis Ostern" is up to the feast or to its eve, "vor Ostern" the other way round,
    "bis 2030" up to the end of that year or its beginning."""
    eve = anchor.first - DAY
    if isinstance(value.anchor, t.Holiday):
        return (eve, anchor.last) if value.before else (anchor.last, eve)
    if isinstance(value.anchor, t.Year):
        return anchor.last, anchor.first
    if value.anchor == t.RelativePeriod("decade", 0, "end"):  # 2029, or 2030 where a decade begins with its first year
        return anchor.last, anchor.last.replace(year=anchor.last.year + 1)
    return (eve,) if value.before else (anchor.last,)


@_readings.register
def _(value: t.Between, published: date | None) -> Iterable[Period]:
    for first, last in _pairs(value, published):
        ends = first.shape == "day" or (isinstance(value.first, t.YearPart) and value.first.part == "end")
        if first.first <= last.last:
            yield Period("period", first.last if ends else first.first, last.last, from_close=ends)


def _pairs(value: t.Between, published: date | None) -> Iterator[tuple[Period, Period]]:
    """First and last of a range. Of days the last decides, which has passed; of months the first, which has begun; the
    other one is the nearest to it."""
    for last in _readings(value.last, published):
        if last.shape == "day":
            first_of = t.looking(value.first, None)
            yield from ((first, last) for first in _readings(first_of, last.first if published else None))
            continue
        for first in _readings(value.first, published):
            ends = _readings(t.looking(value.last, "ahead"), first.first if published else None)
            yield from ((first, end) for end in ends)
