"""Peaks and troughs of a series, and the phases between them: dated afterwards, by rules on durations.

Bry and Boschan, Cyclical Analysis of Time Series (NBER 1971); with the rules for share prices by month, Pagan and
Sossounov, A simple framework for analysing bull and bear markets, Journal of Applied Econometrics 18 (2003); for
quarterly output, Harding and Pagan, Dissecting the cycle, Journal of Monetary Economics 49 (2002). Beside them the
filter of Lunde and Timmermann, Duration dependence in stock prices, Journal of Business and Economic Statistics 22
(2004), which needs no future but the one up to its crossing. Positions are rows of the array given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analyzer.stats.drawdown import ROUNDING


@dataclass(frozen=True)
class Rules:
    """What makes a turn, in rows. ``window``: it is the extreme of so many on either side; ``ends``: none lies within
    so many of the first or the last; ``cycle``: from peak to peak, and from trough to trough, at least; ``phase``: from
    a turn to the next at least, unless the move between them is ``large`` (a fraction; None: whatever it is)."""

    window: int
    ends: int
    cycle: int
    phase: int
    large: float | None = None


PAGAN_SOSSOUNOV = Rules(window=8, ends=6, cycle=16, phase=4, large=0.20)
"""For months."""
GONZALEZ = Rules(window=6, ends=6, cycle=15, phase=5, large=0.20)
"""For months: Gonzalez, Powell, Shi and Wilson, International Review of Economics and Finance 14 (2005)."""
BBQ = Rules(window=2, ends=2, cycle=5, phase=2)
"""For quarters: Bry and Boschan's rules as Harding and Pagan (2002) put them."""


@dataclass(frozen=True)
class Turn:
    row: int
    peak: bool


@dataclass(frozen=True)
class Phase:
    """From one turn to the next, ``last`` None where none has followed. A rise begins at a trough."""

    first: int
    last: int | None
    rises: bool


Turns = tuple[Turn, ...]


def turning_points(values: np.ndarray, rules: Rules = PAGAN_SOSSOUNOV) -> Turns:
    """The turns of ``values`` (n,), peaks and troughs in turn, in order of rows. No NaN; where ``rules.large`` is set
    the values are prices and positive.

    Candidates are the extremes of a whole window; of several peaks in a row the highest is kept, of troughs the lowest.
    Then, until nothing changes: turns near the ends go, so do those that a value between them and the end exceeds; of
    two turns of a kind that make too short a cycle the lesser goes, of too short a phase the later.

    >>> turning_points(np.array([1.0, 2, 3, 4, 3, 2, 1, 2, 3, 4, 5.0]), BBQ)
    (Turn(row=3, peak=True), Turn(row=6, peak=False))
    """
    if not np.isfinite(values).all() or (rules.large is not None and (values <= 0).any()):
        raise ValueError("turning points need finite values, and prices above zero where a move is measured")
    steps: tuple[Callable[[np.ndarray, Turns, Rules], Turns], ...] = (_ends, _outer, _cycles, _phases, _outer)
    turns = _alternating(values, _candidates(values, rules.window))
    before: Turns | None = None
    while turns != before:
        before = turns
        for step in steps:
            turns = step(values, turns, rules)
    return turns


def phases(turns: Turns) -> tuple[Phase, ...]:
    """Those that begin at a turn; the last one has no end."""
    ends = [t.row for t in turns[1:]]
    return tuple(Phase(t.row, end, not t.peak) for t, end in zip(turns, [*ends, None], strict=True))


def first_seen(values: np.ndarray, turn: Turn, rules: Rules = PAGAN_SOSSOUNOV) -> int | None:
    """The row with which a turn is first among those dated, of data that end there: when it was known; None where it
    never is."""
    earliest = turn.row + max(rules.window, rules.ends)
    return next((n for n in range(earliest, len(values)) if turn in turning_points(values[: n + 1], rules)), None)


def filtered(values: np.ndarray, fall: float = 0.20, rise: float = 0.20) -> Turns:
    """The turns of prices ``values`` (n,) by the filter of Lunde and Timmermann: a peak once the price has fallen from
    it by ``fall`` (a fraction), a trough once it has risen from it by ``rise``. Which way it ran at first is not known:
    the first of the two decides, and the first row itself is no turn."""
    found: list[Turn] = []
    rising: bool | None = None
    high = low = 0
    for row, value in enumerate(values):
        high, low = (row if value > values[high] else high), (row if value < values[low] else low)
        fell = rising is not False and value <= values[high] * (1.0 - fall + ROUNDING)
        rose = rising is not True and value >= values[low] * (1.0 + rise - ROUNDING)
        if fell or rose:
            found.append(Turn(high if fell else low, peak=bool(fell)))
            rising, high, low = rose and not fell, row, row
    return tuple(t for t in found if t.row > 0)


# --- the steps ------------------------------------------------------------------------------------------------------


def _candidates(values: np.ndarray, window: int) -> Turns:
    """The extremes of whole windows; of equal values in one the first."""
    if len(values) <= 2 * window:
        return ()
    views = np.lib.stride_tricks.sliding_window_view(values, 2 * window + 1)
    rows = [(int(row) + window, True) for row in np.flatnonzero(views.argmax(axis=1) == window)]
    rows += [(int(row) + window, False) for row in np.flatnonzero(views.argmin(axis=1) == window)]
    return tuple(Turn(row, peak) for row, peak in sorted(rows))


def _beats(values: np.ndarray, one: Turn, other: Turn) -> bool:
    """Whether of two turns of a kind the first is the more extreme."""
    return bool(values[one.row] > values[other.row] if one.peak else values[one.row] < values[other.row])


def _alternating(values: np.ndarray, turns: Turns) -> Turns:
    """Of turns of a kind in a row the most extreme, the later of equal ones; without pairs whose trough is no lower
    than its peak."""
    kept: list[Turn] = []
    for turn in turns:
        if kept and kept[-1].peak == turn.peak:
            if not _beats(values, kept[-1], turn):
                kept[-1] = turn
        else:
            kept.append(turn)
    for i, (one, two) in enumerate(pairwise(kept)):
        high, low = (one, two) if one.peak else (two, one)
        if values[high.row] <= values[low.row]:
            return _alternating(values, (*kept[:i], *kept[i + 2 :]))
    return tuple(kept)


def _ends(values: np.ndarray, turns: Turns, rules: Rules) -> Turns:
    """Without turns within so many rows of the first or the last value."""
    inside = tuple(t for t in turns if rules.ends <= t.row < len(values) - rules.ends)
    return _alternating(values, inside)


def _outer(values: np.ndarray, turns: Turns, _: Rules) -> Turns:
    """Without a first or last turn that a value nearer to the end exceeds."""
    while turns and _is_exceeded(values[: turns[0].row], values[turns[0].row], turns[0].peak):
        turns = turns[1:]
    while turns and _is_exceeded(values[turns[-1].row + 1 :], values[turns[-1].row], turns[-1].peak):
        turns = turns[:-1]
    return turns


def _is_exceeded(values: np.ndarray, by: float, peak: bool) -> bool:
    return bool((values > by).any() if peak else (values < by).any())


def _cycles(values: np.ndarray, turns: Turns, rules: Rules) -> Turns:
    """Without the lesser of two peaks, then of two troughs, that lie too near to each other."""
    for peak in (True, False):
        while (lesser := _in_short_cycle(values, [t for t in turns if t.peak == peak], rules.cycle)) is not None:
            turns = _alternating(values, tuple(t for t in turns if t != lesser))
    return turns


def _in_short_cycle(values: np.ndarray, of_a_kind: list[Turn], cycle: int) -> Turn | None:
    for one, two in pairwise(of_a_kind):
        if two.row - one.row < cycle:
            return one if _beats(values, two, one) else two
    return None


def _phases(values: np.ndarray, turns: Turns, rules: Rules) -> Turns:
    """Without the turn that ends too short a phase."""
    i = 1
    while i < len(turns):
        one, two = turns[i - 1], turns[i]
        short = two.row - one.row < rules.phase
        if short and not (rules.large is not None and abs(values[two.row] / values[one.row] - 1.0) > rules.large):
            turns = _alternating(values, (*turns[:i], *turns[i + 1 :]))
            i = 1
        else:
            i += 1
    return turns
