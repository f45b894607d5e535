"""Critical values of the explosive-root tests: simulated random walks and a wild bootstrap.

Monte Carlo: random walks with drift ``1/n`` and normal steps of one variance (Phillips, Shi and Yu 2015). Wild
bootstrap: the series' own changes, each times a standard normal number of its own, summed up: it keeps when the series
was volatile (Harvey, Leybourne, Sollis and Taylor, Journal of Empirical Finance 38, 2016).

Composite bootstrap: the residuals of the changes on their mean and, at lag 1, on the change before, drawn with
replacement, each times a standard normal number (Phillips and Shi, Real-Time Monitoring of Asset Markets, Handbook of
Statistics 42, 2020). It keeps how the changes are spread and hang together, but not when they were large. Its paths are
as long as the span that is watched needs, ``smallest + span - 1`` levels, and one value holds for all days of the span:
the quantile of the largest BSADF in it. So the chance that a series without explosive growth crosses it on any day of
the span is what is stated, however many days are looked at.

Each path has a generator of its own, seeded by the seed and its number: the result depends neither on how many are
taken at a time nor on how many cores take part.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analyzer.stats.explosive import Lag, sequences

CELLS = 32_000
"""Levels that are worked on at a time: what fits into a core's cache."""
Path = Callable[[np.random.Generator], np.ndarray]


@dataclass(frozen=True, eq=False)
class Draws:
    """Statistics under the null: ``gsadf`` and ``sadf`` (draws,), and ``so_far`` (draws, n), the SADF of each path
    up to each row, which is the SADF at that sample size."""

    sadf: np.ndarray
    gsadf: np.ndarray
    so_far: np.ndarray

    def critical(self, level: float = 0.95) -> np.ndarray:
        """The dating sequence (n,): at each row the quantile of the SADF at that sample size."""
        return np.asarray(np.quantile(self.so_far, level, axis=0, method="higher"))

    def over_span(self, n: int, span: int, level: float = 0.95) -> np.ndarray:
        """The dating sequence (n,) of the composite bootstrap: one value on the last ``span`` rows, which the largest
        of the span exceeds in ``1 - level`` of the draws; infinite before, where nobody watches."""
        found = np.full(n, np.inf)
        found[n - span :] = np.quantile(self.gsadf, level, method="higher")
        return found


@dataclass(frozen=True)
class PValue:
    """``(1 + #{draws >= statistic}) / (1 + draws)`` and the error that the number of draws leaves in it."""

    value: float
    error: float


def pvalue(draws: np.ndarray, statistic: float) -> PValue:
    """Davison and Hinkley, Bootstrap Methods and their Application (1997), section 4.2."""
    count = len(draws)
    p = (1 + int(np.count_nonzero(draws >= statistic))) / (1 + count)
    return PValue(p, float(np.sqrt(p * (1 - p) / count)))


def random_walks(n: int, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None = None) -> Draws:
    """Statistics of ``draws`` random walks of ``n`` levels."""
    return _random_walks(n, smallest, lag, draws, seed, workers)


@lru_cache(maxsize=8)
def _random_walks(n: int, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None) -> Draws:
    def path(generator: np.random.Generator) -> np.ndarray:
        return np.cumsum(generator.standard_normal(n) + 1.0 / n)

    return _simulated(path, n, smallest, lag, draws, seed, workers)


def wild_paths(levels: np.ndarray, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None = None) -> Draws:
    """Statistics of ``draws`` wild-bootstrap paths of ``levels`` (n,)."""
    changes = np.diff(np.asarray(levels, dtype=np.float64))
    return _wild_paths(changes.tobytes(), smallest, lag, draws, seed, workers)


@lru_cache(maxsize=8)
def _wild_paths(raw: bytes, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None) -> Draws:
    changes = np.frombuffer(raw)

    def path(generator: np.random.Generator) -> np.ndarray:
        return np.concatenate([[0.0], np.cumsum(generator.standard_normal(len(changes)) * changes)])

    return _simulated(path, len(changes) + 1, smallest, lag, draws, seed, workers)


def composite_paths(
    levels: np.ndarray, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None = None, *,
    span: int | None = None,
) -> Draws:  # fmt: skip
    """Statistics of ``draws`` composite-bootstrap paths of ``levels`` (n,), where the last ``span`` rows are watched:
    from one to ``n - smallest + 1``, which None stands for. ValueError for another span."""
    changes = np.diff(np.asarray(levels, dtype=np.float64))
    most = len(changes) + 2 - smallest
    watched = most if span is None else span
    if not 1 <= watched <= most:
        raise ValueError(f"a span has from 1 to {most} rows; asked for {watched}")
    return _composite_paths(changes.tobytes(), smallest, watched, lag, draws, seed, workers)


@lru_cache(maxsize=8)
def _composite_paths(
    raw: bytes, smallest: int, span: int, lag: Lag, draws: int, seed: int, workers: int | None
) -> Draws:
    changes = np.frombuffer(raw)
    slope, residuals = change_on_change(changes) if lag else (0.0, changes - changes.mean())
    levels = smallest + span - 1

    def path(generator: np.random.Generator) -> np.ndarray:
        shocks = generator.choice(residuals, levels - 1) * generator.standard_normal(levels - 1)
        steps = shocks if not slope else _carried(shocks, slope)
        return np.concatenate([[0.0], np.cumsum(steps)])

    return _simulated(path, levels, smallest, lag, draws, seed, workers)


def change_on_change(changes: np.ndarray) -> tuple[float, np.ndarray]:
    """Slope and residuals of the regression of each change on the one before, with a constant."""
    before, after = changes[:-1] - changes[:-1].mean(), changes[1:] - changes[1:].mean()
    slope = float(before @ after / (before @ before))
    return slope, after - slope * before


def _carried(shocks: np.ndarray, slope: float) -> np.ndarray:
    """Changes of which each carries ``slope`` times the one before: ``d_t = slope d_{t-1} + shock_t``."""
    steps, last = np.empty_like(shocks), 0.0
    for i, shock in enumerate(shocks.tolist()):
        last = slope * last + shock
        steps[i] = last
    return steps


def _simulated(path: Path, n: int, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None) -> Draws:
    at_a_time = max(1, CELLS // n)

    def block(first: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        numbers = range(first, min(first + at_a_time, draws))
        paths = np.column_stack([path(np.random.default_rng([seed, i])) for i in numbers])
        found = sequences(paths, smallest, lag)
        return found.sadf, found.gsadf, np.maximum.accumulate(found.adf, axis=0).T

    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        blocks = list(pool.map(block, range(0, draws, at_a_time)))
    sadf, gsadf, so_far = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return Draws(sadf, gsadf, so_far)
