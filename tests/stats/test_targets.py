from __future__ import annotations

import math

import numpy as np
import pytest

from analyzer.model import Stated
from analyzer.stats.targets import any_move, stated_target


def level(value: float, low: float | None, high: float | None, **more: str) -> Stated:
    return Stated.model_validate(
        {"text": str(value), "value": value, "low": low, "high": high, "unit": "points", **more}
    )


def test_an_open_interval_says_which_side_counts() -> None:
    above = stated_target(level(5000, 5000, None), 5800, "down")
    assert above.upward
    assert above.holds(-0.10)
    assert not above.holds(-0.20)


def test_without_a_direction_the_side_is_that_on_which_the_target_lies() -> None:
    assert stated_target(level(6000, 6000, 6000), 5800, None).upward
    assert not stated_target(level(5000, 5000, 5000), 5800, None).upward


def test_the_rounded_edge_counts_and_what_is_missing_is_said() -> None:
    target = stated_target(level(1000, 975, 1025), 900, "up")
    assert target.holds(980 / 900 - 1)
    assert target.short(980 / 900 - 1) == pytest.approx(20 / 900)
    assert target.short(1010 / 900 - 1) == 0.0


def test_between_two_levels_both_bounds_count() -> None:
    target = stated_target(level(6250, 6000, 6500, qualifier="between"), 5800, "up")
    assert target.two_sided
    assert target.reached(np.array([0.0, 0.05, 0.2])).tolist() == [False, True, False]
    assert target.short(0.05) == 0.0


def test_a_fall_by_a_fraction_is_a_target_below() -> None:
    said = Stated(text="20 percent", value=-0.2, low=-0.205, high=-0.195, unit="fraction")
    target = stated_target(said, None, None)
    assert (target.low, target.high) == (-math.inf, -0.195)
    assert target.short(-0.197) == pytest.approx(0.003)


def test_an_equal_close_is_neither_higher_nor_lower() -> None:
    assert not any_move("up").holds(0.0)
    assert not any_move("down").holds(0.0)
    assert any_move("down").holds(-0.0001)


def test_a_level_needs_a_positive_one_to_be_compared_with() -> None:
    with pytest.raises(ValueError, match="no positive one"):
        stated_target(level(50, 50, 50), -37.63, None)
