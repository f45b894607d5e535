"""Breaks against strucchange, statsmodels and scipy, and against series whose breaks are known.

strucchange 1.5-4 (Zeileis and others, R): its printed reference output for the Nile and for the real rate of interest
of Garcia and Perron, which lies beside this file as Bai and Perron (2003) used it; and what it computes (1.5-3, with R
4.2.2) of ``statsmodels.datasets.macrodata`` (statsmodels 0.15.0). There
observations count from 1, rows here from 0.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.datasets import macrodata, nile
from statsmodels.stats.diagnostic import breaks_cusumolsresid, recursive_olsresiduals

from analyzer.stats.bai_perron import (
    CRITICAL,
    Break,
    argmax_below,
    argmax_quantile,
    intervals,
    partitions,
    sequential,
    smallest_bic,
)
from analyzer.stats.breaks import chow, f_statistics, sup_f, sup_f_pvalue, wild_sup_f
from analyzer.stats.cusum import cusum, cusum_squares, motion_crossing, ols_cusum, recursive_residuals
from analyzer.stats.tails import chi_square

NILE = nile.load_pandas().data["volume"].to_numpy(dtype=float)
ONES = np.ones((100, 1))
REAL_RATE = np.array([
    float(row.split(",")[1]) for row in (Path(__file__).parent / "real_rate.csv").read_text().split()[1:]
])  # fmt: skip
ONES_103 = np.ones((103, 1))
INFLATION = macrodata.load_pandas().data["infl"].to_numpy()
Y, X = INFLATION[1:], np.column_stack([np.ones(len(INFLATION) - 1), INFLATION[:-1]])


# --- one break ------------------------------------------------------------------------------------------------------


def test_the_nile_breaks_in_1898() -> None:
    """Row 0 is 1871: sup.F = 75.93 after observation 28."""
    found = sup_f(NILE, ONES)
    assert (found.statistic, found.row) == (pytest.approx(75.93, abs=0.005), 27)
    assert found.pvalue < 1e-15


@pytest.mark.parametrize(("trimming", "statistic", "row"), [(0.15, 89.245, 78), (0.10, 89.245, 78), (0.25, 80.123, 77)])
def test_the_real_rate_breaks_in_1980(trimming: float, statistic: float, row: int) -> None:
    found = sup_f(REAL_RATE, ONES_103, trimming)
    assert found.statistic == pytest.approx(statistic, abs=5e-4)
    assert found.row == row


def test_inflation_on_its_own_past_is_that_of_strucchange() -> None:
    found = sup_f(Y, X)
    assert (found.statistic, found.row) == (pytest.approx(44.798, abs=5e-4), 89)
    assert found.pvalue == pytest.approx(6.931e-09, rel=1e-3)
    robust = sup_f(Y, X, robust=True, lags=0)
    assert robust.statistic == pytest.approx(30.442732, abs=5e-7)
    assert robust.pvalue == pytest.approx(8.247837e-06, rel=1e-6)


def test_newey_west_errors_are_those_of_strucchange_with_sandwich() -> None:
    assert sup_f(REAL_RATE, ONES_103, robust=True, lags=4).statistic == pytest.approx(75.404253, abs=5e-7)


@pytest.mark.parametrize(
    ("regressors", "values"),
    [
        (1, [0.3745571, 0.0659495, 0.01035391, 0.0002246479]),
        (2, [0.7267899, 0.2051467, 0.04157155, 0.00117399]),
        (3, [0.9158791, 0.3986508, 0.1036666, 0.003652843]),
    ],
)
def test_p_values_are_those_of_hansen_as_strucchange_has_them(regressors: int, values: list[float]) -> None:
    found = [sup_f_pvalue(x, regressors) for x in (4.0, 8.0, 12.0, 20.0)]
    assert found == pytest.approx(values, rel=1e-5)


@pytest.mark.parametrize("regressors", [1, 2, 3])
def test_the_critical_values_of_bai_and_perron_have_p_values_of_five_per_cent(regressors: int) -> None:
    """Of one break at an unknown row, with 15 % trimming, their table is another simulation of the same limit."""
    assert sup_f_pvalue(CRITICAL[regressors][0], regressors) == pytest.approx(0.05, abs=0.0025)


def test_without_a_search_the_p_value_is_a_chi_square() -> None:
    assert sup_f_pvalue(3.0, 2, 0.5) == pytest.approx(chi2.sf(3.0, 2), rel=1e-12)
    with pytest.raises(ValueError, match="1 to 10 regressors"):
        sup_f_pvalue(3.0, 11)


@pytest.mark.parametrize("dof", [0.7, 1.257, 2.5, 4.4727, 17.3])
def test_chi_squares_of_broken_degrees_are_those_of_scipy(dof: float) -> None:
    for x in (0.001, 0.5, 2.0, 7.0, 40.0, 150.0):
        assert chi_square(x, dof) == pytest.approx(chi2.sf(x, dof), rel=1e-8, abs=1e-15)


def test_chow_is_the_wald_test_of_statsmodels() -> None:
    after = (np.arange(len(Y)) > 100)[:, None]
    theirs = sm.OLS(Y, np.hstack([X, X * after])).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": False})
    joint = theirs.wald_test(np.eye(4)[2:], scalar=True, use_f=False)
    found = chow(Y, X, 100, 3)
    assert (found.statistic, found.pvalue) == pytest.approx((joint.statistic, joint.pvalue), rel=1e-8)


# --- several breaks -------------------------------------------------------------------------------------------------


def test_splits_of_the_nile() -> None:
    found = partitions(NILE, ONES, 5, 15)
    assert [p.rows for p in found] == [
        (), (27,), (27, 82), (27, 67, 82), (27, 44, 67, 82), (14, 29, 44, 67, 82)
    ]  # fmt: skip
    assert [round(p.errors) for p in found] == [2835157, 1597457, 1552924, 1538097, 1507888, 1659994]
    assert smallest_bic(NILE, ONES, 5, 15).rows == sequential(NILE, ONES).rows == (27,)
    assert intervals(NILE, ONES, (27,)) == (Break(27, 24, 31),)  # 1895 to 1902


def test_splits_of_the_real_rate() -> None:
    """Bai and Perron (2003) have three breaks, 1966Q4, 1972Q3 and 1980Q3; the criterion of Schwarz has two."""
    found = partitions(REAL_RATE, ONES_103, 5, 15)
    assert [p.rows for p in found[1:4]] == [(78,), (46, 78), (23, 46, 78)]
    assert [p.errors for p in found] == pytest.approx([1214.9, 645.0, 456.0, 445.2, 444.9, 449.6], abs=0.05)
    assert smallest_bic(REAL_RATE, ONES_103, 5, 15).rows == sequential(REAL_RATE, ONES_103).rows == (46, 78)
    assert intervals(REAL_RATE, ONES_103, (23, 46, 78)) == (Break(23, 7, 42), Break(46, 35, 48), Break(78, 76, 80))
    assert intervals(REAL_RATE, ONES_103, (46, 78)) == (Break(46, 38, 48), Break(78, 76, 80))


def test_splits_of_a_regression() -> None:
    found = partitions(Y, X, 5, 30)
    assert [p.rows for p in found[1:]] == [
        (89,), (30, 89), (30, 89, 126), (30, 89, 126, 170), (30, 60, 92, 126, 170)
    ]  # fmt: skip
    assert [p.errors for p in found] == pytest.approx([1239.6, 1010.9, 931.6, 888.4, 886.8, 887.5], abs=0.05)
    assert intervals(Y, X, (89,)) == (Break(89, 68, 95),)
    assert intervals(Y, X, (30, 89)) == (Break(30, 28, 34), Break(89, 73, 93))


def test_the_distribution_of_a_date() -> None:
    """Where both sides are alike it is symmetric, with 97.5 % below 11.03 (Bai 1997); else it goes from 0 to 1."""
    assert argmax_quantile(0.975, 1.0, 1.0) == pytest.approx(11.03, abs=0.01)
    assert argmax_below(0.0, 1.0, 1.0) == pytest.approx(0.5, abs=1e-12)
    for ratio, spread in ((0.3, 2.0), (4.0, 0.5)):
        found = [argmax_below(x, ratio, spread) for x in np.linspace(-4000.0, 4000.0, 800)]
        assert found[0] == pytest.approx(0.0, abs=1e-3)
        assert found[-1] == pytest.approx(1.0, abs=1e-3)
        assert all(np.diff(found) > -1e-9)
        assert argmax_below(-1e-9, ratio, spread) == pytest.approx(argmax_below(1e-9, ratio, spread), abs=1e-4)


# --- cumulated errors -----------------------------------------------------------------------------------------------


def test_recursive_residuals_are_those_of_statsmodels() -> None:
    theirs = recursive_olsresiduals(sm.OLS(Y, X).fit(), skip=2)
    assert recursive_residuals(Y, X)[1:] == pytest.approx(theirs[4][3:], rel=1e-6)


def test_cusums_of_the_nile_are_those_of_strucchange() -> None:
    forecast, fitted = cusum(NILE, ONES), ols_cusum(NILE, ONES)
    assert (forecast.statistic, forecast.pvalue) == (
        pytest.approx(2.0669, abs=5e-5),
        pytest.approx(7.487e-08, rel=1e-3),
    )
    assert (fitted.statistic, fitted.pvalue) == (pytest.approx(2.9518, abs=5e-5), pytest.approx(5.409e-08, rel=1e-3))


def test_the_cusum_of_residuals_is_that_of_statsmodels() -> None:
    theirs = breaks_cusumolsresid(sm.OLS(Y, X).fit().resid, ddof=2)
    found = ols_cusum(Y, X)
    assert (found.statistic, found.pvalue) == pytest.approx(theirs[:2], rel=1e-8)


def test_the_boundary_of_a_motion_is_that_of_brown_durbin_and_evans() -> None:
    """0.948 is crossed in one of twenty, 1.143 in one of a hundred."""
    assert [motion_crossing(x) for x in (0.850, 0.948, 1.143)] == pytest.approx([0.10, 0.05, 0.01], abs=5e-4)


def test_squares_see_a_change_of_the_spread() -> None:
    rng = np.random.default_rng(4)
    y = np.append(rng.normal(0.0, 1.0, 150), rng.normal(0.0, 2.0, 150))
    assert cusum_squares(y, np.ones((300, 1))).pvalue < 1e-3
    assert cusum_squares(y[:150], np.ones((150, 1))).pvalue > 0.05


# --- what holds of any series ---------------------------------------------------------------------------------------


def broken(n: int, row: int, size: float, seed: int) -> np.ndarray:
    y = np.random.default_rng(seed).normal(size=n)
    y[row + 1 :] += size
    return y


@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100.0), shift=st.floats(-50.0, 50.0))
@settings(max_examples=20)
def test_units_do_not_matter(seed: int, scale: float, shift: float) -> None:
    y, x = broken(120, 70, 1.5, seed), np.ones((120, 1))
    one, other = sup_f(y, x), sup_f(scale * y + shift, x)
    assert other.row == one.row
    assert other.statistic == pytest.approx(one.statistic, rel=1e-6)
    row = partitions(y, x, 1, 18)[1].rows
    assert partitions(scale * y + shift, x, 1, 18)[1].rows == row
    assert intervals(scale * y + shift, x, row) == intervals(y, x, row)


def test_a_planted_break_is_found_with_its_size_and_its_interval_holds_it() -> None:
    inside, rows, sizes = 0, [], []
    for seed in range(200):
        y, x = broken(150, 90, 1.0, seed), np.ones((150, 1))
        row = partitions(y, x, 1, 22)[1].rows[0]
        (found,) = intervals(y, x, (row,))
        inside += found.low <= 90 <= found.high
        rows.append(row)
        sizes.append(y[row + 1 :].mean() - y[: row + 1].mean())
    assert 0.90 <= inside / 200 <= 0.99
    assert np.median(np.abs(np.array(rows) - 90)) <= 3
    assert np.mean(sizes) == pytest.approx(1.0, abs=0.1)


def test_the_best_split_is_that_of_all_splits() -> None:
    y, x = broken(40, 20, 0.8, 1), np.ones((40, 1))
    errors = {
        row: ((y[: row + 1] - y[: row + 1].mean()) ** 2).sum() + ((y[row + 1 :] - y[row + 1 :].mean()) ** 2).sum()
        for row in range(5, 34)
    }
    best = partitions(y, x, 1, 6)[1]
    assert (best.rows[0], best.errors) == (min(errors, key=errors.__getitem__), pytest.approx(min(errors.values())))
    rows, statistics = f_statistics(y, x)
    assert rows[int(statistics.argmax())] == best.rows[0]


def test_a_regressor_may_stand_still_for_a_while() -> None:
    rng = np.random.default_rng(6)
    regressor = np.append(np.zeros(12), rng.normal(size=108))
    x, y = np.column_stack([np.ones(120), regressor]), rng.normal(size=120)
    assert np.isfinite(f_statistics(y, x)[1]).all()
    assert len(recursive_residuals(y, x)) == 120 - 13
    assert len(partitions(y, x, 2, 18)) == 3


def test_draws_are_the_same_again_and_see_a_break() -> None:
    y, x = broken(120, 60, 1.0, 5), np.ones((120, 1))
    assert wild_sup_f(y, x, draws=199, seed=3) == wild_sup_f(y, x, draws=199, seed=3)
    assert wild_sup_f(y, x, draws=199)[0] < 0.05


def test_what_has_no_critical_values_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 3 regressors"):
        sequential(Y, np.column_stack([X, X[:, 1] ** 2, X[:, 1] ** 3]))


# --- how often nothing is taken for something ------------------------------------------------------------------------


def clustered(rng: np.random.Generator, n: int) -> np.ndarray:
    """Errors with fat tails whose variance comes in waves."""
    variance, found = 1.0, []
    for _ in range(n + 50):
        found.append(np.sqrt(variance) * rng.standard_t(5) / np.sqrt(5.0 / 3.0))
        variance = 0.05 + 0.1 * found[-1] ** 2 + 0.85 * variance
    return np.array(found[50:])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["equal", "clustered", "regression"])
def test_the_draws_keep_their_size(kind: str) -> None:
    rejected = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        regressor = rng.normal(size=150)
        y = clustered(rng, 150) if kind == "clustered" else rng.normal(size=150)
        x = np.column_stack([np.ones(150), regressor]) if kind == "regression" else np.ones((150, 1))
        rejected += wild_sup_f(y, x, draws=199, seed=seed)[0] <= 0.05
    assert 0.02 <= rejected / 400 <= 0.08


@pytest.mark.slow
def test_f_statistics_and_tests_one_after_another_keep_their_size() -> None:
    by_f = by_sequence = 0
    for seed in range(400):
        y, x = np.random.default_rng(seed).normal(size=200), np.ones((200, 1))
        by_f += sup_f(y, x).pvalue < 0.05
        by_sequence += bool(sequential(y, x).rows)
    assert 0.025 <= by_f / 400 <= 0.075
    assert by_sequence / 400 <= 0.09


@pytest.mark.slow
@pytest.mark.parametrize(("memory", "low", "high"), [(0.8, 0.05, 0.14), (1.0, 0.2, 0.36)])
def test_random_walks_pass_for_breaks(memory: float, low: float, high: float) -> None:
    """As the page of the check says: one in eleven where a level keeps 80 % of itself, one in four of random walks."""
    rejected = 0
    for seed in range(300):
        errors, y = np.random.default_rng(seed).normal(size=201), np.zeros(201)
        for row in range(1, 201):
            y[row] = memory * y[row - 1] + errors[row]
        x = np.column_stack([np.ones(150), y[50:200]])
        rejected += wild_sup_f(y[51:], x, draws=199, seed=seed)[0] <= 0.05
    assert low <= rejected / 300 <= high
