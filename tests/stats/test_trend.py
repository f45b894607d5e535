"""Trends by ranks, runs, turns and variance ratios: against scipy, arch, and cases worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import sqrt

import numpy as np
import pytest
from arch.unitroot import VarianceRatio as ArchVarianceRatio
from scipy import stats

from analyzer.series import Series
from analyzer.stats.streaks import periods, run_at, run_lengths
from analyzer.stats.trend import (
    kendall_score,
    kendall_scores,
    mann_kendall,
    momentum,
    random_walk_test,
    score_variance,
    sen_slope,
    variance_inflation,
)
from analyzer.stats.turns import base_rate, reciprocal, running_high, starts
from analyzer.stats.variance_ratio import joint_pvalue, variance_ratio


def walk(n: int, seed: int, drift: float = 0.0) -> np.ndarray:
    return np.cumsum(np.random.default_rng(seed).normal(drift, 0.01, n))


def series_of(values: list[float], first: str = "2024-01-01") -> Series:
    dates = np.busday_offset(np.datetime64(first), np.arange(len(values)), roll="forward")
    return Series("X", "close", "split_adjusted", dates, np.array(values), dates)


# --- ranks ----------------------------------------------------------------------------------------------------------


def test_the_score_and_the_slope_are_those_of_scipy() -> None:
    values = walk(80, 1)
    n = len(values)
    tau = stats.kendalltau(np.arange(n), values).statistic
    assert kendall_score(values) == pytest.approx(tau * n * (n - 1) / 2, abs=1e-8)
    assert sen_slope(values) == pytest.approx(stats.theilslopes(values, np.arange(n)).slope, rel=1e-12)
    assert mann_kendall(values).tau == pytest.approx(tau, abs=1e-12)


def test_a_case_by_hand() -> None:
    """1, 3, 2, 4: five pairs rise, one falls; 4 * 3 * 13 / 18 is the variance; a tie of two takes 2 * 1 * 9 / 18."""
    assert kendall_score(np.array([1.0, 3.0, 2.0, 4.0])) == 4
    assert score_variance(np.array([1.0, 3.0, 2.0, 4.0])) == pytest.approx(156 / 18)
    assert score_variance(np.array([1.0, 3.0, 3.0, 4.0])) == pytest.approx(156 / 18 - 1.0)


def test_values_that_alternate_leave_the_variance_as_it_is() -> None:
    values = np.array([1.0, -1.0] * 20)
    assert variance_inflation(values) == 1.0
    found = mann_kendall(values + np.arange(40) * 0.2)
    z = (found.score - 1) / sqrt(score_variance(values + np.arange(40) * 0.2))
    assert found.z == pytest.approx(z)


def test_the_inflation_by_hand() -> None:
    """3, 1, -1, -3: the first autocorrelation is (3 - 1 + 3) / 20 = 0.25; 1 + 2 (3/4 r + 2/4 r^2 + 1/4 r^3)."""
    r = 0.25
    expected = 1.0 + 2.0 * (0.75 * r + 0.5 * r**2 + 0.25 * r**3)
    assert variance_inflation(np.array([3.0, 1.0, -1.0, -3.0])) == pytest.approx(expected)


def test_on_random_walks_it_finds_a_trend_in_a_third_of_cases_and_not_in_nine_of_ten() -> None:
    walks = [walk(126, seed) for seed in range(150)]
    corrected = np.mean([mann_kendall(w).pvalue < 0.05 for w in walks])
    plain = np.mean([abs(kendall_score(w)) / sqrt(score_variance(w)) > 1.96 for w in walks])
    assert 0.25 < corrected < 0.45
    assert plain > 0.85


def test_on_noise_it_keeps_its_size() -> None:
    rejected = [mann_kendall(np.random.default_rng(s).normal(size=60)).pvalue < 0.05 for s in range(300)]
    assert np.mean(rejected) < 0.08


def test_scores_side_by_side_are_those_of_each_alone() -> None:
    rows = np.cumsum(np.random.default_rng(6).integers(-1, 2, (40, 70)), axis=1).astype(float)  # with many ties
    assert kendall_scores(rows).tolist() == [kendall_score(row) for row in rows]


def test_the_test_against_walks_is_that_of_all_signs_counted() -> None:
    """Ten steps have 1,024 patterns of signs: the share of those with a score as large is the p-value itself."""
    values = np.cumsum([0.0, 3.0, 1.0, 4.0, -1.5, 5.0, 9.0, -2.0, 6.0, 5.5, 3.5])
    steps = np.diff(values)
    patterns = np.array(list(product((-1.0, 1.0), repeat=10)))
    walks = np.cumsum(np.concatenate([np.zeros((1024, 1)), patterns * steps], axis=1), axis=1)
    exact = np.mean([abs(kendall_score(w)) >= abs(kendall_score(values)) for w in walks])
    found = random_walk_test(values, 20000, 3)
    assert found.pvalue == pytest.approx(exact, abs=4 * found.error)
    assert found.error == pytest.approx(sqrt(found.pvalue * (1 - found.pvalue) / 20000))


def test_a_trend_is_found_and_its_units_do_not_matter() -> None:
    values = walk(126, 3, drift=0.01)
    found = random_walk_test(values, 999, 0)
    assert found.pvalue < 0.02
    assert found.needed < mann_kendall(values).tau
    assert random_walk_test(40.0 * values + 7.0, 999, 0).pvalue == found.pvalue
    assert random_walk_test(-values, 999, 0).pvalue == found.pvalue
    assert random_walk_test(values, 999, 1) != found


@pytest.mark.slow
def test_the_power_grows_with_the_drift() -> None:
    rates = [
        np.mean([random_walk_test(walk(126, seed, drift), 199, seed).pvalue <= 0.05 for seed in range(60)])
        for drift in (0.0, 0.002, 0.004)
    ]
    assert rates[0] < 0.15 < rates[1] < rates[2]


@pytest.mark.slow
@pytest.mark.parametrize("n", [63, 126, 252])
@pytest.mark.parametrize("steps", ["normal", "heavy", "waves"])
def test_walks_without_drift_are_taken_for_trends_at_the_nominal_rate(n: int, steps: str) -> None:
    """Normal steps, ones of four degrees of freedom, and ones that are five times as large in the last third: at 5 and
    10 % within two and a half standard errors of 1,000 walks. The rank test takes a third of them for trends."""
    rng, ps = np.random.default_rng([n, len(steps)]), []
    size = np.where((np.arange(n) >= 2 * n // 3) & (steps == "waves"), 5.0, 1.0)
    for seed in range(1000):
        drawn = rng.standard_t(4, n) if steps == "heavy" else rng.normal(size=n)
        ps.append(random_walk_test(np.cumsum(size * drawn), 199, seed).pvalue)
    for alpha in (0.05, 0.10):
        assert np.mean(np.array(ps) <= alpha) == pytest.approx(alpha, abs=2.5 * sqrt(alpha * (1 - alpha) / 1000))


def test_what_has_no_trend_to_test() -> None:
    for values in (np.ones(10), np.array([1.0, 2.0, 3.0])):
        with pytest.raises(ValueError, match="four values"):
            mann_kendall(values)


def test_momentum_leaves_the_last_month_out() -> None:
    closes = np.ones(253)
    closes[-22] = 1.5
    closes[-1] = 9.0
    assert momentum(closes) == pytest.approx(0.5)
    assert momentum(closes[1:]) is None


# --- runs -----------------------------------------------------------------------------------------------------------


def test_run_lengths_by_hand() -> None:
    assert run_lengths(np.array([1, 1, -1, 0, 1, 1, 1])).tolist() == [1, 2, 1, 0, 1, 2, 3]


def test_the_longest_since() -> None:
    series = series_of([1, 2, 3, 4, 3, 4, 3, 4, 5, 6])
    run = run_at(periods(series, date(2024, 1, 12), "session", date(2024, 1, 12)))
    assert (run.way, run.length, run.base, run.as_long) == (1, 3, date(2024, 1, 9), date(2024, 1, 4))
    assert run.change == pytest.approx(1.0)


def test_a_month_counts_when_it_is_over() -> None:
    series = series_of([float(i) for i in range(1, 66)])  # to Friday 2024-03-29, the last weekday of the month
    whole = periods(series, date(2024, 3, 29), "month", date(2024, 3, 29))
    assert [str(d) for d in whole.dates] == ["2024-01-31", "2024-02-29", "2024-03-29"]
    part = periods(series, date(2024, 3, 28), "month", date(2024, 3, 28))
    assert [str(d) for d in part.dates] == ["2024-01-31", "2024-02-29"]


# --- turns ----------------------------------------------------------------------------------------------------------


def test_base_rates_by_hand() -> None:
    """Two falls by 10 % from a high of three rows: the first goes on to -20 %, the second is made good."""
    closes = np.array([100, 100, 100, 90, 79, 90, 100, 110, 99, 105, 111, 111, 112, 112], dtype=float)
    assert starts(closes, -0.10, 3) == [3, 8]
    rate = base_rate(closes, -0.10, -0.20, 3, span=3)
    assert (rate.cases, rate.turns, rate.share, rate.interval) == (2, 1, 0.5, None)
    assert base_rate(closes[:10], -0.10, -0.20, 3, span=3).cases == 1  # the second is not over yet


def test_running_high() -> None:
    assert running_high(np.array([1.0, 3.0, 2.0, 1.0]), 2)[1:].tolist() == [3.0, 3.0, 2.0]
    assert np.isnan(running_high(np.array([1.0, 3.0]), 2)[0])


def test_the_reciprocal_needs_positive_prices() -> None:
    assert reciprocal(series_of([2.0, 4.0])).values.tolist() == [0.5, 0.25]
    with pytest.raises(ValueError, match="not positive"):
        reciprocal(series_of([2.0, 0.0]))


# --- variance ratios ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("horizon", [2, 5, 20])
def test_the_variance_ratio_is_that_of_arch(horizon: int) -> None:
    logs = walk(600, 4)
    theirs = ArchVarianceRatio(logs, horizon, robust=True, debiased=True)
    ours = variance_ratio(logs, horizon)
    assert ours.ratio == pytest.approx(theirs.vr, rel=1e-12)
    assert ours.z == pytest.approx(theirs.stat, rel=2e-2)  # arch scales by n rather than by n - 1 here and there
    assert ours.pvalue == pytest.approx(theirs.pvalue, abs=0.01)


def test_returns_that_lean_the_same_way() -> None:
    rng = np.random.default_rng(0)
    moves = rng.normal(size=2001)
    leaning = np.cumsum(moves[1:] + 0.5 * moves[:-1])
    found = variance_ratio(leaning, 2)
    assert found.ratio == pytest.approx(1.0 + 0.5 / 1.25, abs=0.05)  # 1 + the first autocorrelation
    assert found.pvalue < 1e-6
    assert joint_pvalue([found, found]) == pytest.approx(1.0 - (1.0 - found.pvalue) ** 2)


def test_too_short_or_still() -> None:
    with pytest.raises(ValueError, match="too few"):
        variance_ratio(walk(10, 1), 6)
    with pytest.raises(ValueError, match="did not move"):
        variance_ratio(np.arange(20.0) * 0.0, 2)
