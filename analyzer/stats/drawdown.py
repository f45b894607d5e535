"""Falls from a running high, on closing prices.

``DD_t = P_t / max_{s<=t} P_s - 1``; a threshold is crossed at the first close at or below it. The threshold filter is
that of Lunde and Timmermann, Duration dependence in stock prices (2004). Positions are rows of the array given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ROUNDING = 1e-12
"""Room for binary fractions: a close of 80 after 100 has fallen by 20 %."""


@dataclass(frozen=True)
class Drawdown:
    """The fall that the last row stands in: all positions are rows, depths negative fractions of the peak (or 0).

    ``peak`` is the latest row with the highest close; ``trough`` the lowest row since; ``crossing`` the first row since
    at or below the threshold, None when there is none.
    """

    peak: int
    trough: int
    depth: float
    deepest: float
    crossing: int | None


def running_drawdown(closes: np.ndarray, threshold: float) -> Drawdown:
    """The fall from the running high to the last of ``closes`` (n,), positive and without NaN.

    ``threshold`` is a negative fraction. Raises ValueError when it is not, or when ``closes`` are empty.

    >>> running_drawdown(np.array([90.0, 100.0, 79.0, 85.0]), -0.20)
    Drawdown(peak=1, trough=2, depth=-0.15000000000000002, deepest=-0.20999999999999996, crossing=2)
    """
    _usable(closes, threshold)
    peak = len(closes) - 1 - int(np.argmax(closes[::-1]))
    fall = closes[peak:] / closes[peak] - 1.0
    trough = int(np.argmin(fall))
    return Drawdown(
        peak=peak, trough=peak + trough, depth=float(fall[-1]), deepest=float(fall[trough]),
        crossing=_first(fall <= threshold + ROUNDING, peak),
    )  # fmt: skip


@dataclass(frozen=True)
class Aftermath:
    """What followed a high: rows of the first fall through the threshold, of the lowest close, of the high regained.

    ``trough`` is the lowest row before the high was regained (of all rows when it was not), ``regained`` the first row
    at or above it. ``fell`` is searched before that row only.
    """

    fell: int | None
    trough: int
    deepest: float
    regained: int | None


def aftermath(closes: np.ndarray, high: float, threshold: float) -> Aftermath:
    """What ``closes`` (n,), the rows after a close at ``high``, did first: fall by ``threshold``, or regain the high.

    Raises ValueError for an empty array or a threshold that is no negative fraction.

    >>> aftermath(np.array([95.0, 80.0, 101.0, 70.0]), 100.0, -0.20)
    Aftermath(fell=1, trough=1, deepest=-0.19999999999999996, regained=2)
    """
    _usable(closes, threshold)
    fall = closes / high - 1.0
    regained = _first(fall >= 0.0)
    before = fall if regained is None else fall[: max(regained, 1)]
    trough = int(np.argmin(before))
    fell = _first(before <= threshold + ROUNDING)
    return Aftermath(fell=fell, trough=trough, deepest=float(before[trough]), regained=regained)


def _first(hits: np.ndarray, offset: int = 0) -> int | None:
    return offset + int(np.argmax(hits)) if bool(hits.any()) else None


def _usable(closes: np.ndarray, threshold: float) -> None:
    if len(closes) == 0 or not -1.0 < threshold < 0.0:
        raise ValueError(f"needed: closes and a threshold between -1 and 0; got {len(closes)} closes and {threshold}")
