"""Stretches of the calendar: months and weeks, their parts, and the years of a name whose year is not said.

Everything here is days from a first to a last one, both included. Where a name leaves two stretches open, both are
given, the likelier first: "Anfang Oktober" is its first ten days or its first week, "last March" the last one that has
passed or that of last year.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from analyzer.text import times as t
from analyzer.text.time_values import Part, Which

Span = tuple[date, date]
UNIT_DAYS = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}
UNIT_MONTHS = {
    "month": 1,
    "quarter": 3,
    "half_year": 6,
    "year": 12,
    "decade": 120,
    "quarter_century": 300,
    "century": 1200,
}
JUST_PASSED = 31
"""Days."""
FAR_NEARER = 2
UNIT_HOURS = {"minute": 1 / 60, "hour": 1.0}


def once(spans: Iterable[Span | None]) -> tuple[Span, ...]:
    """Those that there are, each once, in order."""
    return tuple(dict.fromkeys(span for span in spans if span is not None))


# --- lengths -------------------------------------------------------------------------------------------------------


def month_of(index: int) -> date:
    """First day of the month counted from year 0."""
    return date(index // 12, index % 12 + 1, 1)


def months(first: date, count: int) -> Span:
    """``count`` months from the first day of one."""
    return first, month_of(first.year * 12 + first.month - 1 + count) - timedelta(days=1)


def days(first: date, count: int) -> Span:
    return first, first + timedelta(days=count - 1)


def shift(day: date, count: float, unit: str) -> date | None:
    """The day ``count`` units after (negative: before) another; None for units that are no calendar's."""
    if unit in UNIT_HOURS:
        return day + timedelta(days=int(count * UNIT_HOURS[unit] / 24))
    if unit in UNIT_DAYS:
        return day + timedelta(days=round(count * UNIT_DAYS[unit]))
    if unit == "session":
        return weekdays_on(day, round(count))
    if unit not in UNIT_MONTHS:
        return None
    first = month_of(day.year * 12 + day.month - 1 + round(count * UNIT_MONTHS[unit]))
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def weekdays_on(day: date, count: int) -> date:
    """The day ``count`` days from Monday to Friday on (negative: back)."""
    step = 1 if count > 0 else -1
    while count:
        day += timedelta(days=step)
        count -= step * (day.weekday() < calendar.SATURDAY)
    return day


# --- the year that is not said -------------------------------------------------------------------------------------


def years(said: t.YearSaid, span: Callable[[int], Span], published: date | None) -> tuple[int, ...]:
    """The years that a name may be of, given its span in each year; none without the date that it hangs on.

    A name alone is the last that had begun by publication, "last March" the last that has passed or that of last year.
    """
    if isinstance(said, int):
        return (said,)
    if published is None:
        return ()
    own = published.year
    if isinstance(said, t.RelativePeriod):
        return (own + said.offset,)
    around = range(own - 2, own + 3)
    past = [year for year in around if span(year)[1] < published]
    coming = [year for year in around if span(year)[0] > published]
    match said:
        case "last":
            return (past[-1], own - 1) if own - 1 in past[:-1] else (past[-1],)
        case "next":
            return (coming[0], own + 1) if own + 1 in coming[1:] else (coming[0],)
        case "ahead":
            return (past[-1], past[-1] + 1) if _just_passed(span(past[-1]), published) else (past[-1] + 1,)
        case "either":
            return _nearer(coming[0] - 1, coming[0], span, published)
        case "this":  # in January "this winter" began the year before
            return (max(own - 1, past[-1] + 1) if own not in past else own,)
    return (coming[0] - 1,)


def _just_passed(span: Span, published: date) -> bool:
    """A day of the last month, which a text calls by its bare name: the next one is a year away. "The contract
    expires on April 21 and is fixed on April 20", written on the 21st."""
    return span[0] == span[1] and (published - span[1]).days <= JUST_PASSED


def _nearer(back: int, on: int, span: Callable[[int], Span], published: date) -> tuple[int, ...]:
    """The last and the next year of a name, the nearer first: the next one only where it is by far the nearer."""
    since, until = (published - span(back)[1]).days, (span(on)[0] - published).days
    if since <= until:
        return (back,)
    return (on, back) if since > FAR_NEARER * until else (back, on)


# --- parts ---------------------------------------------------------------------------------------------------------


def parts(span: Span, part: Part | None, unit: str) -> tuple[Span, ...]:
    """What "Anfang", "mid" and "late" leave of a span of a unit: the rough part, then the narrower or wider reading."""
    if part is None:
        return (span,)
    if unit in ("week", "weekend"):
        return _of_week(span[0], part)
    if unit == "month":
        return _of_month(span, part)
    if unit == "year":
        return _of_year(span[0].year, part)
    return _of_months(span, part)


def _of_week(monday: date, part: Part) -> tuple[Span, ...]:
    choices = {"start": ((0, 2), (0, 1)), "mid": ((2, 1), (1, 3)), "end": ((3, 2), (4, 1))}
    return tuple(days(monday + timedelta(days=first), count) for first, count in choices[part])


def _of_month(span: Span, part: Part) -> tuple[Span, ...]:
    first, last = span
    match part:
        case "start":
            return days(first, 10), days(first, 7)
        case "mid":
            return days(first.replace(day=11), 10), days(first.replace(day=15), 1)
    return (first.replace(day=21), last), (last, last)


def _of_year(year: int, part: Part) -> tuple[Span, ...]:
    match part:
        case "start":
            return months(date(year, 1, 1), 1), months(date(year, 1, 1), 3)
        case "mid":
            return months(date(year, 6, 1), 2), days(date(year, 7, 1), 1)
    return months(date(year, 12, 1), 1), days(date(year, 12, 31), 1), months(date(year, 10, 1), 3)


def _of_months(span: Span, part: Part) -> tuple[Span, ...]:
    """A third of a quarter, a half-year, a season or a decade, in whole months; of its end also the last day."""
    first, last = span
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    begins = {"start": 0, "mid": count // 3, "end": count - count // 3}[part]
    third = months(month_of(first.year * 12 + first.month - 1 + begins), count // 3)
    return (third, (last, last)) if part == "end" else (third,)


def edge(first: date, last: date, part: Part, *, session: bool) -> date:
    """The first or last day of a span, of sessions from Monday to Friday and without New Year's Day."""
    if part == "end":
        return weekdays_on(last + timedelta(days=1), -1) if session else last
    if not session:
        return first
    return weekdays_on(first - timedelta(days=0 if (first.month, first.day) == (1, 1) else 1), 1)


# --- weekdays ------------------------------------------------------------------------------------------------------


def weekdays(weekday: int, said: Which | None, published: date) -> tuple[Span, ...]:
    """The days that the name of a weekday may mean (0 is Monday)."""
    week = timedelta(days=7)
    own = published + timedelta(days=weekday - published.weekday())
    recent = own if own <= published else own - week
    coming = own if own >= published else own + week
    strict = recent if recent < published else recent - week
    later = coming if coming > published else coming + week
    choices: dict[Which | None, tuple[date, ...]] = {
        None: (recent, strict) if recent == published else (recent,),
        "ahead": (coming, later) if coming == published else (coming,),
        "either": (recent, later),
        "last": (strict, own - week),
        "this": (own, own + week) if own < published else (own,),
        "next": (later, own + week),
    }
    return once((day, day) for day in choices[said])


# --- weeks ---------------------------------------------------------------------------------------------------------


def weeks(offset: int, published: date) -> tuple[Span, ...]:
    """The week ``offset`` weeks on, from its Monday; at a weekend "last week" is the one that is ending, or the one
    before it, on a Sunday "this week" is the one that is ending or the next, "next week" that one or the one after."""
    monday = published - timedelta(days=published.weekday())
    own = days(monday + timedelta(days=7 * offset), 7)
    following = days(own[0] + timedelta(days=7), 7)
    if offset < 0 and published.weekday() >= calendar.SATURDAY:
        return following, own
    return (own, following) if offset >= 0 and published.weekday() == calendar.SUNDAY else (own,)


def weekends(offset: int, published: date) -> tuple[Span, ...]:
    """Saturday and Sunday: of offset 0 the nearest and then the one on the other side; "next" in the week before it is
    the coming one or the one after."""
    weekday = published.weekday()
    saturday = published + timedelta(days=calendar.SATURDAY - weekday)
    own, before, after = (days(saturday + timedelta(days=7 * n), 2) for n in (0, -1, 1))
    if offset == 0:
        return (
            (own,) if weekday >= calendar.SATURDAY else (before, own) if weekday < calendar.THURSDAY else (own, before)
        )
    if offset == 1:
        return (after,) if weekday >= calendar.SATURDAY else (own, after)
    return (days(saturday + timedelta(days=7 * offset), 2),)
