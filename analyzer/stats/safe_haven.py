"""Hedge and safe haven after Baur and Lucey (2010), The Financial Review 45, 217-229.

``h_t = a + b1 s_t + b2 s_t 1{s_t < q5} + b3 s_t 1{s_t < q2.5} + b4 s_t 1{s_t < q1} + e_t`` by least squares with
Newey-West errors: the paper's GARCH is left out, the errors allow for what it was for. A hedge has b1 < 0, a safe haven
at a level has the sum of all coefficients up to that level < 0.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass

import numpy as np

from analyzer.stats.regression import Estimate, combination, hac_covariance, ols, with_constant

LEVELS = (0.05, 0.025, 0.01)
WARM_UP = 500
"""Days that only serve to know what a bad day is."""


def expanding_quantiles(values: np.ndarray, level: float, warm_up: int = WARM_UP) -> np.ndarray:
    """(n,) the ``level`` quantile of the values before each day, by linear interpolation; NaN in the first ``warm_up``
    days. No day is judged by what came after it.
    """
    found = np.full(len(values), np.nan)
    known: list[float] = []
    for i, value in enumerate(values):
        if i >= warm_up:
            place = level * (len(known) - 1)
            low = int(place)
            high = min(low + 1, len(known) - 1)
            found[i] = known[low] + (place - low) * (known[high] - known[low])
        insort(known, float(value))
    return found


@dataclass(frozen=True)
class Haven:
    """``hedge`` is b1, ``sums`` the sum of coefficients up to each of the levels; ``worst`` (n,) bool: days beyond
    each level by what was known before them, from the first day after the warm-up."""

    hedge: Estimate
    sums: dict[float, Estimate]
    worst: dict[float, np.ndarray]
    nobs: int


def baur_lucey(haven: np.ndarray, market: np.ndarray, warm_up: int = WARM_UP) -> Haven:
    """The regression over the days after the warm-up; ValueError where a level has fewer than two days."""
    h, s = haven[warm_up:], market[warm_up:]
    worst = {q: s < expanding_quantiles(market, q, warm_up)[warm_up:] for q in LEVELS}
    fit = ols(h, with_constant(s, *(s * worst[q] for q in LEVELS)))
    covariance = hac_covariance(fit)
    weights = {q: np.array([0.0, 1.0, *(float(level >= q) for level in LEVELS)]) for q in LEVELS}
    return Haven(
        hedge=combination(fit, np.array([0.0, 1.0, 0.0, 0.0, 0.0]), covariance),
        sums={q: combination(fit, w, covariance) for q, w in weights.items()}, worst=worst, nobs=fit.nobs,
    )  # fmt: skip
