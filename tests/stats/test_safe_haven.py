"""Baur and Lucey's regression against statsmodels, and quantiles that know no future."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analyzer.stats.regression import newey_west_lags
from analyzer.stats.safe_haven import LEVELS, baur_lucey, expanding_quantiles


def test_a_quantile_is_that_of_the_days_before() -> None:
    values = np.random.default_rng(1).normal(size=120)
    found = expanding_quantiles(values, 0.05, 40)
    assert np.isnan(found[:40]).all()
    wanted = [np.quantile(values[:i], 0.05) for i in range(40, 120)]
    assert found[40:] == pytest.approx(wanted, rel=1e-12)
    changed = np.append(values[:100], np.full(20, -9.0))
    assert np.array_equal(expanding_quantiles(changed, 0.05, 40)[:101], found[:101], equal_nan=True)


def test_sums_and_errors_are_those_of_statsmodels() -> None:
    rng = np.random.default_rng(3)
    s = rng.standard_t(4, 3000) * 0.01
    h = -0.1 * s + rng.normal(0, 0.01, 3000) - 0.4 * s * (s < -0.02)
    mine = baur_lucey(h, s)
    y, x = h[500:], s[500:]
    worst = {q: x < expanding_quantiles(s, q)[500:] for q in LEVELS}
    design = sm.add_constant(np.column_stack([x, *(x * worst[q] for q in LEVELS)]))
    lags = newey_west_lags(2500)
    theirs = sm.OLS(y, design).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    assert (mine.hedge.value, mine.hedge.error) == pytest.approx((theirs.params[1], theirs.bse[1]), rel=1e-8)
    for q, weights in zip(LEVELS, ([0, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 1]), strict=True):
        one = theirs.t_test(np.array([weights], dtype=float))
        assert (mine.sums[q].value, mine.sums[q].error) == pytest.approx((one.effect[0], one.sd[0, 0]), rel=1e-8)
    assert mine.sums[0.01].value < -0.2
    assert mine.nobs == 2500
