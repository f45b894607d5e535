"""Extremes against scipy 1.17.1, against laws whose tail is known, and against their own promises.

Reference figures: ``scipy.stats.genpareto`` fits and likelihoods, the S&P 500 of ``arch.data.sp500`` (arch 8.0.0, daily
1999 to 2018).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from arch.data import sp500
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from analyzer.stats import extremes as ex
from analyzer.stats.tails import log10_normal_above
from analyzer.stats.volatility import weighted_deviation

SESSIONS = 252


@pytest.fixture(scope="module")
def losses() -> np.ndarray:
    close = sp500.load()["Adj Close"].to_numpy()
    return 1.0 - close[1:] / close[:-1]


def peaks_of(values: np.ndarray, share: float = 0.05, **how: bool) -> ex.Peaks:
    return ex.peaks_over(values, float(np.quantile(values, 1.0 - share)), **how)


# --- the law ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clustered", [True, False])
def test_the_fit_is_that_of_scipy_on_the_s_and_p_500(losses: np.ndarray, clustered: bool) -> None:
    excesses = peaks_of(losses, clustered=clustered).excesses
    mine, (shape, _, scale) = ex.fit_pareto(excesses), stats.genpareto.fit(excesses, floc=0)
    assert (mine.shape, mine.scale) == (pytest.approx(shape, abs=2e-4), pytest.approx(scale, rel=2e-4))
    assert mine.log_likelihood >= stats.genpareto.logpdf(excesses, shape, scale=scale).sum() - 1e-9
    assert mine.exceeds(0.03) == pytest.approx(stats.genpareto.sf(0.03, shape, scale=scale), rel=1e-3)


@pytest.mark.parametrize("shape", [-0.3, 0.0, 0.25, 0.8])
def test_a_planted_law_is_found(shape: float) -> None:
    drawn = stats.genpareto.rvs(shape, scale=2.0, size=4000, random_state=7)
    found = ex.fit_pareto(drawn)
    assert found.shape == pytest.approx(shape, abs=3.5 * (1.0 + shape) / np.sqrt(4000))
    assert found.scale == pytest.approx(2.0, rel=0.1)
    assert found.log_likelihood == pytest.approx(
        stats.genpareto.logpdf(drawn, found.shape, scale=found.scale).sum(), rel=1e-9
    )


def test_a_quantile_is_exceeded_with_its_probability() -> None:
    for law in (ex.Pareto(0.3, 2.0, 0.0), ex.Pareto(0.0, 2.0, 0.0), ex.Pareto(-0.2, 2.0, 0.0)):
        assert law.exceeds(law.quantile(0.01)) == pytest.approx(0.01)
    assert ex.Pareto(-0.2, 2.0, 0.0).exceeds(10.1) == 0.0


@settings(max_examples=25)
@given(st.floats(0.001, 1000.0), st.integers(0, 50))
def test_the_shape_does_not_depend_on_the_unit(unit: float, seed: int) -> None:
    drawn = np.random.default_rng(seed).pareto(3.0, 80)
    one, other = ex.fit_pareto(drawn), ex.fit_pareto(unit * drawn)
    assert other.shape == pytest.approx(one.shape, abs=1e-5)
    assert other.scale == pytest.approx(unit * one.scale, rel=1e-5)


@pytest.mark.parametrize("excesses", [np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 0.0, 4.0, 5.0])])
def test_too_few_or_no_excesses_are_refused(excesses: np.ndarray) -> None:
    with pytest.raises(ValueError, match="five excesses"):
        ex.fit_pareto(excesses)


# --- clusters --------------------------------------------------------------------------------------------------------


def moving_maximum(n: int, index: float, seed: int) -> np.ndarray:
    """The max-autoregression whose extremal index is ``index`` (Coles 2001, example 5.2): unit Fréchet margins."""
    shocks = 1.0 / np.random.default_rng(seed).exponential(size=n)
    out = np.empty(n)
    out[0] = shocks[0]
    for t in range(1, n):
        out[t] = max((1.0 - index) * out[t - 1], index * shocks[t])
    return out


@pytest.mark.parametrize("index", [0.3, 0.5, 0.8])
def test_the_extremal_index_of_a_known_process_is_found(index: float) -> None:
    values = moving_maximum(40_000, index, 11)
    assert peaks_of(values, 0.01).index == pytest.approx(index, abs=0.09)


def test_values_without_memory_come_one_by_one() -> None:
    found = peaks_of(np.random.default_rng(3).standard_t(4, 20_000), 0.02)
    assert found.index > 0.9
    assert len(found.excesses) > 0.85 * found.exceedances


def test_the_longest_gaps_part_the_clusters_and_the_largest_counts() -> None:
    values = np.zeros(1300)
    begins = np.array([10, 320, 630, 940])
    for height, begin in enumerate(begins, start=2):
        values[begin : begin + 10] = 1.5
        values[begin + 4] = height
    found = ex.peaks_over(values, 1.0)
    assert list(found.rows) == list(begins + 4)
    assert list(found.excesses) == [1.0, 2.0, 3.0, 4.0]
    assert (found.exceedances, found.nobs, found.rate) == (40, 1300, 4 / 1300)
    assert len(ex.peaks_over(values, 1.0, clustered=False).rows) == 40


def test_nothing_over_the_threshold_is_refused() -> None:
    with pytest.raises(ValueError, match="no value exceeds"):
        ex.peaks_over(np.zeros(10), 1.0)


# --- waiting times ---------------------------------------------------------------------------------------------------


def _brute(peaks: ex.Peaks, level: float, period: float) -> float:
    """The log-likelihood at a waiting time, by scipy's law and optimiser."""
    y, k = level - peaks.threshold, len(peaks.excesses)

    def lost(free: np.ndarray) -> float:
        rate, shape = np.exp(free[0]), free[1]
        if period * rate <= 1.0:
            return 1e10
        scale = shape * y / np.expm1(shape * np.log(period * rate))
        value = stats.genpareto.logpdf(peaks.excesses, shape, scale=scale).sum()
        return -float(value + k * np.log(rate) - peaks.nobs * rate) if np.isfinite(value) else 1e10

    starts = ([np.log(peaks.rate), shape] for shape in (-0.1, 0.1, 0.4))
    tight = {"xatol": 1e-9, "fatol": 1e-9, "maxiter": 4000}
    return -min(optimize.minimize(lost, start, method="Nelder-Mead", options=tight).fun for start in starts)


@pytest.mark.parametrize("years", [5.0, 20.0, 400.0])
def test_the_profile_likelihood_is_that_of_a_plain_optimiser(losses: np.ndarray, years: float) -> None:
    peaks = peaks_of(losses)
    found = ex.return_period(peaks, 0.0903)
    best = _brute(peaks, 0.0903, found.period)
    deviance = 2.0 * (best - _brute(peaks, 0.0903, years * SESSIONS))
    assert found.pvalue(years * SESSIONS) == pytest.approx(stats.chi2.sf(deviance, 1), abs=0.005)


def test_the_interval_ends_where_the_likelihood_ratio_says(losses: np.ndarray) -> None:
    found = ex.return_period(peaks_of(losses), 0.07)
    low, high = found.interval(0.90)
    assert low < found.period < high
    assert found.pvalue(low) == pytest.approx(0.10, abs=0.002)
    assert found.pvalue(high) == pytest.approx(0.10, abs=0.002)
    wide = found.interval(0.95)
    assert wide[0] < low < high < wide[1]


def test_at_the_threshold_the_count_alone_decides(losses: np.ndarray) -> None:
    peaks = peaks_of(losses, clustered=False)
    found = ex.return_period(peaks, peaks.threshold)
    assert found.period == pytest.approx(20.0, rel=0.01)
    low, high = found.interval(0.90)
    k = len(peaks.excesses)
    exact = stats.chi2.ppf([0.05, 0.95], [2 * k, 2 * k + 2]) / 2.0  # Garwood's interval of a Poisson mean
    assert (peaks.nobs / high, peaks.nobs / low) == pytest.approx(tuple(exact), rel=0.01)


def test_a_rarer_level_takes_longer_and_the_level_of_a_period_is_its_inverse(losses: np.ndarray) -> None:
    peaks = peaks_of(losses)
    periods = [ex.return_period(peaks, level).period for level in (0.03, 0.05, 0.08, 0.12)]
    assert periods == sorted(periods)
    found = ex.return_period(peaks, 0.05)
    assert found.level_of(peaks, found.period) == pytest.approx(0.05)
    assert found.level_of(peaks, 1.0) is None


def test_beyond_the_end_of_a_bounded_tail_one_waits_for_ever() -> None:
    values = np.random.default_rng(1).random(5000)
    found = ex.return_period(peaks_of(values), 1.5)
    assert np.isinf(found.period)
    assert np.isinf(found.interval()[1])
    with pytest.raises(ValueError, match="under the threshold"):
        ex.return_period(peaks_of(values), 0.5)


def test_the_waiting_time_does_not_depend_on_unit_or_place(losses: np.ndarray) -> None:
    one = ex.return_period(peaks_of(losses), 0.06)
    other = ex.return_period(peaks_of(100.0 * losses + 7.0), 13.0)
    assert other.period == pytest.approx(one.period, rel=1e-4)
    assert other.interval() == pytest.approx(one.interval(), rel=1e-3)


def test_a_planted_waiting_time_is_found() -> None:
    """Student's t with four degrees, 40 years of days: a day that comes once in ten years."""
    level = float(stats.t(4).isf(1.0 / (10 * SESSIONS)))
    values = np.random.default_rng(5).standard_t(4, 40 * SESSIONS)
    found = ex.return_period(peaks_of(values), level)
    low, high = (rows / SESSIONS for rows in found.interval())
    assert low < 10.0 < high
    assert high / low < 6.0


@pytest.mark.slow
@pytest.mark.parametrize("draw", ["independent", "clustered"])
def test_the_interval_covers_at_its_nominal_rate(draw: str) -> None:
    """90 % intervals of 500 samples of twenty years: 450 cover, give or take three standard errors of 6.7; a true
    waiting time is rejected at 5 % 25 times."""
    made: Callable[[int], np.ndarray]
    if draw == "independent":
        level, period = float(stats.t(4).isf(1.0 / 5000)), 5000.0
        made = lambda seed: np.random.default_rng(seed).standard_t(4, 5000)  # noqa: E731
    else:
        level = float(np.log(5000.0))
        period = 1.0 / (0.5 * (1.0 - np.exp(-1.0 / 5000.0)))
        made = lambda seed: np.log(moving_maximum(5000, 0.5, seed))  # noqa: E731
    covered = rejected = 0
    for seed in range(500):
        found = ex.return_period(peaks_of(made(seed)), level)
        low, high = found.interval(0.90)
        covered += low <= period <= high
        rejected += found.pvalue(period) < 0.05
    assert 430 <= covered <= 475
    assert 10 <= rejected <= 42


# --- beside it -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("z", [-1.0, 0.0, 3.0, 12.5, 25.0, 29.9, 30.1, 38.0, 60.0])
def test_the_normal_tail_is_that_of_scipy_however_small(z: float) -> None:
    assert log10_normal_above(z) == pytest.approx(stats.norm.logsf(z) / np.log(10.0), rel=1e-8)


def test_weighted_deviation_is_the_recursion_of_riskmetrics() -> None:
    returns = np.random.default_rng(2).normal(0.0, 0.01, 400)
    variance = returns[0] ** 2
    for r in returns[1:]:
        variance = 0.94 * variance + 0.06 * r * r
    assert weighted_deviation(returns) == pytest.approx(np.sqrt(variance), rel=1e-6)
    assert weighted_deviation(np.full(10, 0.02)) == pytest.approx(0.02)
