"""Expressions of time in a text, typed and without a calendar, in German and English.

``times`` finds them; what each can say is in ``analyzer.text.time_values``, whose names are also here. The longest
reading at a place wins, also where it is a day that no calendar has. Plain prepositions ("am", "im", "on") stay outside
unless they make the meaning ("vor drei Wochen", "in zwölf Monaten"). A four-digit number is a year unless a unit, a
preposition of levels ("fiel auf 1950") or a name speaks against it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.text.tables import table
from analyzer.text.time_forms import DIGIT, HIGH_OR_LOW, forms
from analyzer.text.time_lexicon import lexicon, phrases
from analyzer.text.time_links import linked
from analyzer.text.time_values import (
    Ago,
    Between,
    Day,
    Duration,
    EventAnchor,
    Ever,
    HalfYear,
    Month,
    NoSuchDay,
    Overnight,
    Quarter,
    RelativeDay,
    RelativePeriod,
    SessionPart,
    Since,
    TimeExpression,
    TimeValue,
    Until,
    Weekday,
    WeekOf,
    Year,
    YearPart,
    YearSaid,
    YearStart,
)
from analyzer.text.tokens import Tokens, tokens
from analyzer.text.units import measure

__all__ = [
    "Ago",
    "Between",
    "Day",
    "Duration",
    "EventAnchor",
    "Ever",
    "HalfYear",
    "Month",
    "NoSuchDay",
    "Overnight",
    "Quarter",
    "RelativeDay",
    "RelativePeriod",
    "SessionPart",
    "Since",
    "TimeExpression",
    "TimeValue",
    "Until",
    "WeekOf",
    "Weekday",
    "Year",
    "YearPart",
    "YearSaid",
    "YearStart",
    "times",
]


DATES = (Day, NoSuchDay, Between)
DATE = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})$")
"""The first of two dates with a hyphen between them: "19.02.2020-23.03.2020"."""


@lru_cache(maxsize=16)
def times(text: str, language: str) -> tuple[TimeExpression, ...]:
    """The time expressions of ``text`` in order, not overlapping. ``language`` is "de" or "en"."""
    found = tokens(text)
    simple: list[TimeExpression] = []
    resume = 0
    for index, start in enumerate(found.starts):
        if start < resume:
            continue
        best = _longest(found, index, language)
        if best is not None:
            simple.append(TimeExpression(start, best[0], text[start : best[0]], best[1]))
            resume = best[0]
    return tuple(linked(found, simple, language))


def _longest(found: Tokens, index: int, language: str) -> tuple[int, TimeValue] | None:
    """End and value of the longest expression that starts with token ``index``."""
    word, start = found.words[index], found.starts[index]
    best: tuple[int, TimeValue] | None = None
    for words, said in phrases(language).get(word, ()):
        if found.words[index : index + len(words)] == words:
            end = found.ends[index + len(words) - 1]
            best = (end, said) if _fits(found, index, end, said, language) else None
            break
    known, x = forms(language), lexicon(language)
    trigger = DIGIT if word[0] in "0123456789" else HIGH_OR_LOW if word.endswith(("hoch", "tief")) else word
    for pattern, build in known.get(trigger, ()):
        match = pattern.match(found.text, start)
        if match is None or (best is not None and match.end() <= best[0]):
            continue
        many = match.groupdict().get("n")
        if many is not None and not x.is_count(many):
            continue
        value = build(match, x)
        if value is not None and _fits(found, index, match.end(), value, language):
            best = match.end(), value
    return best


# --- company that speaks against a reading ----------------------------------------


def _fits(found: Tokens, index: int, end: int, value: TimeValue, language: str) -> bool:
    lists, text, start = table(f"times_{language}"), found.text, found.starts[index]
    previous, following = found.word(index - 1), found.word(found.at(end))
    if text[start - 1 : start].isalnum() or (text[start].isdigit() and not _free_digits(text, start)):
        return False
    if isinstance(value, Year) and text[start].isdigit():
        return _is_year(found, index, end, language)
    if isinstance(value, DATES) and text[end - 1].isdigit() and language == "en" and measure(text, end, "en").explicit:
        return False  # "may 5 percent", "a fall of 2000 points"
    if isinstance(value, NoSuchDay):
        return _is_date(found, index, end, value, language)
    if isinstance(value, Duration):
        return previous not in lists["not_duration_after"]
    if isinstance(value, Weekday):
        return previous not in lists["not_weekday_after"]
    if isinstance(value, Overnight):
        return following not in lists["not_overnight_before"]
    if isinstance(value, Ever) and found.words[index] in ("ever", "der"):
        return previous not in lists["not_ever_after"] and following not in lists["not_ever_before"]
    if isinstance(value, Month) and value.year is None:
        return _is_month(found, index, end, language)
    return True


def _is_date(found: Tokens, index: int, end: int, value: NoSuchDay, language: str) -> bool:
    """Whether what names no day is a date all the same: by its year, its weekday or a word before it ("am", "on").

    In words also alone, but not "in June 31 companies" or "June 31-year bonds"; in digits it may be a version.
    """
    lists, text, first = table(f"times_{language}"), found.text, found.words[index]
    written, previous = text[found.starts[index] : end], found.word(index - 1)
    in_words = any(character.isalpha() for character in written)
    if in_words and re.match(r"[^\W_]|[-‑][a-z]", text[end : end + 2]):
        return False
    if str(value.year) in written or not (first.isdigit() or first in lexicon(language).months):
        return True
    possible = 1 <= value.month <= 12 and 1 <= value.day <= 31  # in another month
    if in_words and possible:
        return previous not in lists["not_day_after"]
    return (in_words or possible) and previous in lists["day_before"]


def _free_digits(text: str, start: int) -> bool:
    """Whether the digits at ``start`` begin here: not "1.985", "$1999", "GPT-4", "3/22"."""
    before, earlier = text[start - 1 : start], text[start - 2 : start - 1] if start > 1 else ""
    if before in ("$", "€", "£"):
        return False
    if before and before in "-–" and (earlier.isalpha() or DATE.search(text[max(0, start - 12) : start - 1])):
        return True
    return not (before in (".", ",", "/", ":", "-", "–", "#") and earlier.isalnum())


def _is_year(found: Tokens, index: int, end: int, language: str) -> bool:
    lists, text = table(f"times_{language}"), found.text
    if measure(text, end, language).explicit or re.match(r"[-–‑][^\W\d_]|[A-Za-z]|\.[A-Za-z]", text[end : end + 2]):
        return False
    previous = found.word(index - 1)
    if previous in lists["links_years"]:
        before = found.word(index - 2)
        return before in lists.get("years_after", ()) or bool(re.fullmatch(r"(?:1[6-9]|20)[0-9]{2}", before))
    return previous not in lists["not_year_after"]


def _is_month(found: Tokens, index: int, end: int, language: str) -> bool:
    """Whether a month stands here without a day or a year: "May" needs company, "Jan" also its stop."""
    lists = table(f"times_{language}")
    word = found.words[index]
    if word in lists["short_months"]:
        return found.text[end - 1] == "." and found.word(index - 1) in lists["month_before"]
    return word not in lists["ambiguous_months"] or found.word(index - 1) in lists["month_before"]
