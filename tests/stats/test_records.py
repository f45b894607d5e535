"""Ranks, periods and what can hide in a hole, against brute force and pandas."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.series import Series
from analyzer.stats.records import (
    LONGEST_GAP,
    beginning_could_hide,
    bounds,
    by_period,
    hiding_sessions,
    last_more_extreme,
    rank_at,
)

VALUES = st.lists(st.integers(-50, 50), min_size=1, max_size=30).map(lambda v: np.array(v, dtype=np.float64))


def series(values: np.ndarray, missing: tuple[int, ...] = (), start: str = "2020-01-01") -> Series:
    sessions = np.busday_offset(start, np.arange(len(values)), roll="forward").astype("datetime64[D]")
    keep = np.setdiff1d(np.arange(len(values)), missing)
    return Series("X", "close", "split_adjusted", sessions[keep], values[keep], sessions)


@given(values=VALUES, data=st.data())
def test_rank_is_one_plus_the_number_of_more_extreme_values(values: np.ndarray, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(values) - 1))
    start = data.draw(st.integers(0, i))
    assert rank_at(values, i, "high", start) == 1 + sum(v > values[i] for v in values[start:i])
    assert rank_at(values, i, "low", start) == rank_at(-values, i, "high", start)
    last = last_more_extreme(values, i, "high")
    assert last == max((j for j in range(i) if values[j] > values[i]), default=None)


def test_equal_values_are_not_more_extreme() -> None:
    values = np.array([3.0, 1.0, 3.0])
    assert rank_at(values, 2, "high") == 1
    assert last_more_extreme(values, 2, "high") is None


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("day", date(2024, 2, 29), date(2024, 2, 29)),
        ("session", date(2024, 2, 29), date(2024, 2, 29)),
        ("week", date(2024, 2, 24), date(2024, 3, 1)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_bounds_of_a_leap_day(span: str, first: date, last: date) -> None:
    assert bounds(date(2024, 2, 29), span) == (first, last)  # type: ignore[arg-type]


@given(when=st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_a_week_runs_from_saturday_to_friday(when: date) -> None:
    first, last = bounds(when, "week")
    assert (first.weekday(), last.weekday()) == (5, 4)
    assert first <= when <= last == first + timedelta(days=6)


@pytest.mark.parametrize(("period", "rule"), [("week", "W-FRI"), ("month", "M"), ("year", "Y-DEC")])
def test_closes_of_periods_agree_with_pandas(period: str, rule: str) -> None:
    values = np.random.default_rng(7).normal(100.0, 5.0, 900)
    found = by_period(series(values), period)  # type: ignore[arg-type]
    days = pd.DatetimeIndex(series(values).dates)
    expected = pd.Series(values, index=days).groupby(days.to_period(rule)).last()
    assert found.values.tolist() == expected.tolist()
    assert len(found.sessions) == len(expected)


def test_a_period_whose_last_session_has_no_row_is_a_hole() -> None:
    values = np.full(70, 100.0)
    january = int(np.searchsorted(series(values).sessions, np.datetime64("2020-01-31")))
    found = by_period(series(values, missing=(january,)), "month")
    assert found.first == date(2020, 2, 28)
    assert len(found.sessions) == 4
    assert len(found.returns()) == 2


# --- what can hide --------------------------------------------------------------------------------------------------

STEADY = 100.0 + np.sin(np.arange(400) / 3.0)  # moves of at most 0.4 per cent in a session


@pytest.mark.parametrize(
    ("value", "side", "measure", "hidden"),
    [
        (103.0, "high", "level", 0),
        (101.2, "high", "level", 1),
        (97.0, "low", "level", 0),
        (98.8, "low", "level", 1),
        (5.0, "high", "change", 0),
        (-0.3, "low", "change", 1),
        (-0.5, "low", "return", 1),
    ],
)
def test_a_hole_hides_what_is_within_reach(value: float, side: str, measure: str, hidden: int) -> None:
    top, bottom = int(np.argmax(STEADY[100:120])) + 100, int(np.argmin(STEADY[100:120])) + 100
    hole = top if side == "high" else bottom
    assert hiding_sessions(series(STEADY, missing=(hole,)), None, value, side, measure) == hidden  # type: ignore[arg-type]


def test_holes_before_the_span_do_not_count() -> None:
    one = series(STEADY, missing=(10, 200))
    since = one.sessions[100].item()
    assert hiding_sessions(one, None, -0.1, "low", "return") == 2
    assert hiding_sessions(one, since, -0.1, "low", "return") == 1


def test_anything_hides_in_a_long_run_in_a_short_series_and_below_zero() -> None:
    run = tuple(range(100, 101 + LONGEST_GAP))
    assert hiding_sessions(series(STEADY, missing=run), None, 1e6, "high", "level") == LONGEST_GAP + 1
    assert hiding_sessions(series(STEADY[:50], missing=(10,)), None, 1e6, "high", "level") == 1
    assert hiding_sessions(series(STEADY - 100.0, missing=(10,)), None, 1e6, "high", "level") == 1


def test_a_series_without_holes_hides_nothing() -> None:
    assert hiding_sessions(series(STEADY), None, 0.0, "high", "return") == 0


@given(hole=st.integers(1, 198), jump=st.floats(0.5, 2.0))
def test_what_the_series_did_once_could_have_happened_in_the_hole(hole: int, jump: float) -> None:
    pattern = STEADY[:200].copy()
    pattern[hole] *= jump
    values = np.concatenate((pattern, pattern[::-1], pattern))  # the same moves up and down, three times
    seen = series(values, missing=(hole,))
    around = values[[hole - 1, hole + 1]]
    assert hiding_sessions(seen, None, max(values[hole], around.max()) * (1 - 1e-9), "high", "level") == 1
    assert hiding_sessions(seen, None, min(values[hole], around.min()) * (1 + 1e-9), "low", "level") == 1


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 12, 31), date(2024, 10, 1), date(2024, 12, 31)),
        (date(2023, 7, 1), date(2023, 7, 1), date(2023, 9, 30)),
    ],
)
def test_a_quarter_has_three_months(when: date, first: date, last: date) -> None:
    assert bounds(when, "quarter") == (first, last)


@pytest.mark.parametrize(
    ("side", "value", "could"),
    [("high", 1e6, False), ("high", 1.0, True), ("low", 1e-6, False), ("low", 1e6, True)],
)
def test_what_is_missing_at_the_beginning_is_bounded_by_the_moves_that_were_made(
    side: str, value: float, could: bool
) -> None:
    rows = series(STEADY, start="2020-03-02")
    assert beginning_could_hide(rows, date(2020, 1, 2), value, side) is could  # type: ignore[arg-type]


def test_a_beginning_of_many_years_may_have_held_anything() -> None:
    assert beginning_could_hide(series(STEADY), date(2010, 1, 4), 1e9, "high")
