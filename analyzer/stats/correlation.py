"""Correlation of two series of moves: its interval, its change at a known or an unknown date, and joint falls.

All arrays are (n,), float64, without NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, exp, floor, lgamma, log, sqrt, tanh

import numpy as np

from analyzer.stats.regression import long_run_covariance
from analyzer.stats.tails import bridge_maximum, chi_square, normal_quantile, normal_two_sided

LARGEST = 1.0 - 1e-12
"""Beyond it Fisher's z is infinite."""


def pearson(x: np.ndarray, y: np.ndarray) -> float:
    """Correlation; ValueError for fewer than 4 pairs or a series that does not move."""
    if len(x) != len(y) or len(x) < 4:
        raise ValueError(f"a correlation needs at least 4 pairs, not {len(x)} and {len(y)}")
    u, v = x - x.mean(), y - y.mean()
    scale = sqrt(float(u @ u) * float(v @ v))
    if scale <= 0:
        raise ValueError("a series that does not move has no correlation")
    return float(np.clip(float(u @ v) / scale, -LARGEST, LARGEST))


def effective_nobs(x: np.ndarray, y: np.ndarray) -> float:
    """``n / (1 + 2 sum_k (1 - k / n) r_x(k) r_y(k))``, at most n: Bartlett (1946) for two series that are each
    autocorrelated, over ``sqrt(n)`` lags."""
    n = len(x)
    u, v = x - x.mean(), y - y.mean()
    total = 0.0
    for lag in range(1, floor(sqrt(n)) + 1):
        own = float(u[lag:] @ u[:-lag]) / float(u @ u) * float(v[lag:] @ v[:-lag]) / float(v @ v)
        total += (1.0 - lag / n) * own
    return min(float(n), n / max(1.0 + 2.0 * total, 1.0 / n))


@dataclass(frozen=True)
class Correlation:
    """``r`` of ``nobs`` pairs with the interval of Fisher (1921), ``tanh(atanh r +- z / sqrt(n_eff - 3))``."""

    r: float
    nobs: int
    effective: float
    low: float
    high: float
    pvalue: float

    @property
    def least(self) -> float:
        """The smallest correlation whose interval would have excluded zero."""
        return tanh(normal_quantile(0.975) / sqrt(max(self.effective - 3.0, 1e-9)))


def correlation(x: np.ndarray, y: np.ndarray, level: float = 0.95) -> Correlation:
    """Of two series (n,): its interval and p-value by Fisher's z with the effective number of pairs."""
    r = pearson(x, y)
    effective = effective_nobs(x, y)
    error = 1.0 / sqrt(max(effective - 3.0, 1e-9))
    reach = normal_quantile(0.5 + level / 2.0) * error
    z = atanh(r)
    return Correlation(r, len(x), effective, tanh(z - reach), tanh(z + reach), normal_two_sided(z / error))


def z_difference(now: Correlation, before: Correlation) -> tuple[float, float]:
    """``(z1 - z2) / sqrt(1 / (n1 - 3) + 1 / (n2 - 3))`` with effective numbers, and its two-sided p-value."""
    error = sqrt(1.0 / max(now.effective - 3.0, 1e-9) + 1.0 / max(before.effective - 3.0, 1e-9))
    z = (atanh(now.r) - atanh(before.r)) / error
    return z, normal_two_sided(z)


def jennrich(r1: float, n1: float, r2: float, n2: float) -> tuple[float, float]:
    """Statistic and p-value of equal correlation matrices of two series (Jennrich 1970, JASA 65, 904-912), one
    degree of freedom."""
    c = n1 * n2 / (n1 + n2)
    mean = np.array([[1.0, (n1 * r1 + n2 * r2) / (n1 + n2)]] * 2)
    mean[1] = mean[1, ::-1]
    inverse = np.linalg.inv(mean)
    z = sqrt(c) * inverse @ np.array([[0.0, r1 - r2], [r1 - r2, 0.0]])
    s = np.eye(2) + mean * inverse
    diagonal = np.diag(z)
    value = 0.5 * float(np.trace(z @ z)) - float(diagonal @ np.linalg.solve(s, diagonal))
    return value, chi_square(value, 1)


def forbes_rigobon(r: float, variance_ratio: float) -> float:
    """Correlation of a turbulent window, as it would be at the variance of the calm one:
    ``r / sqrt(1 + d (1 - r^2))`` with ``d = variance_ratio - 1`` (Forbes and Rigobon 2002, Journal of Finance 57,
    2223-2261)."""
    return r / sqrt(1.0 + (variance_ratio - 1.0) * (1.0 - r * r))


@dataclass(frozen=True)
class Cusum:
    """The largest fluctuation, its p-value and the row after which the correlation differs most."""

    statistic: float
    pvalue: float
    row: int


def correlation_cusum(x: np.ndarray, y: np.ndarray) -> Cusum:
    """Null: the correlation is the same throughout. Wied, Krämer and Dehling (2012), Econometric Theory 28, 570-589.

    ``max_j j / sqrt(n) |r_j - r_n| / s``: r_j is the correlation of the first j pairs, ``s^2`` the long-run variance of
    what one pair adds to it, ``u v - r (u^2 + v^2) / 2`` of the standardised series, with Bartlett weights over
    ``log n`` lags. Under the null it is the largest swing of a Brownian bridge. The first tenth of the sample starts
    the correlation.
    """
    n = len(x)
    r = pearson(x, y)
    u, v = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    adds = u * v - r * (u * u + v * v) / 2.0
    scale = sqrt(max(float(long_run_covariance(adds[:, None], floor(log(n)))[0, 0]), 1e-300))
    start = max(10, n // 10)
    running = running_correlation(x, y)[start - 1 :]
    counts = np.arange(start, n + 1)
    path = counts / sqrt(n) * np.abs(running - r) / scale
    at = int(path.argmax())
    return Cusum(float(path[at]), bridge_maximum(float(path[at])), start - 1 + at)


def running_correlation(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(n,) correlation of the first j pairs; NaN where it is not defined."""
    j = np.arange(1, len(x) + 1)
    u, v = x - x.mean(), y - y.mean()
    su, sv = np.cumsum(u), np.cumsum(v)
    var_u, var_v = np.cumsum(u * u) - su**2 / j, np.cumsum(v * v) - sv**2 / j
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((np.cumsum(u * v) - su * sv / j) / np.sqrt(var_u * var_v))


def rolling_correlation(x: np.ndarray, y: np.ndarray, width: int) -> np.ndarray:
    """(n - width + 1,) correlation of each ``width`` pairs in a row; a picture, not independent values."""
    windows = (np.lib.stride_tricks.sliding_window_view(a, width) for a in (x, y))
    u, v = (w - w.mean(axis=1, keepdims=True) for w in windows)
    return np.asarray((u * v).sum(axis=1) / np.sqrt((u * u).sum(axis=1) * (v * v).sum(axis=1)))


@dataclass(frozen=True)
class JointFalls:
    """``both`` of ``nobs`` stretches in which both fell, ``expected`` if the falls had nothing to do with each other,
    and the exact one-sided p-value of so many (Fisher's exact test of the two by two table)."""

    both: int
    first: int
    second: int
    nobs: int
    pvalue: float

    @property
    def expected(self) -> float:
        return self.first * self.second / self.nobs


def joint_falls(x: np.ndarray, y: np.ndarray) -> JointFalls:
    """How often both of two series of moves (n,) fall, against chance (hypergeometric)."""
    n, a, b = len(x), int(np.sum(x < 0)), int(np.sum(y < 0))
    both = int(np.sum((x < 0) & (y < 0)))
    tail = sum(_hypergeometric(k, n, a, b) for k in range(both, min(a, b) + 1))
    return JointFalls(both, a, b, n, min(1.0, tail))


def _hypergeometric(k: int, n: int, a: int, b: int) -> float:
    """``P(K = k)``: k of b drawn are among the a marked of n."""
    if k < max(0, a + b - n) or k > min(a, b):
        return 0.0
    return exp(_log_choose(a, k) + _log_choose(n - a, b - k) - _log_choose(n, b))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
