"""Abnormal trading volume of one session.

Log volume against its trailing mean: raw volume is far too skewed for a z-score. The rank decides, because log volume
has fat tails too (Ajinkya and Jain, 1989; Campbell and Wasley, Measuring abnormal daily trading volume, 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.stats.ranks import RankTest, Side, rank_test


@dataclass(frozen=True)
class AbnormalVolume:
    """``ratio`` to the usual (geometric mean) volume, ``zscore`` of log volume, and the rank ``test``.

    ``usual`` and ``needed`` are volumes in the unit of the input; ``needed`` is the volume beyond which the rank would
    have been significant, None when the sample is too small for any.
    """

    ratio: float
    usual: float
    zscore: float
    test: RankTest
    needed: float | None


def abnormal_volume(trailing: np.ndarray, volume: float, side: Side = "high", alpha: float = 0.05) -> AbnormalVolume:
    """Null: the session's log volume was drawn like those of the ``trailing`` sessions (n,), the session not among
    them.

    ``z = (ln v - mean) / (s sqrt(1 + 1/n))`` with ``s`` the standard deviation (n - 1): the prediction error of a mean.
    Volumes are positive, split-adjusted to one share basis. Raises ValueError for fewer than two, for one that is not
    positive, or when all are equal.
    """
    if len(trailing) < 2 or volume <= 0 or not bool((trailing > 0).all()):
        raise ValueError(f"log volume needs two or more positive volumes; got {len(trailing)} and {volume}")
    logs, now = np.log(trailing), float(np.log(volume))
    mean, spread = float(logs.mean()), float(logs.std(ddof=1))
    if spread == 0.0:
        raise ValueError("all trailing volumes are equal: no spread to compare with")
    test = rank_test(logs, now, side, alpha)
    return AbnormalVolume(
        ratio=float(np.exp(now - mean)), usual=float(np.exp(mean)), test=test,
        zscore=(now - mean) / (spread * float(np.sqrt(1.0 + 1.0 / len(logs)))),
        needed=None if test.critical is None else float(np.exp(test.critical)),
    )  # fmt: skip
