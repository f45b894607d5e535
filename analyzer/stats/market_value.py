"""Change of market value: price change times the shares known on the last session."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analyzer.series import Series, ShareCount
from analyzer.stats.shares import next_count, split_between


@dataclass(frozen=True)
class ValueChange:
    """One company from the close of ``base`` to that of ``last``; prices and shares on the share basis of ``last``."""

    traded: Series
    adjusted: Series
    base: date
    last: date
    before: float
    now: float
    count: ShareCount
    split: float
    """New shares per old between the count's date and ``last``."""

    @property
    def symbol(self) -> str:
        return self.traded.symbol

    @property
    def currency(self) -> str | None:
        return self.traded.currency

    @property
    def shares(self) -> float:
        return self.count.shares * self.split

    @property
    def value(self) -> float:
        return (self.now - self.before) * self.shares


def value_change(traded: Series, adjusted: Series, count: ShareCount, base: date, last: date) -> ValueChange | None:
    """The change ``(P_last - P_base) * N``; None when a price is missing or a split could not be seen.

    Splits are read from the ratio of the two series, so the count must not be older than their first row.
    """
    before, now = traded.at(base), traded.at(last)
    inner, since_count = (split_between(traded, adjusted, d, last) for d in (base, count.as_of))
    if before is None or now is None or inner is None or since_count is None:
        return None
    return ValueChange(traded, adjusted, base, last, before / inner, now, count, since_count)


def total(changes: Iterable[ValueChange]) -> float:
    """Sum of the changes, exactly rounded, so that the order of the members does not matter."""
    return math.fsum(c.value for c in changes)


def value_before(changes: Iterable[ValueChange]) -> float:
    return math.fsum(c.before * c.shares for c in changes)


def value_after(changes: Iterable[ValueChange]) -> float:
    return math.fsum(c.now * c.shares for c in changes)


def recounted(change: ValueChange, rows: Iterable[ShareCount], until: date) -> ValueChange:
    """The change with the count that became known next, up to a day; unchanged when there is none."""
    count = next_count(rows, change.count, until)
    split = split_between(change.traded, change.adjusted, count.as_of, change.last) if count else None
    return change if count is None or split is None else replace(change, count=count, split=split)


def market_value(changes: Sequence[ValueChange], first: date | None, last: date | None) -> Series:
    """Market value with the counts held constant, on the sessions common to all members."""
    series = [_constant_count(c, first, last) for c in changes]
    summed = series[0]
    for other in series[1:]:
        dates, i, j = np.intersect1d(summed.dates, other.dates, return_indices=True)
        summed = replace(summed, dates=dates, values=summed.values[i] + other.values[j])
    return summed


def _constant_count(change: ValueChange, first: date | None, last: date | None) -> Series:
    cut, close = change.adjusted.between(first, last), change.adjusted.at(change.last)
    assert close is not None  # a change exists only where both series have the row
    return replace(cut, values=cut.values * (change.now * change.shares / close))


def value_changes(closes: Series, counts: Sequence[tuple[date, float]]) -> Series:
    """Changes of market value between neighbouring rows of the split-adjusted ``closes``, dated by the later one.

    Each is the change of the price times the latest of ``counts`` (known on, shares on the basis of ``closes``; sorted)
    known on its date. Dates before the first of them are left out.
    """
    changes = closes.changes()
    known = np.array([k for k, _ in counts], dtype="datetime64[D]")
    shares = np.array([n for _, n in counts], dtype=np.float64)
    position = np.searchsorted(known, changes.dates, side="right") - 1
    there = position >= 0
    return replace(changes, dates=changes.dates[there], values=changes.values[there] * shares[position[there]])
