"""What the match of a time form says: from its named groups and the lexicon to a value of
``analyzer.text.time_values``.

Each function answers None where the words fit the pattern and yet say nothing: a month in small letters, a length
without a count in the singular. A date that no calendar has says so (``NoSuchDay``): read as less, its month or its
year, it would be taken for a time that the text does not name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import cast

from analyzer.text.time_lexicon import Lexicon
from analyzer.text.time_values import (
    Ago,
    Between,
    Day,
    Duration,
    Ever,
    HalfYear,
    Modifier,
    Month,
    NoSuchDay,
    Part,
    PeriodUnit,
    Quarter,
    RelativeDay,
    RelativePeriod,
    Side,
    Since,
    TimeValue,
    Weekday,
    Year,
    YearPart,
    YearSaid,
)

Match = re.Match[str]
OFFSETS: dict[Modifier, int] = {"last": -1, "this": 0, "next": 1}
SIDES: dict[Modifier, Side | None] = {"last": "past", "this": None, "next": "future"}


def _group(m: Match, name: str) -> str | None:
    return m.groupdict().get(name)


def year_of(m: Match) -> int | None:
    written = _group(m, "y")
    if written is None:
        return None
    if len(written) == 4:
        return int(written)
    return int(written) + (2000 if int(written) < 70 else 1900)


def month_of(m: Match, x: Lexicon) -> int:
    return x.months[m["m"].lower().rstrip(".")]


def day_of(year: YearSaid, month: int, number: int) -> Day | NoSuchDay:
    """The day, or that there is none; 29 February is one unless its year is said and has none."""
    longest = 0 if not 1 <= month <= 12 else monthrange(year if isinstance(year, int) else 2000, month)[1]
    return Day(year, month, number) if 1 <= number <= longest else NoSuchDay(year, month, number)


def day(m: Match, x: Lexicon) -> Day | NoSuchDay | None:
    numeric = _group(m, "mm")
    if not numeric and m["m"][0].islower():
        return None
    return day_of(year_of(m), int(numeric) if numeric else month_of(m, x), int(m["d"]))


def slashed(m: Match, x: Lexicon) -> TimeValue | None:
    """ "1/27/2025", "27/1/2025": the month first where that is a day."""
    year, one, other = year_of(m), int(m["one"]), int(m["other"])
    american, british = day_of(year, one, other), day_of(year, other, one)
    month_first = isinstance(american, Day) or (one <= 12 and not isinstance(british, Day))
    return american if month_first else british


def days(m: Match, x: Lexicon) -> TimeValue | None:
    """ "3. bis 5. August 2024", "March 3-5"."""
    first, last = day(m, x), int(m["to"])
    if first is None or not first.day < last <= 31:
        return None
    return Between(first, day_of(first.year, first.month, last))


def month(m: Match, x: Lexicon) -> TimeValue | None:
    return Month(year_of(m), month_of(m, x)) if m["m"][0].isupper() else None


def quarter(m: Match, x: Lexicon) -> TimeValue | None:
    named = _group(m, "name")
    if named:
        return Quarter(year_of(m), int(x.lists["quarter"][named.lower()]))
    return Quarter(year_of(m), int(m["q"]) if _group(m, "q") else x.ordinals[m["o"].lower()])


def half(m: Match, x: Lexicon) -> TimeValue | None:
    which = int(m["h"]) if _group(m, "h") else x.ordinals[m["o"].lower()]
    return HalfYear(year_of(m), which) if which <= 2 else None


def year(m: Match, x: Lexicon) -> TimeValue | None:
    return Year(int(m["y"]))


def years(m: Match, x: Lexicon) -> TimeValue | None:
    """ "2006-2008", "2008/09"."""
    first, written = int(m["y"]), m["to"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    return Between(Year(first), Year(last)) if first < last < first + 100 else None


def decade(m: Match, x: Lexicon) -> TimeValue | None:
    """ "1990s"; "late 1970s" are the last three years, "early" the first four, "mid" the three between; "1900s" a
    century.
    """
    written, third = m["dec"], _group(m, "third")
    first = int(written) if len(written) == 4 else 1900 + int(written)
    if third is None:
        within = (0, 99) if first % 100 == 0 and first < 2000 else (0, 9)
    else:
        within = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[_third(third)]
    return Between(Year(first + within[0]), Year(first + within[1]))


def _third(words: str) -> str:
    word = words.lower()
    return (
        "early"
        if word.startswith(("früh", "earl", "anf"))
        else "late"
        if word.startswith(("spät", "late", "end"))
        else "mid"
    )


def season(m: Match, x: Lexicon) -> TimeValue | None:
    year, first = int(m["y"]), x.seasons[m["s"].lower()]
    return Between(Month(year, first), Month(year, first + 2))


def weekday(m: Match, x: Lexicon) -> TimeValue | None:
    modifier = _group(m, "mod")
    return (
        Weekday(x.weekdays[m["w"].lower()], x.modifiers[modifier.lower()] if modifier else None)
        if m["w"][0].isupper()
        else None
    )


def period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "letzte Woche", "this year"; in the plural ("in den letzten Wochen") a length."""
    unit, modifier = x.units[m["u"].lower()], x.modifiers[m["mod"].lower()]
    if m["u"].lower() in x.plural or (unit in ("day", "session") and modifier != "this"):
        return length(m, x)
    return None if unit in ("day", "session", "minute", "hour") else RelativePeriod(unit, OFFSETS[modifier])


def part_of_period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Ende des Jahres", "late last year" are parts of the year, "Ende dieser Woche" the week."""
    modifier = x.modifiers[m["mod"].lower()] if _group(m, "mod") else "this"
    unit = x.units[m["u"].lower()]
    if unit == "year" and m["u"].lower() not in x.plural:
        year = None if modifier == "this" else RelativePeriod("year", OFFSETS[modifier])
        return YearPart(year, x.parts[m["p"].lower()])
    return None if m["u"].lower() in x.plural or unit in ("day", "session") else RelativePeriod(unit, OFFSETS[modifier])


def year_part(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Ende 2024", "Jahresende 2024"."""
    whole = _group(m, "yp")
    part = x.lists["year_part"].get(whole.lower().replace("-", " ")) if whole else x.parts[m["p"].lower()]
    return YearPart(year_of(m), cast(Part, part)) if part else None


def months_of_year(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The first three months of 2025" are January to March, "the last two months of the year" its last."""
    year, many = year_of(m), _count(m, x)
    if many is None or many not in range(2, 12):
        return None
    first, last = (1, int(many)) if m["side"].lower() in ("first", "ersten") else (13 - int(many), 12)
    return Between(Month(year, first), Month(year, last))


def length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "in den vergangenen drei Monaten", "within a year", "weeks"."""
    modifier = _group(m, "mod")
    side = SIDES[x.modifiers[modifier.lower()]] if modifier else None
    if modifier and side is None:
        return None
    many = _count(m, x)
    unit = x.units[m["u"].lower()]
    if many is None and m["u"].lower() not in x.plural:
        return (
            Duration(1.0, unit, side)
            if modifier and _group(m, "n") is None and unit not in ("day", "session")
            else None
        )
    return Duration(many, unit, side)


def _count(m: Match, x: Lexicon) -> float | None:
    return x.count(m["n"]) if _group(m, "n") else None


def plural_length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "in den letzten Wochen", "in den letzten drei Wochen"; "in der letzten Woche" is the week itself."""
    return length(m, x) if m["u"].lower() in x.plural or _group(m, "n") else None


def past_length(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(_count(m, x), x.units[m["u"].lower()], "past")


def future_length(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(_count(m, x), x.units[m["u"].lower()], "future")


def ago(m: Match, x: Lexicon) -> TimeValue | None:
    many, unit = _count(m, x), x.units[m["u"].lower()]
    if many is None:
        return Duration(None, unit, "past") if m["u"].lower() in x.plural else None
    return Ago(many, unit)


def since_ago(m: Match, x: Lexicon) -> TimeValue | None:
    value = ago(m, x)
    return Since(value) if isinstance(value, Ago) else value


def compound_high(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Zehnjahrestief", "52-Wochen-Hoch": the past stretch that the high or low is one of."""
    stem: dict[str, PeriodUnit] = {"jahr": "year", "mona": "month", "woch": "week", "tage": "day", "quar": "quarter"}
    many = None if m["n"].lower() == "mehr" else x.count(m["n"])
    return Duration(many, stem[m["unit"][:4].lower()], "past")


def session(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(1.0, "session")


def ever(m: Match, x: Lexicon) -> TimeValue | None:
    return Ever() if m["after"][0].islower() else None


def in_history(m: Match, x: Lexicon) -> TimeValue | None:
    return Ever()


def tomorrow(m: Match, x: Lexicon) -> TimeValue | None:
    return RelativeDay(1) if m[0][0].islower() else None
