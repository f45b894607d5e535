"""Shares outstanding on the share basis of a session.

A count is taken as reported: on the share basis of its own date. Between that date and a session a split may lie, which
shows in the ratio of the price as traded to the split-adjusted price: it is the product of all later splits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from analyzer.series import Series, ShareCount, day

NO_SPLIT = 1e-3
"""Two ratios of prices that differ by less than this fraction are equal but for rounding."""


def count_known(rows: Iterable[ShareCount], when: date) -> ShareCount | None:
    """The complete count that was the latest known on a day; None when there was none."""
    known = [r for r in rows if r.complete and r.known <= when]
    return max(known, key=lambda r: (r.known, r.as_of)) if known else None


def nearest_count(rows: Iterable[ShareCount], when: date, until: date) -> ShareCount | None:
    """The complete count whose own date lies nearest to ``when``, of those known on ``until``: for weights, which a
    few per cent of shares more or less do not move, and never for a market value."""
    known = [r for r in rows if r.complete and r.known <= until]
    return min(known, key=lambda r: (abs(r.as_of - when), r.as_of)) if known else None


def next_count(rows: Iterable[ShareCount], after: ShareCount, until: date) -> ShareCount | None:
    """The first complete count that became known later than ``after`` and not later than ``until``."""
    later = [r for r in rows if r.complete and after.known < r.known <= until]
    return min(later, key=lambda r: (r.known, r.as_of)) if later else None


def split_ratio(traded: Series, adjusted: Series, when: date) -> float | None:
    """Price as traded over split-adjusted price at the last row on or before ``when``; None before the first row."""
    i = int(np.searchsorted(traded.dates, day(when), side="right")) - 1
    if i < 0:
        return None
    j = int(np.searchsorted(adjusted.dates, traded.dates[i]))
    if j == len(adjusted.dates) or adjusted.dates[j] != traded.dates[i] or adjusted.values[j] == 0:
        return None
    return float(traded.values[i] / adjusted.values[j])


def split_between(traded: Series, adjusted: Series, first: date, last: date) -> float | None:
    """New shares per old between two days (10.0 for a 10:1 split, 1.0 without one); None where it cannot be seen."""
    before, after = (split_ratio(traded, adjusted, d) for d in (first, last))
    if before is None or after is None:
        return None
    return 1.0 if abs(before / after - 1.0) < NO_SPLIT else before / after


def adjusted_counts(rows: Iterable[ShareCount], traded: Series, adjusted: Series) -> list[tuple[date, float]]:
    """Complete counts as (known on, shares on the basis of the split-adjusted series), in the order of becoming known.

    Counts older than the first price are left out: a split between the two could not be seen.
    """
    found = []
    for row in sorted(rows, key=lambda r: (r.known, r.as_of)):
        ratio = split_ratio(traded, adjusted, row.as_of) if row.complete else None
        if ratio is not None:
            found.append((row.known, row.shares * ratio))
    return found
