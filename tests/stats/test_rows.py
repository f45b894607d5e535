from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.series import Series
from analyzer.stats.falls import fall_at, sequel
from analyzer.stats.rows import row_on_or_before


def series(first: str, closes: list[float], holes: tuple[int, ...] = ()) -> Series:
    sessions = np.busday_offset(first, np.arange(len(closes)), roll="forward")
    kept = [i for i in range(len(closes)) if i not in holes]
    return Series("X", "close", "split_adjusted", sessions[kept], np.array(closes)[kept], sessions)


WEEK = series("2025-01-20", [100.0, 90.0, 79.0, 85.0, 88.0])


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        (date(2025, 1, 22), date(2025, 1, 22)),
        (date(2025, 1, 26), date(2025, 1, 24)),
        (date(2025, 1, 27), date(2025, 1, 24)),
        (date(2025, 1, 28), None),
        (date(2025, 1, 19), None),
    ],
)
def test_a_weekend_and_one_open_day_stand_for_the_last_close_and_no_more(asked: date, row: date | None) -> None:
    assert row_on_or_before(WEEK, asked) == row


def test_a_hole_is_not_filled_with_the_session_before() -> None:
    holed = series("2025-01-20", [100.0, 90.0, 79.0, 85.0, 88.0], holes=(2,))
    assert row_on_or_before(holed, date(2025, 1, 22)) is None


def test_a_fall_knows_its_dates() -> None:
    fall = fall_at(WEEK, date(2025, 1, 23), -0.20, start=date(2025, 1, 20))
    assert fall is not None
    assert (fall.peak, fall.trough, fall.crossing) == (date(2025, 1, 20), date(2025, 1, 22), date(2025, 1, 22))
    assert fall.covered
    assert fall.before(5) == (date(2025, 1, 22), date(2025, 1, 21))
    assert fall.depth_on(date(2025, 1, 24)) == pytest.approx(-0.12)
    with pytest.raises(ValueError, match="no close"):
        fall.depth_on(date(2025, 1, 25))


def test_a_search_of_a_year_is_not_covered_by_a_week_unless_the_listing_lies_in_it() -> None:
    short, listed = (fall_at(WEEK, date(2025, 1, 24), -0.20, listed=day) for day in (None, date(2025, 1, 20)))
    assert short is not None
    assert listed is not None
    assert (short.covered, listed.covered) == (False, True)


def test_one_row_is_no_fall() -> None:
    assert fall_at(WEEK, date(2025, 1, 20), -0.20) is None


def test_nothing_follows_the_last_row() -> None:
    fall = fall_at(WEEK, date(2025, 1, 24), -0.20)
    assert fall is not None
    assert sequel(fall, -0.20) is None


def test_the_sequel_of_a_fall_is_dated() -> None:
    rows = series("2025-01-20", [100.0, 95.0, 80.0, 90.0, 101.0, 70.0])
    fall = fall_at(rows, date(2025, 1, 21), -0.20)
    assert fall is not None
    after = sequel(fall, -0.20)
    assert after is not None
    assert (after.fell, after.trough, after.regained) == (date(2025, 1, 22), date(2025, 1, 22), date(2025, 1, 24))
    assert after.last == date(2025, 1, 27)
