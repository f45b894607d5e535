"""Times that are counted from one named before them in the sentence: "in 2023 …, the year before", "a January session,
on the 27th".

Without such a time a period stays what it is, a neighbour of one that is not said (``Neighbour``, ``DayOfMonth``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.text.time_meanings import day_of
from analyzer.text.time_values import (
    Day,
    DayOfMonth,
    HalfYear,
    Holiday,
    Month,
    Neighbour,
    NoSuchDay,
    Quarter,
    RelativeDay,
    RelativePeriod,
    Season,
    TimeExpression,
    TimeValue,
    Weekday,
    Year,
    YearPart,
    YearSaid,
)

SENTENCE_ENDS = re.compile(r"[.!?][\"”“»)]*\s+(?=[A-ZÄÖÜ\"„“»(])|\n\s*\n")
DAYS = (Day, Weekday, RelativeDay, Holiday)
OF_A_YEAR = (NoSuchDay, Month, Quarter, HalfYear, Season, YearPart)


def with_neighbours(text: str, items: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """The expressions, each neighbour of a time named before it in its sentence resolved."""
    found: list[TimeExpression] = []
    for item in items:
        if isinstance(item.value, Neighbour | DayOfMonth):
            before = [e.value for e in found if SENTENCE_ENDS.search(text, e.end, item.start) is None]
            item = replace(item, value=_beside(item.value, before))
        if not isinstance(item.value, Neighbour) or item.value.of is not None or _stands_alone(item.value):
            found.append(item)  # "two days later" than nothing says no time
    return found


def _stands_alone(value: Neighbour) -> bool:
    """ "The year before" than the story's own; a day so is of no day that is known here."""
    return value.offset == -1 and value.unit != "day"


def _beside(value: Neighbour | DayOfMonth, before: Sequence[TimeValue]) -> TimeValue:
    """What ``value`` says behind the times ``before`` it, of which the nearest that can be counted from decides."""
    for named in reversed(before):
        found = _of_month(value, named) if isinstance(value, DayOfMonth) else _shifted(value, named)
        if found is not None:
            return found
    return value


def _of_month(value: DayOfMonth, named: TimeValue) -> TimeValue | None:
    return day_of(named.year, named.month, value.day) if isinstance(named, Month | Day) else None


def _shifted(value: Neighbour, named: TimeValue) -> TimeValue | None:
    """The period ``value.offset`` units after the one that holds ``named``; None where that cannot be said."""
    if isinstance(named, DAYS):
        return replace(value, of=named)
    if isinstance(named, RelativePeriod) and named.unit == value.unit:
        return RelativePeriod(value.unit, named.offset + value.offset)
    if value.unit == "year":
        return _year(named.year if isinstance(named, (Year, *OF_A_YEAR)) else None, value.offset)
    if value.unit == "month" and isinstance(named, Month):
        return Month(*_carried(named.year, named.month + value.offset, 12))
    if value.unit == "quarter" and isinstance(named, Quarter):
        return Quarter(*_carried(named.year, named.quarter + value.offset, 4))
    return None


def _year(said: YearSaid, offset: int) -> TimeValue | None:
    if isinstance(said, RelativePeriod):
        return RelativePeriod("year", said.offset + offset)
    return Year(said + offset) if isinstance(said, int) else None


def _carried(year: YearSaid, number: int, many: int) -> tuple[YearSaid, int]:
    """The year and the number of a month or quarter that may have left its year."""
    carry, within = divmod(number - 1, many)
    return year + carry if isinstance(year, int) else year, within + 1
