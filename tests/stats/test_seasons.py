"""Calendar effects against statsmodels and by hand."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analyzer.stats.regression import newey_west_lags
from analyzer.stats.seasons import RULES, WINTER, around_new_year, in_months, month_means, month_of, season, snooping

MONTHS = np.arange("1960-01", "2010-01", dtype="datetime64[M]").astype("datetime64[D]") + 20


def test_months_and_seasons_of_dates() -> None:
    dates = np.array(["1969-12-31", "1970-01-01", "2024-09-30"], dtype="datetime64[D]")
    assert month_of(dates).tolist() == [12, 1, 9]
    assert in_months(dates, WINTER).tolist() == [True, True, False]
    assert len(RULES) == 26


def test_the_days_around_new_year_are_five_before_and_two_after() -> None:
    days = np.busday_offset(np.datetime64("2023-12-11"), np.arange(30), roll="forward")
    chosen = days[around_new_year(days)]
    assert [str(d) for d in chosen] == [
        "2023-12-25", "2023-12-26", "2023-12-27", "2023-12-28", "2023-12-29", "2024-01-01", "2024-01-02",
    ]  # fmt: skip


def test_the_difference_is_the_regression_on_a_dummy() -> None:
    values = np.random.default_rng(1).normal(0.005, 0.04, len(MONTHS))
    inside = in_months(MONTHS, WINTER)
    mine = season(values, inside)
    lags = newey_west_lags(len(values))
    theirs = sm.OLS(values, sm.add_constant(inside.astype(float))).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False}
    )
    assert (mine.difference.value, mine.difference.error) == pytest.approx((theirs.params[1], theirs.bse[1]), rel=1e-9)
    assert mine.inside - mine.outside == pytest.approx(mine.difference.value)
    assert (mine.count, mine.nobs) == (300, 600)
    assert month_means(values, MONTHS)[8] == pytest.approx(values[8::12].mean())


def test_the_best_of_many_is_less_significant_than_by_itself() -> None:
    """A September that is two standard errors low is nothing special among 26 rules; one of five is."""
    noise = np.random.default_rng(2).normal(0.0, 0.04, len(MONTHS))
    september = in_months(MONTHS, (9,))
    noise[september] -= noise[september].mean()
    for shift, low, high in ((-2.0, 0.1, 0.9), (-5.0, 0.0, 0.01)):
        values = noise + september * shift * 0.04 / np.sqrt(50)
        assert low <= snooping(values, MONTHS, (9,), -1, seed=0, repetitions=600).pvalue <= high
    assert snooping(values, MONTHS, (9,), 1, seed=0, repetitions=200).pvalue == 1.0
    assert snooping(values, MONTHS, (9,), -1, seed=0, repetitions=200).best == ((9,), -1)


def test_a_season_that_is_no_rule_has_no_control() -> None:
    with pytest.raises(ValueError, match="not in"):
        snooping(np.zeros(24), MONTHS[:24], (9, 10), 1, seed=0, repetitions=10)
