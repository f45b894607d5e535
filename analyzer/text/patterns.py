"""Patterns of words: each is asked of every clause, and stands in few of them.

What a pattern cannot do without is read from the pattern itself: of each of its alternatives a run of letters that
every match has in it. A text that holds none of them is not searched, and a pattern of which none was ever seen is not
compiled. To look for letters in a text costs a hundredth of what it costs to try a list of phrases at each of its
places.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

TOKEN = re.compile(
    r"(?P<run>[^\W_]+(?![*+?{]))"
    r"|(?P<open>\((?:\?(?:P<\w+>|[aiLmsux]*(?:-[imsx]+)?:|(?P<aside><?[=!])|>))?)"
    r"|(?P<close>\))|(?P<or>\|)"
    r"|(?P<repeat>[*+?][?+]?|\{\d*,?\d*\}[?+]?)"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|.",
    re.DOTALL,
)
"""What a pattern is written with; ``run``: letters and digits, but for one that is repeated. What has no name stands
for no letter in particular."""
NOT_READ = re.compile(r"\(\?(?:\(|#|P[=>]|[a-zA-Z]+\))|\\[xuUN0]")
"""Conditions, comments, references, flags for the whole, characters by number: not used here, and nothing is concluded
from them."""
MAY_LACK = ("*", "?", "{0", "{,")
"""How a repetition begins that may be none."""
LETTERS = re.compile("[a-z0-9äöüß]{2,}")
"""What of a run counts, in small letters: a single one stands everywhere."""
FOLD_OTHERWISE = ("İ", "ı", "ſ")
"""Letters that a pattern takes for another one without regard to case, and ``str.lower`` does not."""
KEPT = 2048
"""Texts that are kept in small letters, while many patterns are asked of each; none that is ``LONG``."""
LONG = 4000
END = sys.maxsize
Needs = frozenset[str]


class Pattern:
    """As ``re.compile`` makes one, for the uses that the readers have for it."""

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """In small letters; one of them stands in each text with a match. Empty when nothing can be said."""
        return needs(self.pattern) if not self._flags & re.VERBOSE else ()

    def may_stand_in(self, text: str, start: int = 0, end: int = END) -> bool:
        """Whether a search is not in vain."""
        if not self.needs:
            return True
        small = in_small_letters(text[start:end])
        return small is None or any(map(small.__contains__, self.needs))

    def search(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        if self.needs and not start and end == END and len(text) < LONG:  # the usual case, without a further call
            small = _kept(text)
            if small is not None and not any(map(small.__contains__, self.needs)):
                return None
        elif not self.may_stand_in(text, start, end):
            return None
        return self.compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = END) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text, start, end) if self.may_stand_in(text, start, end) else iter(())

    def match(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        return self.compiled.fullmatch(text, start, end)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return self.compiled.sub(by, text, count) if self.may_stand_in(text) else text

    def split(self, text: str, most: int = 0) -> list[str]:
        return self.compiled.split(text, most) if self.may_stand_in(text) else [text]

    def found(self, match: re.Match[str]) -> bool:
        """Whether it is the pattern that a match is of."""
        return match.re is self.compiled


def in_small_letters(text: str) -> str | None:
    """None where a letter stands in it of which the small one is not what a pattern takes it for."""
    small = text.lower()
    return small if small.isascii() or not any(map(text.__contains__, FOLD_OTHERWISE)) else None


_kept = lru_cache(maxsize=KEPT)(in_small_letters)


def needs(pattern: str) -> tuple[str, ...]:
    """Runs of small letters of which each match has one in it; empty when the pattern can do without any.

    >>> needs(r"\\b(?:new\\s+high(?:s)?|\\w*rekord)\\b(?= of)")
    ('high', 'rekord')
    >>> needs(r"(?:all|record)?\\s+high(?:est)?|\\d+")
    ()
    """
    tokens = () if NOT_READ.search(pattern) else tuple(TOKEN.finditer(pattern))
    found = _of_alternatives(tokens, 0)[0]
    return _without_longer(found) if found else ()


def _of_alternatives(tokens: Sequence[re.Match[str]], at: int) -> tuple[Needs | None, int]:
    """What alternatives need from a token on, None when one needs nothing, and where their bracket ends."""
    every: list[Needs | None] = []
    parts: list[Needs] = []
    while at < len(tokens) and tokens[at].lastgroup != "close":
        token, at = tokens[at], at + 1
        if token.lastgroup == "run":
            parts.extend(frozenset((one,)) for one in LETTERS.findall(token.group().lower()))
        elif token.lastgroup == "or":
            every.append(_best(parts))
            parts = []
        elif token.lastgroup == "open":
            inside, at = _of_alternatives(tokens, at)
            may_lack = at + 1 < len(tokens) and tokens[at + 1].group().startswith(MAY_LACK)
            if inside and not may_lack and token["aside"] is None:
                parts.append(inside)
            at += 1
    every.append(_best(parts))
    known = [one for one in every if one is not None]
    return (frozenset().union(*known) if len(known) == len(every) else None), at


def _best(parts: Sequence[Needs]) -> Needs | None:
    """Of what all must be there, that which is the rarest: long words, and few."""
    return max(parts, key=lambda part: (min(map(len, part)), -len(part)), default=None)


def _without_longer(found: Needs) -> tuple[str, ...]:
    """In order, without those that begin with another one."""
    kept: list[str] = []
    for one in sorted(found):
        if not kept or not one.startswith(kept[-1]):
            kept.append(one)
    return tuple(kept)
