"""Which forecasts were better: tests on their losses, of two and of many.

A loss (n,) is what a forecast missed by, in any measure, in the order in which the forecasts came due.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analyzer.stats.bootstrap import REPETITIONS, stationary_indices, usual_block
from analyzer.stats.regression import long_run_covariance
from analyzer.stats.student_t import two_sided
from analyzer.stats.tails import normal_two_sided

# --- two forecasters -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DieboldMariano:
    """``mean`` of the first loss less the second with its standard ``error``; the corrected ``statistic`` and its
    two-sided p-value from Student's t. ``bartlett``: the plain variance was not positive."""

    mean: float
    error: float
    statistic: float
    pvalue: float
    nobs: int
    bartlett: bool


def diebold_mariano(first: np.ndarray, second: np.ndarray, horizon: int = 1) -> DieboldMariano:
    """Null: both lose the same on average. Diebold and Mariano (1995, Journal of Business & Economic Statistics 13,
    253-263) with the factor of Harvey, Leybourne and Newbold (1997, International Journal of Forecasting 13, 281-291).

    ``horizon`` is how many forecasts are open at a time, so that the differences are correlated over ``horizon - 1``
    lags, which the variance counts in full; where that is not positive, by Bartlett's weights. ValueError for losses of
    unequal length, fewer than three, no more than the horizon, or all with the same difference.

    >>> a, b = np.array([1.0, 2.0, 3.0, 2.0]), np.array([2.0, 2.5, 5.0, 2.5])
    >>> round(diebold_mariano(a, b).statistic, 3)
    -2.828
    """
    if len(first) != len(second):
        raise ValueError(f"losses come in pairs; got {len(first)} and {len(second)}")
    n, d = len(first), np.asarray(first, dtype=np.float64) - second
    if n < max(3, horizon + 1) or horizon < 1:
        raise ValueError(f"{n} pairs of losses are too few for {horizon} open at a time")
    if not np.ptp(d) > 0:
        raise ValueError("all differences are the same")
    mean = float(d.mean())
    variance = _variance(d - mean, horizon)
    bartlett = variance <= 0.0
    if bartlett:
        variance = float(long_run_covariance((d - mean)[:, None], horizon - 1)[0, 0])
    error = sqrt(variance / n)
    factor = sqrt((n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n)
    statistic = factor * mean / error
    return DieboldMariano(mean, error / factor, statistic, two_sided(statistic, n - 1), n, bartlett)


def _variance(centred: np.ndarray, horizon: int) -> float:
    """The long-run variance with ``horizon - 1`` autocovariances, each in full."""
    n = len(centred)
    lags = sum(float(centred[lag:] @ centred[: n - lag]) for lag in range(1, horizon))
    return (float(centred @ centred) + 2.0 * lags) / n


@dataclass(frozen=True)
class Directions:
    """The share of ``hits``, the share that two independent series of ups and downs would have, and how surely they
    are not independent; None where one of them never changes."""

    hits: float
    by_chance: float
    statistic: float | None
    pvalue: float | None


def pesaran_timmermann(forecast: np.ndarray, outcome: np.ndarray) -> Directions:
    """Null: the directions of the forecasts say nothing on those of the outcomes. Pesaran and Timmermann (1992, Journal
    of Business & Economic Statistics 10, 461-465): whoever always says "up" hits often and shows no skill. Both are
    (n,) bool; ValueError where they are empty or unequal in length."""
    n = len(forecast)
    if n == 0 or n != len(outcome):
        raise ValueError(f"directions come in pairs; got {n} and {len(outcome)}")
    x, y, hits = float(np.mean(forecast)), float(np.mean(outcome)), float(np.mean(forecast == outcome))
    chance = y * x + (1.0 - y) * (1.0 - x)
    of_hits, of_x, of_y = chance * (1.0 - chance) / n, x * (1.0 - x), y * (1.0 - y)
    of_chance = ((2.0 * y - 1.0) ** 2 * of_x + (2.0 * x - 1.0) ** 2 * of_y + 4.0 * of_x * of_y / n) / n
    if of_hits - of_chance <= 1e-12:
        return Directions(hits, chance, None, None)
    statistic = (hits - chance) / sqrt(of_hits - of_chance)
    return Directions(hits, chance, statistic, normal_two_sided(statistic))


# --- many forecasters ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConfidenceSet:
    """``pvalues`` (k,): the largest size of the set that would have left each model out; ``order`` (k,): the models as
    they were taken out, the best last."""

    pvalues: np.ndarray
    order: tuple[int, ...]

    def members(self, alpha: float) -> tuple[int, ...]:
        """The models of the set of confidence ``1 - alpha``."""
        return tuple(int(i) for i in np.flatnonzero(self.pvalues > alpha))


def model_confidence_set(
    losses: np.ndarray, *, block: float | None = None, repetitions: int = REPETITIONS, seed: int = 0
) -> ConfidenceSet:
    """The models that cannot be told from the best. Hansen, Lunde and Nason (2011), Econometrica 79, 453-497.

    ``losses`` (n, k). Of the models that are left, the largest ``|t|`` of all pairs is compared with that of samples
    drawn in blocks; the one that is worst against another goes, until one is left. A p-value is never smaller than
    those before it. ValueError for fewer than two models.
    """
    n, k = losses.shape
    if k < 2:
        raise ValueError("a confidence set is of two models or more")
    mean = losses.mean(axis=0)
    rows = stationary_indices(n, usual_block(n) if block is None else block, repetitions, seed)
    drawn = np.array([losses[r].mean(axis=0) for r in rows]) - mean
    pairs = drawn[:, :, None] - drawn[:, None, :]
    error = np.sqrt(np.maximum((pairs**2).mean(axis=0), 1e-300)) + np.eye(k)
    observed, simulated = (mean[:, None] - mean[None, :]) / error, np.abs(pairs) / error
    left, order, reached, pvalues = list(range(k)), [], 0.0, np.ones(k)
    while len(left) > 1:
        among = np.ix_(left, left)
        largest = simulated[:, left][:, :, left].max(axis=(1, 2))
        reached = max(reached, float(np.mean(largest >= np.abs(observed[among]).max())))
        worst = left[int(observed[among].max(axis=1).argmax())]
        pvalues[worst] = reached
        order.append(worst)
        left.remove(worst)
    return ConfidenceSet(pvalues, (*order, *left))
