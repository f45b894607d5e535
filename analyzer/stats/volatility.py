"""Whether a series moves more than before: the spread of daily returns in two windows, and a break at an unknown date.

All arrays are (n,) of returns in the order of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analyzer.stats.bootstrap import Interval, monte_carlo_error, stationary_indices
from analyzer.stats.regression import long_run_covariance, newey_west_lags
from analyzer.stats.tails import bridge_maximum

BLOCK = 20.0
"""Mean length of the drawn blocks in sessions: a month, over which calm and unrest last."""
YEAR = 252


def annualised(returns: np.ndarray) -> float:
    """Standard deviation of daily returns on a year of 252 sessions."""
    return float(returns.std(ddof=1)) * sqrt(YEAR)


def weighted_deviation(returns: np.ndarray, decay: float = 0.94) -> float:
    """What a day's move is measured by when the last days count most: ``sqrt((1 - d) sum d^k r_(t-k)^2)``, the weights
    adding up to 1 (RiskMetrics Technical Document, 4th edition, 1996)."""
    weights = decay ** np.arange(len(returns) - 1, -1, -1.0)
    return sqrt(float(weights @ returns**2 / weights.sum()))


def brown_forsythe(first: np.ndarray, second: np.ndarray) -> float:
    """The F statistic of equal spread: an analysis of variance of the distances from each window's median (Brown and
    Forsythe 1974, JASA 69, 364-367)."""
    return float(_statistics(first[None, :], second[None, :])[0])


def _statistics(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(m,) statistics of m pairs of windows, (m, n1) and (m, n2)."""
    (a, spread_a), (b, spread_b) = (_distances(w) for w in (first, second))
    n1, n2 = first.shape[1], second.shape[1]
    between = n1 * n2 / (n1 + n2) * (a - b) ** 2
    within = (n1 * spread_a + n2 * spread_b) / (n1 + n2 - 2)
    return np.asarray(between / np.maximum(within, 1e-300))


def _distances(windows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance, (m,) each, of how far the returns of windows (m, n) lie from their median."""
    middle = windows.shape[1] // 2
    both = (middle - 1 + windows.shape[1] % 2, middle)
    median = np.partition(windows, both, axis=1)[:, both].mean(axis=1, keepdims=True)  # half of np.median's time
    away = np.subtract(windows, median)
    np.abs(away, out=away)
    mean = away.mean(axis=1, keepdims=True)
    away -= mean
    return mean[:, 0], np.square(away, out=away).mean(axis=1)


@dataclass(frozen=True)
class VolatilityChange:
    """``ratio`` of the standard deviations, after over before, with its 95 % interval; the p-value of equal spread and
    its Monte-Carlo standard error."""

    ratio: float
    interval: Interval
    pvalue: float
    error: float


def volatility_change(before: np.ndarray, after: np.ndarray, repetitions: int, seed: int) -> VolatilityChange:
    """Null: both windows have one spread. The Brown-Forsythe statistic is compared with those of both windows drawn
    anew in blocks from all their returns, each about its window's median, so that calm and unrest last in the drawn
    samples as long as in the real one: the F distribution would find changes in any clustered series. The interval
    draws blocks within each window.

    ValueError for a window that does not move.
    """
    if not (np.ptp(before) > 0 and np.ptp(after) > 0):
        raise ValueError("a window that does not move has no spread")
    pooled = np.concatenate([before - np.median(before), after - np.median(after)])
    rows = stationary_indices(len(pooled), BLOCK, repetitions, seed)
    drawn = pooled[rows]
    found = _statistics(drawn[:, : len(before)], drawn[:, len(before) :])
    exceeded = int(np.sum(found >= brown_forsythe(before, after)))
    pvalue = (1 + exceeded) / (1 + repetitions)
    ratio = float(after.std(ddof=1) / before.std(ddof=1))
    return VolatilityChange(
        ratio, _ratio_interval(before, after, repetitions, seed), pvalue, monte_carlo_error(pvalue, repetitions)
    )


def _ratio_interval(before: np.ndarray, after: np.ndarray, repetitions: int, seed: int) -> Interval:
    spreads = []
    for offset, window in enumerate((before, after), start=1):
        rows = stationary_indices(len(window), min(BLOCK, len(window) / 2), repetitions, seed + offset)
        spreads.append(np.maximum(window[rows].std(axis=1, ddof=1), 1e-300))
    low, high = np.quantile(spreads[1] / spreads[0], (0.025, 0.975))
    return Interval(float(low), float(high))


@dataclass(frozen=True)
class VarianceBreak:
    """The row after which the variance differs most, and the p-value of no break at all."""

    row: int
    statistic: float
    pvalue: float


def variance_break(returns: np.ndarray) -> VarianceBreak:
    """Cumulated squares in the form that allows for fat tails and clustering, kappa-2 of Sansó, Aragó and Carrion
    (2004), after Inclán and Tiao (1994): ``max_k |C_k - k / n C_n| / sqrt(n w)`` with w the long-run variance of the
    squares; under the null the largest swing of a Brownian bridge.
    """
    n = len(returns)
    squares = (returns - returns.mean()) ** 2
    centred = squares - squares.mean()
    scale = sqrt(max(float(long_run_covariance(centred[:, None], newey_west_lags(n))[0, 0]), 1e-300))
    path = np.abs(np.cumsum(centred))[:-1] / (sqrt(n) * scale)
    at = int(path.argmax())
    return VarianceBreak(at, float(path[at]), bridge_maximum(float(path[at])))
