"""What a forecast says as a set of moves: fractions of the close when it was made, ``P_later / P_made - 1``."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analyzer.model import Direction, Stated

ANY_MOVE = 1e-12
"""A close that is no more than equal has moved in neither direction."""


@dataclass(frozen=True)
class Target:
    """The moves from ``low`` to ``high`` make it true, one of them infinite unless the text says "between".

    ``literal`` is the bound without the room that rounding gives.
    """

    low: float
    high: float
    literal: float

    @property
    def two_sided(self) -> bool:
        return not math.isinf(self.low) and not math.isinf(self.high)

    @property
    def upward(self) -> bool:
        return math.isinf(self.high)

    def reached(self, moves: np.ndarray) -> np.ndarray:
        """(n,) bool: which of the moves (n,) make it true."""
        return np.asarray((moves >= self.low) & (moves <= self.high))

    def holds(self, move: float) -> bool:
        return self.low <= move <= self.high

    def short(self, move: float) -> float:
        """By how much a move that counts misses the literal bound; 0 when it does not."""
        if self.two_sided:
            return 0.0
        return max(0.0, self.literal - move if self.upward else move - self.literal)


def any_move(direction: Direction) -> Target:
    """A direction without a figure: any higher, or any lower close."""
    if direction == "up":
        return Target(ANY_MOVE, math.inf, 0.0)
    return Target(-math.inf, -ANY_MOVE, 0.0)


def stated_target(said: Stated, level_now: float | None, direction: Direction | None) -> Target:
    """The target that a figure states: a return, or a level against ``level_now`` in the same unit.

    An open interval says which side counts ("above 6000"); else the direction does, else the side the target lies on.
    Raises ValueError for a level without one to compare it with.
    """
    low, value, high = (_move(v, said, level_now) for v in (said.low, said.value, said.high))
    assert value is not None
    if said.qualifier == "between" and low is not None and high is not None:
        return Target(low, high, value)
    upward = direction == "up" if direction else value >= 0.0
    if (low is None) != (high is None):
        upward = high is None
    if upward:
        return Target(value if low is None else low, math.inf, value)
    return Target(-math.inf, value if high is None else high, value)


def _move(value: float | None, said: Stated, level_now: float | None) -> float | None:
    if value is None or said.unit == "fraction":
        return value
    if not level_now or level_now < 0:
        raise ValueError(f"{said.text} is a level; there is no positive one to compare it with ({level_now})")
    return value / level_now - 1.0
