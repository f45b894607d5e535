"""Least squares with standard errors that allow for heteroskedasticity and autocorrelation.

Newey and West (1987), Econometrica 55, 703-708: Bartlett weights ``1 - l / (L + 1)``, which keep the matrix positive
semi-definite. The number of lags is the rule of Newey and West (1994), ``floor(4 (n / 100)^(2/9))``, where none is
given.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, pow, sqrt

import numpy as np

from analyzer.stats.tails import chi_square, normal_two_sided


@dataclass(frozen=True)
class Fit:
    """``coefficients`` (k,) of ``y = x b + e`` with ``residuals`` (n,) and the regressors ``x`` (n, k)."""

    coefficients: np.ndarray
    residuals: np.ndarray
    x: np.ndarray

    @property
    def nobs(self) -> int:
        return len(self.residuals)


def with_constant(*columns: np.ndarray) -> np.ndarray:
    """(n, 1 + k): a column of ones and the given columns."""
    return np.column_stack([np.ones(len(columns[0])), *columns])


def ols(y: np.ndarray, x: np.ndarray) -> Fit:
    """Least squares of ``y`` (n,) on ``x`` (n, k), which holds its own constant.

    ValueError where there are no more rows than columns, where a value is not finite, or where the columns depend on
    each other.
    """
    if len(y) <= x.shape[1]:
        raise ValueError(f"{len(y)} rows cannot fix {x.shape[1]} coefficients")
    if not (np.isfinite(y).all() and np.isfinite(x).all()):
        raise ValueError("a regression needs finite values")
    b, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    if rank < x.shape[1]:
        raise ValueError("the regressors depend on each other")
    return Fit(b, y - x @ b, x)


def newey_west_lags(n: int) -> int:
    """``floor(4 (n / 100)^(2/9))``."""
    return floor(4.0 * pow(n / 100.0, 2.0 / 9.0))


def hac_covariance(fit: Fit, lags: int | None = None) -> np.ndarray:
    """(k, k) covariance of the coefficients; ``lags`` 0 is White (1980). No correction for small samples."""
    count = newey_west_lags(fit.nobs) if lags is None else lags
    scores = fit.x * fit.residuals[:, None]
    middle = long_run_covariance(scores, count) * fit.nobs
    inverse = np.linalg.inv(fit.x.T @ fit.x)
    return np.asarray(inverse @ middle @ inverse)


def long_run_covariance(values: np.ndarray, lags: int) -> np.ndarray:
    """(k, k) ``G_0 + sum_l w_l (G_l + G_l')`` of ``values`` (n, k), with ``G_l = sum v_t v_(t-l)' / n``, not
    centred."""
    n = len(values)
    total = values.T @ values / n
    for lag in range(1, min(lags, n - 1) + 1):
        gamma = values[lag:].T @ values[:-lag] / n
        total += (1.0 - lag / (lags + 1.0)) * (gamma + gamma.T)
    return np.asarray(total)


@dataclass(frozen=True)
class Estimate:
    """A coefficient or a sum of them, its standard error, and the two-sided p-value of zero."""

    value: float
    error: float

    @property
    def z(self) -> float:
        return self.value / self.error if self.error > 0 else 0.0

    @property
    def pvalue(self) -> float:
        return normal_two_sided(self.z)


def combination(fit: Fit, weights: np.ndarray, covariance: np.ndarray) -> Estimate:
    """The sum ``weights' b`` with its standard error."""
    return Estimate(float(weights @ fit.coefficients), sqrt(max(0.0, float(weights @ covariance @ weights))))


def coefficient(fit: Fit, index: int, covariance: np.ndarray) -> Estimate:
    """One coefficient with its standard error."""
    return combination(fit, np.eye(len(fit.coefficients))[index], covariance)


def wald(fit: Fit, indices: np.ndarray, covariance: np.ndarray) -> tuple[float, float]:
    """Statistic ``b' V^-1 b`` of the named coefficients and its chi-square p-value: the null is that all are zero."""
    b, v = fit.coefficients[indices], covariance[np.ix_(indices, indices)]
    value = float(b @ np.linalg.solve(v, b))
    return value, chi_square(value, len(b))
