"""What a time expression can say, without a calendar.

Nothing here knows a date: "letzte Woche" is ``RelativePeriod("week", -1)``, "27. Januar" a ``Day`` without a year.
A ``session`` is a trading day, so that "an einem Tag" in talk of markets is one session.
"Vor einem halben Jahr" is ``Ago(0.5, "year")``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

PeriodUnit = Literal[
    "minute", "hour", "session", "day", "weekend", "week", "fortnight", "month", "quarter", "half_year", "year",
    "decade", "quarter_century", "century",
]  # fmt: skip
Modifier = Literal["last", "this", "next"]
Look = Literal["ahead", "either"]
"""Where a clause looks that names a time alone: ahead ("meets on Wednesday"), or to neither side by its words ("next up
is March"). A clause that looks back has none."""
Which = Modifier | Look
"""Which of the days or periods of a name is meant, by a modifier or by where the clause looks."""
Side = Literal["past", "future"]
Part = Literal["start", "mid", "end"]
TradingPart = Literal["premarket", "open", "intraday", "close", "after_hours"]


@dataclass(frozen=True)
class RelativePeriod:
    """A calendar period: last -1, this 0, next +1. A weekend of offset 0 is the nearest one. ``part``: "late last
    week", "Ende des Monats"."""

    unit: PeriodUnit
    offset: int
    part: Part | None = None


@dataclass(frozen=True)
class Neighbour:
    """What lies ``offset`` units beside a time named before it: "the year before", "two days later". ``of`` is that
    time, None where the sentence names none."""

    unit: PeriodUnit
    offset: int
    of: TimeValue | None = None


YearSaid = int | RelativePeriod | Which | None
"""The year of a date: 2024, the year before the running one ("im Januar vergangenen Jahres"), which of its name ("last
March"), not said."""


@dataclass(frozen=True)
class Day:
    """``swaps``: written in figures that are a day in the other order too, "11/10/2011"."""

    year: YearSaid
    month: int
    day: int
    swaps: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class NoSuchDay:
    """A day that no calendar has: "31. April", "February 29, 2023", "2025-13-01"."""

    year: YearSaid
    month: int
    day: int


@dataclass(frozen=True)
class DayOfMonth:
    """A day whose month is not said: "on the 27th"."""

    day: int


@dataclass(frozen=True)
class Weekday:
    """0 is Monday. Without a modifier the weekday alone was said. ``of_week``: the modifier is the week's, "Friday of
    last week"."""

    weekday: int
    modifier: Which | None = None
    of_week: bool = False


@dataclass(frozen=True)
class Holiday:
    """A day or a few days by name: "Good Friday", "Weihnachten", "zum Jahreswechsel". The names are the headings
    ``holidays`` of the word lists; when each falls is the calendar's business."""

    name: str
    year: YearSaid = None


@dataclass(frozen=True)
class RelativeDay:
    """Today is 0, yesterday -1. "Vortag", "previous session" are -1 of the day the text speaks of, in ``sessions``."""

    offset: int
    sessions: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Overnight:
    pass


@dataclass(frozen=True)
class WeekOf:
    """The calendar week that holds a day ("week of March 16"), with ``ends`` the seven days up to it ("week ended")."""

    day: Day | Weekday
    ends: bool = False


@dataclass(frozen=True)
class CalendarWeek:
    """A week by its number: "KW 32"."""

    year: YearSaid
    week: int


@dataclass(frozen=True)
class Month:
    year: YearSaid
    month: int
    part: Part | None = None


@dataclass(frozen=True)
class Quarter:
    year: YearSaid
    quarter: int
    part: Part | None = None


@dataclass(frozen=True)
class Season:
    """Three months from ``first``: spring 3, summer 6, autumn 9, winter 12."""

    year: YearSaid
    first: int
    part: Part | None = None


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
class EventDay(EventAnchor):
    """An event whose day stands in no text, for every reader knows it: "Trumps Amtsantritt". ``days``: each by whose
    close nobody may have known of it yet, the likelier first."""

    days: tuple[Day, ...] = ()


@dataclass(frozen=True)
class Since:
    anchor: TimeValue


@dataclass(frozen=True)
class Until:
    """Up to the end of ``anchor``; ``before``: up to its beginning ("vor Weihnachten")."""

    anchor: TimeValue
    before: bool = False


@dataclass(frozen=True)
class Between:
    """From the start of ``first`` to the end of ``last``. Decades are years between two."""

    first: TimeValue
    last: TimeValue


@dataclass(frozen=True)
class EdgeDay:
    """The first or last day of a period, or its first or last ``session``: "the last trading day of September"."""

    of: TimeValue
    part: Literal["start", "end"]
    session: bool = False


@dataclass(frozen=True)
class Trailing:
    """A length that ends with a period: "the twelve months to September"."""

    length: Duration
    last: TimeValue


@dataclass(frozen=True)
class Either:
    """What the words say in two ways, the likelier first: "vor acht Tagen" (or a week ago), "the 1900s" (or its first
    ten years)."""

    first: TimeValue
    other: TimeValue


TimeValue = (
    Day | NoSuchDay | DayOfMonth | Weekday | Holiday | RelativeDay | Overnight | RelativePeriod | Neighbour | WeekOf
    | CalendarWeek | Month | Quarter | HalfYear | Season | Year | YearPart | Ago | Duration | YearStart | Ever
    | SessionPart | EventAnchor | EventDay | Since | Until | Between | EdgeDay | Trailing | Either
)  # fmt: skip


UNSAID = (None, "ahead", "either")
"""What a year or a modifier is where the text says none."""


def looking(value: TimeValue, look: Which | None) -> TimeValue:
    """The value in a clause that looks ahead, to neither side, or back (None): of what is named alone, which it is."""
    match value:
        case Weekday(modifier=None | "ahead" | "either"):
            return replace(value, modifier=look)
        case (
            Day() | NoSuchDay() | Holiday() | CalendarWeek() | Month() | Quarter() | HalfYear() | Season() | YearPart()
        ):
            return replace(value, year=look) if value.year in UNSAID else value
        case Between():
            return Between(looking(value.first, look), looking(value.last, look))
    return value


@dataclass(frozen=True)
class TimeExpression:
    """``text == source[start:end]``."""

    start: int
    end: int
    text: str
    value: TimeValue
