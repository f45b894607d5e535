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
from analyzer.text.time_lexicon import lexicon
from analyzer.text.time_values import Day, Duration, Look, TimeExpression, TimeValue, Weekday, looking
from analyzer.text.tokens import Tokens, tokens

LEAD = 3
"""Words that may stand before a time that opens its clause: "Und schon am"."""
NEAR = 3
"""Words between "ahead of" or a meeting and its day."""
PARTICIPLE = re.compile(r"\w*ge\w+(?:t|en)|(?:ver|be|er|ent|zer)\w+(?:t|en)|\w+iert")
Phrases = Mapping[str, tuple[list[str], ...]]


@dataclass(frozen=True)
class _Lists:
    """The word lists of a language; a phrase is found by its first word."""

    language: str
    ahead: Phrases
    never: Phrases
    leads: Phrases
    after: Phrases
    pairs: Mapping[str, Sequence[str]]
    past: frozenset[str]
    not_past: frozenset[str]
    not_past_after: frozenset[str]
    perfect: frozenset[str]
    present: frozenset[str]
    passive: frozenset[str]
    next: frozenset[str]
    scheduled: tuple[str, ...]
    within: frozenset[str]


@dataclass(frozen=True)
class _Part:
    """The tokens ``first`` to ``end`` of a clause, and its verbs: token → whether it looks ahead."""

    first: int
    end: int
    verbs: Mapping[int, bool]


def with_tense(found: Tokens, items: Sequence[TimeExpression], language: str) -> list[TimeExpression]:
    """The expressions, with where their clauses look."""
    lists = _lists(language)
    turned: list[TimeExpression] = []
    for sentence, item in _by_sentence(found.text, items, language):
        if _looking(item.value, "ahead") != item.value:
            clause = next((c for c in clauses(found.text, sentence, language) if item.start < c.end), sentence)
            look = _look(found, _part(found, clause, lists), item, lists)
            item = replace(item, value=_looking(item.value, look))
        turned.append(item)
    return turned


def _by_sentence(text: str, items: Sequence[TimeExpression], language: str) -> Iterator[tuple[Span, TimeExpression]]:
    spans = iter(sentences(text, language))
    sentence = Span(0, 0)
    for item in items:
        while item.start >= sentence.end:
            sentence = next(spans, Span(item.start, len(text)))
        yield sentence, item


def _looking(value: TimeValue, look: Look | None) -> TimeValue:
    """What a value says where its clause looks; a length ahead is up to a day ("muss binnen zwei Wochen zahlen")."""
    if not isinstance(value, Duration):
        return looking(value, look)
    return replace(value, side="future") if look == "ahead" and value.side is None else value


def _look(found: Tokens, part: _Part, item: TimeExpression, lists: _Lists) -> Look | None:
    index = found.at(item.start)
    if isinstance(item.value, Duration) and (found.words[index] not in lists.within or _is_ranked(found, part, index)):
        return None
    if _is_led(found, part, item, lists.leads, lists):
        return "ahead"
    if _is_led(found, part, item, lists.after, lists):
        return None
    decisive = _decisive(found, part, item, lists)
    if decisive is not None:
        return "ahead" if part.verbs[decisive] else None
    if isinstance(item.value, Day | Weekday) and not part.verbs and _is_scheduled(found, part, lists):
        return "ahead"
    if part.verbs or lists.present.isdisjoint(found.words[part.first : part.end]):
        return None
    return "ahead" if isinstance(item.value, Duration) else "either"


def _decisive(found: Tokens, part: _Part, item: TimeExpression, lists: _Lists) -> int | None:
    """The verb that a time hangs on: the nearest before it, or the nearest behind one that opens the clause, ends it
    but for its verb, or is the day of a meeting."""
    index = found.at(item.start)
    before = [verb for verb in part.verbs if verb < index]
    behind = [verb for verb in part.verbs if verb > index]
    if before or not behind:
        return max(before, default=None)
    at_the_end = lists.language == "de" and max(behind) >= part.end - 2
    hangs = index - part.first <= LEAD or at_the_end or _is_scheduled(found, part, lists)
    return min(behind) if hangs else None


def _part(found: Tokens, clause: Span, lists: _Lists) -> _Part:
    first, end = found.at(clause.start), found.at(clause.end)
    words = found.words[first:end]
    last = [word for word in words if word.isalpha()][-2:]
    participle = bool(last) and PARTICIPLE.fullmatch(last[-1]) is not None
    ended = bool(last) and (last[-1] in lists.passive or (last[-1] in PERFECT and bool(PARTICIPLE.fullmatch(last[0]))))
    verbs: dict[int, bool] = {}
    skip = 0
    for at, word in enumerate(words):
        if at < skip or (word == MAY and at and found.text[found.starts[first + at]].isupper()):
            continue  # "on April 20 May futures settled": the month
        never, known = _phrase(words, at, lists.never), _phrase(words, at, lists.ahead)
        skip = at + max(never, known)
        if never:
            verbs[first + at] = False
        elif known or not set(lists.pairs.get(word, ())).isdisjoint(words[at + 1 :]) or _is_next(words, at, lists):
            verbs[first + at] = not ended
        elif _is_past(found, first + at, lists) or (participle and word in lists.perfect):
            verbs[first + at] = False
    return _Part(first, end, verbs)


MAY = "may"
PERFECT = ("haben", "sein")
"""Behind a participle at the end of a clause: "dürfte gefallen sein"."""
BE = ("be", "been", "being", "is", "are", "get", "gets", "'", "’")
WEAK = re.compile(r"[a-zäöüß]{2,}te(?:n|st)?")
"""A German verb in the past, where a noun stands before it ("Bernanke deutete"), or an adjective."""


def _is_past(found: Tokens, index: int, lists: _Lists) -> bool:
    """ "Climbed", but not the participle of "will be released"; "cut", but not in "expected to cut"."""
    word, previous = found.words[index], found.word(index - 1)
    if word in lists.past:
        return previous not in lists.not_past_after
    if lists.language == "en":
        return len(word) > 4 and word.endswith("ed") and previous not in BE
    noun = index > 0 and found.text[found.starts[index - 1]].isupper()
    return (
        noun
        and WEAK.fullmatch(found.text[found.starts[index] : found.ends[index]]) is not None
        and (word not in lists.not_past)
    )


def _is_next(words: Sequence[str], at: int, lists: _Lists) -> bool:
    """ "The next meeting is on", "nächste Sitzung ist am"."""
    return words[at] in lists.next and any(word.endswith(lists.scheduled) for word in words[at + 1 : at + 1 + NEAR])


def _phrase(words: Sequence[str], at: int, phrases: Phrases) -> int:
    """How many words the longest phrase that begins at ``at`` has; 0 without one."""
    known = phrases.get(words[at], ())
    return max((len(phrase) for phrase in known if words[at : at + len(phrase)] == phrase), default=0)


def _is_led(found: Tokens, part: _Part, item: TimeExpression, leads: Phrases, lists: _Lists) -> bool:
    """Whether "ahead of", "nach der Sitzung am" lead to the day: right before a weekday, else before its meeting."""
    index = found.at(item.start)
    for at in range(max(part.first, index - NEAR - 2), index):
        size = _phrase(found.words[:index], at, leads)
        between = found.words[at + size : index]
        if not size or len(between) > NEAR:
            continue
        if any(word.endswith(lists.scheduled) for word in between):
            return True
        if not between and (isinstance(item.value, Weekday) or _is_scheduled(found, part, lists)):
            return True
    return False


def _is_scheduled(found: Tokens, part: _Part, lists: _Lists) -> bool:
    """Whether the clause speaks of a meeting, a report or the like."""
    return any(word.endswith(lists.scheduled) for word in found.words[part.first : part.end])


RANKED = re.compile(r"\w{2,}(?:st|ßt)e[nrsm]?|\w{2,}est|most|least|worst|first|erste[nsrm]?|mal")
"""A superlative before a length: "the worst week in ten years" ends now."""


def _is_ranked(found: Tokens, part: _Part, index: int) -> bool:
    return any(RANKED.fullmatch(word) for word in found.words[part.first : index])


@lru_cache(maxsize=4)
def _lists(language: str) -> _Lists:
    read, known = table(f"times_{language}"), lexicon(language)
    return _Lists(
        language=language, ahead=_by_first_word(read["ahead"]), never=_by_first_word(read["not_ahead"]),
        leads=_by_first_word(read["ahead_of"]), after=_by_first_word(read["after_event"]), pairs=read["ahead_pairs"],
        past=frozenset(read["past_verbs"]), not_past=frozenset((*known.modifiers, *known.ordinals, *read["not_past"])),
        not_past_after=frozenset(read["not_past_after"]), perfect=frozenset(read["perfect"]),
        present=frozenset(read["present_verbs"]), passive=frozenset(read["not_ahead_ends"]),
        next=frozenset(word for word, said in known.modifiers.items() if said == "next"),
        scheduled=tuple(read["scheduled"]), within=frozenset(read["within"]),
    )  # fmt: skip


def _by_first_word(listed: Sequence[str]) -> Phrases:
    found: dict[str, tuple[list[str], ...]] = {}
    for phrase in listed:
        words = tokens(phrase).words
        found[words[0]] = (*found.get(words[0], ()), words)
    return found
