"""Returns over a period against pandas and by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.series import Series
from analyzer.stats.holding import Span, annual_return, holding_return, returns_from_neighbours, row_day

SESSIONS = np.busday_offset("2024-01-01", np.arange(60), roll="forward").astype("datetime64[D]")


def series(values: np.ndarray, missing: tuple[int, ...] = (), sessions: np.ndarray = SESSIONS) -> Series:
    own = sessions[: len(values)]
    keep = np.setdiff1d(np.arange(len(values)), missing)
    return Series("X", "close", "split_adjusted", own[keep], values[keep], own)


@given(prices=st.lists(st.floats(1.0, 1e5), min_size=2, max_size=40))
def test_a_holding_return_is_the_product_of_the_daily_ones(prices: list[float]) -> None:
    daily = pd.Series(prices).pct_change().dropna()
    assert holding_return(prices[0], prices[-1]) == pytest.approx((1 + daily).prod() - 1, rel=1e-9, abs=1e-9)


def test_a_rate_a_year_compounds_to_the_whole() -> None:
    rate = annual_return(100.0, 250.0, 3653)
    assert rate is not None
    assert 100.0 * (1 + rate) ** (3653 / 365.25) == pytest.approx(250.0)


@pytest.mark.parametrize(("before", "now"), [(0.0, 5.0), (-37.63, 10.01)])
def test_a_base_that_is_not_positive_has_no_return(before: float, now: float) -> None:
    assert holding_return(before, now) is None
    assert annual_return(before, now, 365) is None


def test_a_fall_below_zero_has_a_return_but_no_rate_a_year() -> None:
    assert holding_return(18.27, -37.63) == pytest.approx(-3.0597, abs=1e-4)
    assert annual_return(18.27, -37.63, 365) is None
    assert annual_return(1.0, 2.0, 0) is None


def test_neighbouring_starts_are_the_rows_around_the_base_and_before_the_end() -> None:
    closes = series(np.arange(1.0, 61.0))
    span = Span(SESSIONS[2].item(), SESSIONS[10].item())
    assert returns_from_neighbours(closes, span, 4).tolist() == [11 / k - 1 for k in (1, 2, 3, 4, 5, 6, 7)]
    near_end = Span(SESSIONS[8].item(), SESSIONS[10].item())
    assert returns_from_neighbours(closes, near_end, 4).tolist() == [11 / k - 1 for k in (5, 6, 7, 8, 9, 10)]


def test_spans_are_moved_at_one_end_the_nearest_first() -> None:
    closes = series(np.arange(1.0, 61.0))
    span = Span(SESSIONS[20].item(), SESSIONS[21].item())
    moved = span.neighbours(closes, 2)
    assert moved[0] == Span(SESSIONS[19].item(), SESSIONS[21].item())
    assert Span(SESSIONS[20].item(), SESSIONS[23].item()) in moved
    assert all(s.base < s.last and (s.base == span.base) != (s.last == span.last) for s in moved)


@pytest.mark.parametrize(
    ("when", "row"),
    [
        (date(2024, 1, 5), date(2024, 1, 5)),
        (date(2024, 1, 7), date(2024, 1, 5)),  # a Sunday
        (date(2024, 1, 9), None),  # a hole
        (date(2023, 12, 29), None),  # before the first row
        (date(2024, 1, 20), date(2024, 1, 19)),  # the weekend after the last row
        (date(2024, 1, 22), None),  # a weekday after the last row
    ],
)
def test_the_row_that_stands_for_a_day(when: date, row: date | None) -> None:
    assert row_day(series(np.arange(1.0, 16.0), missing=(6,)), when) == row


def test_a_long_closure_is_not_bridged() -> None:
    sessions = np.array(["2001-09-07", "2001-09-10", "2001-09-17"], dtype="datetime64[D]")
    closes = series(np.array([1.0, 2.0, 3.0]), sessions=sessions)
    assert row_day(closes, date(2001, 9, 14)) == date(2001, 9, 10)
    assert row_day(closes, date(2001, 9, 15)) is None
