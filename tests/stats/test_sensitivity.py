"""Sensitivity to shocks against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analyzer.stats.sensitivity import cumulated, sensitivity


def sample(n: int = 600) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    s = rng.normal(0, 0.05, n)
    return 0.001 - 0.4 * np.maximum(s, 0) - 0.1 * np.minimum(s, 0) + rng.normal(0, 0.01, n), s


def test_cumulated_values_are_sums_from_each_row_on() -> None:
    assert cumulated(np.array([1.0, 2.0, 3.0, 4.0]), 2)[:3].tolist() == [3.0, 5.0, 7.0]
    assert np.isnan(cumulated(np.array([1.0, 2.0, 3.0]), 2)[2:]).all()
    assert np.isnan(cumulated(np.array([1.0]), 5)).all()


@pytest.mark.parametrize(("horizon", "daily", "lags"), [(1, True, 5), (20, True, 19), (1, False, 0)])
def test_slopes_and_errors_are_those_of_statsmodels(horizon: int, daily: bool, lags: int) -> None:
    y, s = sample()
    long = cumulated(y, horizon)
    kept = np.isfinite(long)
    mine = sensitivity(long[kept], s[kept], horizon, daily=daily)
    how = {"cov_type": "HAC", "cov_kwds": {"maxlags": lags, "use_correction": False}}
    theirs = sm.OLS(long[kept], sm.add_constant(s[kept])).fit(**how)
    assert (mine.slope.value, mine.slope.error) == pytest.approx((theirs.params[1], theirs.bse[1]), rel=1e-8)
    parts = np.column_stack([np.maximum(s[kept], 0), np.minimum(s[kept], 0)])
    apart = sm.OLS(long[kept], sm.add_constant(parts)).fit(**how)
    assert mine.rises is not None
    assert mine.falls is not None
    assert (mine.rises.value, mine.falls.value) == pytest.approx(tuple(apart.params[1:]), rel=1e-8)
    assert (mine.rises.error, mine.falls.error) == pytest.approx(tuple(apart.bse[1:]), rel=1e-8)


def test_shocks_of_one_sign_have_no_asymmetry() -> None:
    y, s = sample()
    one = sensitivity(y, np.abs(s))
    assert (one.rises, one.falls) == (None, None)
