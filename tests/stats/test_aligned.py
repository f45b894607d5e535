"""Moves over the same days, weeks and months."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.series import Series
from analyzer.stats.aligned import moves


def series(symbol: str, rows: dict[str, float]) -> Series:
    dates = np.array(sorted(rows), dtype="datetime64[D]")
    values = np.array([rows[str(d)] for d in dates])
    return Series(symbol, "close", "split_adjusted", dates, values, dates)


A = series("A", {"2025-01-02": 100, "2025-01-03": 110, "2025-01-10": 121, "2025-01-13": 120, "2025-01-17": 133.1})
B = series("B", {"2025-01-03": 4.0, "2025-01-09": 9.0, "2025-01-10": 4.5, "2025-01-17": 4.25})


def test_weeks_end_on_the_last_common_day() -> None:
    found = moves((A, B), "week", yields=("B",), turned=("B",))
    assert [str(d) for d in found.dates] == ["2025-01-10", "2025-01-17"]
    assert found.values == pytest.approx(np.array([[0.1, -0.5], [0.1, 0.25]]))


def test_days_are_common_days_and_a_hole_gives_no_move() -> None:
    later = series("A", {"2025-01-02": 100, "2025-01-03": 110, "2025-02-03": 121, "2025-02-04": 121})
    found = moves((later,), "day")
    assert [str(d) for d in found.dates] == ["2025-01-03", "2025-02-04"]


def test_a_price_below_zero_gives_no_return() -> None:
    oil = series("O", {"2020-04-17": 18.0, "2020-04-20": -37.6, "2020-04-21": 10.0, "2020-04-22": 13.0})
    assert moves((oil,), "day").values[:, 0] == pytest.approx([0.3])


def test_between_takes_moves_that_end_after_the_first_day() -> None:
    found = moves((A, B), "week").between(date(2025, 1, 10), date(2025, 1, 31))
    assert (found.first, found.last, len(found)) == (date(2025, 1, 17), date(2025, 1, 17), 1)
    assert len(moves((A, series("C", {"2024-01-02": 1.0})), "month")) == 0
