"""Sentences of German and English commentary, by rules and lists.

Every stop that white space follows is a candidate; what stands before and after it decides. The lists are in
``words/sentences_de.yaml`` and ``words/sentences_en.yaml``, where each heading says what it does. In doubt two
sentences stay together: a figure torn from its subject costs more than a long quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from analyzer.text.clauses import clauses
from analyzer.text.paragraphs import paragraphs
from analyzer.text.spans import Span, trimmed
from analyzer.text.wordlists import words

STOP = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)
        (?P<close>(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹])*[\])}"'”’“‘»«›‹*_]*(?:\[\d{1,3}\])*)
        (?=\s)""",
    re.VERBOSE,
)
NEXT = re.compile(r"\s+(?P<lead>[\W_]{0,60})(?P<word>[^\W_]+)")
TOKEN = re.compile(r"\S*$")
OPENERS = "([{\"'“”„‘‚»«›‹*_"
QUOTES = frozenset("\"'”’“‘»«›‹")
DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]$")
ORDINAL = re.compile(r"(?:\d{1,3}[./–-]+)*(?:\d{1,3}|[IVX]+)$")
DATE = re.compile(
    r"(?:\S* )?(?:\d{1,2}\. \d{1,2}\.|\d{1,2}\.\d{1,2}\. (?:19|20)\d\d\b)|\d{1,2}\. \d{1,2}\. (?:19|20)\d\d\b"
)
"""A German date in figures: "27. 1. 2025", "27.1. 2025", cut after the day or after the month."""
BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
"""iPhone, eBay: a small letter that may open a sentence."""


@dataclass(frozen=True)
class _Stop:
    """A candidate: what stands before it (``token``, and ``previous`` before that) and after it."""

    mark: str
    close: str
    token: str
    previous: str
    opens: bool
    """The token is the first of its sentence."""
    word: str
    rest: str


@lru_cache(maxsize=16)
def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Trimmed spans, in order and apart, that cover every character but white space. ``language``: "de" or "en"."""
    return tuple(span for group in _by_paragraph(text, language) for span in group)


def passages(text: str, language: str, target: int = 600) -> tuple[Span, ...]:
    """Whole sentences of one paragraph, together up to ``target`` characters; a longer sentence stands alone."""
    found: list[Span] = []
    for group in _by_paragraph(text, language):
        found.append(group[0])
        for span in group[1:]:
            if span.end - found[-1].start > target:
                found.append(span)
            else:
                found[-1] = Span(found[-1].start, span.end)
    return tuple(found)


def _by_paragraph(text: str, language: str) -> Iterator[list[Span]]:
    rules = _rules(language)
    for block in paragraphs(text):
        yield list(_split(text, block, rules))


def _split(text: str, block: Span, rules: _Rules) -> Iterator[Span]:
    start = block.start
    for match in STOP.finditer(text, block.start, block.end):
        following = NEXT.match(text, match.end(), block.end)
        if following and rules.ends(_candidate(text, start, match, following, block.end)):
            yield trimmed(text, start, match.end())
            start = match.end()
    yield trimmed(text, start, block.end)


def _candidate(text: str, start: int, match: re.Match[str], following: re.Match[str], end: int) -> _Stop:
    before = text[max(start, match.start() - 60) : match.start()]
    token_start = TOKEN.search(before).start()  # type: ignore[union-attr]
    previous = before[:token_start].split()
    word = following["word"] if not following["lead"].startswith((".", "!", "?", "…")) else ""
    return _Stop(
        mark=match["stop"], close=match["close"], token=before[token_start:].lstrip(OPENERS),
        previous=previous[-1] if previous else "", opens=not previous,
        word=word, rest=text[following.end() : min(end, following.end() + 40)],
    )  # fmt: skip


@lru_cache(maxsize=2)
def _rules(language: str) -> _Rules:
    return _Rules(language, words(f"sentences_{language}"))


@dataclass(frozen=True)
class _Rules:
    language: str
    lists: Mapping[str, frozenset[str]]

    def ends(self, stop: _Stop) -> bool:
        """Whether the candidate ends its sentence."""
        if not stop.word or (stop.word[0].islower() and not BRAND.match(stop.word + stop.rest)):
            return False
        if stop.mark != ".":
            return self._after_mark(stop)
        if self._listed(stop.token, "abbreviations") or self._listed(_joined(stop), "abbreviations"):
            return False
        if self._listed(stop.token, "before_number") and stop.word[0].isdigit():
            return False
        if ORDINAL.match(stop.token):
            return self._after_number(stop)
        if self._listed(stop.token, "abbreviations_maybe") or self._listed(_joined(stop), "abbreviations_maybe"):
            return self._starter(stop)
        if DOTTED.match(stop.token):
            return self._starter(stop) or stop.previous in self.lists["lettered"]
        return True

    def _after_mark(self, stop: _Stop) -> bool:
        """After "!", "?" and "…": not after an omission "(…)", nor where "Name asked" follows the quote."""
        if not stop.token and stop.close[:1] in (")", "]"):
            return False
        if self._listed(stop.token + stop.mark, "abbreviations_maybe"):
            return self._starter(stop)
        if stop.mark[-1] in "!?" and QUOTES.intersection(stop.close):
            return not self.lists["speech_verbs"].intersection(re.findall(r"[^\W\d_]+", stop.rest)[:2])
        return True

    def _after_number(self, stop: _Stop) -> bool:
        """A number opens an item of a list ("1. …"), is a German ordinal, or ends the sentence."""
        if stop.opens:
            return False
        if self.language != "de" or self._starter(stop):
            return True
        if stop.word[0].isdigit():
            return not DATE.match(f"{stop.previous} {stop.token}. {stop.word}{stop.rest}")
        if stop.word in self.lists["months"] or stop.word in self.lists["ordinal_nouns"]:
            return False
        return stop.previous.lower() not in self.lists["determiners"]

    def _starter(self, stop: _Stop) -> bool:
        """A function word with a capital letter follows, and no bracket that the stop stood in closes first."""
        bracketed = stop.close[:1] in (")", "]", "}")
        return not bracketed and stop.word[0].isupper() and stop.word.lower() in self.lists["function_words"]

    def _listed(self, token: str, heading: str) -> bool:
        listed = self.lists[heading]
        return token in listed or token[:1].lower() + token[1:] in listed


def _joined(stop: _Stop) -> str:
    """An abbreviation of two parts written apart: "z. B" is "z.B"."""
    if len(stop.token) <= 3 and re.fullmatch(r"[(\[„»«]?(?:[^\W\d_]{1,2}\.)+", stop.previous):
        return stop.previous.lstrip(OPENERS) + stop.token
    return ""


__all__ = ["Span", "clauses", "paragraphs", "passages", "sentences"]
