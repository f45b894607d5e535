"""Which found claim is which gold claim: by the words of their quotes, one to one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

TOKEN = re.compile(r"\w+(?:[.,]\d+)*|[%$€]")
HALF = 0.5
"""Least share of words in common, of all words of both."""


def tokens(quote: str) -> Counter[str]:
    return Counter(TOKEN.findall(quote.lower()))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Intersection over union of the words, each as often as it stands."""
    union = (one | other).total()
    return (one & other).total() / union if union else 0.0


def match(gold: Sequence[str], found: Sequence[str], least: float = HALF) -> dict[int, int]:
    """Index of the gold quote to index of the found one; the best pair first, no quote twice."""
    left, right = [tokens(q) for q in gold], [tokens(q) for q in found]
    pairs = [(overlap(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if score >= least and i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return chosen
