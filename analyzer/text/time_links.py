"""Expressions joined by a link: since and until an anchor, between two, and events as anchors.

"Seit Februar", "bis Freitag", "from January to March", "seit der Finanzkrise", "since the 2022 low". An event is known
by its noun; "since" before anything else is a reason ("since prices rose"). "Seit dem Rekordschluss vom 18. Juni" is
since that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from analyzer.text.tables import table
from analyzer.text.time_values import (
    Between,
    Day,
    EventAnchor,
    HalfYear,
    Month,
    Quarter,
    RelativeDay,
    RelativePeriod,
    Since,
    TimeExpression,
    TimeValue,
    Until,
    Weekday,
    Year,
    YearPart,
)
from analyzer.text.tokens import Tokens

ANCHORS = (Day, Weekday, RelativeDay, RelativePeriod, Month, Quarter, HalfYear, Year, YearPart, Between)
ENDS = (Day, Weekday, Month, Quarter, Year, YearPart)
LONGEST = 4
"""Tokens of the longest link ("until the": 2, "bis in die": 3), one to spare."""
EVENT_WORDS = 6


def linked(found: Tokens, simple: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """The expressions with their links, and the events; in order, apart."""
    joined: list[TimeExpression] = []
    at = 0
    while at < len(simple):
        pair = _between(found, simple[at], simple[at + 1], language) if at + 1 < len(simple) else None
        joined.append(pair or _anchored(found, simple[at], language))
        at += 2 if pair else 1
    taken: list[TimeExpression] = []
    for item in sorted([*joined, *_events(found, simple, language)], key=lambda e: (e.start, -e.end)):
        if not taken or item.start >= taken[-1].end:
            taken.append(item)
    return taken


@lru_cache(maxsize=8)
def _links(language: str, heading: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(link.split()) for link in table(f"times_{language}")[heading])


def _link_before(found: Tokens, start: int, language: str, heading: str) -> int | None:
    """Where the longest link of ``heading`` begins that ends right before ``start``."""
    index, links = found.at(start), _links(language, heading)
    for size in range(min(LONGEST, index), 0, -1):
        if tuple(found.words[index - size : index]) in links:
            return found.starts[index - size]
    return None


def _expression(found: Tokens, start: int, end: int, value: TimeValue) -> TimeExpression:
    return TimeExpression(start, end, found.text[start:end], value)


def _anchored(found: Tokens, item: TimeExpression, language: str) -> TimeExpression:
    if not isinstance(item.value, ANCHORS):
        return item
    for heading, link in (("since", Since), ("until", Until)):
        start = _link_before(found, item.start, language, heading)
        if start is not None:
            return _expression(found, start, item.end, link(item.value))
    start = _link_before(found, item.start, language, "until_end")
    closes = isinstance(item.value, YearPart) and item.value.part == "end"
    if start is not None and (closes or _is_end(item.text, language)):
        return _expression(found, start, item.end, Until(item.value))
    return item


def _is_end(text: str, language: str) -> bool:
    """ "vor Ende Mai", "before the end of June"."""
    parts = table(f"times_{language}")["parts"]
    return any(text.lower().startswith(word) for word, part in parts.items() if part == "end")


def _between(found: Tokens, first: TimeExpression, last: TimeExpression, language: str) -> TimeExpression | None:
    if not isinstance(first.value, ENDS) or not isinstance(last.value, ENDS):
        return None
    gap = tuple(found.words[found.at(first.end) : found.at(last.start)])
    start = _link_before(found, first.start, language, "between")
    opened = start is not None and gap in _links(language, "between_and")
    if not opened and not (gap in _links(language, "bare_between") and type(first.value) is type(last.value)):
        return None
    between = Between(_with_year_of(first.value, last.value), last.value)
    return _expression(found, start if opened and start is not None else first.start, last.end, between)


def _with_year_of(first: TimeValue, last: TimeValue) -> TimeValue:
    """ "From January to March 2020": January is of 2020 as well."""
    if isinstance(first, Day | Month | Quarter) and first.year is None and isinstance(last, Day | Month | Quarter):
        return replace(first, year=last.year)
    return first


# --- events ----------------------------------------


def _events(found: Tokens, simple: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """ "since the 2022 low", "nach Lehman": every name of an event behind one of the opening words."""
    lists = table(f"times_{language}")
    opening = {*lists["since_event"], *lists["after_event"]}
    name = _german_name if language == "de" else _english_name
    ends = ((index, name(found, index + 1)) for index, word in enumerate(found.words) if word in opening)
    events = (_event(found, index, end, simple, language) for index, end in ends if end is not None)
    return [event for event in events if event is not None]


def _event(
    found: Tokens, index: int, end: int, simple: Sequence[TimeExpression], language: str
) -> TimeExpression | None:
    """The event whose opening word is ``index`` and whose name ends before token ``end``; with a day, that day."""
    lists, start, stop = table(f"times_{language}"), found.starts[index], found.ends[end - 1]
    if found.word(end) in lists["event_links"] and end + 1 < len(found.words):
        stop = next((e.end for e in simple if e.start == found.starts[end + 1]), stop)
    inside = (e.value for e in simple if start < e.start and e.end <= stop)
    day = next((value for value in inside if isinstance(value, Day)), None)
    anchor = day or EventAnchor(found.text[found.starts[index + 1] : stop])
    if found.words[index] in lists["since_event"]:
        return _expression(found, start, stop, Since(anchor))
    return None if day else _expression(found, start, stop, anchor)


def _is_event(word: str, language: str) -> bool:
    lists = table(f"times_{language}")
    return word in _event_words(language) or word.endswith(tuple(lists["event_endings"]))


@lru_cache(maxsize=4)
def _event_words(language: str) -> frozenset[str]:
    return frozenset(table(f"times_{language}")["events"])


def _german_name(found: Tokens, index: int) -> int | None:
    """Index after the name of a German event: article, adjectives, nouns with hyphens, a genitive."""
    at = index + (found.word(index) in table("times_de")["event_articles"])
    while at < min(index + EVENT_WORDS, len(found.words)) and found.words[at].isalpha():
        capital = _capital(found, at)
        while found.word(at + 1) == "-" and found.word(at + 2).isalpha():
            at += 2
        if capital and _is_event(found.words[at], "de"):
            genitive = found.word(at + 1) in ("der", "des") and _capital(found, at + 2)
            return at + (3 if genitive else 1)
        if capital and not _capital(found, at + 1):
            return None
        at += 1
    return None


def _capital(found: Tokens, index: int) -> bool:
    return index < len(found.words) and found.text[found.starts[index]].isupper()


def _english_name(found: Tokens, index: int) -> int | None:
    """Index after the name of an English event: up to its last event noun within a few words."""
    lists, last = table("times_en"), None
    stops, at = lists["event_stops"], index + (found.word(index) in lists["event_articles"])
    while at < min(index + EVENT_WORDS, len(found.words)):
        word = found.words[at]
        if word in stops or not (word.isalnum() or word in "-'’"):
            break
        if _is_event(word, "en"):
            last = at + 1
        at += 1
    return None if last is None or found.word(last) in lists["event_verbs"] else last
