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

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.stats.blocks import KeptBlocks
from analyzer.stats.explosive import Lag, sequences, suprema

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


def is_significant(drawn: Callable[[int], np.ndarray], statistic: float, draws: int, alpha: float) -> bool:
    """Whether ``pvalue(drawn(draws), statistic)`` is at most ``alpha``; ``drawn`` gives the first of the draws.

    The p-value only grows with the draws that reach the statistic, so that a few of them may settle it: no more are
    asked for then.
    """
    for count in (*(draws // part for part in (16, 8, 4, 2) if draws // part), draws):
        reached = int(np.count_nonzero(drawn(count) >= statistic))
        if (1 + reached) / (1 + draws) > alpha:
            return False
    return True


def random_walks(n: int, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None = None) -> Draws:
    """Statistics of ``draws`` random walks of ``n`` levels."""

    def path(generator: np.random.Generator) -> np.ndarray:
        return np.cumsum(generator.standard_normal(n) + 1.0 / n)

    return _simulated(_Simulation("walks", n, smallest, lag, seed), path, draws, workers)


def wild_paths(levels: np.ndarray, smallest: int, lag: Lag, draws: int, seed: int, workers: int | None = None) -> Draws:
    """Statistics of ``draws`` wild-bootstrap paths of ``levels`` (n,)."""
    changes = np.diff(np.asarray(levels, dtype=np.float64))

    def path(generator: np.random.Generator) -> np.ndarray:
        return np.concatenate([[0.0], np.cumsum(generator.standard_normal(len(changes)) * changes)])

    simulation = _Simulation("wild", len(changes) + 1, smallest, lag, seed, changes.tobytes())
    return _simulated(simulation, path, draws, workers)


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
    slope, residuals = change_on_change(changes) if lag else (0.0, changes - changes.mean())
    n = smallest + watched - 1

    def path(generator: np.random.Generator) -> np.ndarray:
        shocks = generator.choice(residuals, n - 1) * generator.standard_normal(n - 1)
        steps = shocks if not slope else _carried(shocks, slope)
        return np.concatenate([[0.0], np.cumsum(steps)])

    return _simulated(_Simulation("composite", n, smallest, lag, seed, changes.tobytes()), path, draws, workers)


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


@dataclass(frozen=True)
class _Simulation:
    """What decides every draw, its number apart; ``n`` levels a path, ``changes`` as bytes where it is made of some."""

    null: str
    n: int
    smallest: int
    lag: Lag
    seed: int
    changes: bytes = b""


@dataclass(frozen=True, eq=False)
class _Block:
    """Statistics of some paths; and those of them whose GSADF ``suprema`` leaves open, with their places."""

    sadf: np.ndarray
    gsadf: np.ndarray
    so_far: np.ndarray
    places: np.ndarray
    open: np.ndarray


_KEPT: KeptBlocks[_Block] = KeptBlocks(most=16)


def _simulated(of: _Simulation, path: Path, draws: int, workers: int | None) -> Draws:
    at_a_time = max(1, CELLS // of.n)

    def block(number: int) -> _Block:
        numbers = range(number * at_a_time, (number + 1) * at_a_time)
        paths = np.column_stack([path(np.random.default_rng([of.seed, i])) for i in numbers])
        adf, gsadf = suprema(paths, of.smallest, of.lag)
        places = np.flatnonzero(np.isnan(gsadf))
        return _Block(adf.max(axis=0), gsadf, np.maximum.accumulate(adf, axis=0).T, places, paths[:, places])

    blocks = _KEPT.first(of, -(-draws // at_a_time), block, workers)
    _complete(blocks, of)
    sadf, gsadf, so_far = (
        np.concatenate([getattr(one, name) for one in blocks])[:draws] for name in ("sadf", "gsadf", "so_far")
    )
    return Draws(sadf, gsadf, so_far)


def _complete(blocks: Sequence[_Block], of: _Simulation) -> None:
    """Write into the blocks what was left open in them, all at once; to do so twice changes nothing."""
    lacking = [one for one in blocks if np.isnan(one.gsadf).any()]
    if not lacking:
        return
    found = sequences(np.hstack([one.open for one in lacking]), of.smallest, of.lag).gsadf
    ends = np.cumsum([len(one.places) for one in lacking])
    for one, part in zip(lacking, np.split(found, ends[:-1]), strict=True):
        one.gsadf[one.places] = part
