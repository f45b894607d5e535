"""A form of a time expression: a pattern with a variable part, the words it may begin with, what it says.

A pattern is matched where one of its first words stands, never searched for. ``<M>`` and the like are pieces of the
lexicon: D day (TH its ending, AND between two), M month (MC before a compound's second half, MM in digits), Y year (YY
also of two digits, QY so behind a mark), RANGE two years, DEC decade (DECW in words), W weekday, U unit (EDGE of a
day), N count, O ordinal, P part (IN behind some), S season, HOL holiday, EVENT a day by what happened on it, MOD
last/this/next, RUN the rally or the wait whose length it is, somewhere behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from analyzer.text.time_lexicon import Lexicon
from analyzer.text.time_values import TimeValue

Build = Callable[[re.Match[str], Lexicon], TimeValue | None]
DIGIT, HIGH_OR_LOW, LONG = "#", "~", "%"
"""Triggers of forms that begin with a digit, with a word that ends in "hoch" or "tief", in "tägig" or "jährige"."""
HIGH_WORD = re.compile(r"\w*(?:hoch|tief|höchststand|tiefststand|höchstwert|tiefstwert)s?")
LONG_WORD = re.compile(r"\w*(?:jährig|monatig|wöchig|tägig|stündig|minütig)(?:e[nrsm]?)?")


class Form(NamedTuple):
    """``first``: headings of the lexicon or plain words, with one of which the expression begins."""

    first: str
    pattern: str
    build: Build


def trigger(word: str) -> str:
    """Under which word a form that begins with ``word`` is listed."""
    if word[0] in "0123456789":
        return DIGIT
    if HIGH_WORD.fullmatch(word):
        return HIGH_OR_LOW
    return LONG if LONG_WORD.fullmatch(word) else word
