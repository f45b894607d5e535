"""Prices named by their ten: "the high $80s", "the low $90s", "in the mid-$70s", and from one of them to another.

A third of ten each: low 0 to 3.33, mid 3.33 to 6.67, high 6.67 to 10. Two of them side by side are one range.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.text.numbers import Figure

TEN = 10
THIRD = TEN / 3
PARTS = {"low": (0, 1), "lower": (0, 1), "mid": (1, 2), "middle": (1, 2), "high": (2, 3), "upper": (2, 3)}
BEFORE = re.compile(r"(?:\b(low|lower|mid|middle|high|upper)[- ])?$", re.IGNORECASE)
BEHIND = re.compile(r"['’]?s\b")
JOINED = re.compile(
    r"['’]?s,? (?:or|to|and|through) (?:the )?(?:(?:low|lower|mid|middle|high|upper)[- ])?", re.IGNORECASE
)


def with_decades(found: Sequence[Figure], text: str) -> tuple[Figure, ...]:
    """The figures, with prices by their ten as the range that is meant."""
    read = [_decade(figure, text) for figure in found]
    out: list[Figure] = []
    for one, is_decade in read:
        before = out[-1] if out else None
        if is_decade and before is not None and before.qualifier == "between" and _are_joined(before, one, text):
            out[-1] = _range(before, one, text)
        else:
            out.append(one)
    return tuple(out)


def _decade(figure: Figure, text: str) -> tuple[Figure, bool]:
    behind = BEHIND.match(text, figure.end)
    if figure.unit != "currency" or behind is None or figure.value % TEN or figure.value < TEN:
        return figure, False
    before = BEFORE.search(text[max(0, figure.start - 8) : figure.start])
    word = before[1].lower() if before is not None and before[1] else None
    first, last = PARTS[word] if word is not None else (0, 3)
    low, high = figure.value + first * THIRD, figure.value + last * THIRD
    start = figure.start - (len(word) + 1 if word else 0)
    whole = replace(
        figure, start=start, end=behind.end(), text=text[start : behind.end()], value=(low + high) / 2, low=low,
        high=high, qualifier="between",
    )  # fmt: skip
    return whole, True


def _are_joined(before: Figure, one: Figure, text: str) -> bool:
    return JOINED.fullmatch(text, before.core_end, one.core_start) is not None


def _range(before: Figure, one: Figure, text: str) -> Figure:
    bounds = [b for b in (before.low, before.high, one.low, one.high) if b is not None]
    low, high = min(bounds), max(bounds)
    return replace(
        before, end=one.end, text=text[before.start : one.end], core_end=one.core_end, value=(low + high) / 2, low=low,
        high=high,
    )  # fmt: skip
