"""Whether the errors of a regression wander off: cumulated forecast errors, their squares, cumulated residuals.

Brown, Durbin and Evans, Journal of the Royal Statistical Society B 37 (1975); the residuals of the whole sample,
Ploberger and Krämer, Econometrica 60 (1992). They name no row, and have power against changes of the mean above all;
the squares against changes of the variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, sqrt

import numpy as np

from analyzer.stats.regression import long_run_covariance, ols
from analyzer.stats.tails import bridge_maximum


@dataclass(frozen=True)
class Cusum:
    """``path``: the cumulated errors, scaled to a Brownian motion or bridge; ``statistic``: its largest swing, by its
    boundary where that widens; ``pvalue`` of so large a swing where nothing changes."""

    path: np.ndarray
    statistic: float
    pvalue: float


def recursive_residuals(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(n - m,) the errors of forecasts one row ahead by the rows before, each over its standard error but for sigma; m
    is k, or where the first k rows fix no regression the first count that does."""
    n, k = x.shape
    first = next(m for m in range(k, n) if np.linalg.matrix_rank(x[:m]) == k)
    found = np.empty(n - first)
    for row in range(first, n):
        inverse = np.linalg.inv(x[:row].T @ x[:row])
        b = inverse @ (x[:row].T @ y[:row])
        found[row - first] = (y[row] - x[row] @ b) / sqrt(1.0 + float(x[row] @ inverse @ x[row]))
    return found


def cusum(y: np.ndarray, x: np.ndarray) -> Cusum:
    """Of the recursive residuals, against the boundary ``1 + 2 t`` of a Brownian motion."""
    errors = recursive_residuals(y, x)
    path = np.cumsum(errors) / (errors.std(ddof=1) * sqrt(len(errors)))
    time = np.arange(1, len(errors) + 1) / len(errors)
    statistic = float(np.abs(path / (1.0 + 2.0 * time)).max())
    return Cusum(path, statistic, motion_crossing(statistic))


def cusum_squares(y: np.ndarray, x: np.ndarray) -> Cusum:
    """Of their squares: how far the share of the sum up to a row is from that of the rows. Scaled by the spread of the
    squares, so that fat tails are no change."""
    squares = recursive_residuals(y, x) ** 2
    path = np.cumsum(squares - squares.mean()) / (squares.std() * sqrt(len(squares)))
    statistic = float(np.abs(path).max())
    return Cusum(path, statistic, bridge_maximum(statistic))


def ols_cusum(y: np.ndarray, x: np.ndarray, lags: int | None = 0) -> Cusum:
    """Of the residuals of the whole sample; their variance is the long-run one over ``lags`` (0: they do not hang
    together), with the degrees of freedom of ``statsmodels.stats.diagnostic.breaks_cusumolsresid``."""
    n, k = x.shape
    errors = ols(y, x).residuals
    variance = float(long_run_covariance(errors[:, None], lags or 0)[0, 0]) * n / (n - k)
    path = np.cumsum(errors) / sqrt(n * variance)
    statistic = float(np.abs(path).max())
    return Cusum(path, statistic, bridge_maximum(statistic))


def motion_crossing(x: float) -> float:
    """``P(|W(t)| > x (1 + 2 t) somewhere on [0, 1])`` of a Brownian motion W: twice the chance of one side."""

    def below(z: float) -> float:
        return 0.5 * erfc(-z / sqrt(2.0))

    if x < 0.3:
        return 1.0 - 0.1464 * x
    one = 1.0 - below(3.0 * x) + exp(-4.0 * x * x) * (below(x) + below(5.0 * x) - 1.0)
    return min(1.0, 2.0 * (one - exp(-16.0 * x * x) * (1.0 - below(x))))
