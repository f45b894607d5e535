"""The last row of each week or month of a dated series."""

from __future__ import annotations

from typing import Literal

import numpy as np

from analyzer.series import Series

Frequency = Literal["daily", "weekly", "monthly"]
PER_YEAR: dict[Frequency, int] = {"daily": 252, "weekly": 52, "monthly": 12}
MONTHLY_FROM, WEEKLY_FROM = 10.0, 3.0
"""Years beyond which a span is looked at by months, and by weeks."""
MONDAY = 3
"""1970-01-01, day 0, was a Thursday: with three days added, whole weeks begin on Mondays."""


def usual_frequency(series: Series) -> Frequency:
    """Monthly over more than ten years, weekly over more than three, else daily."""
    if len(series) < 2:
        return "daily"
    years = float((series.dates[-1] - series.dates[0]).astype(int)) / 365.25
    return "monthly" if years > MONTHLY_FROM else "weekly" if years > WEEKLY_FROM else "daily"


def last_of_each(series: Series, frequency: Frequency) -> Series:
    """The last row of each period, dated by itself; of the last period its last row so far. ``sessions`` are these
    rows: no period is skipped for a hole in it."""
    if frequency == "daily" or not len(series):
        return series
    if frequency == "monthly":
        period = series.dates.astype("datetime64[M]").astype(int)
    else:
        period = (series.dates.astype(int) + MONDAY) // 7
    last = np.append(period[1:] != period[:-1], True)
    return series._with(series.dates[last], series.values[last], series.dates[last])
