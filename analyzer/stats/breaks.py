"""Whether a regression stays the same: at a known row, and at the row that suits a change best.

Chow, Econometrica 28 (1960); for an unknown row, Andrews, Econometrica 61 (1993), with the p-values of Hansen,
Approximate asymptotic p values for structural-change tests, Journal of Business and Economic Statistics 15 (1997): a
chi-square of a line in the statistic, whose figures stand in ``hansen_1997.csv`` for 1 to 10 regressors and trimmings
from 1 to 49 per cent. A break is at the last row of the earlier regime, as dates of breaks are published.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import floor

import numpy as np

from analyzer.stats.bootstrap import monte_carlo_error
from analyzer.stats.regression import Fit, hac_covariance, ols, wald
from analyzer.stats.tails import chi_square

TRIMMING = 0.15
MOST_REGRESSORS = 10
RIDGE = 1e-12
"""Added to mean squares of about 1, so that a few rows on which a regressor stands still can be solved for."""


@dataclass(frozen=True)
class BreakTest:
    """``statistic`` with k degrees of freedom, its ``pvalue``, and the ``row`` of the break."""

    statistic: float
    pvalue: float
    row: int


def interacted(y: np.ndarray, x: np.ndarray, row: int) -> Fit:
    """The regression of y (n,) on x (n, k) and on what each coefficient changes by after ``row``."""
    after = (np.arange(len(y)) > row)[:, None]
    return ols(y, np.hstack([x, x * after]))


def chow(y: np.ndarray, x: np.ndarray, row: int, lags: int | None = None) -> BreakTest:
    """Wald test that no coefficient of y (n,) on x (n, k) changes after ``row``, with Newey-West errors over ``lags``
    (None: the usual number; 0: White's). ValueError where one side has no more rows than columns."""
    fit, k = interacted(y, x, row), x.shape[1]
    statistic, pvalue = wald(fit, np.arange(k, 2 * k), hac_covariance(fit, lags))
    return BreakTest(statistic, pvalue, row)


def trimmed_rows(n: int, k: int, trimming: float = TRIMMING) -> range:
    """The rows that a break is searched at: ``trimming`` of all on either side, and one more than coefficients."""
    first = max(floor(trimming * n), k + 1)
    return range(first - 1, n - first)


def f_statistics(y: np.ndarray, x: np.ndarray, trimming: float = TRIMMING) -> tuple[range, np.ndarray]:
    """Rows, and k times the F statistic of a break at each, for errors of one variance without autocorrelation."""
    n, k = x.shape
    rows, errors = trimmed_rows(n, k, trimming), ols(y, x).residuals
    return rows, _f_of(errors[None, :], x, rows)[0]


def wald_statistics(
    y: np.ndarray, x: np.ndarray, trimming: float = TRIMMING, lags: int | None = None
) -> tuple[range, np.ndarray]:
    """Rows, and the Wald statistic of ``chow`` at each."""
    n, k = x.shape
    rows = trimmed_rows(n, k, trimming)
    return rows, np.array([chow(y, x, row, lags).statistic for row in rows])


def sup_f(
    y: np.ndarray, x: np.ndarray, trimming: float = TRIMMING, *, robust: bool = False, lags: int | None = None
) -> BreakTest:
    """The largest statistic over all rows but the trimmed ones, with Hansen's p-value. ``robust``: Wald statistics with
    Newey-West errors over ``lags``, else F statistics."""
    n, k = x.shape
    rows, values = wald_statistics(y, x, trimming, lags) if robust else f_statistics(y, x, trimming)
    best = int(values.argmax())
    return BreakTest(float(values[best]), sup_f_pvalue(float(values[best]), k, (rows[0] + 1) / n), rows[best])


def of_unit_size(x: np.ndarray) -> np.ndarray:
    """Each column by its own usual size, which changes no error."""
    return np.asarray(x / np.sqrt((x * x).mean(axis=0)))


def inverses(moments: np.ndarray) -> np.ndarray:
    """Of ``moments`` (m, k, k) of columns of unit size; of columns that hang together over a few rows one counts."""
    return np.linalg.inv(moments + RIDGE * np.eye(moments.shape[-1]))


def _f_of(paths: np.ndarray, x: np.ndarray, rows: range) -> np.ndarray:
    """(b, r) k times the F statistic at each of ``rows``, of each of ``paths`` (b, n) on the same x (n, k)."""
    n, k = x.shape
    x, ends = of_unit_size(x), np.array(rows)
    cross = np.cumsum(paths[:, :, None] * x, axis=1)
    moments = np.cumsum(x[:, :, None] * x[:, None, :], axis=0)
    first, last = cross[:, ends], cross[:, -1:] - cross[:, ends]
    fitted = np.einsum("bri,rij,brj->br", first, inverses(moments[ends]), first, optimize=True)
    fitted += np.einsum("bri,rij,brj->br", last, inverses(moments[-1] - moments[ends]), last, optimize=True)
    whole = np.einsum("bi,ij,bj->b", cross[:, -1], inverses(moments[-1]), cross[:, -1])[:, None]
    power = (paths * paths).sum(axis=1)[:, None]
    return np.asarray((fitted - whole) / ((power - fitted) / (n - 2 * k)))


# --- p-values -------------------------------------------------------------------------------------------------------


def sup_f_pvalue(statistic: float, regressors: int, trimming: float = TRIMMING) -> float:
    """How often a sup-F (in units of k F) is as large where nothing changes; between the trimmings of the table by a
    line. ValueError for more regressors than the table has.

    >>> round(sup_f_pvalue(8.58, 1), 2)
    0.05
    """
    if not 1 <= regressors <= MOST_REGRESSORS:
        raise ValueError(f"p-values are known for 1 to {MOST_REGRESSORS} regressors, not {regressors}")
    found = {trim: _line(statistic, *line) for trim, line in _table()[regressors].items()}
    found[0.50] = chi_square(statistic, regressors)
    known = sorted(found)
    return float(np.interp(trimming, known, [found[trim] for trim in known]))


def _line(statistic: float, constant: float, slope: float, freedom: float) -> float:
    return chi_square(max(0.0, constant + slope * statistic), freedom)


@lru_cache(maxsize=1)
def _table() -> dict[int, dict[float, tuple[float, float, float]]]:
    """Constant, slope and degrees of freedom by the number of regressors and the trimming."""
    text = files("analyzer.stats").joinpath("hansen_1997.csv").read_text(encoding="utf-8")
    table: dict[int, dict[float, tuple[float, float, float]]] = {}
    for line in text.split()[1:]:
        regressors, trimming, constant, slope, freedom = map(float, line.split(","))
        table.setdefault(int(regressors), {})[trimming] = (constant, slope, freedom)
    return table


# --- errors whose variance changes ----------------------------------------------------------------------------------


def wild_sup_f(
    y: np.ndarray, x: np.ndarray, trimming: float = TRIMMING, draws: int = 999, seed: int = 0
) -> tuple[float, float]:
    """How often the sup-F of errors drawn anew is as large as that of y (n,) on x (n, k), and the Monte-Carlo error of
    that share. Each error under the null keeps its size and gets a random weight, the regressors stay: the bootstrap of
    Hansen, Testing for structural change in conditional models, Journal of Econometrics 97 (2000), which is right where
    the variance of the errors changes, or the regressors do."""
    errors = ols(y, x).residuals
    rows, seen = f_statistics(y, x, trimming)
    weights = np.random.default_rng(seed).normal(size=(draws, len(y)))
    drawn = _f_of(errors * weights, x, rows).max(axis=1)
    pvalue = float((1 + (drawn >= seen.max()).sum()) / (draws + 1))
    return pvalue, monte_carlo_error(pvalue, draws)
