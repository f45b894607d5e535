"""Whether the words around a reading of time allow it: names, levels and counts look like times and are none.

"Ruby Tuesday", "Peugeot 2008", "fiel auf 1950", "streicht 2024 Stellen", "Q2 Holdings", "it may 5 percent": each list
of the word files says which company speaks for a reading or against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analyzer.text.tables import table
from analyzer.text.time_lexicon import idioms, lexicon
from analyzer.text.time_values import (
    Between,
    Day,
    Duration,
    Ever,
    HalfYear,
    Holiday,
    Month,
    Neighbour,
    NoSuchDay,
    Overnight,
    Quarter,
    RelativeDay,
    Season,
    TimeValue,
    Weekday,
    Year,
)
from analyzer.text.tokens import Tokens
from analyzer.text.units import measure

DATES = (Day, NoSuchDay, Between, Season)
DATE = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})$")
"""The first of two dates with a hyphen between them: "19.02.2020-23.03.2020"."""
NAMES = (RelativeDay, Weekday, Holiday, Month, Season, Quarter, HalfYear)
"""What is also called by a word that may be somebody's name."""
INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]\.\s?$")
DOMAIN = re.compile(r"\.[a-z]{2,3}\b")
NOT_NOUNS = ("today", "tomorrow", "yesterday", "heute", "gestern", "morgen")
"""Days that have a capital within a sentence only in a title: "USA Today"."""
COMPOUND = re.compile(r"-[A-ZÄÖÜ]")
"""Behind a day: "Heute-Journal"."""
OPENING, CLOSING = '„“"»‚‘«', '“”"«‘’»'


def fits(found: Tokens, index: int, end: int, value: TimeValue, language: str) -> bool:
    """Whether ``value`` may stand from token ``index`` to the offset ``end``, by what stands around it."""
    lists, text, start = table(f"times_{language}"), found.text, found.starts[index]
    previous, following = found.word(index - 1), found.word(found.at(end))
    if text[start - 1 : start].isalnum() or (text[start].isdigit() and not _free_digits(text, start)):
        return False
    if isinstance(value, Year) and text[start].isdigit():
        return not _is_quoted(found, index, end) and _is_year(found, index, end, language)
    if isinstance(value, Year) and text[start] in "'’":
        return previous in lists["short_year_after"]
    if isinstance(value, DATES) and text[end - 1].isdigit() and language == "en" and measure(text, end, "en").explicit:
        return False  # "may 5 percent", "a fall of 2000 points"
    if isinstance(value, NAMES) and _is_a_habit(found, index, end, lists):
        return False
    if isinstance(value, NAMES) and _is_a_name(found, index, end, value, language):
        return False
    if isinstance(value, NoSuchDay):
        return _is_date(found, index, end, value, language)
    if isinstance(value, Duration):
        return previous not in lists["not_duration_after"]
    if isinstance(value, Weekday):
        habit = previous in lists["indefinite"] and (not following.isalpha() or following in lists["indefinite_before"])
        return previous not in lists["not_weekday_after"] and not habit
    if isinstance(value, Overnight):
        return following not in lists["not_overnight_before"]
    if isinstance(value, Neighbour):
        return language == "de" or not following.isalnum() or following in lists["neighbour_then"]
    if isinstance(value, Ever) and found.words[index] in ("ever", "der"):
        if text[start].isupper() and previous.isalpha():
            return False  # "the Ever Given"
        return previous not in lists["not_ever_after"] and following not in lists["not_ever_before"]
    if isinstance(value, Month) and value.year is None:
        return _is_month(found, index, end, language)
    return not isinstance(value, Season) or _is_season(found, index, value, language)


def idiom_end(found: Tokens, index: int, language: str) -> int | None:
    """Where an idiom ends that begins with token ``index`` and names no time, "von heute auf morgen"; None without."""
    for words in idioms(language).get(found.words[index], ()):
        if found.words[index : index + len(words)] == words:
            return found.ends[index + len(words) - 1]
    return None


# --- names ----------------------------------------


def _is_a_name(found: Tokens, index: int, end: int, value: TimeValue, language: str) -> bool:
    """ "Robert Freitag", "T.G.I. Friday's", "Monday.com", "Welt am Sonntag", „der Freitag“, "Q2 Holdings"."""
    lists, text, start = table(f"times_{language}"), found.text, found.starts[index]
    stop = found.word(index - 1) == "."  # "Mr. Friday"
    before, after = found.word(index - 1 - stop), found.at(end)
    if before in lists["names_before"] and text[found.starts[index - 1 - stop]].isupper():
        return True
    if found.word(after) == "&" and found.word(after + 1) not in lists["weekdays"]:
        return True
    if found.word(after) in lists["names_after"] and text[found.starts[after]].isupper():
        return True
    if f"{found.word(index - 2)} {before}" in lists["titles_before"] or INITIAL.search(text[:start][-4:]):
        return True
    if isinstance(value, RelativeDay):
        titled = found.words[index] in NOT_NOUNS and text[start].isupper() and before.isalpha()
        if titled or COMPOUND.match(text, end):
            return True
    return DOMAIN.match(text, end) is not None or _is_quoted(found, index, end) or _is_given(found, index, end, lists)


def _is_a_habit(found: Tokens, index: int, end: int, lists: Mapping[str, Any]) -> bool:
    """ "Every Friday", "Sell in May", "the January effect", "Januar-Effekt": what comes again and again."""
    after = found.at(end)
    effect = found.word(after + (found.word(after) in ("-", "‑")))
    if found.word(index - 1) in lists["every"] or effect in lists["effects"]:
        return True
    return (found.word(index - 2), found.word(index - 1)) == ("sell", "in")


def _is_quoted(found: Tokens, index: int, end: int) -> bool:
    """Whether the words stand alone in quotation marks, with an article at most: a title."""
    first = index - (found.word(index - 1) in ("der", "the", "die"))
    opened = found.word(first - 1)
    return bool(opened) and opened in OPENING and found.text[end : end + 1] in tuple(CLOSING)


def _is_given(found: Tokens, index: int, end: int, lists: Mapping[str, Any]) -> bool:
    """ "August von Finck", "manager June Park": a month that is a given name, with no preposition before it and a
    surname behind it."""
    after, previous = found.at(end), found.word(index - 1)
    if found.words[index] not in lists["given_names"] or previous in lists["month_before"]:
        return False
    after += found.word(after) in lists["name_particles"]
    named = after < len(found.words) and found.text[found.starts[after]].isupper()
    return named and (previous in lists["jobs"] or found.word(after - 1) in lists["name_particles"])


# --- numbers, days and months ----------------------------------------


def _is_season(found: Tokens, index: int, value: Season, language: str) -> bool:
    """Whether a season alone is a time: "im Sommer", "by winter", but not "the fall in prices"."""
    lists = table(f"times_{language}")
    word, following = found.words[index], found.word(index + 1)
    if isinstance(value.year, int) or value.part is not None:
        return True
    if following in lists["not_season_before"]:
        return False
    doubtful = word in lists["ambiguous_seasons"]
    before = lists["ambiguous_season_before" if doubtful else "season_before"]
    return (value.year is not None and not doubtful) or _follows(found, index, before)


def _follows(found: Tokens, index: int, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases, of one or two words, stands right before token ``index``."""
    return found.word(index - 1) in phrases or f"{found.word(index - 2)} {found.word(index - 1)}" in phrases


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
    if f"{found.word(index - 2)} {previous}" in lists["levels_before"]:
        return False
    if found.word(found.at(end)) in lists["counted"] and previous not in lists["year_before"]:
        return False
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
