"""Whether returns lean the same way for several days: the variance of sums against the sum of variances.

Lo and MacKinlay (1988), Review of Financial Studies 1, 41-66, with the z that allows for changing variance; several
horizons at once by Chow and Denning (1993), Journal of Econometrics 58, 385-401.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from analyzer.stats.tails import normal_two_sided


@dataclass(frozen=True)
class VarianceRatio:
    """``ratio`` of the variance of moves over ``horizon`` rows to that many times the variance of one row's."""

    horizon: int
    ratio: float
    z: float
    error: float
    """The standard error of the ratio where returns cannot be foretold from each other."""

    @property
    def pvalue(self) -> float:
        return normal_two_sided(self.z)


def variance_ratio(logs: np.ndarray, horizon: int) -> VarianceRatio:
    """Of log prices (n,) over ``horizon`` rows, overlapping, without bias; ValueError where there are too few rows."""
    moves = np.diff(logs)
    n = len(moves)
    if horizon < 2 or n < 2 * horizon:
        raise ValueError(f"{n} moves are too few for a horizon of {horizon}")
    mean = moves.mean()
    centred = moves - mean
    one = float(centred @ centred) / (n - 1)
    if not one > 0:
        raise ValueError("the series did not move")
    sums = logs[horizon:] - logs[:-horizon] - horizon * mean
    several = float(sums @ sums) / (horizon * (n - horizon + 1) * (1.0 - horizon / n))
    ratio = several / one
    squares = centred**2
    power = float(squares.sum()) ** 2
    variance = sum(
        (2.0 * (1.0 - lag / horizon)) ** 2 * float(squares[lag:] @ squares[:-lag]) / power for lag in range(1, horizon)
    )
    error = sqrt(variance)
    return VarianceRatio(horizon, ratio, (ratio - 1.0) / error, error)


def joint_pvalue(ratios: Sequence[VarianceRatio]) -> float:
    """That none differs from 1: ``1 - (1 - p)^m`` of the smallest of the m p-values, which allows for the search."""
    return float(1.0 - (1.0 - min(r.pvalue for r in ratios)) ** len(ratios))
