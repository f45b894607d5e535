"""Timing, matched placebo days, exposure and response: against scipy, by hand, and on made-up samples."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from analyzer.series import Series, to_date
from analyzer.stats.dose_response import dose_response, midranks
from analyzer.stats.event_sample import Returns, common_returns, examined, standardised, study
from analyzer.stats.event_study import abnormal_return, fit_mean_model
from analyzer.stats.placebo import matched_placebos, trailing_volatility
from analyzer.stats.timing import timing

FRIDAY, MONDAY, TUESDAY = date(2025, 1, 24), date(2025, 1, 27), date(2025, 1, 28)
DAYS = np.busday_offset("2025-01-13", np.arange(14), roll="forward").astype("datetime64[D]")


def series(values: list[float], symbol: str = "X", days: np.ndarray = DAYS) -> Series:
    return Series(symbol, "close", "split_adjusted", days[: len(values)], np.array(values), days)


# --- exposure and response -------------------------------------------------------------------------------------------


def test_midranks_and_rho_are_those_of_scipy() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.integers(0, 4, 30).astype(float), rng.normal(size=30)
    assert midranks(x) == pytest.approx(stats.rankdata(x))
    assert dose_response(x, y, draws=50).rho == pytest.approx(stats.spearmanr(x, y).statistic, rel=1e-12)


def test_two_groups_are_counted_out_as_by_mann_whitney() -> None:
    rng = np.random.default_rng(2)
    exposure, response = np.array([1.0] * 5 + [0.0] * 6), rng.normal(size=11)
    found = dose_response(exposure, response)
    exact = stats.mannwhitneyu(response[:5], response[5:], alternative="greater", method="exact")
    assert found.exact
    assert found.draws == 462
    assert found.p_right == pytest.approx(exact.pvalue, rel=1e-12)
    lower = stats.mannwhitneyu(response[:5], response[5:], alternative="less", method="exact")
    assert found.p_wrong == pytest.approx(lower.pvalue, rel=1e-12)


def test_several_levels_are_drawn_close_to_all_permutations() -> None:
    exposure, response = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 4, 5])
    every = [np.dot(exposure, p) for p in permutations(response)]
    exact = np.mean(np.array(every) >= np.dot(exposure, response) - 1e-9)
    found = dose_response(exposure, response)
    assert not found.exact
    assert abs(found.p_right - exact) < 4 * found.stderr
    assert found == dose_response(exposure, response)
    assert found != dose_response(exposure, response, seed=17)


def test_near_five_per_cent_more_permutations_are_drawn() -> None:
    rng = np.random.default_rng(9)
    exposure = rng.normal(size=40)
    for weight in np.linspace(0.1, 0.5, 41):
        found = dose_response(exposure, weight * exposure + np.random.default_rng(10).normal(size=40), draws=200)
        near = abs(found.p_right - 0.05) < 0.01
        assert found.draws in (200, 99_999)
        if found.draws == 200:
            assert abs(found.p_right - 0.05) >= 2 * found.stderr
        if near:
            assert found.draws == 99_999
            break
    else:
        raise AssertionError("no weight gave a p-value near 5 %")


def test_what_has_no_ranks_is_refused() -> None:
    with pytest.raises(ValueError, match="four or more"):
        dose_response(np.arange(3.0), np.arange(3.0))
    with pytest.raises(ValueError, match="vary"):
        dose_response(np.ones(5), np.arange(5.0))


# --- order -----------------------------------------------------------------------------------------------------------


def test_all_of_a_move_on_the_day_of_the_news_came_after_it_by_date() -> None:
    prices = series([100.0] * 10 + [80.0])
    found = timing(prices, None, MONDAY, MONDAY, MONDAY, False)
    assert found is not None
    assert (found.reacts, found.lag, found.after, found.overnight) == (MONDAY, 0, 1.0, None)


def test_news_of_a_weekend_and_of_the_evening_before_is_for_the_next_session() -> None:
    prices = series([100.0] * 10 + [80.0])
    for stamp, late in ((date(2025, 1, 25), False), (FRIDAY, True)):
        found = timing(prices, None, MONDAY, MONDAY, stamp, late)
        assert found is not None
        assert (found.reacts, found.lag) == (MONDAY, 0)


def test_the_share_overnight_is_in_logs() -> None:
    prices, opening = series([100.0] * 10 + [80.0]), series([100.0] * 10 + [90.0])
    found = timing(prices, opening, MONDAY, MONDAY, MONDAY, False)
    assert found is not None
    assert found.overnight == pytest.approx(np.log(0.9) / np.log(0.8))


def test_a_move_that_began_before_the_news_is_divided_at_its_eve() -> None:
    prices = series([100.0] * 9 + [98.0, 98.0 * 0.85])
    found = timing(prices, None, FRIDAY, MONDAY, MONDAY, False)
    assert found is not None
    assert found.after == pytest.approx(np.log(0.85) / np.log(0.98 * 0.85))
    assert found.lag == -1


def test_a_rate_below_zero_is_divided_in_differences() -> None:
    found = timing(series([-0.5] * 9 + [-0.4, 0.0]), None, FRIDAY, MONDAY, MONDAY, False)
    assert found is not None
    assert found.after == pytest.approx(0.8)


def test_news_after_the_move_has_no_part_in_it() -> None:
    prices = series([100.0] * 10 + [80.0, 81.0])
    found = timing(prices, None, MONDAY, MONDAY, TUESDAY, False)
    assert found is not None
    assert (found.after, found.lag) == (0.0, -1)


def test_the_lag_counts_sessions() -> None:
    prices = series([100.0] * 10 + [80.0])
    found = timing(prices, None, MONDAY, MONDAY, date(2025, 1, 20), False)
    assert found is not None
    assert found.lag == 5


def test_no_move_and_no_price_before_have_no_order() -> None:
    assert timing(series([100.0] * 11), None, MONDAY, MONDAY, MONDAY, False) is None
    assert timing(series([100.0, 90.0]), None, to_date(DAYS[0]), to_date(DAYS[0]), MONDAY, False) is None


# --- placebo days ----------------------------------------------------------------------------------------------------


def restless(event: float) -> Returns:
    """600 days with a deviation of 3 %, 260 of 0.4 %, 20 of 3 %, and the event."""
    rng = np.random.default_rng(3)
    parts = [rng.normal(0, s, n) for s, n in ((0.03, 600), (0.004, 260), (0.03, 20))]
    values = np.concatenate([*parts, [event]])
    days = np.busday_offset("2020-01-01", np.arange(len(values)), roll="forward").astype("datetime64[D]")
    return Returns(days, values, None)


def test_volatility_before_a_day_leaves_the_day_out() -> None:
    values = np.arange(30.0) ** 2
    found = trailing_volatility(values, 20)
    assert np.isnan(found[:20]).all()
    assert found[20] == pytest.approx(values[:20].std(ddof=1))
    assert found[29] == pytest.approx(values[9:29].std(ddof=1))


def test_a_fall_that_is_rare_in_a_calm_year_is_usual_after_restless_weeks() -> None:
    """After a calm year every day of restless weeks is rare; among days of like volatility it is not."""
    sample = restless(-0.012)
    event = slice(880, 881)
    _, size = examined(sample, study(event, 250, 30), 0.05)
    like = matched_placebos(sample, event, np.zeros(881, bool), estimation=250, gap=30, wanted=200)
    assert like is not None
    assert size.placebo.pvalue < 0.05 < like.rank.pvalue
    assert like.rank.nobs == 200
    assert 0.02 < like.low <= like.volatility <= 0.04
    assert like.rows.max() < 880 - 30


def test_days_with_news_and_windows_over_them_are_left_out() -> None:
    sample, barred = restless(-0.05), np.zeros(881, bool)
    barred[300:310] = True
    found = matched_placebos(sample, slice(879, 881), barred, estimation=100, gap=10, wanted=200)
    assert found is not None
    assert not set(range(299, 310)) & set(found.rows.tolist())


def test_too_few_days_before_make_no_placebo_test() -> None:
    """Rows 260 to 869 have an estimation period of 250 and a gap of 10 before them: 610 windows."""
    sample, barred = restless(-0.05), np.zeros(881, bool)
    assert matched_placebos(sample, slice(880, 881), barred, estimation=250, gap=10, wanted=610) is not None
    assert matched_placebos(sample, slice(880, 881), barred, estimation=250, gap=10, wanted=611) is None


def test_a_standardised_return_has_the_prediction_error_of_a_mean() -> None:
    sample = restless(-0.05)
    placed = study(slice(700, 701), 250, 10)
    values = sample.returns[440:690]
    own = (sample.returns[700] - values.mean()) / (values.std(ddof=1) * np.sqrt(1 + 1 / 250))
    assert standardised(sample, placed) == pytest.approx(own, rel=1e-12)


# --- the constant-mean model -----------------------------------------------------------------------------------------


def test_the_constant_mean_model_is_the_prediction_of_a_mean() -> None:
    returns = np.random.default_rng(4).normal(0.001, 0.01, 252)
    model = fit_mean_model(returns[:250])
    found = abnormal_return(model, returns[250:], np.zeros(2))
    sd = returns[:250].std(ddof=1)
    assert found.dof == 249
    assert found.value == pytest.approx(returns[250:].sum() - 2 * returns[:250].mean(), rel=1e-12)
    assert found.stderr == pytest.approx(sd * np.sqrt(2 + 4 / 250), rel=1e-12)
    with pytest.raises(ValueError, match="constant"):
        fit_mean_model(np.zeros(20))


def test_several_benchmarks_are_weighted_equally_on_common_days() -> None:
    security, first = series([100.0, 101, 102, 103]), series([100.0, 110, 110, 110], "A")
    second = series([100.0, 100, 120], "B")
    found = common_returns(security, [first, second])
    assert found.days.tolist() == DAYS[1:3].tolist()
    assert found.market == pytest.approx([0.05, 0.10])
    assert found.at(to_date(DAYS[3])) is None
