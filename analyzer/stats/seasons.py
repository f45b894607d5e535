"""Calendar effects: mean returns of some months against those of the others, and the control for having searched.

``r_t = mu + b S_t + e_t`` with Newey-West errors (Bouman and Jacobsen 2002, American Economic Review 92, 1618-1635).

The rules that a season could have been picked from are each month and the two halves of the year, up or down: the test
of Hansen (2005) over all of them says how often the best would look as good by chance (Sullivan, Timmermann and White
2001).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from analyzer.stats.bootstrap import REPETITIONS, superior_ability
from analyzer.stats.regression import Estimate, coefficient, hac_covariance, ols, with_constant

WINTER = (11, 12, 1, 2, 3, 4)
BLOCK = 12.0
"""Mean length of the drawn blocks in months: a year, so that seasons stay together."""
RULES: tuple[tuple[tuple[int, ...], int], ...] = (
    *(((month,), sign) for month in range(1, 13) for sign in (1, -1)), (WINTER, 1), (WINTER, -1),
)  # fmt: skip
"""The universe of rules: months in which to be invested (sign 1) or out (sign -1)."""


def month_of(dates: np.ndarray) -> np.ndarray:
    """(n,) the month of each date, 1 to 12."""
    return np.asarray(dates.astype("datetime64[M]").astype(np.int64) % 12 + 1)


def in_months(dates: np.ndarray, months: Collection[int]) -> np.ndarray:
    """(n,) bool: which dates lie in one of the months."""
    return np.isin(month_of(dates), list(months))


def around_new_year(dates: np.ndarray, before: int = 5, after: int = 2) -> np.ndarray:
    """(n,) bool: the last five sessions of each year and the first two of the next (Hirsch 1972), in daily dates.

    Years that the data do not hold to their end, or not from their beginning, have no such days.
    """
    years = dates.astype("datetime64[Y]")
    found = np.zeros(len(dates), dtype=bool)
    for turn in np.flatnonzero(years[1:] != years[:-1]) + 1:
        found[max(0, turn - before) : turn + after] = True
    return found


@dataclass(frozen=True)
class Season:
    """``difference`` is b; ``inside`` and ``outside`` the two means, over ``nobs`` rows of which ``count`` lie
    inside."""

    difference: Estimate
    inside: float
    outside: float
    count: int
    nobs: int


def season(values: np.ndarray, inside: np.ndarray) -> Season:
    """ValueError where all rows lie on one side."""
    fit = ols(values, with_constant(inside.astype(np.float64)))
    found = coefficient(fit, 1, hac_covariance(fit))
    return Season(found, float(values[inside].mean()), float(values[~inside].mean()), int(inside.sum()), len(values))


def month_means(values: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """(12,) mean of each month."""
    months = month_of(dates)
    return np.array([values[months == m].mean() for m in range(1, 13)])


@dataclass(frozen=True)
class Snooping:
    """How often the best of all rules would have been as good as the claimed one by chance, and which is the best."""

    pvalue: float
    best: tuple[tuple[int, ...], int]
    draws: int


def snooping(
    values: np.ndarray, dates: np.ndarray, months: tuple[int, ...], sign: int, seed: int,
    repetitions: int = REPETITIONS,
) -> Snooping:  # fmt: skip
    """``values`` (n,) are monthly. A rule's gain in a month is its centred position times the centred return: its mean
    is zero where the season says nothing. ValueError for a season that is not among the rules."""
    centred = values - values.mean()
    positions = np.column_stack([s * in_months(dates, m).astype(np.float64) for m, s in RULES])
    gains = (positions - positions.mean(axis=0)) * centred[:, None]
    found = superior_ability(gains, block=BLOCK, repetitions=repetitions, seed=seed)
    return Snooping(float(found.adjusted[RULES.index((months, sign))]), RULES[found.best], repetitions)
