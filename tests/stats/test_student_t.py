"""Student's t against scipy 1.17.1, ``2 * scipy.stats.t.sf(abs(t), dof)``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analyzer.stats.student_t import quantile, two_sided


@pytest.mark.parametrize(
    ("t", "dof", "pvalue"),
    [
        (0.1, 1, 0.936548965138893),
        (2.0, 10, 0.07338803477074037),
        (-5.1, 248, 6.75044258270683e-07),
        (1.96, 248, 0.05111559193184124),
        (12.7, 2, 0.006142941599595777),
        (0.5, 1e6, 0.6170751874723714),
        (40.0, 3, 3.4380680789158506e-05),
        (1e-9, 5, 0.9999999992407866),
    ],
)
def test_the_tail_is_that_of_scipy(t: float, dof: float, pvalue: float) -> None:
    assert two_sided(t, dof) == pytest.approx(pvalue, rel=1e-9)


@given(st.floats(-60, 60), st.integers(1, 5000))
def test_it_is_a_probability_and_symmetric(t: float, dof: int) -> None:
    assert 0.0 <= two_sided(t, dof) <= 1.0
    assert two_sided(t, dof) == two_sided(-t, dof)


def test_no_degrees_of_freedom_are_refused() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        two_sided(1.0, 0)


@pytest.mark.parametrize("p", [0.2, 0.05, 0.005, 1e-6])
@pytest.mark.parametrize("dof", [1, 2, 29, 500])
def test_quantile_is_that_of_scipy(p: float, dof: int) -> None:
    assert quantile(p, dof) == pytest.approx(stats.t.isf(p, dof), rel=1e-9)
