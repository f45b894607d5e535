"""Ranks against scipy 1.17.1 and against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.stats.ranks import percentile_rank, rank_test

FLOATS = st.floats(-1e6, 1e6, allow_nan=False)


def test_percentile_rank_is_that_of_scipy() -> None:
    """scipy.stats.percentileofscore(values, x, kind="weak"), scipy 1.17.1."""
    values = np.round(np.random.default_rng(8).lognormal(2.9, 0.3, 252), 1)
    assert percentile_rank(values, 20.0) == pytest.approx(0.6349206349206349, abs=1e-12)
    assert percentile_rank(values, float(values[-1])) == pytest.approx(0.04761904761904762, abs=1e-12)


def test_the_highest_of_its_own_sample_scores_one() -> None:
    assert percentile_rank(np.array([3.0, 9.0, 1.0]), 9.0) == 1.0


def test_a_sample_with_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="without NaN"):
        percentile_rank(np.array([1.0, np.nan]), 1.0)
    with pytest.raises(ValueError, match="0 values"):
        rank_test(np.array([]), 1.0)


def test_the_largest_of_sixty_one_has_a_pvalue_of_one_in_sixty_one() -> None:
    found = rank_test(np.arange(60.0), 60.0)
    assert (found.rank, found.nobs, found.pvalue) == (1, 60, 1 / 61)


def test_ties_count_against_the_claim() -> None:
    assert rank_test(np.array([1.0, 5.0, 5.0]), 5.0).rank == 3
    assert rank_test(np.array([1.0, 5.0, 5.0]), 1.0, "low").rank == 2


def test_a_sample_that_is_too_small_has_no_critical_value() -> None:
    assert rank_test(np.arange(15.0), 99.0).critical is None


@given(st.lists(FLOATS, min_size=19, max_size=80), FLOATS, st.sampled_from(["high", "low"]))
def test_exactly_the_values_beyond_the_critical_one_are_significant(sample: list[float], x: float, side: str) -> None:
    found = rank_test(np.array(sample), x, side)  # type: ignore[arg-type]
    assert 0.0 < found.pvalue <= 1.0
    if found.critical is None:
        assert found.pvalue >= 0.05
    else:
        beyond = x > found.critical if side == "high" else x < found.critical
        assert (found.pvalue < 0.05) == beyond
