"""Which place a clause gives what it ranks, by the words of ``lexicon/ranks.yaml``: "the sixth-largest drop ever"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from analyzer.extract.binders.denials import is_denied
from analyzer.extract.word_patterns import any_of, whole_words
from analyzer.text.patterns import Pattern
from analyzer.untyped_yaml import load

WORDS_BETWEEN = 3
"""Words between "one of the" and its superlative: "one of the S&P 500's biggest falls"."""
BORDER = re.compile(r"[,;:–(]\s?")


@dataclass(frozen=True)
class Rank:
    """``exact``: the ``number``-th; ``among``: one of so many; ``one_of``: one of the most extreme, without a number;
    ``outside``: none of so many."""

    place: Literal["exact", "among", "one_of", "outside"]
    number: int = 1


@dataclass(frozen=True)
class _Words:
    exact: Pattern
    top: Pattern
    among: Pattern
    superlative: Pattern
    only: Pattern
    ordinals: dict[str, int]
    counted: dict[str, int]


def rank(text: str, language: str) -> Rank | None:
    """The place that is said; None where a superlative stands alone, which is the first place."""
    words = _words(language)
    if found := words.exact.search(text):
        word = found["word"]
        return Rank("exact", words.ordinals[word.lower()] if word else int(found["digits"]))
    if found := words.top.search(text):
        return Rank("among", _counted(words, found["number"]))
    if found := words.among.search(text):
        return Rank("among", _counted(words, found["number"])) if found["number"] else Rank("one_of")
    return None


def denies_a_rank(text: str, language: str) -> bool:
    """Whether a rank is denied: "it was not the worst day", "nor is it among the ten largest"."""
    words = _words(language)
    at = [m.start() for pattern in (words.superlative, words.top) if (m := pattern.search(text))]
    if not at:
        return False
    before = text[: min(at)]
    begin = max((m.end() for m in BORDER.finditer(before)), default=0)
    return is_denied(words.only.sub(" ", before[begin:]))


def _counted(words: _Words, number: str) -> int:
    return int(number) if number.isdigit() else words.counted[number.lower()]


@cache
def _words(language: str) -> _Words:
    source = files("analyzer.extract").joinpath("lexicon", "ranks.yaml").read_text(encoding="utf-8")
    entry: dict[str, Any] = load(source)[language]
    ending, ordinals, counted = any_of(entry["superlative"]), any_of(entry["ordinals"]), any_of(entry["counted"])
    number = rf"(?P<number>\d{{1,2}}|{counted})"
    gap = rf"(?:(?!(?:{any_of(entry['between'])})\b)\S+\s+){{0,{WORDS_BETWEEN}}}?"
    return _Words(
        exact=Pattern(
            rf"\b(?:(?P<word>{ordinals})[- ]?|(?P<digits>\d{{1,3}})(?:{any_of(entry['digits'])})[- ])"
            rf"(?:[\w-]+[- ])?\w*(?:{ending})\b",
            re.IGNORECASE,
        ),
        top=Pattern(rf"\b(?:{any_of(entry['top'])})[- ]{number}\b", re.IGNORECASE),
        among=Pattern(rf"\b(?:{any_of(entry['among'])})\s+(?:{number}\s+)?{gap}\w*(?:{ending})\b", re.IGNORECASE),
        superlative=Pattern(rf"\b\w*(?:{ending})\b", re.IGNORECASE),
        only=whole_words(entry["only"]),
        ordinals={word: int(n) for word, n in entry["ordinals"].items()},
        counted={word: int(n) for word, n in entry["counted"].items()},
    )
