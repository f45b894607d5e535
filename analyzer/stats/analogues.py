"""How alike two paths are, and how alike paths are by chance.

Log paths of equal length, each freed of its level and its scale: their Euclidean distance is then
``sqrt(2 m (1 - r))``, with r the correlation of the levels (Mueen et al. 2010), so that r alone is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np


def z_normalised(paths: np.ndarray) -> np.ndarray:
    """Paths (..., m) with mean 0 and standard deviation 1 each; a path that does not move has NaN."""
    centred = paths - paths.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True))  # the standard deviation, with no second mean
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.divide(centred, spread, out=centred))


def likeness(path: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Correlations of the levels of ``path`` (m,) with those of ``others`` (..., m), in [-1, 1]."""
    return np.asarray(np.clip(z_normalised(others) @ z_normalised(path) / len(path), -1.0, 1.0))


def distance(correlation: float, m: int) -> float:
    """The z-normalised Euclidean distance of two paths of ``m`` levels."""
    return float(np.sqrt(max(2.0 * m * (1.0 - correlation), 0.0)))


def windows(levels: np.ndarray, m: int) -> np.ndarray:
    """All windows of ``m`` successive levels, (n - m + 1, m); the i-th ends on row i + m - 1."""
    return np.asarray(np.lib.stride_tricks.sliding_window_view(levels, m))


def shuffled(path: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """``draws`` paths (draws, m) of the same steps in random orders: random walks with the rise, and with the sizes of
    steps, that ``path`` had. Each has its own generator, seeded by the seed and its number."""
    steps = np.diff(path)
    walks = np.zeros((draws, len(path)))
    np.cumsum(steps[_orders(len(steps), draws, seed)], axis=1, out=walks[:, 1:])
    return walks


@lru_cache(maxsize=4)
def _orders(n: int, draws: int, seed: int) -> np.ndarray:
    """(draws, n) random orders; kept, for they are the same for every path of that length."""
    rows = np.arange(n, dtype=np.int32)
    orders = [np.random.default_rng([seed, i]).permutation(rows) for i in range(draws)]
    return np.array(orders, dtype=np.int32).reshape(draws, n)


@dataclass(frozen=True)
class Features:
    """A path in figures, fractions: ``rise`` from its first level to its last, ``volatility`` of its steps for a year,
    ``below_high`` at its end, and the ``deepest`` fall from a running high within it."""

    rise: float
    volatility: float
    below_high: float
    deepest: float


def features(prices: np.ndarray, per_year: int) -> Features:
    """Of prices (m,), all positive, with ``per_year`` steps a year."""
    falls = prices / np.maximum.accumulate(prices) - 1.0
    steps = np.diff(np.log(prices))
    return Features(
        rise=float(prices[-1] / prices[0] - 1.0), volatility=float(steps.std(ddof=1) * np.sqrt(per_year)),
        below_high=float(falls[-1]), deepest=float(falls.min()),
    )  # fmt: skip
