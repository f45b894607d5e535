"""Drawdowns against pandas 3.1.1 (close / close.cummax() - 1) and empyrical-reloaded 0.7.1 (max_drawdown)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.stats.drawdown import aftermath, running_drawdown

PRICES = st.lists(st.floats(1.0, 1000.0), min_size=1, max_size=60)


def seeded() -> np.ndarray:
    return np.asarray(100 * np.cumprod(1 + np.random.default_rng(11).normal(0, 0.012, 500)))


def test_the_running_drawdown_is_that_of_pandas_and_empyrical() -> None:
    found = running_drawdown(seeded(), -0.10)
    assert (found.peak, found.trough, found.crossing) == (418, 444, 444)
    assert found.depth == pytest.approx(-0.07433386984396106, abs=1e-12)
    assert found.deepest == pytest.approx(-0.10161948048648953, abs=1e-12)


def test_a_fall_of_exactly_a_fifth_crosses_the_threshold_of_a_fifth() -> None:
    assert running_drawdown(np.array([100.0, 80.0]), -0.20).crossing == 1
    assert running_drawdown(np.array([100.0, 80.01]), -0.20).crossing is None


def test_the_fall_begins_at_the_latest_of_equal_highs() -> None:
    assert running_drawdown(np.array([100.0, 70.0, 100.0, 95.0]), -0.20).peak == 2


def test_at_a_new_high_there_is_no_fall() -> None:
    found = running_drawdown(np.array([90.0, 80.0, 91.0]), -0.10)
    assert (found.depth, found.crossing, found.peak) == (0.0, None, 2)


def test_the_high_regained_before_a_fall_ends_the_search_for_the_fall() -> None:
    after = aftermath(np.array([95.0, 100.0, 70.0]), 100.0, -0.20)
    assert (after.fell, after.regained, after.trough) == (None, 1, 0)


def test_a_fall_that_is_not_made_good_has_no_recovery() -> None:
    after = aftermath(np.array([85.0, 79.0, 90.0]), 100.0, -0.20)
    assert (after.fell, after.regained, after.trough) == (1, None, 1)


def test_a_high_regained_at_once_has_no_fall_before_it() -> None:
    after = aftermath(np.array([101.0, 60.0]), 100.0, -0.20)
    assert (after.fell, after.regained) == (None, 0)


@pytest.mark.parametrize(("closes", "threshold"), [([], -0.2), ([1.0], 0.2), ([1.0], -1.0)])
def test_no_closes_or_a_threshold_that_is_none_are_refused(closes: list[float], threshold: float) -> None:
    with pytest.raises(ValueError, match="needed"):
        running_drawdown(np.array(closes), threshold)
    with pytest.raises(ValueError, match="needed"):
        aftermath(np.array(closes), 1.0, threshold)


@given(PRICES, st.floats(0.01, 100.0))
def test_a_drawdown_does_not_depend_on_the_unit_of_the_price(prices: list[float], factor: float) -> None:
    prices = [round(price, 2) for price in prices]  # as quoted: scaling must not reorder two that are nearly equal
    one, other = (running_drawdown(np.array(prices) * f, -0.17) for f in (1.0, factor))
    assert other.depth == pytest.approx(one.depth, abs=1e-9)
    assert other.deepest == pytest.approx(one.deepest, abs=1e-9)


@given(PRICES)
def test_depths_are_ordered_and_the_crossing_lies_between_high_and_end(prices: list[float]) -> None:
    found = running_drawdown(np.array(prices), -0.10)
    assert -1.0 < found.deepest <= found.depth <= 0.0
    assert found.peak <= found.trough < len(prices)
    assert (found.crossing is not None) == (found.deepest <= -0.10 + 1e-12)
