"""Whether rises of a policy rate were followed by recessions: cycle by cycle, over all that the series holds.

A rise is the way from a low to a high of one point at least, ended by a fall of half a point; it was followed where a
recession began between the low and two years after the high.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analyzer.checks.base import Series
from analyzer.series import to_date

RISE, FALL = 1.0, 0.5
"""Points of per cent that a rise reaches at least, and of the fall that ends it."""
AFTER = 731
"""Days after the high within which the recession begins."""


@dataclass(frozen=True)
class Cycle:
    """From the month of the low to the month of the high; the month in which the recession began, if one did."""

    low: date
    high: date
    recession: date | None
    over: bool
    """Whether the two years after the high are in the data, or a recession has begun."""


def cycles(rate: Series, recessions: Series) -> list[Cycle]:
    """``rate`` in per cent; ``recessions``: 1 in a month of recession, else 0."""
    begins = [
        recessions.dates[i]
        for i in range(1, len(recessions))
        if recessions.values[i] >= 1.0 and recessions.values[i - 1] < 1.0
    ]
    found = []
    for low, high in _rises(rate.values):
        first, last = rate.dates[low], rate.dates[high] + AFTER
        hits = [b for b in begins if first <= b <= last]
        over = bool(hits) or (len(recessions) > 0 and recessions.dates[-1] >= last)
        found.append(Cycle(to_date(first), to_date(rate.dates[high]), to_date(hits[0]) if hits else None, over))
    return found


def _rises(values: np.ndarray) -> list[tuple[int, int]]:
    """The rows of the low and of the high of each rise that has ended."""
    found = []
    low = high = 0
    for i, value in enumerate(values):
        if value > values[high]:
            high = i
        if values[high] - value >= FALL:
            if values[high] - values[low] >= RISE:
                found.append((low, high))
            low = high = i
        elif value < values[low]:
            low = high = i
    return found


def told(cycle: Cycle) -> str:
    """ "2004-06 to 2007-02: recession from 2008-01"."""
    then = f"recession from {cycle.recession:%Y-%m}" if cycle.recession else "none within two years"
    return f"{cycle.low:%Y-%m} to {cycle.high:%Y-%m}: {then}"
