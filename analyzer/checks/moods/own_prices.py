"""Volatility from a market's own prices, day by day: of its closes, of the ranges within its sessions, and the
probability of its state of unrest."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np

from analyzer.checks.base import Data, Series, SeriesRequest
from analyzer.series import common_days
from analyzer.stats.markov import switching_variance
from analyzer.stats.ranges import Measure, rolling

MONTH = 21
"""Sessions of which one volatility is."""
TEN_YEARS = timedelta(days=3653)
TWO_YEARS = 504
"""Returns up to the session that the two states are fitted to."""
Own = Literal["closes", "parkinson", "garman_klass", "yang_zhang", "switching"]
NAMES: dict[Own, str] = {
    "closes": "volatility of the closes", "parkinson": "volatility of the ranges (Parkinson)",
    "garman_klass": "volatility of the ranges (Garman and Klass)",
    "yang_zhang": "volatility of nights and ranges (Yang and Zhang)", "switching": "probability of unrest",
}  # fmt: skip
FIELDS: tuple[Literal["open", "high", "low", "close"], ...] = ("open", "high", "low", "close")


def requests(symbol: str) -> tuple[SeriesRequest, ...]:
    return tuple(SeriesRequest(symbol, field) for field in FIELDS)


def volatility(symbol: str, measure: Measure, session: date, data: Data) -> Series | None:
    """Of the last ``MONTH`` sessions, on each session of the ten years to ``session``, a year, as a fraction; None
    without prices.

    Sessions that have no range, or that follow a hole, are no part of it.
    """
    begins = session - TEN_YEARS
    whole = [data.get(request) for request in requests(symbol)]
    series = [s.between(begins, session) if s is not None else None for s in whole]
    closes = series[-1]
    if closes is None:
        return None
    returns = closes.returns()
    dates = returns.dates
    if measure == "closes":
        prices = np.repeat(_on(closes, dates)[:, None], 4, axis=1)
    else:
        there = [s for s in series if s is not None]
        if len(there) < 4:
            return None
        for one in there:
            dates = common_days(dates, one.dates)
        prices = np.column_stack([_on(one, dates) for one in there])
        inside = (prices[:, 1] > prices[:, 2]) & (prices[:, 1] >= prices.max(axis=1))
        dates, prices = (part[inside & (prices[:, 2] <= prices.min(axis=1))] for part in (dates, prices))
    if len(dates) < MONTH:
        return None
    before = prices[:, 3] / (1.0 + _on(returns, dates))
    values = rolling(measure, prices, before, MONTH)
    ends = dates[MONTH - 1 :]
    return closes._with(ends, values, closes.sessions[closes.sessions >= ends[0]])


def _on(series: Series, dates: np.ndarray) -> np.ndarray:
    return np.asarray(series.values[np.searchsorted(series.dates, dates)])


def unrest(closes: Series) -> float | None:
    """The filtered probability, on the last of ``closes``, of the state of the larger variance; None where there are
    fewer than ``TWO_YEARS`` returns, or the fit does not converge."""
    assert closes.last is not None
    returns = closes.between(closes.last - TEN_YEARS, None).returns().values[-TWO_YEARS:]
    return _unrest(returns.tobytes()) if len(returns) == TWO_YEARS and returns.std() > 0 else None


@lru_cache(maxsize=8)
def _unrest(raw: bytes) -> float | None:
    fitted = switching_variance(np.frombuffer(raw), tolerance=1e-6)
    return float(fitted.unrest[-1]) if fitted.converged else None
