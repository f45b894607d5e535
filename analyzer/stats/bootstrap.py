"""The stationary bootstrap: blocks of random length, wrapped round, so that the drawn series is stationary.

Politis and Romano (1994), JASA 89, 1303-1313. Block lengths are geometric with mean ``block``. Everything is seeded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pow, sqrt

import numpy as np

REPETITIONS = 2000


def usual_block(n: int) -> float:
    """Mean block length ``n^(1/3)``, at least 1: the rate that is optimal for a variance (Künsch 1989)."""
    return max(1.0, pow(n, 1.0 / 3.0))


def stationary_indices(n: int, block: float, repetitions: int, seed: int) -> np.ndarray:
    """(repetitions, n) row numbers of the drawn samples; ValueError for a block under 1 or an empty sample."""
    if block < 1 or n < 1:
        raise ValueError(f"blocks have a mean length of at least 1 and a sample at least one row; got {block} and {n}")
    rng = np.random.default_rng(seed)
    fresh = rng.integers(0, n, (repetitions, n))
    begins = rng.random((repetitions, n)) < 1.0 / block
    begins[:, 0] = True
    # Within a block the rows follow each other: by how much they are ahead of their column is one number a block.
    at = np.flatnonzero(begins)
    ahead = fresh.reshape(-1)[at] - at % n
    rows = np.repeat(ahead, np.diff(at, append=begins.size)).reshape(repetitions, n)
    rows += np.arange(n)
    return np.subtract(rows, n, out=rows, where=rows >= n)


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


def mean_interval(
    values: np.ndarray, *, block: float | None = None, repetitions: int = REPETITIONS, seed: int = 0,
    level: float = 0.95,
) -> Interval:  # fmt: skip
    """Percentile interval of the mean of ``values`` (n,)."""
    return interval(values, lambda drawn: drawn.mean(axis=1), block=block, repetitions=repetitions, seed=seed,
                    level=level)  # fmt: skip


def interval(
    values: np.ndarray, of: Callable[[np.ndarray], np.ndarray], *, block: float | None = None,
    repetitions: int = REPETITIONS, seed: int = 0, level: float = 0.95,
) -> Interval:  # fmt: skip
    """Percentile interval of a statistic; ``of`` maps the drawn samples (repetitions, n, ...) to one value each."""
    n = len(values)
    rows = stationary_indices(n, usual_block(n) if block is None else block, repetitions, seed)
    drawn = of(values[rows])
    rest = (1.0 - level) / 2.0
    low, high = np.quantile(drawn, (rest, 1.0 - rest))
    return Interval(float(low), float(high))


def monte_carlo_error(pvalue: float, repetitions: int) -> float:
    """Standard error ``sqrt(p (1 - p) / B)`` of a p-value that was drawn."""
    return sqrt(max(pvalue * (1.0 - pvalue), 0.0) / repetitions)


def is_too_close(pvalue: float, error: float, alpha: float = 0.05) -> bool:
    """Whether a drawn p-value lies within two of its standard errors of ``alpha``, which calls for more draws."""
    return abs(pvalue - alpha) <= 2.0 * error


@dataclass(frozen=True)
class SuperiorAbility:
    """p-values that the best of several rules is no better than nothing. ``consistent`` is Hansen's, ``upper`` the
    reality check of White in studentised form; ``best`` the number of the best rule. ``adjusted`` (k,): of each rule,
    how often the best of all would have been as good by chance."""

    consistent: float
    upper: float
    best: int
    statistic: float
    adjusted: np.ndarray


def superior_ability(
    gains: np.ndarray, *, block: float, repetitions: int = REPETITIONS, seed: int = 0
) -> SuperiorAbility:
    """Null: no column of ``gains`` (n, k) has a mean above zero. White (2000), Econometrica 68, 1097-1126; Hansen
    (2005), Journal of Business & Economic Statistics 23, 365-380.

    ``max_k sqrt(n) mean_k / s_k``, with ``s_k`` from the kernel that belongs to the stationary bootstrap; the draws are
    recentred at the sample mean, or (``consistent``) only where the mean is above ``-s_k sqrt(2 log log n)``.
    """
    n = len(gains)
    mean = gains.mean(axis=0)
    deviation = np.sqrt(_bootstrap_variance(gains - mean, block))
    observed = np.sqrt(n) * mean / deviation
    limit = -np.sqrt(2.0 * np.log(np.log(n)))
    kept = np.where(observed >= limit, mean, 0.0)
    rows = stationary_indices(n, block, repetitions, seed)
    drawn = _times_drawn(rows) @ gains / n
    best = int(observed.argmax())

    def exceeded(centre: np.ndarray) -> np.ndarray:
        largest = (np.sqrt(n) * (drawn - centre) / deviation).max(axis=1)
        return np.where(observed > 0, np.mean(largest[:, None] > observed, axis=0), 1.0)

    adjusted = exceeded(kept)
    return SuperiorAbility(float(adjusted[best]), float(exceeded(mean)[best]), best, float(observed[best]), adjusted)


def _times_drawn(rows: np.ndarray) -> np.ndarray:
    """(repetitions, n) how often each row was drawn, of the row numbers (repetitions, n) of samples of n rows."""
    repetitions, n = rows.shape
    cells = rows + n * np.arange(repetitions)[:, None]
    return np.bincount(cells.reshape(-1), minlength=rows.size).reshape(repetitions, n).astype(np.float64)


def _bootstrap_variance(centred: np.ndarray, block: float) -> np.ndarray:
    """(k,) variance of ``sqrt(n) mean`` under the stationary bootstrap (Politis and Romano 1994, lemma 1)."""
    n, p = len(centred), 1.0 / block
    lag = np.arange(n)
    weights = (1.0 - lag / n) * (1.0 - p) ** lag + lag / n * (1.0 - p) ** (n - lag)
    # all sums of products with a lag at once; as many zeros as rows keep the end from meeting the beginning
    spectrum = np.fft.rfft(centred, 2 * n, axis=0)
    products = np.fft.irfft(spectrum * spectrum.conj(), 2 * n, axis=0)[:n]
    total = (products[0] + 2.0 * weights[1:] @ products[1:]) / n
    return np.asarray(np.maximum(total, 1e-300))
