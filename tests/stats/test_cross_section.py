"""Concentration and herding: hand-worked figures, statsmodels 0.15.0, and planted herds."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analyzer.stats.cross_section import contribution_of_top, herding, herfindahl
from analyzer.stats.regression import newey_west_lags


def test_concentration_by_hand() -> None:
    assert herfindahl(np.full(8, 3.0)) == pytest.approx(1 / 8)
    assert herfindahl(np.array([50, 30, 20])) == pytest.approx(0.38)
    top, rest = contribution_of_top(np.array([20.0, 50.0, 30.0]), np.array([0.01, -0.10, 0.02]), top=1)
    assert (top, rest) == (pytest.approx(-0.05), pytest.approx((20 * 0.01 + 30 * 0.02) / 50))
    with pytest.raises(ValueError, match="top"):
        contribution_of_top(np.ones(3), np.ones(3), top=3)
    with pytest.raises(ValueError, match="above 0"):
        herfindahl(np.array([1.0, 0.0]))


def members(seed: int, herd: float, days: int = 800, count: int = 40) -> np.ndarray:
    """Members around a market; ``herd`` takes from their spread as the square of the market's move."""
    rng = np.random.default_rng(seed)
    market = rng.normal(0.0, 0.01, days)
    spread = 0.01 * np.maximum(1 - herd * (market / 0.03) ** 2, 0.1)
    own = rng.normal(0.0, 1.0, (days, count))
    return market[:, None] + spread[:, None] * (own - own.mean(axis=1, keepdims=True))


def test_the_regression_is_that_of_statsmodels() -> None:
    r = members(1, 0.3)
    found = herding(r)
    market = r.mean(axis=1)
    x = sm.add_constant(np.column_stack([np.abs(market), market**2]))
    lags = {"maxlags": newey_west_lags(len(r))}
    reference = sm.OLS(np.abs(r - market[:, None]).mean(axis=1), x).fit(cov_type="HAC", cov_kwds=lags)
    np.testing.assert_allclose((found.constant, found.slope, found.curvature), reference.params, rtol=1e-8)
    assert found.error == pytest.approx(reference.bse[2], rel=1e-8)
    assert found.pvalue == pytest.approx(reference.pvalues[2], abs=1e-10)


def test_a_planted_herd_is_found_and_none_where_there_is_none() -> None:
    with_herd = herding(members(2, 0.5))
    assert with_herd.curvature < 0
    assert with_herd.pvalue < 0.01
    rejected = sum(herding(members(seed, 0.0, days=300)).pvalue < 0.05 for seed in range(60))
    assert rejected <= 9  # 3 of 60 are expected; HAC errors reject a little more often
    with pytest.raises(ValueError, match="30 sessions"):
        herding(np.zeros((10, 8)))


def test_the_order_of_members_and_a_scale_do_not_matter() -> None:
    r = members(3, 0.4)
    one, other = herding(r), herding(2 * r[:, ::-1])
    assert other.pvalue == pytest.approx(one.pvalue)
    assert other.slope == pytest.approx(one.slope)
    assert other.curvature == pytest.approx(one.curvature / 2)
