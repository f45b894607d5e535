"""Scores of probabilities, held against figures worked by hand and against identities that must hold."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.stats.scores import brier, log_score, murphy, skill

RAIN = np.array([0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.9, 0.9, 0.9, 0.9])
FELL = np.array([0, 0, 0, 1, 0, 1, 1, 1, 1, 0])


def test_the_brier_score_by_hand() -> None:
    # 3 x 0.01 + 0.81, 2 x 0.25, 3 x 0.01 + 0.81: 2.18 in ten
    assert brier(RAIN, FELL) == pytest.approx(0.218)
    assert log_score(np.array([0.8, 0.5]), np.array([1, 0])) == pytest.approx(-(log(0.8) + log(0.5)) / 2)
    assert log_score(np.array([0.0]), np.array([1])) == inf


def test_the_parts_of_murphy_by_hand() -> None:
    parts = murphy(RAIN, FELL)
    # bins 0.1, 0.5, 0.9 with 4, 2, 4 forecasts and 1/4, 1/2, 3/4 hits; half of all came true
    assert parts.reliability == pytest.approx((4 * 0.15**2 + 0 + 4 * 0.15**2) / 10)
    assert parts.resolution == pytest.approx((4 * 0.25**2 + 4 * 0.25**2) / 10)
    assert (parts.uncertainty, parts.within) == (0.25, pytest.approx(0.0))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.integers(1, 12))
def test_the_parts_add_up_with_bins_and_without(pairs: list[tuple[float, bool]], bins: int) -> None:
    p, o = np.array([a for a, _ in pairs]), np.array([float(b) for _, b in pairs])
    for parts in (murphy(p, o), murphy(p, o, np.linspace(0, 1, bins + 1))):
        total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
        assert total == pytest.approx(parts.score, abs=1e-12)
        assert parts.score == pytest.approx(brier(p, o), abs=1e-12)


def test_skill_is_against_a_reference() -> None:
    base = brier(np.full(10, FELL.mean()), FELL)
    assert base == pytest.approx(murphy(RAIN, FELL).uncertainty)
    assert skill(brier(RAIN, FELL), base) == pytest.approx(1 - 0.218 / 0.25)
    with pytest.raises(ValueError, match="reference"):
        skill(0.1, 0.0)


@pytest.mark.parametrize(("p", "o"), [([], []), ([0.5], [2]), ([1.2], [1]), ([0.5, 0.5], [1])])
def test_what_is_no_forecast_is_refused(p: list[float], o: list[float]) -> None:
    with pytest.raises(ValueError, match="forecasts"):
        brier(np.array(p), np.array(o))
