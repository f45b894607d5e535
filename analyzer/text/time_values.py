"""What a time expression can say, without a calendar.

Nothing here knows a date: "letzte Woche" is ``RelativePeriod("week", -1)``, "27. Januar" a ``Day`` without a year.
A ``session`` is a trading day, so that "an einem Tag" in talk of markets is one session.
"Vor einem halben Jahr" is ``Ago(0.5, "year")``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PeriodUnit = Literal[
    "minute", "hour", "session", "day", "weekend", "week", "month", "quarter", "half_year", "year", "decade", "century"
]  # fmt: skip
Modifier = Literal["last", "this", "next"]
Side = Literal["past", "future"]
Part = Literal["start", "mid", "end"]
TradingPart = Literal["premarket", "open", "intraday", "close", "after_hours"]


@dataclass(frozen=True)
class RelativePeriod:
    """A calendar period: last -1, this 0, next +1. A weekend of offset 0 is the nearest one."""

    unit: PeriodUnit
    offset: int


YearSaid = int | RelativePeriod | None
"""The year of a date: 2024, the year before the running one ("im Januar vergangenen Jahres"), not said."""


@dataclass(frozen=True)
class Day:
    year: YearSaid
    month: int
    day: int


@dataclass(frozen=True)
class NoSuchDay:
    """A day that no calendar has: "31. April", "February 29, 2023", "2025-13-01"."""

    year: YearSaid
    month: int
    day: int


@dataclass(frozen=True)
class Weekday:
    """0 is Monday. Without a modifier the weekday alone was said."""

    weekday: int
    modifier: Modifier | None = None


@dataclass(frozen=True)
class RelativeDay:
    """Today is 0, yesterday -1. "Vortag", "previous day" are -1 of the day the text speaks of."""

    offset: int


@dataclass(frozen=True)
class Overnight:
    pass


@dataclass(frozen=True)
class WeekOf:
    """The calendar week that holds a day ("week of March 16"), with ``ends`` the seven days up to it ("week ended")."""

    day: Day | Weekday
    ends: bool = False


@dataclass(frozen=True)
class Month:
    year: YearSaid
    month: int


@dataclass(frozen=True)
class Quarter:
    year: YearSaid
    quarter: int


@dataclass(frozen=True)
class HalfYear:
    year: YearSaid
    half: int


@dataclass(frozen=True)
class Year:
    year: int


@dataclass(frozen=True)
class YearPart:
    """ "Ende 2024", "mid-2020", "zum Jahresende". Without a year: of the running one, or the next."""

    year: YearSaid
    part: Part


@dataclass(frozen=True)
class Ago:
    """A point in the past, ``count`` units back. Where the count is not said ("weeks ago") it is a ``Duration``."""

    count: float
    unit: PeriodUnit


@dataclass(frozen=True)
class Duration:
    """A length of time; ``count`` is None where it is not said ("in the coming weeks")."""

    count: float | None
    unit: PeriodUnit
    side: Side | None = None


@dataclass(frozen=True)
class YearStart:
    """The start of the running year, the anchor of "seit Jahresbeginn" and "year to date"."""


@dataclass(frozen=True)
class Ever:
    """All of history: "aller Zeiten", "ever", "noch nie"."""


@dataclass(frozen=True)
class SessionPart:
    """A part of a trading day: "vorbörslich", "at the close", "zeitweise"."""

    part: TradingPart


@dataclass(frozen=True)
class EventAnchor:
    """An event by its words, as written: "der Finanzkrise", "the 2022 low"; also a day that they leave open, "Freitag
    vor zwei Wochen"."""

    text: str


@dataclass(frozen=True)
class Since:
    anchor: TimeValue


@dataclass(frozen=True)
class Until:
    anchor: TimeValue


@dataclass(frozen=True)
class Between:
    """From the start of ``first`` to the end of ``last``. Decades and seasons are years and months between two."""

    first: TimeValue
    last: TimeValue


TimeValue = (
    Day | NoSuchDay | Weekday | RelativeDay | Overnight | RelativePeriod | WeekOf | Month | Quarter | HalfYear | Year
    | YearPart | Ago | Duration | YearStart | Ever | SessionPart | EventAnchor | Since | Until | Between
)  # fmt: skip


@dataclass(frozen=True)
class TimeExpression:
    """``text == source[start:end]``."""

    start: int
    end: int
    text: str
    value: TimeValue
