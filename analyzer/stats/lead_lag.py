"""Whether one series runs ahead of another: cross-correlation after prewhitening, and what it adds to the other's past.

All arrays are (n,). Lags are positive where x comes first: the correlation of x_t with y_(t+k).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.stats.bootstrap import monte_carlo_error
from analyzer.stats.regression import hac_covariance, ols, wald, with_constant


def lagged(values: np.ndarray, lags: range) -> np.ndarray:
    """(n - m, len(lags)) the values of each lag before row t, for rows t >= m = the largest lag."""
    m = max(lags)
    return np.column_stack([values[m - k : len(values) - k] for k in lags])


def autoregression_order(values: np.ndarray, most: int) -> int:
    """The number of lags with the smallest Akaike criterion ``n log(s^2) + 2 k``, 0 to ``most``, on common rows."""
    y = values[most:]
    best, order = np.inf, 0
    for k in range(most + 1):
        columns = [values[most - i : len(values) - i] for i in range(1, k + 1)]
        fit = ols(y, with_constant(*columns) if columns else np.ones((len(y), 1)))
        criterion = len(y) * float(np.log(np.mean(fit.residuals**2))) + 2.0 * (k + 1)
        if criterion < best - 1e-9:
            best, order = criterion, k
    return order


def prewhitened(values: np.ndarray, order: int) -> np.ndarray:
    """(n - order,) the residuals of an autoregression, so that a series' own memory makes no lead (Haugh 1976)."""
    if order == 0:
        return np.asarray(values - values.mean())
    return ols(values[order:], with_constant(lagged(values, range(1, order + 1)))).residuals


def cross_correlations(x: np.ndarray, y: np.ndarray, most: int) -> np.ndarray:
    """(2 most + 1,) correlations at lags -most to most, each divided by n."""
    u, v = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    n = len(u)
    found = [float(u[: n - k] @ v[k:]) if k >= 0 else float(u[-k:] @ v[: n + k]) for k in range(-most, most + 1)]
    return np.array(found) / n


@dataclass(frozen=True)
class Peak:
    """The largest |correlation| at a lag of at least one, on either side, with how often it would be as large by
    chance."""

    lag: int
    correlation: float
    pvalue: float
    error: float
    """Monte-Carlo standard error of the p-value."""


def lead_peak(x: np.ndarray, y: np.ndarray, most: int, repetitions: int, seed: int) -> Peak:
    """``x`` and ``y`` are prewhitened. Null: no correlation at any lag but zero; the pairs keep together and their
    order is drawn anew, so that the correlation of the same day stays and the search over lags is paid for."""
    found = cross_correlations(x, y, most)
    found[most] = 0.0
    at = int(np.abs(found).argmax())
    rng = np.random.default_rng(seed)
    exceeded = 0
    for _ in range(repetitions):
        order = rng.permutation(len(x))
        drawn = cross_correlations(x[order], y[order], most)
        drawn[most] = 0.0
        exceeded += bool(np.abs(drawn).max() >= abs(found[at]))
    pvalue = (1 + exceeded) / (1 + repetitions)
    return Peak(at - most, float(found[at]), pvalue, monte_carlo_error(pvalue, repetitions))


def granger(x: np.ndarray, y: np.ndarray, lags: int, hac: int | None = None) -> tuple[float, float]:
    """Wald statistic and p-value of no use of ``lags`` past values of x for y beyond y's own (Granger 1969), with
    Newey-West errors over ``hac`` lags (None: the usual number; 0: White's)."""
    design = with_constant(lagged(y, range(1, lags + 1)), lagged(x, range(1, lags + 1)))
    fit = ols(y[lags:], design)
    return wald(fit, np.arange(1 + lags, 1 + 2 * lags), hac_covariance(fit, hac))


def toda_yamamoto(x: np.ndarray, y: np.ndarray, lags: int, integrated: int = 1) -> tuple[float, float]:
    """The same on levels that may have unit roots: ``integrated`` further lags are fitted and not tested, which keeps
    the chi-square (Toda and Yamamoto 1995, Journal of Econometrics 66, 225-250)."""
    every = range(1, lags + integrated + 1)
    fit = ols(y[every[-1] :], with_constant(lagged(y, every), lagged(x, every)))
    first = 1 + len(every)
    return wald(fit, np.arange(first, first + lags), hac_covariance(fit))


def joint_order(x: np.ndarray, y: np.ndarray, most: int) -> int:
    """Lags, 1 to ``most``, of the regression of y on both pasts with the smallest Akaike criterion, on common rows."""
    best, order = np.inf, 1
    for k in range(1, most + 1):
        columns = [v[most - i : len(v) - i] for v in (y, x) for i in range(1, k + 1)]
        fit = ols(y[most:], with_constant(*columns))
        criterion = fit.nobs * float(np.log(np.mean(fit.residuals**2))) + 2.0 * (2 * k + 1)
        if criterion < best - 1e-9:
            best, order = criterion, k
    return order
