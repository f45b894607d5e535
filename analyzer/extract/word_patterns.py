"""Patterns of the words that stand in a file of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzer.text.patterns import Pattern


def form(word: str) -> str:
    """One word: ``*`` stands for letters within it, a blank for any white space."""
    return re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def any_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(form(word) for word in sorted(words, key=len, reverse=True))


def whole_words(words: Iterable[str], *, ignore_case: bool = True) -> Pattern:
    """Any of the words, not as a part of another."""
    return Pattern(rf"(?<!\w)(?:{any_of(words)})(?!\w)", re.IGNORECASE if ignore_case else 0)
