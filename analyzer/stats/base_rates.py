"""How often a forecast of this kind came true before it was made.

Windows of the forecast's length are laid over the instrument's history, one from each session. They overlap, so that T
rows hold only about T/h independent ones; the interval comes from the stationary bootstrap (Politis and Romano, The
stationary bootstrap, JASA 89, 1994) of the windows' outcomes, drawn with a fixed seed that is part of the result.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

Mode = Literal["touch", "at_horizon"]
DRAWS = 999
SEED = 19940401
MONTH = 21
"""Shortest mean block, in sessions: volatility clusters even where windows hardly overlap."""
FEWEST_WINDOWS = 5
"""Independent windows under which no interval is drawn: blocks would be as long as the sample."""
LEVEL = 0.95


def window_events(closes: np.ndarray, horizon: int, low: float, high: float, mode: Mode) -> np.ndarray:
    """For each window of ``horizon`` rows whether it saw a move within [low, high]: (n - horizon,) bool.

    ``closes`` (n,) are positive and without NaN; a move is ``P_later / P_start - 1``. ``touch``: at any of the
    horizon's closes (one bound must be infinite); ``at_horizon``: at the last. Empty when the history is no longer than
    the horizon. Raises ValueError for a horizon under 1 or a two-sided touch.
    """
    if horizon < 1:
        raise ValueError(f"a horizon has one session or more; got {horizon}")
    if len(closes) <= horizon:
        return np.zeros(0, dtype=bool)
    start = closes[:-horizon]
    if mode == "at_horizon":
        reached = closes[horizon:]
    elif math.isinf(high):
        reached = np.lib.stride_tricks.sliding_window_view(closes[1:], horizon).max(axis=1)
    elif math.isinf(low):
        reached = np.lib.stride_tricks.sliding_window_view(closes[1:], horizon).min(axis=1)
    else:
        raise ValueError(f"touching has one bound; got {low} and {high}")
    move = reached / start - 1.0
    return np.asarray((move >= low) & (move <= high))


@dataclass(frozen=True)
class BaseRate:
    """``rate`` of ``windows`` overlapping windows, worth about ``effective`` independent ones.

    ``low`` and ``high`` bound it with 95 %; None under five independent windows. ``block`` is the mean block length.
    """

    rate: float
    windows: int
    effective: float
    low: float | None
    high: float | None
    block: int
    draws: int
    seed: int


def base_rate(events: np.ndarray, horizon: int, *, draws: int = DRAWS, seed: int = SEED) -> BaseRate:
    """Frequency of ``events`` (n,), outcomes of overlapping windows of ``horizon`` rows, with its interval.

    Blocks are ``max(2 horizon, 21)`` rows long on average, so that most of the overlap stays inside a block. When the
    event always or never happened no bootstrap can vary: the bound is then the exact binomial one for ``effective``
    trials. Raises ValueError without events.
    """
    if len(events) == 0:
        raise ValueError("no window of that length lies in the history")
    rate, effective = float(np.mean(events)), (len(events) + horizon - 1) / horizon
    block = max(2 * horizon, MONTH)
    low: float | None
    high: float | None
    if effective < FEWEST_WINDOWS:
        low = high = None
    elif rate in (0.0, 1.0):
        room = 1.0 - ((1.0 - LEVEL) / 2.0) ** (1.0 / effective)
        low, high = (0.0, room) if rate == 0.0 else (1.0 - room, 1.0)
    else:
        means = stationary_bootstrap_means(events, block, draws, seed)
        low, high = (float(q) for q in np.quantile(means, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0]))
    return BaseRate(rate, len(events), effective, low, high, block, draws, seed)


def stationary_bootstrap_means(values: np.ndarray, block: int, draws: int, seed: int) -> np.ndarray:
    """Means of ``draws`` stationary-bootstrap resamples of ``values`` (n,): (draws,).

    Blocks of geometric length (mean ``block``) are laid end to end from uniform starts, circularly, until n rows are
    full. A block's sum is a difference of cumulative sums, so a resample costs as many steps as it has blocks.
    """
    n = len(values)
    rng = np.random.default_rng(seed)
    blocks = math.ceil(n / block + 6.0 * math.sqrt(n / block) + 10.0)
    ends = np.cumsum(rng.geometric(1.0 / block, size=(draws, blocks)), axis=1)
    while int(ends[:, -1].min()) < n:
        more = np.cumsum(rng.geometric(1.0 / block, size=(draws, blocks)), axis=1) + ends[:, -1:]
        ends = np.concatenate([ends, more], axis=1)
    np.minimum(ends, n, out=ends)
    lengths = np.diff(ends, axis=1, prepend=0)
    starts = rng.integers(0, n, size=lengths.shape)
    sums = np.concatenate([[0.0], np.cumsum(np.concatenate([values, values], dtype=np.float64))])
    return np.asarray((sums[starts + lengths] - sums[starts]).sum(axis=1) / n)
