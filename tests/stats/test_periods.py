"""The last row of each week and month."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.series import Series, to_date
from analyzer.stats.periods import last_of_each, usual_frequency


def series(first: str, count: int) -> Series:
    dates = np.busday_offset(np.datetime64(first, "D"), np.arange(count), roll="forward")
    return Series("X", "close", "raw", dates, np.arange(float(count)), dates)


def test_a_week_ends_with_its_last_row_and_a_month_with_its_own() -> None:
    days = series("2024-12-30", 10)  # a Monday, to Friday 2025-01-10
    assert [to_date(d) for d in last_of_each(days, "weekly").dates] == [date(2025, 1, 3), date(2025, 1, 10)]
    months = last_of_each(days, "monthly")
    assert [to_date(d) for d in months.dates] == [date(2024, 12, 31), date(2025, 1, 10)]
    assert months.values.tolist() == [1.0, 9.0]
    assert last_of_each(days, "daily") is days


@pytest.mark.parametrize(("years", "frequency"), [(2.9, "daily"), (3.1, "weekly"), (9.9, "weekly"), (10.1, "monthly")])
def test_the_frequency_goes_by_the_length_of_the_span(years: float, frequency: str) -> None:
    assert usual_frequency(series("2000-01-03", round(years * 260.9))) == frequency


def test_one_row_is_daily() -> None:
    assert usual_frequency(series("2000-01-03", 1)) == "daily"
