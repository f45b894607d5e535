"""Least squares with robust errors against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analyzer.stats import regression as r


def sample(n: int = 240) -> tuple[np.ndarray, np.ndarray]:
    """Autocorrelated, heteroskedastic data."""
    rng = np.random.default_rng(7)
    x = r.with_constant(rng.normal(size=n), np.cumsum(rng.normal(size=n)) / 10)
    e = np.zeros(n)
    for t in range(1, n):
        e[t] = 0.6 * e[t - 1] + rng.normal() * (1 + abs(x[t, 1]))
    return x @ np.array([0.2, -1.0, 0.5]) + e, x


@pytest.mark.parametrize("lags", [0, 1, 4, 12])
def test_coefficients_and_newey_west_errors_are_those_of_statsmodels(lags: int) -> None:
    y, x = sample()
    theirs = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    fit = r.ols(y, x)
    covariance = r.hac_covariance(fit, lags)
    assert fit.coefficients == pytest.approx(theirs.params, rel=1e-10)
    assert covariance == pytest.approx(theirs.cov_params(), rel=1e-9)
    for i in range(3):
        mine = r.coefficient(fit, i, covariance)
        assert (mine.error, mine.pvalue) == pytest.approx((theirs.bse[i], theirs.pvalues[i]), rel=1e-8)


def test_wald_and_sums_of_coefficients_are_those_of_statsmodels() -> None:
    y, x = sample()
    theirs = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": 5, "use_correction": False})
    fit = r.ols(y, x)
    covariance = r.hac_covariance(fit, 5)
    joint = theirs.wald_test(np.eye(3)[1:], scalar=True, use_f=False)
    assert r.wald(fit, np.array([1, 2]), covariance) == pytest.approx((joint.statistic, joint.pvalue), rel=1e-8)
    one = theirs.t_test(np.array([[0.0, 1.0, 1.0]]))
    mine = r.combination(fit, np.array([0.0, 1.0, 1.0]), covariance)
    assert (mine.value, mine.error) == pytest.approx((one.effect[0], one.sd[0, 0]), rel=1e-9)


def test_the_number_of_lags_is_the_written_rule() -> None:
    assert [r.newey_west_lags(n) for n in (50, 100, 1000, 5000)] == [3, 4, 6, 9]


def test_what_cannot_be_fixed_is_refused() -> None:
    ones = np.ones((5, 1))
    with pytest.raises(ValueError, match="rows cannot fix"):
        r.ols(np.ones(1), np.ones((1, 1)))
    with pytest.raises(ValueError, match="depend on each other"):
        r.ols(np.arange(5.0), np.hstack([ones, ones]))
    with pytest.raises(ValueError, match="finite"):
        r.ols(np.array([1.0, np.nan, 2.0]), np.ones((3, 1)))
