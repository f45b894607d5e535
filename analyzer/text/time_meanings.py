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

from analyzer.text.time_lengths import Match, count, group, length
from analyzer.text.time_lexicon import Lexicon
from analyzer.text.time_values import (
    Between,
    CalendarWeek,
    Day,
    DayOfMonth,
    Duration,
    EdgeDay,
    Either,
    EventAnchor,
    Ever,
    HalfYear,
    Holiday,
    Modifier,
    Month,
    NoSuchDay,
    Part,
    Quarter,
    RelativeDay,
    RelativePeriod,
    Season,
    SessionPart,
    Since,
    TimeValue,
    Trailing,
    Until,
    Weekday,
    WeekOf,
    Year,
    YearPart,
    YearSaid,
)

OFFSETS: dict[Modifier, int] = {"last": -1, "this": 0, "next": 1}


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


def period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "letzte Woche", "this year"; in the plural ("in den letzten Wochen") a length."""
    unit, modifier = x.units[m["u"].lower()], x.modifiers[m["mod"].lower()]
    if m["u"].lower() in x.plural or (unit in ("day", "session", "fortnight") and modifier != "this"):
        return length(m, x)
    return None if unit in ("day", "session", "minute", "hour") else RelativePeriod(unit, OFFSETS[modifier])


def part_of_period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Ende des Jahres", "late last year" are parts of the year, "Ende dieser Woche" of the week."""
    modifier = x.modifiers[m["mod"].lower()] if group(m, "mod") else "this"
    unit, part = x.units[m["u"].lower()], x.parts[m["p"].lower()]
    if m["u"].lower() in x.plural or unit in ("minute", "hour", "day", "session", "fortnight", "century"):
        return None
    if unit == "year":
        return YearPart(None if modifier == "this" else RelativePeriod("year", OFFSETS[modifier]), part)
    return RelativePeriod(unit, OFFSETS[modifier], part)


def year_part(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Ende 2024", "Jahresende 2024"."""
    whole = group(m, "yp")
    part = x.lists["year_part"].get(whole.lower().replace("-", " ")) if whole else x.parts[m["p"].lower()]
    return YearPart(year_of(m), cast(Part, part)) if part else None


def months_of_year(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The first three months of 2025" are January to March, "the last two months of the year" its last."""
    year, many = year_of(m), count(m, x)
    if many is None or many not in range(2, 12):
        return None
    first, last = (1, int(many)) if m["side"].lower() in ("first", "ersten") else (13 - int(many), 12)
    return Between(Month(year, first), Month(year, last))


def days_of_month(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The first two weeks of January", "die ersten zehn Tage im März", "the last week of October"."""
    many, unit = count(m, x), x.units[m["u"].lower()]
    plural = m["u"].lower() in x.plural
    if (many is None) == plural or unit not in ("day", "week") or not m["m"][0].isupper():
        return None
    year, month = year_of(m), month_of(m, x)
    length, end = round((many or 1) * (7 if unit == "week" else 1)), monthrange(year or 2001, month)[1]
    if not 1 < length <= 28:
        return None
    opens = m["side"].lower() in ("first", "ersten", "erste", "opening")
    first, last = (1, length) if opens else (end - length + 1, end)
    days = Between(Day(year, month, first), Day(year, month, last))
    return days if plural else Either(days, WeekOf(Day(year, month, 4 if opens else end - 3)))


def edge_day(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The last trading day of September", "am ersten Handelstag des Jahres"."""
    edge, unit = m["side"].lower(), x.units[m["edge"].lower()]
    of = _period_said(m, x)
    if of is None or unit not in ("day", "session"):
        return None
    return EdgeDay(of, "start" if edge.startswith(("first", "erst", "open")) else "end", unit == "session")


def _period_said(m: Match, x: Lexicon) -> TimeValue | None:
    if group(m, "m"):
        return Month(year_of(m), month_of(m, x)) if m["m"][0].isupper() else None
    if group(m, "y"):
        return Year(int(m["y"]))
    modifier = group(m, "mod")
    unit = x.units[m["u"].lower()]
    if unit in ("day", "session") or m["u"].lower() in x.plural:
        return None
    return RelativePeriod(unit, OFFSETS[x.modifiers[modifier.lower()]] if modifier else 0)


def edge_part(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The opening weeks of 2016", "in den letzten Tagen des Jahres": an end of a period that is not counted."""
    part: Part = "start" if m["side"].lower() in ("first", "opening", "early", "ersten") else "end"
    if not group(m, "m"):
        return YearPart(year_of(m), part)
    return Month(year_of(m), month_of(m, x), part) if m["m"][0].isupper() else None


def trailing(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The twelve months to September", "im Jahr bis März 2024"."""
    if not m["m"][0].isupper() or (count(m, x) is None) == (m["u"].lower() in x.plural):
        return None
    length = Duration(count(m, x) or 1, x.units[m["u"].lower()])
    return Trailing(length, Month(year_of(m), month_of(m, x))) if length.unit in ("month", "year", "quarter") else None


def since_month(m: Match, x: Lexicon) -> TimeValue | None:
    """ "So far in October"."""
    return Since(Month(None, month_of(m, x))) if m["m"][0].isupper() else None


def since_year(m: Match, x: Lexicon) -> TimeValue | None:
    """ "So far in 2024"."""
    return Since(Year(int(m["y"])))


def until_out(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Before July is out", "bevor das Jahr um ist"."""
    if group(m, "m"):
        return Until(Month(None, month_of(m, x))) if m["m"][0].isupper() else None
    if group(m, "s"):
        return Until(Season(None, x.seasons[m["s"].lower()]))
    unit = x.units[m["u"].lower()]
    return Until(YearPart(None, "end") if unit == "year" else RelativePeriod(unit, 0))


def ever(m: Match, x: Lexicon) -> TimeValue | None:
    return Ever() if m["after"][0].islower() else None


def clock_time(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Gegen 15 Uhr", "2:30 pm": within the day."""
    return SessionPart("intraday")


def in_history(m: Match, x: Lexicon) -> TimeValue | None:
    return Ever()


def tomorrow(m: Match, x: Lexicon) -> TimeValue | None:
    return RelativeDay(1) if m[0][0].islower() else None
