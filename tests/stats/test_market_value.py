"""Share counts on the share basis of a session, and changes of market value."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.series import Series, ShareCount
from analyzer.stats.market_value import market_value, recounted, total, value_change, value_changes
from analyzer.stats.shares import adjusted_counts, count_known, next_count, split_between, split_ratio

DATES = np.array(["2024-06-06", "2024-06-07", "2024-06-10", "2024-06-11"], dtype="datetime64[D]")
ADJUSTED = Series("NVDA", "close", "split_adjusted", DATES, np.array([121.0, 120.89, 121.79, 120.91]), DATES, "USD")
TRADED = Series("NVDA", "close", "as_traded", DATES, np.array([1210.0, 1208.9, 121.79, 120.91]), DATES, "USD")
BEFORE = ShareCount("NVDA", date(2024, 6, 6), date(2024, 6, 6), 2.46e9)
AFTER = ShareCount("NVDA", date(2024, 6, 10), date(2024, 6, 11), 24.6e9)
PARTIAL = ShareCount("NVDA", date(2024, 6, 7), date(2024, 6, 7), 1.0, complete=False)
ROWS = (AFTER, PARTIAL, BEFORE)


def test_the_latest_complete_count_that_was_known_is_taken() -> None:
    assert count_known(ROWS, date(2024, 6, 5)) is None
    assert count_known(ROWS, date(2024, 6, 10)) == BEFORE
    assert count_known(ROWS, date(2024, 6, 11)) == AFTER
    assert next_count(ROWS, BEFORE, date(2024, 6, 10)) is None
    assert next_count(ROWS, BEFORE, date(2024, 6, 11)) == AFTER


def test_a_split_shows_in_the_ratio_of_the_prices() -> None:
    assert split_between(TRADED, ADJUSTED, date(2024, 6, 7), date(2024, 6, 10)) == pytest.approx(10.0)
    assert split_between(TRADED, ADJUSTED, date(2024, 6, 8), date(2024, 6, 10)) == pytest.approx(10.0)  # a Saturday
    assert split_between(TRADED, ADJUSTED, date(2024, 6, 10), date(2024, 6, 11)) == 1.0
    assert split_ratio(TRADED, ADJUSTED, date(2024, 6, 5)) is None
    assert split_between(TRADED, ADJUSTED, date(2024, 6, 5), date(2024, 6, 10)) is None


def test_a_ratio_needs_both_prices_of_one_day() -> None:
    shorter = ADJUSTED.between(None, date(2024, 6, 7))
    assert split_ratio(TRADED, shorter, date(2024, 6, 10)) is None


@pytest.mark.parametrize("count", [BEFORE, AFTER])
def test_a_change_does_not_depend_on_the_share_basis_of_the_count(count: ShareCount) -> None:
    change = value_change(TRADED, ADJUSTED, count, date(2024, 6, 7), date(2024, 6, 10))
    assert change is not None
    assert change.value == pytest.approx((121.79 - 120.89) * 24.6e9)
    assert total([change, change]) == pytest.approx(2 * change.value)
    assert recounted(change, ROWS, date(2024, 6, 11)).value == pytest.approx(change.value)


def test_a_change_needs_both_prices() -> None:
    assert value_change(TRADED, ADJUSTED, BEFORE, date(2024, 6, 5), date(2024, 6, 10)) is None
    assert value_change(TRADED, ADJUSTED, BEFORE, date(2024, 6, 7), date(2024, 6, 12)) is None


def test_the_market_value_of_a_group_stands_on_common_sessions() -> None:
    one = value_change(TRADED, ADJUSTED, AFTER, date(2024, 6, 7), date(2024, 6, 11))
    shorter = value_change(
        TRADED.between(date(2024, 6, 7), None), ADJUSTED.between(date(2024, 6, 7), None), AFTER, date(2024, 6, 7),
        date(2024, 6, 11),
    )  # fmt: skip
    assert one is not None
    assert shorter is not None
    summed = market_value([one, shorter], None, None)
    assert summed.dates.tolist() == DATES[1:].tolist()
    assert summed.values == pytest.approx(2 * 24.6e9 * ADJUSTED.values[1:])


def test_changes_over_time_use_the_count_known_on_each_day() -> None:
    counts = adjusted_counts(ROWS, TRADED, ADJUSTED)
    assert counts == [(date(2024, 6, 6), pytest.approx(24.6e9)), (date(2024, 6, 11), pytest.approx(24.6e9))]
    fewer = [(date(2024, 6, 10), 1e9), (date(2024, 6, 11), 2e9)]
    found = value_changes(ADJUSTED, fewer)
    assert found.dates.tolist() == DATES[2:].tolist()
    assert found.values == pytest.approx([0.90e9, -1.76e9])
    assert len(value_changes(ADJUSTED, [])) == 0
