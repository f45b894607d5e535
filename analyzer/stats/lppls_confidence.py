"""The confidence indicator of the LPPLS, and surrogates of the same series that it is held against.

The indicator: of the windows of several lengths that end on one day, the share whose fit passes a filter (Sornette,
Demos, Zhang, Cauwels, Filimonov and Zhang, Journal of Investment Strategies 4, 2015, 77-95, who call it DS LPPLS
confidence). It has no distribution of its own, so the same search and the same filter run on surrogates: series that
grow at the steady rate of this one and have its steps about that rate, with signs drawn anew (wild), which keeps when
it was volatile, or in blocks drawn anew (blocks), which keeps how the steps hang together.

Each surrogate has a generator of its own, seeded by the seed and its number: the result depends neither on how many are
taken at a time nor on how many cores take part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analyzer.stats.blocks import KeptBlocks
from analyzer.stats.bootstrap import stationary_indices, usual_block
from analyzer.stats.lppls import Filter, Fits, fit, windows

Kind = Literal["wild", "blocks"]
PATHS = 20
"""Surrogates that are worked on at a time."""


@dataclass(frozen=True, eq=False)
class Confidence:
    """``share`` of the windows that pass; ``lengths`` (k,) in rows, ``fits`` and ``passes`` of each."""

    share: float
    lengths: tuple[int, ...]
    fits: Fits
    passes: np.ndarray

    @property
    def ahead(self) -> tuple[float, float] | None:
        """The least and the greatest tc of the fits that pass, in rows after the last; None where none does."""
        if not self.passes.any():
            return None
        rows = (self.fits.ahead * (np.array(self.lengths) - 1))[self.passes]
        return float(rows.min()), float(rows.max())


def confidence(levels: np.ndarray, lengths: tuple[int, ...], filtered: Filter = Filter()) -> Confidence:
    """Of ``levels`` (n,), logs of prices, over windows of ``lengths`` rows that end on the last."""
    fits = fit(windows(np.asarray(levels, dtype=np.float64), lengths))
    passes = filtered.passes(fits)
    return Confidence(float(passes.mean()), lengths, fits, passes)


def surrogate_shares(
    levels: np.ndarray, lengths: tuple[int, ...], filtered: Filter, draws: int, seed: int, kind: Kind = "wild",
    workers: int | None = None,
) -> np.ndarray:  # fmt: skip
    """(draws,) the indicator of each surrogate of ``levels`` (n,)."""
    levels = np.ascontiguousarray(levels, dtype=np.float64)

    def block(number: int) -> Fits:
        numbers = range(number * PATHS, (number + 1) * PATHS)
        return fit(windows(np.column_stack([surrogate(levels, seed, i, kind) for i in numbers]), lengths))

    fit(windows(surrogate(levels, seed, 0, kind), lengths[:1]))  # the grid is made once, before the threads
    blocks = _KEPT.first((levels.tobytes(), lengths, seed, kind), -(-draws // PATHS), block, workers)
    passes = np.concatenate([filtered.passes(one) for one in blocks])
    return np.asarray(passes.reshape(-1, len(lengths)).mean(axis=1)[:draws])


_KEPT: KeptBlocks[Fits] = KeptBlocks(most=4)
"""Kept, so that another filter costs nothing."""


def surrogate(levels: np.ndarray, seed: int, number: int, kind: Kind = "wild") -> np.ndarray:
    """(n,) one series that grows at the mean rate of ``levels``, with its steps about it drawn anew."""
    steps = np.diff(levels)
    mean = steps.mean()
    around = steps - mean
    if kind == "wild":
        signs = np.random.default_rng([seed, number]).integers(0, 2, len(steps)) * 2 - 1
        drawn = around * signs
    else:
        own = int(np.random.SeedSequence([seed, number]).generate_state(1)[0])
        drawn = around[stationary_indices(len(steps), usual_block(len(steps)), 1, own)[0]]
        drawn = drawn - drawn.mean()
    return np.asarray(levels[0] + np.concatenate([[0.0], np.cumsum(mean + drawn)]))
