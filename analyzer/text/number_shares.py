"""Shares in words: "ein Drittel", "die Hälfte", "two-thirds", "jeder Dritte", "nine out of ten"; and dozens.

A share has no sign. "Auf die Hälfte" and "cut in half" are halvings, changes by -50 %.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from analyzer.model import Unit
from analyzer.text.intervals import Written, ratio
from analyzer.text.number_context import is_duration
from analyzer.text.number_readings import Reading
from analyzer.text.numerals import small_numbers
from analyzer.text.tables import table
from analyzer.text.tokens import Tokens
from analyzer.text.units import measure

ONE, HALF = Decimal(1), Decimal("0.5")
POINT = ("point", "points")
PER_CENT = ("percent", "per", "%")
OF_A = re.compile(r"\sof an?(?=\s)", re.IGNORECASE)


@lru_cache(maxsize=4)
def leading(language: str) -> dict[str, Decimal]:
    """The words that may stand before "Drittel" or "dozen": numbers, and articles as 1."""
    return {**small_numbers(language), **dict.fromkeys(table(f"numbers_{language}")["articles"], ONE)}


def phrase(found: Tokens, first: int, last: int, size: Written, unit: Unit, sign: int | None = None) -> Reading:
    return Reading(found.starts[first], found.ends[last], size, unit, sign=sign)


def preceded(found: Tokens, index: int, phrases: list[str]) -> int | None:
    """Index of the first token of the one of the phrases that ends right before ``index``."""
    for words in map(str.split, phrases):
        if index >= len(words) and found.words[index - len(words) : index] == words:
            return index - len(words)
    return None


def share(found: Tokens, index: int, language: str) -> Reading | None:
    """ "zwei Drittel", "ein gutes Drittel", "a third of", "a quarter-point"; "ein Dutzend"; "nine out of ten"."""
    lists, many = table(f"numbers_{language}"), leading(language)[found.words[index]]
    at = index + 1
    said = next((said for said, words in lists["adjectives"].items() if found.word(at) in words), None)
    at += (said is not None) + (found.word(at) == "-")
    word = found.word(at)
    if word in lists["dozen"]:
        return _dozen(found, index, at, many, language)
    if word not in lists["fractions"]:
        return _out_of(found, index, many, language)
    part = many / int(lists["fractions"][word])
    if found.word(at + 1) == "-" and found.word(at + 2) in POINT:
        return phrase(found, index, at + 2, ratio(part / 100), "percentage_points")
    if language == "en" and not _is_share(found, index, at):
        return None
    reading = _in_unit(found, phrase(found, at if said else index, at, ratio(part), "fraction"), language)
    return replace(reading, said=said, lead=found.starts[index]) if said else reading


def _is_share(found: Tokens, index: int, at: int) -> bool:
    """Whether "a third", "a quarter" is a share: "a third bank", "a quarter ago", "for three quarters" are not."""
    word, following = found.words[at], found.word(at + 1)
    if following == "-" or (following == "in" and found.word(at + 2) == "a"):
        return False
    if found.word(at - 1) == "-" or (word.endswith("s") and following == "of"):
        return True
    if word.startswith("quarter") and found.word(index - 1) in ("for", "past", "last", "next", "in", "first"):
        return False
    return not following[:1].isalnum() or following in table("numbers_en")["after_fraction"]


def _in_unit(found: Tokens, reading: Reading, language: str) -> Reading:
    """ "ein Viertel Prozent" and "a quarter of a percent" are 0.25 per cent."""
    of = OF_A.match(found.text, reading.end)
    worth = measure(found.text, of.end() if of else reading.end, language)
    if of and worth.unit == "points" and not worth.scaled:  # a part of one point is of a rate, not of an index
        return replace(reading, end=worth.end, size=ratio(reading.size.value / 100), unit="percentage_points")
    if worth.unit not in ("fraction", "percentage_points") or worth.scaled:
        return reading
    return replace(reading, end=worth.end, size=ratio(reading.size.value * worth.factor), unit=worth.unit)


def _dozen(found: Tokens, index: int, at: int, many: Decimal, language: str) -> Reading | None:
    if is_duration(found, found.ends[at], language):
        return None
    size = ratio(many * 12)
    return phrase(found, index, at, Written(size.value, ONE, size.room), "count")


def _out_of(found: Tokens, index: int, many: Decimal, language: str) -> Reading | None:
    """ "neun von zehn", "one in ten": both in words, of at most ten."""
    for link in map(str.split, table(f"numbers_{language}")["of_ten"]):
        last = index + 1 + len(link)
        whole = small_numbers(language).get(found.word(last), Decimal(0))
        if (
            found.words[index + 1 : last] == link
            and many < whole <= 10
            and not is_duration(found, found.ends[last], language)
        ):
            return phrase(found, index, last, ratio(many / whole), "fraction")
    return None


def every(found: Tokens, index: int, language: str) -> Reading | None:
    """ "jeder Dritte" is a third; "jedes zweite Jahr" is a rhythm."""
    word = found.word(index + 1)
    ordinals = table(f"numbers_{language}")["ordinals"]
    of = next((int(n) for stem, n in ordinals.items() if word in (stem, stem + "n", stem + "r", stem + "s")), 1)
    if of == 1 or is_duration(found, found.ends[index + 1], language):
        return None
    return phrase(found, index, index + 1, ratio(ONE / of), "fraction")


def german_half(found: Tokens, index: int, language: str) -> Reading | None:
    """ "die Hälfte", "die knappe Hälfte", "um die Hälfte"; "auf die Hälfte"."""
    lists = table(f"numbers_{language}")
    to = preceded(found, index, lists["to_half"])
    if to is not None:
        return phrase(found, to, index, ratio(HALF), "fraction", -1)
    said = next((said for said, words in lists["adjectives"].items() if found.word(index - 1) in words), None)
    start = preceded(found, index - 1 if said else index, lists["by_half"] + lists["half_articles"])
    if start is None:
        return None
    reading = phrase(found, index if said else start, index, ratio(HALF), "fraction")
    return replace(reading, said=said, lead=found.starts[start]) if said else reading


def english_half(found: Tokens, index: int, language: str) -> Reading | None:
    """ "by half", "half of", "half its", "a half-point", "half a percent"; not "first half", "half the year"."""
    lists, previous, following = table(f"numbers_{language}"), found.word(index - 1), found.word(index + 1)
    if following in lists["articles"] and (last := _past_point(found, index + 2)) is not None:
        return phrase(found, index, last, ratio(HALF / 100), "percentage_points")
    if following in lists["articles"] and found.word(index + 2) in PER_CENT:
        last = index + 3 if found.words[index + 2 : index + 4] == ["per", "cent"] else index + 2
        return phrase(found, index, last, Written(HALF / 100, Decimal("0.001"), Decimal("0.0005")), "fraction")
    if previous == "by":
        return phrase(found, index - 1, index, ratio(HALF), "fraction")
    if following == "-" and found.word(index + 2) in POINT:
        first = index - 1 if previous in lists["articles"] else index
        return phrase(found, first, index + 2, ratio(HALF / 100), "percentage_points")
    if (
        previous in lists["ordinals"]
        or previous in ("-", "other", "next", "last")
        or following not in lists["after_half"]
    ):
        return None
    if is_duration(found, found.ends[index + 1], language):
        return None
    return phrase(found, index, index, ratio(HALF), "fraction")


def _past_point(found: Tokens, index: int) -> int | None:
    """The last token of "point" or "percentage point" from ``index`` on: of half a one, or three quarters of one."""
    index += found.word(index) in ("percentage", "percent")
    return index if found.word(index) in POINT else None


def cut_in_half(found: Tokens, index: int, language: str) -> Reading | None:
    if found.words[index + 1 : index + 3] != ["in", "half"]:
        return None
    return phrase(found, index, index + 2, ratio(HALF), "fraction", -1)
