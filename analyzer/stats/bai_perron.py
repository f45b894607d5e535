"""Several breaks at unknown rows: the split with the smallest squared errors, how many there are, and when.

Bai and Perron, Econometrica 66 (1998), and Computation and analysis of multiple structural change models, Journal of
Applied Econometrics 18 (2003); critical values, Econometrics Journal 6 (2003); the distribution of a date, Bai,
Estimation of a change point in multiple regression models, Review of Economics and Statistics 79 (1997). A break is at
the last row of the earlier regime, as dates of breaks are published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, erfc, exp, floor, log, pi, sqrt

import numpy as np

from analyzer.stats.breaks import TRIMMING, chow, inverses, of_unit_size
from analyzer.stats.regression import long_run_covariance, ols

CRITICAL: dict[int, tuple[float, ...]] = {
    1: (8.58, 10.13, 11.14, 11.83, 12.25),
    2: (11.47, 12.95, 14.03, 14.85, 15.29),
    3: (13.98, 15.72, 16.83, 17.61, 18.14),
}
"""By regressors: the 5 % values of the test of l breaks against l + 1, for l of 0 to 4 and 15 % trimming."""


@dataclass(frozen=True)
class Break:
    """At ``row``, from ``low`` to ``high`` with the level that was asked for; both may lie outside the rows."""

    row: int
    low: int
    high: int


@dataclass(frozen=True)
class Partition:
    """``rows`` of the breaks and the squared ``errors`` of all segments together."""

    rows: tuple[int, ...]
    errors: float


def partitions(y: np.ndarray, x: np.ndarray, most: int, shortest: int) -> tuple[Partition, ...]:
    """The best split of y (n,) on x (n, k) into 1 to ``most`` + 1 segments of ``shortest`` rows at least: by dynamic
    programming over the squared errors of all segments. Fewer where there is no room."""
    n = len(y)
    errors = segment_errors(y, x, shortest)
    best = errors[0]  # of rows 0 to j, without a break
    found, steps = [Partition((), float(best[n - 1]))], []
    for count in range(1, most + 1):
        if (count + 1) * shortest > n:
            break
        splits = best[:-1, None] + errors[1:, :]  # a last segment from row i + 1 to j
        steps.append(splits.argmin(axis=0))
        best = splits.min(axis=0)
        found.append(Partition(_traced(steps, n), float(best[n - 1])))
    return tuple(found)


def _traced(steps: Sequence[np.ndarray], n: int) -> tuple[int, ...]:
    rows: list[int] = []
    end = n - 1
    for step in reversed(steps):
        end = int(step[end])
        rows.append(end)
    return tuple(reversed(rows))


def segment_errors(y: np.ndarray, x: np.ndarray, shortest: int) -> np.ndarray:
    """(n, n) the squared errors of the regression on rows i to j, infinite for fewer than ``shortest`` rows."""
    n, k = x.shape
    y = ols(y, x).residuals  # what one regression of all rows explains, those of its parts explain as well
    x, errors = of_unit_size(x), np.full((n, n), np.inf)
    moments = np.cumsum(np.concatenate([np.zeros((1, k, k)), x[:, :, None] * x[:, None, :]]), axis=0)
    cross = np.cumsum(np.concatenate([np.zeros((1, k)), x * y[:, None]]), axis=0)
    power = np.cumsum(np.append(0.0, y * y))
    for i in range(n - shortest + 1):
        ends = np.arange(i + shortest, n + 1)
        own = cross[ends] - cross[i]
        fitted = np.einsum("ri,rij,rj->r", own, inverses(moments[ends] - moments[i]), own)
        errors[i, ends - 1] = np.maximum(power[ends] - power[i] - fitted, 0.0)
    return errors


def smallest_bic(y: np.ndarray, x: np.ndarray, most: int, shortest: int) -> Partition:
    """The split with the smallest Schwarz criterion, each break counted as a coefficient."""
    n, k = x.shape

    def criterion(one: Partition) -> float:
        coefficients = k * (len(one.rows) + 1) + len(one.rows) + 1
        return float(n * log(one.errors / n) + coefficients * log(n))

    return min(partitions(y, x, most, shortest), key=criterion)


def sequential(
    y: np.ndarray, x: np.ndarray, most: int = 5, trimming: float = TRIMMING, lags: int | None = 0
) -> Partition:
    """The split into as many segments as 5 % tests find one after another: none against one break, then in each segment
    of the best split whether there is one more, with Newey-West errors over ``lags`` (0: White's).

    ValueError for more than three regressors, whose critical values are not written down here.
    """
    n, k = x.shape
    if k not in CRITICAL:
        raise ValueError(f"critical values are known for 1 to {len(CRITICAL)} regressors, not {k}")
    shortest = max(floor(trimming * n), 2 * k)
    found = partitions(y, x, min(most, len(CRITICAL[k])), shortest)
    for count, one in enumerate(found[:-1]):
        edges = (0, *(row + 1 for row in one.rows), n)
        tested = (_one_more(y[a:b], x[a:b], shortest, lags) for a, b in pairwise(edges))
        if max(tested) < CRITICAL[k][count]:
            return one
    return found[-1]


def _one_more(y: np.ndarray, x: np.ndarray, shortest: int, lags: int | None) -> float:
    """The Wald statistic of the break in a segment that leaves the smallest errors; 0 where there is no room."""
    inside = partitions(y, x, 1, shortest)
    return chow(y, x, inside[1].rows[0], lags).statistic if len(inside) > 1 else 0.0


# --- when -----------------------------------------------------------------------------------------------------------


def intervals(
    y: np.ndarray, x: np.ndarray, rows: Sequence[int], level: float = 0.95, lags: int | None = None
) -> tuple[Break, ...]:
    """The breaks with the interval of each, by Bai's distribution of the row that suits best.

    Regressors and errors may differ from segment to segment. ``lags`` None: the errors of a segment have one variance
    and do not hang together; else their long-run variance with the regressors, over so many lags.
    """
    edges = (0, *(row + 1 for row in rows), len(y))
    parts = [_segment(y[a:b], x[a:b], lags) for a, b in pairwise(edges)]
    return tuple(_interval(row, *sides, level) for row, sides in zip(rows, pairwise(parts), strict=True))


@dataclass(frozen=True, eq=False)
class _Segment:
    """Coefficients, mean products of the regressors, and of regressors times errors."""

    coefficients: np.ndarray
    moments: np.ndarray
    scores: np.ndarray


def _segment(y: np.ndarray, x: np.ndarray, lags: int | None) -> _Segment:
    fit = ols(y, x)
    moments = x.T @ x / len(y)
    scores = float(np.mean(fit.residuals**2)) * moments
    if lags is not None:
        scores = long_run_covariance(x * fit.residuals[:, None], lags)
    return _Segment(fit.coefficients, moments, scores)


def _interval(row: int, one: _Segment, two: _Segment, level: float) -> Break:
    change = two.coefficients - one.coefficients
    before, after = (float(change @ s.moments @ change) for s in (one, two))
    noise_before, noise_after = (float(change @ s.scores @ change) for s in (one, two))
    scale = noise_before / before**2
    ratio, noise = after / before, (noise_after / after) / (noise_before / before)
    half = (1.0 - level) / 2.0
    low, high = (argmax_quantile(p, ratio, ratio * noise) * scale for p in (half, 1.0 - half))
    return Break(row, row - ceil(high), row - floor(low))


def argmax_quantile(p: float, ratio: float, spread: float) -> float:
    """The x below which the best row lies with probability ``p``, by halving."""
    low, high = -1.0, 1.0
    while argmax_below(low, ratio, spread) > p:
        low *= 2.0
    while argmax_below(high, ratio, spread) < p:
        high *= 2.0
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if argmax_below(middle, ratio, spread) < p else (low, middle)
    return (low + high) / 2.0


def argmax_below(x: float, ratio: float, spread: float) -> float:
    """Bai's (1997) probability that the maximum of a two-sided Brownian motion with drift lies below ``x``. ``ratio``
    is that of the drifts after and before, ``spread`` that times the ratio of the variances; both are 1 where nothing
    but the mean changes.

    >>> round(argmax_below(11.0, 1.0, 1.0), 3)
    0.975
    """
    root = sqrt(abs(x))
    if x < 0:
        part = ratio / spread
        first = root * exp(-abs(x) / 8.0) / sqrt(2.0 * pi)
        weight = spread * (spread + 2.0 * ratio) / (ratio * (spread + ratio))
        other = (spread + 2.0 * ratio) ** 2 / (ratio * (spread + ratio)) - 2.0 + abs(x) / 2.0
        return -first - weight * _tail(0.5 + part, root, 1.0) + other * _below(-root / 2.0)
    slope = ratio / sqrt(spread)
    first = slope * root * exp(-slope * slope * x / 8.0) / sqrt(2.0 * pi)
    weight = ratio * (2.0 * spread + ratio) / (spread * (spread + ratio))
    other = (2.0 * spread + ratio) ** 2 / (spread * (spread + ratio)) - 2.0 + slope * slope * x / 2.0
    return (
        1.0
        + first
        + weight * _tail((spread + ratio / 2.0) / sqrt(spread), root, slope)
        - other * _below(-slope * root / 2.0)
    )


def _tail(b: float, root: float, slope: float) -> float:
    """``exp((b^2 - slope^2 / 4) root^2 / 2)`` times the normal probability below ``-b root``, without overflow."""
    z = b * root
    mills = exp(z * z / 2.0) * _below(-z) if z < 30.0 else (1.0 - 1.0 / (z * z)) / (z * sqrt(2.0 * pi))
    return mills * exp(-slope * slope * root * root / 8.0)


def _below(z: float) -> float:
    return 0.5 * erfc(-z / sqrt(2.0))
