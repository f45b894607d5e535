"""How much a series moves with a shock, at once and over the days after it.

``y_t = a + b s_t + e_t`` (Kuttner 2001; Bernanke and Kuttner 2005, Journal of Finance 60, 1221-1257); over h days by
local projections, ``y_t + ... + y_(t+h-1)`` on s_t (Jordà 2005, American Economic Review 95, 161-182).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.stats.regression import Estimate, coefficient, hac_covariance, newey_west_lags, ols, with_constant


@dataclass(frozen=True)
class Sensitivity:
    """``slope`` is b; ``rises`` and ``falls`` its values for shocks above and below zero, None where one side has too
    few (5)."""

    slope: Estimate
    rises: Estimate | None
    falls: Estimate | None
    nobs: int


FEWEST_OF_A_SIGN = 5


def cumulated(values: np.ndarray, horizon: int) -> np.ndarray:
    """(n,) the sum of ``horizon`` values from each row on; NaN where they run out."""
    found = np.full(len(values), np.nan)
    sums = np.cumsum(np.concatenate([[0.0], values]))
    if len(values) >= horizon:
        found[: len(values) - horizon + 1] = sums[horizon:] - sums[:-horizon]
    return found


def sensitivity(y: np.ndarray, shock: np.ndarray, horizon: int = 1, *, daily: bool = True) -> Sensitivity:
    """``y`` (n,) is already cumulated over ``horizon`` days. ``daily``: the rows are days in a row, so that the errors
    allow for autocorrelation over at least the horizon; else they are days far apart, and White's errors do."""
    lags = max(newey_west_lags(len(y)), horizon - 1) if daily else 0
    up, down = np.maximum(shock, 0.0), np.minimum(shock, 0.0)
    fit = ols(y, with_constant(shock))
    slope = coefficient(fit, 1, hac_covariance(fit, lags))
    if min(int((shock > 0).sum()), int((shock < 0).sum())) < FEWEST_OF_A_SIGN:
        return Sensitivity(slope, None, None, len(y))
    both = ols(y, with_constant(up, down))
    covariance = hac_covariance(both, lags)
    return Sensitivity(slope, coefficient(both, 1, covariance), coefficient(both, 2, covariance), len(y))
