"""Tails of distributions against scipy."""

from __future__ import annotations

import pytest
from scipy import stats

from analyzer.stats.tails import bridge_maximum, chi_square, normal_quantile, normal_two_sided, p_words


@pytest.mark.parametrize("dof", [1, 2, 3, 4, 7, 12, 25])
@pytest.mark.parametrize("x", [0.01, 0.7, 3.84, 15.0, 80.0])
def test_chi_square_is_that_of_scipy(x: float, dof: int) -> None:
    assert chi_square(x, dof) == pytest.approx(stats.chi2.sf(x, dof), rel=1e-11)


def test_a_chi_square_without_freedom_is_refused() -> None:
    with pytest.raises(ValueError, match="degree of freedom"):
        chi_square(1.0, 0)
    assert chi_square(0.0, 3) == 1.0


@pytest.mark.parametrize("z", [0.0, 0.5, -1.96, 3.3, 9.0])
def test_normal_tail_and_quantile_are_those_of_scipy(z: float) -> None:
    assert normal_two_sided(z) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-12)
    assert normal_quantile(0.975) == pytest.approx(stats.norm.ppf(0.975), rel=1e-12)


@pytest.mark.parametrize("x", [0.2, 0.5, 0.99, 1.0, 1.358, 2.5])
def test_the_largest_swing_of_a_bridge_is_kolmogorovs_law(x: float) -> None:
    assert bridge_maximum(x) == pytest.approx(stats.kstwobign.sf(x), rel=1e-9, abs=1e-15)
    assert bridge_maximum(0.0) == 1.0


def test_a_p_value_is_never_printed_as_zero() -> None:
    assert (p_words(0.0341), p_words(1e-9)) == ("p = 0.034", "p < 0.001")
