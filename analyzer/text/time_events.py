"""Events as times: "since the 2022 low", "nach Lehman", "in der Finanzkrise".

An event is known by its noun; "since" before anything else is a reason ("since prices rose"). "Seit dem Rekordschluss
vom 18. Juni" is since that day. Behind "in" and "before" only what happened once is one: "during the financial crisis",
but not "in a crisis".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analyzer.text.tables import table
from analyzer.text.time_values import Day, EventAnchor, NoSuchDay, Since, TimeExpression, TimeValue
from analyzer.text.tokens import Tokens

EVENT_WORDS = 6


def expression(found: Tokens, start: int, end: int, value: TimeValue) -> TimeExpression:
    return TimeExpression(start, end, found.text[start:end], value)


def events(found: Tokens, simple: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """Every name of an event behind one of the opening words."""
    lists = table(f"times_{language}")
    opening = {*lists["since_event"], *lists["after_event"], *lists["in_event"]}
    name = _german_name if language == "de" else _english_name
    ends = ((index, name(found, index + 1)) for index, word in enumerate(found.words) if word in opening)
    named = (_event(found, index, end, simple, language) for index, end in ends if end is not None)
    return [event for event in named if event is not None]


def _event(
    found: Tokens, index: int, end: int, simple: Sequence[TimeExpression], language: str
) -> TimeExpression | None:
    """The event whose opening word is ``index`` and whose name ends before token ``end``; with a day, that day."""
    lists, start, stop = table(f"times_{language}"), found.starts[index], found.ends[end - 1]
    end = _behind_whose(found, end, {e.start for e in simple}, language)
    if found.word(end) in lists["event_links"] and end + 1 < len(found.words):
        stop = next((e.end for e in simple if e.start == found.starts[end + 1]), stop)
    inside = [e.value for e in simple if start < e.start and e.end <= stop]
    day = next((value for value in inside if isinstance(value, Day | NoSuchDay)), None)
    anchor = day or EventAnchor(found.text[found.starts[index + 1] : stop])
    if found.words[index] in lists["since_event"]:
        return expression(found, start, stop, Since(anchor))
    if found.words[index] in lists["in_event"]:
        once = not inside and _happened_once(found, index + 1, end, language)
        return expression(found, found.starts[index + 1], stop, anchor) if once else None
    return None if day else expression(found, start, stop, anchor)


WHOSE_WORDS = 4


def _behind_whose(found: Tokens, end: int, dates: set[int], language: str) -> int:
    """Behind the name of whose event it is, where a date follows: "dem Amtsantritt Trumps am 20. Januar", "the
    inauguration of Donald Trump on January 20"."""
    lists, at = table(f"times_{language}"), end
    last = min(end + WHOSE_WORDS, len(found.words) - 1)
    while at < last and (found.words[at] in lists["event_whose"] or _capital(found, at)):
        at += 1
    dated = at < last and found.words[at] in lists["event_links"] and found.starts[at + 1] in dates
    return at if dated else end


def _happened_once(found: Tokens, index: int, end: int, language: str) -> bool:
    """Whether a name says which event it is: "the pandemic", "Lehman", "the dot-com crash", "der Finanzkrise"."""
    lists = table(f"times_{language}")
    named = found.words[index:end]
    if not lists["events_once"] or not lists["event_kinds"]:
        return False
    if any(word in lists["events_once"] for word in named):
        return True
    return named[-1] in lists["event_nouns"] and any(word in lists["event_kinds"] for word in named[:-1])


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
    turned = found.word(index - 2) == "not"  # "not since the embargo has oil"
    return None if last is None or (found.word(last) in lists["event_verbs"] and not turned) else last
