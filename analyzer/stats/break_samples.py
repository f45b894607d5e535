"""The regression whose stability is tested, from dated series: by months, by weeks where there are prices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from analyzer.series import Series, day, to_date
from analyzer.stats.aligned import PER_YEAR, moves
from analyzer.stats.periods import last_of_each
from analyzer.stats.regression import with_constant
from analyzer.stats.streaks import periods

Of = Literal["growth", "level", "volatility", "relation"]
Every = Literal["week", "month"]
FEWEST_DAYS = 10
"""Daily returns of a month whose spread is taken."""
DYNAMIC = ("level", "volatility")
"""What hangs together from month to month, so that its own value of the month before is a regressor."""


@dataclass(frozen=True, eq=False)
class Sample:
    """``y`` (n,) on ``x`` (n, k), dated by the end of each stretch; ``values`` (n,) are what is spoken of: rates of
    growth a year, levels, spreads a year, or moves."""

    dates: np.ndarray
    y: np.ndarray
    x: np.ndarray
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def first(self) -> date:
        return to_date(self.dates[0])

    @property
    def last(self) -> date:
        return to_date(self.dates[-1])

    def between(self, first: date | None, last: date | None) -> Sample:
        """The rows that end from ``first`` to ``last``, both included; None is open."""
        keep = np.ones(len(self), dtype=bool)
        if first is not None:
            keep &= self.dates >= day(first)
        if last is not None:
            keep &= self.dates <= day(last)
        return Sample(self.dates[keep], self.y[keep], self.x[keep], self.values[keep])

    @property
    def still(self) -> int:
        """The most rows in a row over which a regressor, or what is regressed, does not change."""
        columns = [self.y, *self.x.T[1:]]
        return max((_longest_run(np.diff(column) == 0.0) + 1 for column in columns if len(column)), default=0)


def _longest_run(there: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(int)))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def sample(
    series: Sequence[Series], of: Of, every: Every, last: date, yields: Collection[str], turned: Collection[str]
) -> Sample:
    """Of one series its growth, level or spread, of two how the first moves with the second, in whole months or weeks
    up to ``last``. Empty where there is nothing."""
    if of == "relation":
        both = moves(series, every, yields, turned, last)
        y, other = both.values.T
        return Sample(both.dates, y, with_constant(other) if len(both) else np.empty((0, 2)), y)
    one = series[0].between(None, last)
    if of == "growth":
        return _growth(one, every, last)
    return _dynamic(*(_spreads(one) if of == "volatility" else _levels(one, last)))


def _growth(one: Series, every: Every, last: date) -> Sample:
    """Rates of growth a year, in logs."""
    rows = last_of_each(one, "weekly") if every == "week" else _months(one, last)
    rates = np.diff(np.log(rows.values)) * PER_YEAR[every] if (rows.values > 0).all() else np.empty(0)
    dates = rows.dates[1:] if len(rates) else rows.dates[:0]
    return Sample(dates, rates, np.ones((len(rates), 1)), rates)


def _months(one: Series, last: date) -> Series:
    """The closes of whole months; rows that are months already as they are."""
    found = periods(one, to_date(one.dates[-1]), "month", last) if len(one) else None
    return one if found is None else one._with(found.dates, found.closes, found.dates)


def _levels(one: Series, last: date) -> tuple[np.ndarray, np.ndarray]:
    months = _months(one, last)
    return months.dates, months.values


def _spreads(one: Series) -> tuple[np.ndarray, np.ndarray]:
    """The log of the spread of the daily returns of each month, on a year."""
    returns = one.returns()
    months = returns.dates.astype("datetime64[M]").astype(int)
    dates, found = [], []
    for number in np.unique(months):
        rows = np.flatnonzero(months == number)
        spread = float(returns.values[rows].std(ddof=1)) if len(rows) >= FEWEST_DAYS else 0.0
        if spread > 0:
            dates.append(returns.dates[rows[-1]])
            found.append(np.log(spread * np.sqrt(PER_YEAR["day"])))
    return np.array(dates, dtype="datetime64[D]"), np.array(found)


def _dynamic(dates: np.ndarray, values: np.ndarray) -> Sample:
    return Sample(dates[1:], values[1:], with_constant(values[:-1]), values[1:])
