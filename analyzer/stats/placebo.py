"""Placebo days: sessions without the event that are like the day before it, and the same statistic on them.

An event day is often one of a restless time, in which large moves come by themselves. Ranked among days of like
volatility it has to be large for such a time (cf. Brown and Warner, Using daily stock returns, Journal of Financial
Economics 14, 1985, on variance shifts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.stats.event_sample import Returns, cumulated, study
from analyzer.stats.ranks import RankTest, rank_test

LOOK_BACK = 20
"""Sessions before a day whose standard deviation of returns is its volatility."""


@dataclass(frozen=True, eq=False)
class Matched:
    """The rank of the event's statistic among the matched days; ``rows`` (k,) are the first rows of their windows.

    ``volatility`` is that of the event, ``low`` and ``high`` the range of the matched days; per day, as fractions.
    """

    rank: RankTest
    rows: np.ndarray
    volatility: float
    low: float
    high: float


def trailing_volatility(returns: np.ndarray, look_back: int = LOOK_BACK) -> np.ndarray:
    """Standard deviation of the ``look_back`` returns before each day, (n,); NaN where there are not as many.

    The day itself is left out: matching on it would match on the event.
    """
    n = len(returns)
    found = np.full(n, np.nan)
    if n > look_back:
        found[look_back:] = np.lib.stride_tricks.sliding_window_view(returns, look_back)[: n - look_back].std(
            axis=1, ddof=1
        )
    return found


def matched_placebos(
    sample: Returns, event: slice, barred: np.ndarray, *, estimation: int, gap: int, wanted: int, alpha: float = 0.05
) -> Matched | None:
    """The event's ``|CAR|`` ranked among the ``wanted`` earlier windows nearest to it in trailing volatility.

    ``barred`` (n,) marks days with news. Each placebo has its own model, estimated like the event's. The abnormal
    return is not standardised: after a calm year the year's sigma would make a usual day of restless weeks a large one.
    None where fewer than ``wanted`` windows lie before the event with a full estimation period of their own. Null: the
    event's abnormal return was drawn like those of the placebo days.
    """
    length = event.stop - event.start
    first, last = max(estimation + gap, LOOK_BACK), event.start - gap - length
    rows = np.arange(first, last + 1) if last >= first else np.empty(0, dtype=np.int64)
    news = np.convolve(barred.astype(np.int64), np.ones(length, dtype=np.int64), mode="valid") > 0
    rows = rows[~news[rows]]
    volatility = trailing_volatility(sample.returns)
    here = float(volatility[event.start])
    rows = rows[volatility[rows] > 0]
    if len(rows) < wanted or not here > 0:
        return None
    distance = np.abs(np.log(volatility[rows] / here))
    rows = np.sort(rows[np.argsort(distance, kind="stable")[:wanted]])
    placebos = [abs(cumulated(sample, study(slice(r, r + length), estimation, gap))) for r in rows.tolist()]
    own = abs(cumulated(sample, study(event, estimation, gap)))
    like = volatility[rows]
    return Matched(
        rank_test(np.array(placebos), own, "high", alpha), rows, here, float(like.min()), float(like.max())
    )  # fmt: skip
