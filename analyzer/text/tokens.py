"""Tokens of a text for the readers of numbers and times: runs of letters, runs of digits, single other characters.

Read once per text: both readers walk the same tokens, and look words up instead of searching the text for each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|[^\w\s]|\w")


@dataclass(frozen=True, eq=False)
class Tokens:
    """Parallel lists: offsets, and the words in lower case."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]

    def at(self, position: int) -> int:
        """Index of the first token that starts at or after ``position``."""
        return bisect_left(self.starts, position)

    def word(self, index: int) -> str:
        """The word at ``index``; empty outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""


@lru_cache(maxsize=16)
def tokens(text: str) -> Tokens:
    starts, ends, words = [], [], []
    for match in TOKEN.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        words.append(match[0].lower())
    return Tokens(text, starts, ends, words)
