"""How often a move away from an extreme became a reversal: the base rate behind "the tide has turned".

A turn upwards is a turn downwards of the reciprocal price, so that everything here speaks of falls from a high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analyzer.series import Series
from analyzer.stats.bootstrap import Interval, mean_interval
from analyzer.stats.drawdown import ROUNDING, aftermath

SPAN = 250
"""Sessions in which a close has to be the highest to count as an extreme."""


@dataclass(frozen=True)
class BaseRate:
    """``turns`` of ``cases`` earlier moves as large became a reversal in time; ``interval`` of that share, by blocks of
    cases, None where there are too few."""

    cases: int
    turns: int
    interval: Interval | None

    @property
    def share(self) -> float:
        return self.turns / self.cases if self.cases else 0.0


def reciprocal(series: Series) -> Series:
    """One over the price: its highs are the price's lows. ValueError where a price is not positive."""
    if (series.values <= 0).any():
        raise ValueError(f"{series.symbol} has a price that is not positive")
    return replace(series, values=1.0 / series.values)


def running_high(closes: np.ndarray, span: int) -> np.ndarray:
    """(n,) the highest of each ``span`` rows up to a row; NaN before there are so many."""
    highs = np.full(len(closes), np.nan)
    if len(closes) >= span:
        highs[span - 1 :] = np.lib.stride_tricks.sliding_window_view(closes, span).max(axis=1)
    return highs


def starts(closes: np.ndarray, depth: float, span: int = SPAN) -> list[int]:
    """Rows at which the close was, for the first time after a new high of ``span`` rows, ``depth`` (a negative
    fraction) below it: one for each fall."""
    highs = running_high(closes, span)
    found, armed = [], False
    for row in range(span - 1, len(closes)):
        if closes[row] >= highs[row]:
            armed = True
        elif armed and closes[row] / highs[row] - 1.0 <= depth + ROUNDING:
            found.append(row)
            armed = False
    return found


def base_rate(
    closes: np.ndarray, depth: float, threshold: float, horizon: int, *, fewest: int = 10, seed: int = 0,
    span: int = SPAN,
) -> BaseRate:  # fmt: skip
    """Of the falls by ``depth`` whose ``horizon`` rows are over within ``closes`` (n,), the share that fell by
    ``threshold`` from the high before the high was regained."""
    highs = running_high(closes, span)
    outcomes = []
    for row in starts(closes, depth, span):
        if row + horizon < len(closes):
            fell = aftermath(closes[row : row + horizon + 1], float(highs[row]), threshold).fell
            outcomes.append(fell is not None)
    values = np.array(outcomes, dtype=float)
    drawn = mean_interval(values, seed=seed) if len(values) >= fewest else None
    return BaseRate(len(values), int(values.sum()), drawn)
