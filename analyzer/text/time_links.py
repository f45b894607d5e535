"""Expressions joined to one: a date and its year, a week and its day, since and until an anchor, between two.

"Seit Februar", "bis Freitag", "from January to March". What is joined is read as one or not at all: the halves of "im
Januar vergangenen Jahres" or "the week ended January 31" each name a time that the text does not mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from analyzer.text.tables import table
from analyzer.text.time_events import events, expression
from analyzer.text.time_meanings import day_of
from analyzer.text.time_values import (
    Ago,
    Between,
    Day,
    Either,
    EventAnchor,
    HalfYear,
    Holiday,
    Month,
    NoSuchDay,
    Quarter,
    RelativeDay,
    RelativePeriod,
    Season,
    Since,
    TimeExpression,
    TimeValue,
    Until,
    Weekday,
    WeekOf,
    Year,
    YearPart,
)
from analyzer.text.tokens import Tokens

ANCHORS = (
    Either, Day, NoSuchDay, Weekday, Holiday, RelativeDay, RelativePeriod, WeekOf, Month, Quarter, HalfYear, Season,
    Year, YearPart, Between,
)  # fmt: skip
ENDS = (Day, NoSuchDay, Weekday, Holiday, Month, Quarter, Season, Year, YearPart)
DATED = (Day, NoSuchDay, Month, Quarter)
OF_A_YEAR = (*DATED, HalfYear, Season, Holiday)
GENITIVE = (("'", "s"), ("’", "s"))
LONGEST = 4
"""Tokens of the longest link ("until the": 2, "bis in die": 3), one to spare."""


def linked(found: Tokens, simple: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """The expressions with their links, and the events; in order, apart."""
    simple = [_of_week(found, item, language) for item in _merged(found, simple, language)]
    joined: list[TimeExpression] = []
    at = 0
    while at < len(simple):
        pair = _between(found, simple[at], simple[at + 1], language) if at + 1 < len(simple) else None
        joined.append(pair or _anchored(found, simple[at], language))
        at += 2 if pair else 1
    taken: list[TimeExpression] = []
    for item in sorted([*joined, *events(found, simple, language)], key=lambda e: (e.start, -e.end)):
        if not taken or item.start >= taken[-1].end:
            taken.append(item)
    return taken


# --- two expressions that say one thing ----------------------------------------


def _merged(found: Tokens, simple: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    merged: list[TimeExpression] = []
    for item in simple:
        before = merged[-1] if merged else None
        value = _one_value(found, before, item, language) if before else None
        if before and value:
            merged[-1] = expression(found, before.start, item.end, value)
        else:
            merged.append(item)
    return merged


def _one_value(found: Tokens, first: TimeExpression, last: TimeExpression, language: str) -> TimeValue | None:
    """ "Januar vergangenen Jahres", "2024's first quarter", "a year ago today", "Freitag vor zwei Wochen"."""
    gap = tuple(found.words[found.at(first.end) : found.at(last.start)])
    one, other = first.value, last.value
    if isinstance(one, OF_A_YEAR) and one.year is None and isinstance(other, RelativePeriod) and other.unit == "year":
        return replace(one, year=other) if not gap or gap in _links(language, "of_year") else None
    if isinstance(one, Year) and isinstance(other, OF_A_YEAR) and other.year is None and gap in GENITIVE:
        return replace(other, year=one.year)
    if gap:
        return None
    point, day = (one, other) if isinstance(one, Ago) else (other, one)
    if isinstance(point, Ago) and day == RelativeDay(0):
        return point
    if isinstance(point, Ago) and isinstance(day, Weekday):  # of which week is not agreed upon
        return EventAnchor(found.text[first.start : last.end])
    return None


def _of_week(found: Tokens, item: TimeExpression, language: str) -> TimeExpression:
    """ "Week of March 16", "the week ended Friday", "Woche vom 3. bis 7. Februar": no day, but the week around it."""
    last = item.value.last if isinstance(item.value, Between) else item.value
    if not isinstance(last, Day | NoSuchDay | Weekday):
        return item
    for heading in ("week_of", "week_to"):
        start = _link_before(found, item.start, language, heading)
        if start is not None:
            ends = heading == "week_to" or last is not item.value
            return expression(found, start, item.end, last if isinstance(last, NoSuchDay) else WeekOf(last, ends))
    return item


# --- links ----------------------------------------


@lru_cache(maxsize=32)
def _links(language: str, heading: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(link.split()) for link in table(f"times_{language}")[heading])


def _link_before(found: Tokens, start: int, language: str, heading: str) -> int | None:
    """Where the longest link of ``heading`` begins that ends right before ``start``."""
    index, links = found.at(start), _links(language, heading)
    for size in range(min(LONGEST, index), 0, -1):
        if tuple(found.words[index - size : index]) in links:
            return found.starts[index - size]
    return None


def _anchored(found: Tokens, item: TimeExpression, language: str) -> TimeExpression:
    if not isinstance(item.value, ANCHORS):
        return item
    for heading, link in (("since", Since), ("until", Until)):
        start = _link_before(found, item.start, language, heading)
        if start is not None:
            return expression(found, start, item.end, link(item.value))
    start = _link_before(found, item.start, language, "until_end")
    if start is None:
        return item
    if getattr(item.value, "part", None) == "end":  # "vor Ende Mai", "before the end of June"
        return expression(found, start, item.end, Until(item.value))
    if isinstance(item.value, Holiday | Season):
        return expression(found, start, item.end, Until(item.value, before=True))
    return item


def _between(found: Tokens, first: TimeExpression, last: TimeExpression, language: str) -> TimeExpression | None:
    if not isinstance(first.value, ENDS) or not isinstance(last.value, ENDS):
        return None
    gap = tuple(found.words[found.at(first.end) : found.at(last.start)])
    start = _link_before(found, first.start, language, "between")
    apart = gap[1:] if gap[:1] == (",",) else gap  # "von Montag, 27. Januar, bis Freitag"
    opened = start is not None and apart in _links(language, "between_and")
    together = gap in TOGETHER and _follow(first.value, last.value)
    if (
        not opened
        and not together
        and not (gap in _links(language, "bare_between") and type(first.value) is type(last.value))
    ):
        return None
    between = Between(_with_year_of(first.value, last.value), last.value)
    return expression(found, start if opened and start is not None else first.start, last.end, between)


TOGETHER = (("and",), ("und",))


def _follow(first: TimeValue, last: TimeValue) -> bool:
    """ "Thursday and Friday", "Freitag und Montag": two sessions, one after the other."""
    if not isinstance(first, Weekday) or not isinstance(last, Weekday):
        return False
    plain = first.modifier is None and last.modifier is None and not first.of_week and not last.of_week
    return plain and (last.weekday == first.weekday + 1 or (first.weekday, last.weekday) == (4, 0))


def _with_year_of(first: TimeValue, last: TimeValue) -> TimeValue:
    """ "From January to March 2020": January is of 2020 as well, but November before "to January 2025" of 2024."""
    if not isinstance(first, DATED) or not isinstance(last, DATED) or first.year is not None:
        return first
    year = last.year
    if isinstance(year, int) and _month_of(first) > _month_of(last):
        year -= 1
    return day_of(year, first.month, first.day) if isinstance(first, Day | NoSuchDay) else replace(first, year=year)


def _month_of(value: Day | NoSuchDay | Month | Quarter) -> int:
    return 3 * value.quarter if isinstance(value, Quarter) else value.month
