"""How long a match of a time form lasts or how far back it lies: "in the past three months", "vor einem halben Jahr".

Each function answers None where the words fit the pattern and yet say nothing, as a length without a count.
"""

from __future__ import annotations

import re

from analyzer.text.time_lexicon import Lexicon
from analyzer.text.time_values import (
    Ago,
    Duration,
    Either,
    Modifier,
    Neighbour,
    PeriodUnit,
    RelativePeriod,
    Side,
    Since,
    TimeValue,
    Until,
    Weekday,
    YearPart,
)

Match = re.Match[str]
STEMS: dict[str, PeriodUnit] = {
    "jahr": "year", "jähr": "year", "mona": "month", "woch": "week", "wöch": "week", "tage": "day", "tägi": "day",
    "quar": "quarter", "stün": "hour", "minü": "minute",
}  # fmt: skip
"""The units of compounds by their first letters."""
SIDES: dict[Modifier, Side | None] = {"last": "past", "this": None, "next": "future"}


def group(m: Match, name: str) -> str | None:
    return m.groupdict().get(name)


def length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "in den vergangenen drei Monaten", "within a year", "weeks"."""
    modifier = group(m, "mod")
    side = SIDES[x.modifiers[modifier.lower()]] if modifier else None
    if modifier and side is None:
        return None
    many = count(m, x)
    unit = x.units[m["u"].lower()]
    if many is None and not x.is_plural(m["u"]):
        return (
            Duration(1.0, unit, side) if modifier and group(m, "n") is None and unit not in ("day", "session") else None
        )
    return Duration(many, unit, side)


def count(m: Match, x: Lexicon) -> float | None:
    return x.count(m["n"]) if group(m, "n") else None


def plural_length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "in den letzten Wochen", "in den letzten drei Wochen"; "in der letzten Woche" is the week itself."""
    return length(m, x) if x.is_plural(m["u"]) or group(m, "n") else None


def ranked_length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "A fifth straight day", "am 5. Tag in Folge": as long as its number."""
    count = int(m["d"]) if group(m, "d") else x.ordinals[m["o"].lower()]
    return Duration(float(count), x.units[m["u"].lower()]) if count > 1 else None


def bare_length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Dauert im Schnitt vierzehn Monate", "a horizon of ten years": a length by the verb or noun before it."""
    known = x.pieces["LASTS"]
    lead = re.search(rf"\b{known}(?:\s[^\W\d]+){{0,2}}\s$", m.string[max(0, m.start() - 60) : m.start()], re.IGNORECASE)
    return length(m, x) if lead and count(m, x) is not None else None


def and_a_half_ago(m: Match, x: Lexicon) -> TimeValue | None:
    """ "A year and a half ago"."""
    return Ago(1.5, x.units[m["u"].lower()])


def and_a_half(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The past year and a half"."""
    return Duration(1.5, x.units[m["u"].lower()], "past")


def from_weekday(m: Match, x: Lexicon) -> TimeValue | None:
    """ "A week from Friday", "Friday week", "Freitag in einer Woche"."""
    many = count(m, x) if group(m, "n") else 1.0
    if many is None or not m["w"][0].isupper():
        return None
    return Neighbour("week", round(many), Weekday(x.weekdays[m["w"].lower()], "ahead"))


def weekday_before_last(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The Friday before last", "vorletzten Freitag"."""
    if not m["w"][0].isupper():
        return None
    return Neighbour("week", -1, Weekday(x.weekdays[m["w"].lower()], "last"))


def rest_of(m: Match, x: Lexicon) -> TimeValue | None:
    """ "The rest of the year", "den Rest der Woche"."""
    unit = x.units[m["u"].lower()]
    if x.is_plural(m["u"]) or unit in ("minute", "hour", "day", "session"):
        return None
    return Until(YearPart(None, "end") if unit == "year" else RelativePeriod(unit, 0))


def adjective_length(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Dreimonatige", "7-tägige" before what lasted so long."""
    return Duration(x.count(m["n"]), STEMS[m["unit"][:4].lower()]) if x.is_count(m["n"]) else None


def past_length(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(count(m, x), x.units[m["u"].lower()], "past")


def future_length(m: Match, x: Lexicon) -> TimeValue | None:
    plural = x.is_plural(m["u"])
    return Duration(count(m, x) or (None if plural else 1.0), x.units[m["u"].lower()], "future")


def ago(m: Match, x: Lexicon) -> TimeValue | None:
    many, unit = count(m, x), x.units[m["u"].lower()]
    if many is None:
        return Duration(None, unit, "past") if x.is_plural(m["u"]) else None
    if x.language == "de" and (many, unit) == (8, "day"):
        return Either(Ago(8, "day"), Ago(1, "week"))  # both days of the week are counted
    return Ago(many, unit)


def beside(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Two days later", "eine Woche danach": counted from the time named before."""
    many, unit = count(m, x), x.units[m["u"].lower()]
    if many is None or many != round(many) or unit in ("minute", "hour"):
        return None
    back = m["side"].lower() in ("before", "davor", "vorher")
    return Neighbour(unit, -round(many) if back else round(many))


def since_ago(m: Match, x: Lexicon) -> TimeValue | None:
    value = ago(m, x)
    return Since(value) if isinstance(value, Ago) else value


def compound_high(m: Match, x: Lexicon) -> TimeValue | None:
    """ "Zehnjahrestief", "52-Wochen-Hoch": the past stretch that the high or low is one of."""
    many = None if m["n"].lower() == "mehr" else x.count(m["n"])
    return Duration(many, STEMS[m["unit"][:4].lower()], "past")


def session(m: Match, x: Lexicon) -> TimeValue | None:
    return Duration(1.0, "session")
