"""Thresholds, crossings and first passages."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.series import Series
from analyzer.stats.levels import beyond, crosses, earlier_passage, is_beyond, point_at

SESSIONS = np.busday_offset("2024-01-01", np.arange(40), roll="forward").astype("datetime64[D]")


def series(values: list[float], missing: tuple[int, ...] = ()) -> Series:
    keep = np.setdiff1d(np.arange(len(values)), missing)
    own = SESSIONS[: len(values)]
    return Series("X", "close", "as_traded", own[keep], np.array(values)[keep], own)


def test_a_value_on_the_level_is_not_beyond_it() -> None:
    assert not is_beyond(5000.0, 5000.0, "high")
    assert not is_beyond(0.1 + 0.2, 0.3, "high")
    assert is_beyond(5000.01, 5000.0, "high")
    assert is_beyond(4999.99, 5000.0, "low")
    assert beyond(np.array([4.9, 5.0, 5.1]), 5.0, "low", touching=True).tolist() == [True, True, False]


@given(before=st.integers(-9, 9), now=st.integers(-9, 9), level=st.integers(-9, 9))
def test_a_crossing_up_is_a_crossing_down_of_the_mirror_image(before: int, now: int, level: int) -> None:
    assert crosses(before, now, level, "high") == (now > level >= before)
    assert crosses(before, now, level, "high") == crosses(-before, -now, -level, "low")


def test_a_point_knows_the_session_before_it_unless_that_is_a_hole() -> None:
    closes = series([1.0, 2.0, 3.0], missing=(1,))
    first, second, third = (SESSIONS[i].item() for i in range(3))
    assert point_at(closes, second) is None
    assert point_at(closes, None) is None
    found = point_at(closes, third)
    assert found is not None
    assert (found.before_session, found.before) == (second, None)
    start = point_at(closes, first)
    assert start is not None
    assert (start.before_session, start.before) == (None, None)


@given(values=st.lists(st.integers(1, 9), min_size=2, max_size=40), since=st.integers(0, 39))
def test_an_earlier_passage_is_found_as_by_reading_the_rows(values: list[int], since: int) -> None:
    closes, last = series([float(v) for v in values]), len(values) - 1
    since = min(since, last)
    found = earlier_passage(closes, SESSIONS[last].item(), (5.0, "high"), SESSIONS[since].item())
    hits = [i for i in range(since + 1, last) if values[i] > 5]
    before = [i for i in range(since + 1) if values[i] > 5 and i < last]
    assert found.first == (SESSIONS[hits[0]].item() if hits else None)
    assert found.last == (SESSIONS[hits[-1]].item() if hits else None)
    assert found.sessions_ago == (last - hits[0] if hits else 0)
    assert found.before_scope == (SESSIONS[before[-1]].item() if before else None)
    assert found.nobs == max(last - since - 1, 0)


def test_the_scope_without_a_date_is_everything_before_the_session() -> None:
    found = earlier_passage(series([6.0, 4.0, 4.5, 7.0]), date(2024, 1, 4), (5.0, "high"))
    assert (found.first, found.nobs, found.begins, found.before_scope) == (date(2024, 1, 1), 3, date(2024, 1, 1), None)
    assert found.sessions_ago == 3


@pytest.mark.parametrize(("session", "hidden"), [(1, 0), (3, 1)])
def test_sessions_without_a_row_before_the_session_are_counted(session: int, hidden: int) -> None:
    closes = series([1.0, 1.0, 1.0, 6.0], missing=(2,))
    assert earlier_passage(closes, SESSIONS[session].item(), (5.0, "high")).hidden == hidden
