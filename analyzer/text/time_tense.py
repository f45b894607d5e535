"""Which days and months are to come: "will raise rates on Wednesday", "tagt am Donnerstag", "ahead of Friday's report".

A day or month that is named alone is the last one, unless its clause looks ahead. Word lists decide, by the nearest of
their verbs before the time; where the time opens the clause, ends at its verb or is the day of a meeting or a report
("Friday's jobs report could"), by the nearest one behind it. What is in none of the lists looks back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzer.text.clauses import clauses
from analyzer.text.sentences import sentences
from analyzer.text.spans import Span
from analyzer.text.tables import table
from analyzer.text.time_values import Day, Duration, RelativeDay, TimeExpression, TimeValue, Weekday, ahead
from analyzer.text.tokens import Tokens, tokens

LEAD = 3
"""Words that may stand before a time that opens its clause: "Und schon am"."""
NEAR = 3
"""Words between "ahead of" or a meeting and its day."""
DAYS = (Day, Weekday, RelativeDay)
PARTICIPLE = re.compile(r"\w*ge\w+(?:t|en)|(?:ver|be|er|ent|zer)\w+(?:t|en)|\w+iert")
Phrases = Mapping[str, tuple[list[str], ...]]


@dataclass(frozen=True)
class _Lists:
    """The word lists of a language; a phrase is found by its first word."""

    language: str
    ahead: Phrases
    never: Phrases
    leads: Phrases
    pairs: Mapping[str, str]
    past: frozenset[str]
    passive: frozenset[str]
    scheduled: tuple[str, ...]
    within: frozenset[str]


@dataclass(frozen=True)
class _Part:
    """The tokens ``first`` to ``end`` of a clause, and its verbs: token → whether it looks ahead."""

    first: int
    end: int
    verbs: Mapping[int, bool]


def with_tense(found: Tokens, items: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """The expressions, of which those in clauses that look ahead mean the day or month to come."""
    lists = _lists(language)
    turned = {item.start: value for item in items if (value := _coming(item, lists)) != item.value}
    if not turned or not any(w in lists.ahead or w in lists.pairs or w in lists.leads for w in found.words):
        return list(items)
    return [
        replace(item, value=turned[item.start])
        if item.start in turned and _looks_ahead(found, sentence, item, items, lists)
        else item
        for sentence, item in _by_sentence(found.text, items, language)
    ]


def _by_sentence(text: str, items: Sequence[TimeExpression], language: str) -> Iterator[tuple[Span, TimeExpression]]:
    spans = iter(sentences(text, language))
    sentence = Span(0, 0)
    for item in items:
        while item.start >= sentence.end:
            sentence = next(spans, Span(item.start, len(text)))
        yield sentence, item


def _coming(item: TimeExpression, lists: _Lists) -> TimeValue:
    """What an expression means in a clause that looks ahead; "binnen zwei Wochen" is then up to a day."""
    value = item.value
    if not isinstance(value, Duration):
        return ahead(value)
    opens = item.text.split()[0].lower() in lists.within
    return replace(value, side="future") if opens and value.side is None else value


def _looks_ahead(
    found: Tokens, sentence: Span, item: TimeExpression, items: Sequence[TimeExpression], lists: _Lists
) -> bool:
    text, index = found.text, found.at(item.start)
    clause = next((c for c in clauses(text, sentence, lists.language) if c.start <= item.start < c.end), sentence)
    part = _part(found, clause, lists)
    if _is_led(found, part, item, lists):
        earlier = (e for e in items if sentence.start <= e.start < item.start)
        return not any(isinstance(e.value, DAYS) for e in earlier) or all(part.verbs.values())
    before = [verb for verb in part.verbs if verb < index]
    if before:
        return part.verbs[max(before)]
    behind = [verb for verb in part.verbs if verb > index]
    if not behind:
        return False
    fronted = index - part.first <= LEAD or (lists.language == "de" and max(behind) >= part.end - 2)
    return part.verbs[min(behind)] and (fronted or _is_scheduled(found, part, item, lists))


def _part(found: Tokens, clause: Span, lists: _Lists) -> _Part:
    first, end = found.at(clause.start), found.at(clause.end)
    words = found.words[first:end]
    last = [word for word in words if word.isalpha()][-2:]
    ended = bool(last) and (last[-1] in lists.passive or (last[-1] in PERFECT and bool(PARTICIPLE.fullmatch(last[0]))))
    verbs: dict[int, bool] = {}
    skip = 0
    for at, word in enumerate(words):
        if at < skip:
            continue
        never, known = _phrase(words, at, lists.never), _phrase(words, at, lists.ahead)
        skip = at + max(never, known)
        if never:
            verbs[first + at] = False
        elif known or lists.pairs.get(word) in words[at + 1 :]:
            verbs[first + at] = not ended
        elif word in lists.past or (lists.language == "en" and _is_past(words, at)):
            verbs[first + at] = False
    return _Part(first, end, verbs)


PERFECT = ("haben", "sein")
BE = ("be", "been", "being", "is", "are", "get", "gets", "'", "’")


def _is_past(words: Sequence[str], at: int) -> bool:
    """ "Climbed", but not the participle of "will be released"."""
    return len(words[at]) > 4 and words[at].endswith("ed") and (at == 0 or words[at - 1] not in BE)


def _phrase(words: Sequence[str], at: int, phrases: Phrases) -> int:
    """How many words the longest phrase that begins at ``at`` has; 0 without one."""
    known = phrases.get(words[at], ())
    return max((len(phrase) for phrase in known if words[at : at + len(phrase)] == phrase), default=0)


def _is_led(found: Tokens, part: _Part, item: TimeExpression, lists: _Lists) -> bool:
    """Whether "ahead of", "vor der Sitzung am" lead to the day: right before a weekday, else before a meeting of it."""
    index = found.at(item.start)
    for at in range(max(part.first, index - NEAR - 2), index):
        size = _phrase(found.words[:index], at, lists.leads)
        between = found.words[at + size : index]
        if not size or len(between) > NEAR:
            continue
        if any(word.endswith(lists.scheduled) for word in between):
            return True
        if not between and (isinstance(item.value, Weekday) or _is_scheduled(found, part, item, lists)):
            return True
    return False


def _is_scheduled(found: Tokens, part: _Part, item: TimeExpression, lists: _Lists) -> bool:
    """Whether the day is that of a meeting, a report or the like: "Friday's jobs report", "die Sitzung am Mittwoch"."""
    index, behind = found.at(item.start), found.at(item.end)
    near = [
        *found.words[max(part.first, index - NEAR) : index],
        *found.words[behind : min(behind + NEAR + 2, part.end)],
    ]
    return any(word.endswith(lists.scheduled) for word in near)


@lru_cache(maxsize=4)
def _lists(language: str) -> _Lists:
    read = table(f"times_{language}")
    return _Lists(
        language, _by_first_word(read["ahead"]), _by_first_word(read["not_ahead"]), _by_first_word(read["ahead_of"]),
        read["ahead_pairs"], frozenset(read["past_verbs"]), frozenset(read["not_ahead_ends"]),
        tuple(read["scheduled"]), frozenset(read["within"]),
    )  # fmt: skip


def _by_first_word(listed: Sequence[str]) -> Phrases:
    found: dict[str, tuple[list[str], ...]] = {}
    for phrase in listed:
        words = tokens(phrase).words
        found[words[0]] = (*found.get(words[0], ()), words)
    return found
