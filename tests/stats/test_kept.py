"""Kept results: computed once for equal arrays and settings, anew for others, and only so many of them."""

from __future__ import annotations

import numpy as np

from analyzer.series import common_days
from analyzer.stats.kept import kept


def test_equal_arrays_are_computed_once_and_others_anew() -> None:
    asked: list[tuple[int, int]] = []

    @kept(most=8)
    def power(values: np.ndarray, exponent: int) -> np.ndarray:
        asked.append((len(values), exponent))
        return np.asarray(values**exponent)

    first = power(np.array([1.0, 2.0]), 2)
    assert power(np.array([1.0, 2.0]), 2) is first
    assert power(np.array([1.0, 2.0]), exponent=3).tolist() == [1.0, 8.0]
    assert power(np.array([1.0, 3.0]), 2).tolist() == [1.0, 9.0]
    assert asked == [(2, 2), (2, 3), (2, 2)]


def test_shape_and_type_tell_arrays_of_the_same_bytes_apart() -> None:
    @kept(most=8)
    def told(values: np.ndarray) -> tuple[str, tuple[int, ...]]:
        return values.dtype.str, values.shape

    assert told(np.zeros(4)) == ("<f8", (4,))
    assert told(np.zeros((2, 2))) == ("<f8", (2, 2))
    assert told(np.zeros(4, dtype=np.int64)) == ("<i8", (4,))


def test_only_the_last_results_are_kept() -> None:
    asked: list[float] = []

    @kept(most=2)
    def total(values: np.ndarray) -> float:
        asked.append(float(values[0]))
        return float(values.sum())

    for start in (1.0, 2.0, 3.0, 1.0):
        assert total(np.array([start])) == start
    assert asked == [1.0, 2.0, 3.0, 1.0]


def test_common_days_are_those_of_both() -> None:
    days = np.arange(np.datetime64("2025-01-01"), np.datetime64("2025-03-01"))
    draw = np.random.default_rng(3)
    for _ in range(20):
        one, other = (days[draw.random(len(days)) < share] for share in (0.7, 0.4))
        assert common_days(one, other).tolist() == np.intersect1d(one, other).tolist()
    assert len(common_days(days, days[:0])) == 0
    assert len(common_days(days[:0], days)) == 0
