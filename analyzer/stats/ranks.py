"""Ranks: where a value stands among others, and how rare that is.

Ranks need no distribution: financial returns and volumes have fat tails, for which normal quantiles claim too much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

Side = Literal["high", "low"]


def percentile_rank(values: np.ndarray, x: float) -> float:
    """Share of ``values`` (n,) that are at most ``x``: the highest of its own sample scores 1.

    NaN is not allowed for: a missing row that counts as "not at most x" would lower every rank. Raises ValueError for
    an empty or incomplete sample.
    """
    _complete(values)
    return float(np.mean(values <= x))


@dataclass(frozen=True)
class RankTest:
    """``rank`` of the value counted from the claimed end (1: the most extreme of ``nobs`` + 1), ``pvalue`` =
    rank/(n+1).

    ``critical`` is the value beyond which the p-value would have been under ``alpha``; None when the sample is too
    small for any value to get there.
    """

    pvalue: float
    rank: int
    nobs: int
    critical: float | None


def rank_test(sample: np.ndarray, x: float, side: Side = "high", alpha: float = 0.05) -> RankTest:
    """Null: ``x`` was drawn like the ``sample`` (n,). Exact p-value ``(1 + #{s >= x}) / (n + 1)``, ties against the
    claim.

    ``side`` "low" asks for a small ``x``. Raises ValueError for an empty sample or one with NaN. Source: Davison and
    Hinkley, Bootstrap Methods and their Application (1997), section 4.2.

    >>> rank_test(np.arange(1.0, 100.0), 98.5).pvalue
    0.02
    """
    _complete(sample)
    sign = 1.0 if side == "high" else -1.0
    signed = np.sort(sign * np.asarray(sample, dtype=np.float64))[::-1]
    n = len(signed)
    rank = 1 + int(np.count_nonzero(signed >= sign * x))
    allowed = math.ceil(alpha * (n + 1) - 1e-12) - 2
    critical = sign * float(signed[allowed]) if 0 <= allowed < n else None
    return RankTest(pvalue=rank / (n + 1), rank=rank, nobs=n, critical=critical)


def _complete(values: np.ndarray) -> None:
    if len(values) == 0 or bool(np.isnan(values).any()):
        raise ValueError(f"a rank needs a sample without NaN and with at least one value; got {len(values)} values")
