"""Days, weeks, months and years as calendar periods, relative to the day of publication.

Where informed readers differ ("last Friday", "Ende März"), both periods are given, the likelier first. What joins times
("seit", "between") and what is a length is in ``analyzer.extract.resolve``, which is to be called.
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
    weekdays_on,
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
    known: bool = False
    """Whether the days are those of a known event, which the text does not say."""

    @property
    def base(self) -> date:
        """The day by whose close, or the last before it, a move over the period is measured."""
        return self.first if self.from_close else self.first - DAY


@singledispatch
def periods_of(value: object, published: date | None) -> Iterable[Period]:
    """The periods that a value may mean, the likelier first; none when it needs a date that is not known."""
    return ()


def as_periods(spans: Iterable[Span], precision: Precision = "day") -> Iterator[Period]:
    for first, last in spans:
        yield Period("day" if first == last else "period", first, last, precision)


# --- days ----------------------------------------------------------------------------------------------------------


@periods_of.register
def _(value: t.Day, published: date | None) -> Iterable[Period]:
    def span(year: int) -> Span:
        return days(date(year, value.month, 1) + timedelta(days=value.day - 1), 1)

    named = [span(year) for year in years(value.year, span, published)]
    found = list(as_periods(s for s in named if s[0].day == value.day))  # 29 February of most years is no day
    if value.swaps:
        found += periods_of(t.Day(value.year, value.day, value.month), published)
    return sorted(found, key=lambda p: published is not None and p.first > published)


@periods_of.register
def _(value: t.EventDay, published: date | None) -> Iterable[Period]:
    for day in value.days:
        yield from (replace(period, known=True) for period in periods_of(day, published))


@periods_of.register
def _(value: t.DayOfMonth, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    firsts = (month_of(published.year * 12 + published.month - 1 - back) for back in range(3))
    named = (first + timedelta(days=value.day - 1) for first in firsts)
    return as_periods([days(next(d for d in named if d <= published and d.day == value.day), 1)])


@periods_of.register
def _(value: t.Weekday, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    if not value.of_week:
        return as_periods(weekdays(value.weekday, value.modifier, published))
    offset = {"last": -1, "next": 1}.get(value.modifier or "", 0)
    return as_periods(days(monday + timedelta(days=value.weekday), 1) for monday, _ in weeks(offset, published))


@periods_of.register
def _(value: t.RelativeDay, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    told = [days(published + timedelta(days=value.offset), 1)]
    return as_periods([days(weekdays_on(published, value.offset), 1), *told] if value.sessions else told)


@periods_of.register
def _(value: t.Holiday, published: date | None) -> Iterable[Period]:
    def span(year: int) -> Span:
        return holiday(value.name, year)

    return as_periods(span(year) for year in years(value.year, span, published))


# --- weeks, months, years ------------------------------------------------------------------------------------------


@periods_of.register
def _(value: t.RelativePeriod, published: date | None) -> Iterable[Period]:
    if published is None:
        return ()
    if value.unit == "weekend":
        return as_periods(weekends(value.offset, published), "week")
    if value.unit == "week":
        whole = weeks(value.offset, published)
    elif value.unit in UNIT_MONTHS:
        count = UNIT_MONTHS[value.unit]
        own = (published.year * 12 + published.month - 1) // count * count
        whole = (months(month_of(own + value.offset * count), count),)
    else:
        return ()
    found = [part for span in whole for part in parts(span, value.part, value.unit)]
    if value.offset == 0 and value.part is None:  # what is told of it has happened by now
        found += [(first, published) for first, last in found if first < published < last]
    return as_periods(found, PRECISION.get(value.unit, "year"))


@periods_of.register
def _(value: t.Neighbour, published: date | None) -> Iterable[Period]:
    if value.of is None:
        return periods_of(t.RelativePeriod(value.unit, value.offset), published)
    beside = (shift(p.first, value.offset, value.unit) for p in periods_of(value.of, published))
    return as_periods(days(day, 1) for day in beside if day is not None)


@periods_of.register
def _(value: t.CalendarWeek, published: date | None) -> Iterable[Period]:
    def span(year: int) -> Span:
        return days(date.fromisocalendar(year, 1, 1) + timedelta(weeks=value.week - 1), 7)

    return as_periods((span(year) for year in years(value.year, span, published)), "week")


@periods_of.register
def _(value: t.EdgeDay, published: date | None) -> Iterable[Period]:
    whole = list(periods_of(value.of, published))
    if (
        published and isinstance(value.of, t.RelativePeriod) and value.of.offset == 0
    ):  # said in autumn of the year's end
        whole = [*periods_of(replace(value.of, offset=-1), published), *whole]
    edges = [edge(p.first, p.last, value.part, session=value.session) for p in whole]
    return as_periods(days(day, 1) for day in sorted(edges, key=lambda day: _nearness(day, published)))


def _nearness(day: date, published: date | None) -> tuple[bool, int]:
    """The last day that has passed before what is to come."""
    away = (published - day).days if published else 0
    return away < 0, abs(away)


@periods_of.register
def _(value: t.Trailing, published: date | None) -> Iterable[Period]:
    count = round((value.length.count or 1) * UNIT_MONTHS[value.length.unit])
    for last in periods_of(value.last, published):
        first = month_of(last.last.year * 12 + last.last.month - count)
        yield Period("period", first, last.last, "month")


@periods_of.register
def _(value: t.WeekOf, published: date | None) -> Iterable[Period]:
    first = (p.first - timedelta(days=6 if value.ends else p.first.weekday()) for p in periods_of(value.day, published))
    return as_periods((days(day, 7) for day in first), "week")


@periods_of.register
def _(value: t.Month, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, value.month, "month", value.part, published)


@periods_of.register
def _(value: t.Quarter, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, 3 * value.quarter - 2, "quarter", value.part, published)


@periods_of.register
def _(value: t.HalfYear, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, 6 * value.half - 5, "half_year", None, published)


@periods_of.register
def _(value: t.Season, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, value.first, "quarter", value.part, published)


@periods_of.register
def _(value: t.YearPart, published: date | None) -> Iterable[Period]:
    return _of_a_year(value.year, 1, "year", value.part, published)


@periods_of.register
def _(value: t.Year, published: date | None) -> Iterable[Period]:
    return as_periods([months(date(value.year, 1, 1), 12)], "year")


def _of_a_year(said: t.YearSaid, month: int, unit: str, part: Part | None, published: date | None) -> Iterable[Period]:
    def pieces(year: int) -> tuple[Span, ...]:
        return parts(months(date(year, month, 1), UNIT_MONTHS[unit]), part, unit)

    found = (span for year in years(said, lambda y: pieces(y)[0], published) for span in pieces(year))
    begun = (s for s in found if said is not None or published is None or s[0] <= published)
    return as_periods(begun, "month" if part else PRECISION.get(unit, "year"))
