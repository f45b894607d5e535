"""Closes by week: one grid for exchanges with different holidays and hours."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from analyzer.series import Series, day

FRIDAY = 4


def fridays(first: date, last: date) -> np.ndarray:
    """All Fridays from ``first`` to ``last``, both included: (n,) datetime64[D]."""
    start = first + timedelta(days=(FRIDAY - first.weekday()) % 7)
    return np.arange(day(start), day(last) + 1, 7) if start <= last else np.empty(0, dtype="datetime64[D]")


def weekly_logs(series: Series, weeks: np.ndarray) -> np.ndarray | None:
    """Log of the last close of each week that ends on ``weeks`` (n,); None where a week has none, or none above 0."""
    rows = np.searchsorted(series.dates, weeks, side="right") - 1
    if len(rows) == 0 or rows[0] < 0:
        return None
    late = series.dates[rows] <= weeks - np.timedelta64(7, "D")
    closes = series.values[rows]
    return None if late.any() or (closes <= 0).any() else np.log(closes)
