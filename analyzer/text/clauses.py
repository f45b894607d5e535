"""Clauses of a sentence: cut at ; : and dashes, and at commas or conjunctions before a new finite clause.

Conservative: without a parser, a cut needs evidence on both sides, a finite verb of the lists left and right of it.
Relative clauses stay with their noun, since the noun is their subject ("Nvidia, die über Nacht … abgestürzt sind"). So
do second verbs of the same subject ("fell 2 % and closed at 17 298").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from analyzer.text.spans import Span, trimmed
from analyzer.text.wordlists import words

HARD = re.compile(r"[;:](?=\s)|(?<=\s)(?:[–—-]|--)(?=\s)")
COMMA = r",(?=\s+[\"'“„»‘‚]?[^\W\d_])"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
REACH = 8
"""Words after a conjunction within which its finite verb must stand."""
SUBJECT = 5
"""Words from a subject's first to its verb, where no conjunction announces it; "they say" is an aside."""
WHOLE = 6
"""Words of a main clause that another may follow without a conjunction."""
MAX_SENTENCE = 4_000
"""Characters: what is longer is a list or a table without stops, and stays whole."""


@lru_cache(maxsize=1024)
def clauses(text: str, span: Span, language: str) -> tuple[Span, ...]:
    """Trimmed spans within ``span``, in order and apart; ``span`` itself when there is nowhere to cut.

    The separators (``;``, ``:``, dashes, commas) belong to no clause.
    """
    if span.end - span.start > MAX_SENTENCE:
        return (trimmed(text, *span),)
    lists = words(f"sentences_{language}")
    parts = (piece for hard in _hard(text, span) for piece in _soft(text, hard, language, lists))
    found = tuple(part for part in parts if part.end > part.start)
    return found or (trimmed(text, *span),)


def _hard(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in HARD.finditer(text, span.start, span.end):
        if _bracketed(text, span.start, match.start()) or _range(text, match, span):
            continue
        yield trimmed(text, start, match.start())
        start = match.end()
    yield trimmed(text, start, span.end)


def _range(text: str, match: re.Match[str], span: Span) -> bool:
    """ "3 – 5 Prozent" is one figure."""
    before = text[max(span.start, match.start() - 3) : match.start()].rstrip()
    after = text[match.end() : min(span.end, match.end() + 3)].lstrip()
    return match[0] not in ";:" and before[-1:].isdigit() and after[:1].isdigit()


@lru_cache(maxsize=2)
def _borders(language: str) -> re.Pattern[str]:
    """Where a clause may end: at a comma before a word, or before a conjunction that needs none."""
    lists = words(f"sentences_{language}")
    free = "|".join(sorted(lists["coordinators"] | lists["subordinators_free"]))
    return re.compile(rf"{COMMA}|(?=\s(?:{free})(?!['’]?[^\W\d_]))", re.IGNORECASE)


def _soft(text: str, span: Span, language: str, lists: Mapping[str, frozenset[str]]) -> Iterator[Span]:
    start = span.start
    for match in _borders(language).finditer(text, span.start, span.end):
        if _cuts(text, Span(start, match.start()), Span(match.end(), span.end), lists):
            yield trimmed(text, start, match.start())
            start = match.end()
    yield trimmed(text, start, span.end)


def _cuts(text: str, before: Span, after: Span, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether a clause ends with ``before``; ``after`` is the rest of the sentence."""
    opener = WORD.search(text, *after)
    first = opener[0].lower() if opener else ""
    comma = text.startswith(",", before.end)
    free = first in lists["coordinators"] or first in lists["subordinators_free"]
    if opener is None:
        return False
    left = WORD.findall(text, *before)
    if not _finite(left, lists) or _bracketed(text, before.start, before.end):
        return False
    if first in lists["coordinators"]:
        return _new_subject(text, Span(opener.end(), after.end), lists, comma)
    if comma and len(left) >= WHOLE and _next_main_clause(text, opener, after, lists):
        return True
    if comma and first in lists["subordinators_behind_comma"]:
        return True
    if free or first in lists["subordinators"]:
        return _finite(WORD.findall(text, *after), lists)
    if left[0].lower() not in lists["subordinators"]:
        return False
    if text.find(", ", *before) >= 0 and first in lists["relatives"]:
        return False
    return _finite(_to_comma(text, after), lists)


def _next_main_clause(text: str, opener: re.Match[str], after: Span, lists: Mapping[str, frozenset[str]]) -> bool:
    """English clauses side by side: "The index has tripled, the ratio has been higher, and money costs nothing"."""
    first = opener[0].lower()
    if (
        "which" not in lists["relatives"]
        or first in lists["relatives"]
        or not (first in lists["subjects"] or opener[0][0].isupper())
    ):
        return False
    following = _to_comma(text, after)
    return len(following) >= SUBJECT and _finite(following[1:SUBJECT], lists)


def _new_subject(text: str, rest: Span, lists: Mapping[str, frozenset[str]], comma: bool) -> bool:
    """A subject of its own, and a finite verb before the next comma: "und der MDax verlor"; after a comma the subject
    may be any words but an adverb ("…, and stock prices may fall")."""
    following = _to_comma(text, rest)
    if not following or _finite(following[:1], lists):
        return False
    begins = following[0].lower() in lists["subjects"] or following[0][0].isupper()
    if comma and _subject_behind_a_time(following, lists):
        return True
    if not begins and not (comma and following[0].lower() not in lists["adverbs"]):
        return False
    return _finite(following[1:], lists) or _past(following[0], "".join(following[1:2]), lists)


def _subject_behind_a_time(following: list[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """A subject and its verb behind a time or a place: "…, and by the weekend the children were allowed out"."""
    if following[0].lower() not in lists["fronting"]:
        return False
    later = (n for n, word in enumerate(following) if n >= 2 and word.lower() in lists["subjects"])
    return any(_finite(following[n + 1 :], lists) for n in later)


def _to_comma(text: str, rest: Span) -> list[str]:
    comma = text.find(", ", *rest)
    return WORD.findall(text, rest.start, comma if comma >= 0 else rest.end)[:REACH]


def _bracketed(text: str, start: int, end: int) -> bool:
    return text.count("(", start, end) > text.count(")", start, end)


def has_finite_verb(words_of: str, language: str) -> bool:
    """Whether a stretch of text holds a finite verb of the lists."""
    return _finite(WORD.findall(words_of), words(f"sentences_{language}"))


def _finite(piece: list[str], lists: Mapping[str, frozenset[str]]) -> bool:
    if not lists["finite_verbs"].isdisjoint(piece):
        return True
    endings = tuple(lists["past_endings"])
    return any(word.endswith(endings) and _past(before, word, lists) for before, word in pairwise(piece))


def _past(before: str, word: str, lists: Mapping[str, frozenset[str]]) -> bool:
    """A regular past tense right behind its subject: "stocks suffered", "der Index eroberte"; a participle stands
    behind a helping verb, an article or a preposition."""
    ending = next((e for e in lists["past_endings"] if word.endswith(e) and len(word) > len(e) + 2), None)
    if not ending:
        return False
    said = before.lower()
    if said in lists["persons"]:
        return True
    return word[0].islower() and said not in lists["function_words"] and said not in lists["not_past"]
