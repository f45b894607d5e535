"""Tests of forecasts against statsmodels 0.15.0 and arch 8.0.0, and against what is known of simulated forecasters."""

from __future__ import annotations

import numpy as np
import pytest
from arch.bootstrap import MCS
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.sandwich_covariance import S_hac_simple, weights_uniform
from statsmodels.tsa.stattools import diebold_mariano_test

from analyzer.stats import forecast_tests as ft


def errors(n: int, seed: int, worse: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    common = rng.normal(size=n)
    return common + rng.normal(size=n), common + worse * rng.normal(size=n)


# --- two forecasters -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("criterion", ["mse", "mae"])
@pytest.mark.parametrize("n", [12, 60, 250])
def test_one_step_is_the_test_of_statsmodels(criterion: str, n: int) -> None:
    rng = np.random.default_rng(n)
    outcome, (first, second) = rng.normal(size=n), errors(n, n, 1.3)
    theirs = diebold_mariano_test(
        outcome, outcome - first, outcome - second, lags=0, criterion=criterion, harvey_adj=True
    )
    power = 2 if criterion == "mse" else 1
    mine = ft.diebold_mariano(np.abs(first) ** power, np.abs(second) ** power)
    assert (mine.statistic, mine.pvalue) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9)


@pytest.mark.parametrize("horizon", [2, 4])
def test_several_steps_count_their_autocovariances_in_full(horizon: int) -> None:
    """The standard error of a mean with a uniform kernel, by statsmodels."""
    rng = np.random.default_rng(3)
    d = np.convolve(rng.normal(size=200), np.ones(horizon), "valid") + 0.3
    n = len(d)
    fit = OLS(d, np.ones(n)).fit()
    middle = S_hac_simple((d - d.mean())[:, None], nlags=horizon - 1, weights_func=weights_uniform)
    factor = np.sqrt((n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n)
    expected = factor * fit.params[0] / np.sqrt(middle[0, 0] / n**2)
    mine = ft.diebold_mariano(d, np.zeros(n), horizon)
    assert mine.statistic == pytest.approx(expected, rel=1e-10)
    assert mine.pvalue == pytest.approx(2.0 * stats.t.sf(abs(expected), n - 1), rel=1e-9)
    assert mine.mean / mine.error == pytest.approx(mine.statistic)
    assert not mine.bartlett


def test_a_variance_that_is_not_positive_takes_bartlett_s_weights() -> None:
    d = np.array([1.0, -1.2] * 20) + 0.01 * np.arange(40)
    mine = ft.diebold_mariano(d, np.zeros(40), 2)
    zero = np.zeros(40)
    theirs = diebold_mariano_test(zero, d, zero, lags=1, criterion=lambda y, f: f, harvey_adj=True, horizon=2)
    assert mine.bartlett
    assert mine.statistic == pytest.approx(theirs.statistic, rel=1e-9)


def test_unit_and_order_change_the_statistic_as_they_must() -> None:
    first, second = (np.abs(e) for e in errors(80, 5))
    one = ft.diebold_mariano(first, second)
    scaled, turned = ft.diebold_mariano(7.0 * first, 7.0 * second), ft.diebold_mariano(second, first)
    shifted = ft.diebold_mariano(first + 3.0, second + 3.0)
    assert scaled.statistic == pytest.approx(one.statistic)
    assert shifted.statistic == pytest.approx(one.statistic)
    assert (turned.statistic, turned.pvalue) == pytest.approx((-one.statistic, one.pvalue))


def test_a_better_forecaster_is_found_with_the_size_of_its_lead() -> None:
    first, second = errors(400, 1, worse=2.0)
    found = ft.diebold_mariano(first**2, second**2)
    assert found.pvalue < 1e-6
    assert found.mean == pytest.approx(2.0 - 5.0, abs=3.0 * found.error)


@pytest.mark.slow
@pytest.mark.parametrize("horizon", [1, 3])
def test_equal_forecasters_are_told_apart_at_the_nominal_rate(horizon: int) -> None:
    """2,000 pairs of 40 forecasts: 5 % is 100, give or take three standard errors of 10; overlaps add a little."""
    rng = np.random.default_rng(17)
    rejected = 0
    for _ in range(2000):
        a, b = (np.convolve(rng.normal(size=40 + horizon - 1), np.ones(horizon), "valid") for _ in range(2))
        rejected += ft.diebold_mariano(a**2, b**2, horizon).pvalue < 0.05
    assert 70 <= rejected <= 160


@pytest.mark.parametrize(
    ("first", "second", "horizon", "why"),
    [
        (np.ones(3), np.ones(4), 1, "in pairs"),
        (np.arange(2.0), np.zeros(2), 1, "too few"),
        (np.arange(5.0), np.zeros(5), 5, "too few"),
        (np.arange(5.0), np.arange(5.0), 1, "the same"),
    ],
)
def test_losses_that_cannot_be_compared_are_refused(
    first: np.ndarray, second: np.ndarray, horizon: int, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        ft.diebold_mariano(first, second, horizon)


# --- directions ------------------------------------------------------------------------------------------------------


def test_directions_by_the_table_of_two_by_two() -> None:
    """The statistic squared is near the chi-square of independence (scipy), as Pesaran and Timmermann note."""
    rng = np.random.default_rng(4)
    outcome = rng.random(3000) < 0.6
    forecast = np.where(rng.random(3000) < 0.15, outcome, rng.random(3000) < 0.5)
    found = ft.pesaran_timmermann(forecast, outcome)
    table = [[np.sum(forecast & outcome), np.sum(forecast & ~outcome)],
             [np.sum(~forecast & outcome), np.sum(~forecast & ~outcome)]]  # fmt: skip
    assert found.statistic is not None
    assert found.statistic**2 == pytest.approx(stats.chi2_contingency(table, correction=False)[0], rel=0.03)
    assert found.hits == pytest.approx(np.mean(forecast == outcome))


def test_always_up_hits_often_and_shows_no_skill() -> None:
    outcome = np.array([True] * 7 + [False] * 3)
    found = ft.pesaran_timmermann(np.ones(10, dtype=bool), outcome)
    assert (found.hits, found.by_chance, found.statistic, found.pvalue) == (0.7, pytest.approx(0.7), None, None)
    with pytest.raises(ValueError, match="in pairs"):
        ft.pesaran_timmermann(np.ones(3, dtype=bool), outcome)


# --- many forecasters ------------------------------------------------------------------------------------------------


def many(n: int, means: list[float], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, len(means))) + np.array(means)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_confidence_set_is_that_of_arch(seed: int) -> None:
    losses = many(300, [1.0, 1.02, 1.1, 1.25, 1.5], seed)
    theirs = MCS(losses, size=0.10, reps=4000, block_size=7, method="R", bootstrap="stationary", seed=seed)
    theirs.compute()
    mine = ft.model_confidence_set(losses, block=7, repetitions=4000, seed=seed)
    assert mine.members(0.10) == tuple(sorted(theirs.included))
    expected = theirs.pvalues["Pvalue"].sort_index().to_numpy()
    assert mine.pvalues == pytest.approx(expected, abs=0.03)
    assert mine.order == tuple(theirs.pvalues.index)


def test_the_best_of_many_is_found_alone() -> None:
    found = ft.model_confidence_set(many(400, [1.0, 2.0, 1.8, 3.0], 5), seed=1)
    assert found.members(0.05) == (0,)
    assert found.order[-1] == 0
    assert found.pvalues[0] == 1.0


@pytest.mark.slow
def test_equal_models_stay_in_the_set_as_often_as_promised() -> None:
    """200 samples of four equal models: in nine of ten all four stay in the 90 % set."""
    stay = sum(
        len(ft.model_confidence_set(many(150, [0.0] * 4, seed), repetitions=500, seed=seed).members(0.10)) == 4
        for seed in range(200)
    )
    assert stay >= 165


def test_a_set_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match="two models"):
        ft.model_confidence_set(np.zeros((5, 1)))
