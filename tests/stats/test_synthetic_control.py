"""Simplex weights, synthetic control, placebo test, difference in differences: scipy, statsmodels, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from analyzer.stats.simplex import simplex_least_squares
from analyzer.stats.synthetic_control import (
    difference_in_differences,
    difference_of_gaps,
    leave_one_out,
    pair_pvalue,
    placebo_pvalue,
    placebos,
    synthetic_control,
)


def panel(seed: int, n: int = 120, units: int = 20, size: float = 0.02) -> np.ndarray:
    """(n, units) random walks with a common factor."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, size, (n, 1)) + rng.normal(0, size, (n, units))
    return np.asarray(np.cumsum(steps, axis=0))


def loss(columns: np.ndarray, target: np.ndarray, w: np.ndarray) -> float:
    return float(np.sum((columns @ w - target) ** 2))


# --- weights ---------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 40), count=st.integers(1, 25))
def test_weights_meet_the_conditions_of_an_optimum(seed: int, n: int, count: int) -> None:
    """Karush, Kuhn and Tucker: where a weight is used the gradient is at its level, nowhere below it."""
    rng = np.random.default_rng(seed)
    columns, target = rng.normal(size=(n, count)), rng.normal(size=n)
    w = simplex_least_squares(columns, target)
    assert w.min() >= 0.0
    assert w.sum() == pytest.approx(1.0, abs=1e-9)
    gradient = columns.T @ (columns @ w - target)
    level = float(w @ gradient)
    tolerance = 1e-7 * max(1.0, float(np.abs(gradient).max()))
    assert (gradient >= level - tolerance).all()
    assert gradient[w > 1e-9] == pytest.approx(np.full(int((w > 1e-9).sum()), level), abs=tolerance)


@pytest.mark.parametrize("seed", range(4))
def test_weights_are_those_of_sequential_quadratic_programming(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns, target = rng.normal(size=(30, 6)), rng.normal(size=30)
    w = simplex_least_squares(columns, target)
    other = minimize(
        lambda x: loss(columns, target, x), np.full(6, 1 / 6), jac=lambda x: 2 * columns.T @ (columns @ x - target),
        method="SLSQP", bounds=[(0, 1)] * 6, constraints={"type": "eq", "fun": lambda x: x.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 500},
    )  # fmt: skip
    assert loss(columns, target, w) <= other.fun + 1e-9
    assert w == pytest.approx(other.x, abs=1e-5)


def test_a_mixture_is_found_again() -> None:
    columns = np.random.default_rng(5).normal(size=(40, 8))
    true = np.array([0.5, 0.0, 0.3, 0.0, 0.2, 0.0, 0.0, 0.0])
    assert simplex_least_squares(columns, columns @ true) == pytest.approx(true, abs=1e-10)


def test_weights_by_hand() -> None:
    """Between 0 and 2 the target 1.5 wants 3/4 of the second; beyond 2 all of it."""
    columns = np.array([[0.0, 2.0]])
    assert simplex_least_squares(columns, np.array([1.5])) == pytest.approx([0.25, 0.75])
    assert simplex_least_squares(columns, np.array([5.0])) == pytest.approx([0.0, 1.0])
    with pytest.raises(ValueError, match="one or more columns"):
        simplex_least_squares(np.empty((3, 0)), np.zeros(3))


def test_equal_columns_do_no_harm() -> None:
    column = np.random.default_rng(6).normal(size=(20, 1))
    w = simplex_least_squares(np.hstack([column, column, column]), column[:, 0])
    assert w.sum() == pytest.approx(1.0)
    assert loss(np.hstack([column] * 3), column[:, 0], w) < 1e-18


# --- synthetic control -----------------------------------------------------------------------------------------------


def test_an_effect_that_was_put_in_is_found() -> None:
    controls = panel(1)
    treated = controls[:, 0] * 0.6 + controls[:, 3] * 0.4
    treated[80:] -= 0.3
    found = synthetic_control(treated, controls, 80)
    assert found.weights[[0, 3]] == pytest.approx([0.6, 0.4], abs=1e-8)
    assert found.effect == pytest.approx(-0.3, abs=1e-8)
    others = placebos(controls, 80)
    assert len(others) == 20
    assert placebo_pvalue(found.ratio, [o.ratio for o in others]) == pytest.approx(1 / 21)


def test_root_mean_squares_and_ratio_by_hand() -> None:
    """One control at zero: gaps 1, -1 before and 2, 4 after."""
    found = synthetic_control(np.array([1.0, -1, 2, 4]), np.zeros((4, 1)), 2)
    assert (found.before, found.effect) == (1.0, 3.0)
    assert found.after == pytest.approx(np.sqrt(10))
    assert found.ratio == pytest.approx(np.sqrt(10))


def test_the_placebo_p_has_no_value_under_one_in_j_plus_one() -> None:
    assert placebo_pvalue(9.0, [1.0] * 18) == pytest.approx(1 / 19)
    assert placebo_pvalue(9.0, [1.0] * 18) > 0.05
    assert placebo_pvalue(9.0, [1.0] * 19) == 0.05
    assert placebo_pvalue(1.0, [1.0, 2.0, 0.5]) == 0.75


@pytest.mark.slow
def test_without_an_effect_the_placebo_test_keeps_its_size() -> None:
    """200 panels of 20 units of one kind, one of them called treated: p under 5 % in about one of twenty."""
    hits = 0
    for seed in range(200):
        every = panel(100 + seed, n=60, units=20)
        found = synthetic_control(every[:, 0], every[:, 1:], 40)
        hits += placebo_pvalue(found.ratio, [o.ratio for o in placebos(every[:, 1:], 40)]) <= 0.05
    assert 0.015 <= hits / 200 <= 0.10


def test_leaving_out_the_control_that_carries_it_changes_the_effect() -> None:
    controls = panel(2)
    treated = controls[:, 0] * 0.6 + controls[:, 3] * 0.4
    found = synthetic_control(treated, controls, 80)
    low, high = leave_one_out(treated, controls, 80, found.weights)
    assert low <= high
    by_hand = synthetic_control(treated, np.delete(controls, 0, axis=1), 80).effect
    assert by_hand in (pytest.approx(low), pytest.approx(high))


def test_two_treated_units_are_set_against_pairs_of_controls() -> None:
    controls = panel(3)
    sender, target = (controls @ np.eye(20)[i] for i in (4, 5))
    sender[80:] -= 0.5
    target[80:] += 0.2
    first, second = (synthetic_control(one, controls, 80) for one in (sender, target))
    difference = difference_of_gaps(first, second, 80)
    assert difference.effect == pytest.approx(-0.7, abs=1e-6)
    assert pair_pvalue(difference, placebos(controls, 80), 80) == pytest.approx(1 / 21)


def test_rows_are_wanted_on_either_side() -> None:
    for before in (1, 10):
        with pytest.raises(ValueError, match="before and after"):
            synthetic_control(np.zeros(10), np.zeros((10, 2)), before)


# --- difference in differences ---------------------------------------------------------------------------------------


def test_the_effect_is_that_of_a_regression_with_unit_and_time_effects() -> None:
    every = panel(4, n=12, units=5)
    found = difference_in_differences(every[:, 0], every[:, 1:], 7)
    n, units = every.shape
    rows = [
        [float(u == k) for k in range(units)] + [float(t == k) for k in range(1, n)] + [float(u == 0 and t >= 7)]
        for u in range(units) for t in range(n)
    ]  # fmt: skip
    fit = sm.OLS(every.T.ravel(), np.array(rows)).fit()
    assert found.effect == pytest.approx(fit.params[-1], abs=1e-12)


def test_conley_and_taber_rank_the_effect_among_those_of_the_controls() -> None:
    """Controls change by 0, 1, 2, 3, the treated unit by 10: each control against the mean of the others."""
    controls = np.array([[0.0, 0, 0, 0], [0.0, 1, 2, 3]])
    found = difference_in_differences(np.array([0.0, 10.0]), controls, 1)
    assert found.effect == pytest.approx(8.5)
    assert found.pvalue == pytest.approx(1 / 5)
    assert difference_in_differences(np.array([0.0, 3.4]), controls, 1).pvalue == pytest.approx(3 / 5)
