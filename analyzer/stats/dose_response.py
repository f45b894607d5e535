"""Whether those move more that are said to be more exposed: rank correlation with a permutation test.

Spearman, The proof and measurement of association between two things, American Journal of Psychology 15 (1904); for
the permutation p-value with its own draw counted, Phipson and Smyth, Permutation p-values should never be zero,
Statistical Applications in Genetics and Molecular Biology 9 (2010).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

SEED = 16
DRAWS = 9_999
MORE_DRAWS, ALPHA = 99_999, 0.05
"""Drawn instead where 5 % lies within two Monte-Carlo errors of the p-value."""
EXACT_UP_TO = 20_000
"""Divisions into two groups that are all enumerated; beyond, random permutations are drawn."""


def midranks(values: np.ndarray) -> np.ndarray:
    """Ranks 1 to n of ``values`` (n,); ties share the mean of their ranks.

    >>> midranks(np.array([3.0, 1.0, 3.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2.0)[inverse])


@dataclass(frozen=True)
class DoseResponse:
    """Spearman's ``rho`` of exposure and response; ``p_right`` and ``p_wrong`` one-sided: as large, as small as rho.

    ``draws``: permutations, all of them when ``exact``; ``stderr``: the Monte-Carlo error of ``p_right``, else 0.
    """

    rho: float
    p_right: float
    p_wrong: float
    nobs: int
    draws: int
    exact: bool
    stderr: float


def dose_response(exposure: np.ndarray, response: np.ndarray, *, draws: int = DRAWS, seed: int = SEED) -> DoseResponse:
    """Null: ``response`` (n,) is exchangeable over ``exposure`` (n,). Raises ValueError below four pairs or constants.

    With two levels of exposure and few members all divisions into groups of these sizes are counted.
    """
    if len(exposure) != len(response) or len(exposure) < 4:
        raise ValueError(f"a rank correlation needs four or more pairs; got {len(exposure)} and {len(response)}")
    x, y = _centred(midranks(exposure)), _centred(midranks(response))
    scale = float(np.sqrt((x @ x) * (y @ y)))
    if scale == 0.0:
        raise ValueError("exposure and response must both vary")
    own = float(x @ y)
    levels = np.unique(exposure)
    ways = math.comb(len(x), int(np.count_nonzero(exposure == levels[-1]))) if len(levels) == 2 else math.inf
    exact = ways <= EXACT_UP_TO
    products = _all_products(x, y, exposure == levels[-1]) if exact else _drawn_products(x, y, draws, seed)
    tolerance = 1e-9 * scale
    added = 0 if exact else 1
    right = (np.count_nonzero(products >= own - tolerance) + added) / (len(products) + added)
    wrong = (np.count_nonzero(products <= own + tolerance) + added) / (len(products) + added)
    error = 0.0 if exact else math.sqrt(right * (1 - right) / len(products))
    if draws < MORE_DRAWS and abs(right - ALPHA) < 2 * error:
        return dose_response(exposure, response, draws=MORE_DRAWS, seed=seed)
    return DoseResponse(own / scale, float(right), float(wrong), len(x), len(products), exact, error)


def _centred(ranks: np.ndarray) -> np.ndarray:
    return np.asarray(ranks - ranks.mean())


def _all_products(x: np.ndarray, y: np.ndarray, high: np.ndarray) -> np.ndarray:
    """``sum x y`` for every choice of the exposed among all members."""
    upper, lower = float(x[high][0]), float(x[~high][0])
    total, count = float(y.sum()), int(high.sum())
    chosen = np.array([y[list(c)].sum() for c in combinations(range(len(y)), count)])
    return upper * chosen + lower * (total - chosen)


def _drawn_products(x: np.ndarray, y: np.ndarray, draws: int, seed: int) -> np.ndarray:
    return np.asarray(y[_orders(len(y), draws, seed)] @ x)


@lru_cache(maxsize=4)
def _orders(n: int, draws: int, seed: int) -> np.ndarray:
    """(draws, n) random orders; kept, for the variants of a trial and its two dates have the same members."""
    rng, rows = np.random.default_rng(seed), np.arange(n)
    return np.array([rng.permutation(rows) for _ in range(draws)])
