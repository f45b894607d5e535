"""What the match of a time form says: from its named groups and the lexicon to a value of
``analyzer.text.time_values``.

Each function answers None where the words fit the pattern and yet say nothing: a month in small letters, a length
without a count in the singular. A date that no calendar has says so (``NoSuchDay``): read as less, its month or its
year, it would be taken for a time that the text does not name.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from typing import cast

from analyzer.text.time_lengths import Match, group
from analyzer.text.time_lexicon import Lexicon
from analyzer.text.time_values import (
    Between,
    CalendarWeek,
    Day,
    DayOfMonth,
    Either,
    EventAnchor,
    HalfYear,
    Holiday,
    Month,
    NoSuchDay,
    Part,
    Quarter,
    Season,
    TimeValue,
    Weekday,
    Year,
    YearSaid,
)


def year_of(m: Match) -> int | None:
    written = group(m, "y")
    if not written:
        return None
    if len(written) == 4:
        return int(written)
    return int(written) + (2000 if int(written) < 70 else 1900)


def which_year(m: Match, x: Lexicon) -> YearSaid:
    """The year of a name of time: as written, else by its modifier ("last March"), else not said."""
    modifier = group(m, "mod")
    return year_of(m) or (x.modifiers[modifier.lower()] if modifier else None)


def part_of(m: Match, x: Lexicon) -> Part | None:
    """ "Anfang" before a month, "Spät" in "Spätsommer"."""
    part, compound = group(m, "p"), group(m, "sp")
    if compound:
        return x.season_parts[compound.lower()]
    return x.parts[part.lower()] if part else None


def month_of(m: Match, x: Lexicon) -> int:
    return x.months[m["m"].lower().rstrip(".")]


def day_of(year: YearSaid, month: int, number: int) -> Day | NoSuchDay:
    """The day, or that there is none; 29 February is one unless its year is said and has none."""
    longest = 0 if not 1 <= month <= 12 else monthrange(year if isinstance(year, int) else 2000, month)[1]
    return Day(year, month, number) if 1 <= number <= longest else NoSuchDay(year, month, number)


def day(m: Match, x: Lexicon) -> Day | NoSuchDay | None:
    numeric = group(m, "mm")
    if not numeric and m["m"][0].islower():
        return None
    return day_of(year_of(m), int(numeric) if numeric else month_of(m, x), int(m["d"]))


def slashed(m: Match, x: Lexicon) -> TimeValue | None:
    """ "1/27/2025", "27/1/2025": the month first where that is a day."""
    year, one, other = year_of(m), int(m["one"]), int(m["other"])
    american, british = day_of(year, one, other), day_of(year, other, one)
    if isinstance(american, Day) and isinstance(british, Day) and american != british:
        return replace(american, swaps=True)
    month_first = isinstance(american, Day) or (one <= 12 and not isinstance(british, Day))
    return american if month_first else british


def days(m: Match, x: Lexicon) -> TimeValue | None:
    """ "3. bis 5. August 2024", "March 3-5"."""
    first, last = day(m, x), int(m["to"])
    if first is None or not first.day < last <= 31:
        return None
    return Between(first, day_of(first.year, first.month, last))


def day_of_month(m: Match, x: Lexicon) -> TimeValue | None:
    return DayOfMonth(int(m["d"])) if 1 <= int(m["d"]) <= 31 else None


def day_in_words(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The fifth of August", "am ersten Januar"."""
    return day_of(year_of(m), month_of(m, x), x.ordinals[m["o"].lower()]) if m["m"][0].isupper() else None


def calendar_week(m: Match, x: Lexicon) -> TimeValue | None:
    return CalendarWeek(year_of(m), int(m["d"])) if 1 <= int(m["d"]) <= 53 else None


def quarter_to(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The June quarter" ends with June."""
    month = month_of(m, x)
    return Quarter(year_of(m), month // 3) if month % 3 == 0 and m["m"][0].isupper() else None


def month(m: Match, x: Lexicon) -> TimeValue | None:
    return Month(which_year(m, x), month_of(m, x), part_of(m, x)) if m["m"][0].isupper() else None


def half_of_month(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The first half of October" ends with its 15th."""
    half, month = x.ordinals[m["o"].lower()], month_of(m, x)
    if half > 2 or not m["m"][0].isupper():
        return None
    year = year_of(m)
    first, last = (1, 15) if half == 1 else (16, monthrange(year or 2001, month)[1])
    return Between(Day(year, month, first), Day(year, month, last))


def quarter(m: Match, x: Lexicon) -> TimeValue | None:
    named = group(m, "name")
    if named:
        return Quarter(year_of(m), int(x.lists["quarter"][named.lower()]), part_of(m, x))
    which = int(m["q"]) if group(m, "q") else x.ordinals[m["o"].lower()]
    return Quarter(year_of(m), which, part_of(m, x)) if which <= 4 else None


def half(m: Match, x: Lexicon) -> TimeValue | None:
    which = int(m["h"]) if group(m, "h") else x.ordinals[m["o"].lower()]
    return HalfYear(year_of(m), which) if which <= 2 else None


def year(m: Match, x: Lexicon) -> TimeValue | None:
    return Year(int(m["y"]))


def half_of_decade(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The second half of the nineties"."""
    half, first = x.ordinals[m["o"].lower()], _first_of_decade(m, x)
    return Between(Year(first + 5 * half - 5), Year(first + 5 * half - 1)) if half <= 2 else None


def date_of_event(m: Match, x: Lexicon) -> TimeValue | None:
    """ "9/11"."""
    return EventAnchor(m[0])


def century(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The 19th century": from 1801 on, or loosely from 1800."""
    number = int(m["d"]) if group(m, "d") else x.centuries[m["cent"].lower()]
    if not 15 <= number <= 21:
        return None
    first = 100 * (number - 1)
    return Either(Between(Year(first + 1), Year(first + 100)), Between(Year(first), Year(first + 99)))


def short_year(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The crash of '87"."""
    return Year(cast(int, year_of(m)))


def years(m: Match, x: Lexicon) -> TimeValue | None:
    """ "2006-2008", "2008/09"."""
    first, written = int(m["y"]), m["to"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    return Between(Year(first), Year(last)) if first < last < first + 100 else None


def decade(m: Match, x: Lexicon) -> TimeValue | None:
    """ "1990s", "the nineties"; "late 1970s" are the last three years, "early" the first four, "mid" the three between;
    "1900s" are a century, or its first ten years.
    """
    third = group(m, "third")
    first = _first_of_decade(m, x)
    within = {"": (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}[_third(third) if third else ""]
    said = Between(Year(first + within[0]), Year(first + within[1]))
    if third is None and first % 100 == 0 and first < 2000:
        return Either(Between(Year(first), Year(first + 99)), said)
    return said


def _first_of_decade(m: Match, x: Lexicon) -> int:
    word = group(m, "decw")
    if word:
        return x.decades[word.lower()]
    return int(m["dec"]) if len(m["dec"]) == 4 else 1900 + int(m["dec"])


def _third(words: str) -> str:
    word = words.lower()
    return (
        "early"
        if word.startswith(("früh", "earl", "anf", "start", "beg"))
        else "late"
        if word.startswith(("spät", "late", "end"))
        else "mid"
    )


def season(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Herbst 2008", "last summer", "Winter 2008/09": a winter's year is that of its December."""
    if m["s"][0].isupper() or x.language == "en" or group(m, "sp"):
        return Season(which_year(m, x), x.seasons[m["s"].lower()], part_of(m, x))
    return None


def holiday(m: Match, x: Lexicon) -> TimeValue | None:
    words = " ".join(m["hol"].lower().replace("’", "'").replace("-", " ").split())
    return Holiday(x.holidays[words], which_year(m, x)) if m["hol"][0].isupper() or " " in words else None


def event_day(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Der Schwarze Montag": a day by what happened on it."""
    return EventAnchor(m[0]) if m[0].split()[-1][0].isupper() else None


def weekday(m: Match, x: Lexicon) -> TimeValue | None:
    modifier = group(m, "mod")
    if not m["w"][0].isupper():
        return None
    return Weekday(x.weekdays[m["w"].lower()], x.modifiers[modifier.lower()] if modifier else None)


def nearest_weekday(m: Match, x: Lexicon) -> TimeValue | None:
    """ "This past Monday", "this coming Friday": the nearest one on that side."""
    return Weekday(x.weekdays[m["w"].lower()], "ahead" if m["side"].lower() == "coming" else None)


def weekday_of_week(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Freitag vergangener Woche", "Thursday next week"."""
    return Weekday(x.weekdays[m["w"].lower()], x.modifiers[m["mod"].lower()], True) if m["w"][0].isupper() else None
