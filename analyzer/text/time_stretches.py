"""What the match of a time form says of stretches: periods told from today, their parts and edges, and their bounds.

Each function answers None where the words fit the pattern and yet say nothing.
"""

from __future__ import annotations

from calendar import monthrange
from typing import cast

from analyzer.text.time_lengths import Match, count, group, length
from analyzer.text.time_lexicon import Lexicon
from analyzer.text.time_meanings import month_of, year_of
from analyzer.text.time_values import (
    Between,
    Day,
    Duration,
    EdgeDay,
    Either,
    Ever,
    Modifier,
    Month,
    Overnight,
    Part,
    RelativeDay,
    RelativePeriod,
    Season,
    SessionPart,
    Since,
    TimeValue,
    Trailing,
    Until,
    WeekOf,
    Year,
    YearPart,
)

OFFSETS: dict[Modifier, int] = {"last": -1, "this": 0, "next": 1}


def period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "letzte Woche", "this year"; in the plural ("in den letzten Wochen") a length."""
    unit, modifier = x.units[m["u"].lower()], x.modifiers[m["mod"].lower()]
    if x.is_plural(m["u"]) or (unit in ("day", "session", "fortnight") and modifier != "this"):
        return length(m, x)
    return None if unit in ("day", "session", "minute", "hour") else RelativePeriod(unit, OFFSETS[modifier])


def part_of_period(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Ende des Jahres", "late last year" are parts of the year, "Ende dieser Woche" of the week."""
    modifier = x.modifiers[m["mod"].lower()] if group(m, "mod") else "this"
    unit, part = x.units[m["u"].lower()], x.parts[m["p"].lower()]
    if x.is_plural(m["u"]) or unit in ("minute", "hour", "day", "session", "fortnight", "century"):
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
    plural = x.is_plural(m["u"])
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
    if unit in ("day", "session") or x.is_plural(m["u"]):
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
    if not m["m"][0].isupper() or (count(m, x) is None) == (x.is_plural(m["u"])):
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


def within_day(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Gegen 15 Uhr", "2:30 pm", "by early afternoon"."""
    return SessionPart("intraday")


def in_history(m: Match, x: Lexicon) -> TimeValue | None:
    return Ever()


def night(m: Match, x: Lexicon) -> TimeValue | None:
    return Overnight()


def tomorrow(m: Match, x: Lexicon) -> TimeValue | None:
    return RelativeDay(1) if m[0][0].islower() else None
