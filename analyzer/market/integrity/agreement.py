"""Two sources that say different things of one symbol."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analyzer.market.integrity.findings import Finding, Held, counted
from analyzer.series import to_date

TOLERANCE = 1e-3
"""Relative difference of two closes of one day that is none."""
ONE_FACTOR = 2e-3
"""Spread of the ratios within which they are one factor."""


def disagreement(one: Held, other: Held) -> Iterator[Finding]:
    """Days on which the closes differ, as one finding: how many, the largest, whether by one factor."""
    days, a, b = _common(one, other)
    apart = np.abs(a - b) > TOLERANCE * np.maximum(np.abs(a), np.abs(b))
    if not apart.any():
        return
    worst = int(np.argmax(np.where(apart, np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)), 0)))
    what = f"{int(apart.sum())} of {counted(len(days), 'common day')} differ by more than {TOLERANCE:.1%}"
    largest = f"the most on {days[worst]}: {a[worst]:g} and {b[worst]:g}"
    first, last = (to_date(days[apart][i]) for i in (0, -1))
    detail = f"{_factor(a[apart], b[apart])}{largest}"
    yield Finding(one.symbol, f"{one.source}, {other.source}", "disagreement", what, first, last, detail)


def _common(one: Held, other: Held) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The days that both have a figure of the same kind for, and the figures."""
    empty = one.raw.dates[:0]
    if one.raw.basis != other.raw.basis:
        return empty, np.zeros(0), np.zeros(0)
    name = "value" if one.raw.basis == "raw" else "close"
    days, i, j = np.intersect1d(one.raw.dates, other.raw.dates, assume_unique=True, return_indices=True)
    a, b = one.column(name)[i], other.column(name)[j]
    both = np.isfinite(a) & np.isfinite(b)
    return days[both], a[both], b[both]


def _factor(a: np.ndarray, b: np.ndarray) -> str:
    """What a constant ratio on several days means: the sources count different shares or another unit."""
    if len(a) < 2 or not (np.all(a > 0) and np.all(b > 0)):
        return ""
    ratios = a / b
    if np.max(ratios) / np.min(ratios) - 1 > ONE_FACTOR:
        return ""
    factor = float(np.median(ratios))
    said = f"{factor:.4g} times" if factor >= 1 else f"1/{1 / factor:.4g} of"
    return f"different bases, the first is {said} the other on each of them; "
