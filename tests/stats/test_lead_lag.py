"""Lead and lag against statsmodels and against series whose lead is known."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.tsa.stattools import ccf

from analyzer.stats import lead_lag as ll


def led(n: int = 600, lead: int = 2, size: float = 0.5, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """y follows x by ``lead``."""
    rng = np.random.default_rng(seed)
    x, e = rng.normal(size=(2, n))
    y = e.copy()
    y[lead:] += size * x[: n - lead]
    return x, y


def test_cross_correlations_are_those_of_statsmodels() -> None:
    x, y = led()
    mine = ll.cross_correlations(x, y, 5)
    assert mine[5:] == pytest.approx(ccf(y, x, adjusted=False)[:6], rel=1e-10)
    assert mine[:6][::-1] == pytest.approx(ccf(x, y, adjusted=False)[:6], rel=1e-10)


def test_prewhitening_takes_a_series_own_memory_out() -> None:
    rng = np.random.default_rng(2)
    x = np.zeros(3000)
    for t in range(2, 3000):
        x[t] = 0.5 * x[t - 1] + 0.3 * x[t - 2] + rng.normal()
    order = ll.autoregression_order(x, 8)
    assert order >= 2
    white = ll.prewhitened(x, order)
    assert len(white) == 3000 - order
    assert np.abs(ll.cross_correlations(white, white, 5)[6:]).max() < 0.05
    assert ll.prewhitened(x, 0) == pytest.approx(x - x.mean())


def test_the_peak_is_found_and_paid_for() -> None:
    x, y = led()
    found = ll.lead_peak(x, y, 5, 400, seed=0)
    assert found.lag == 2
    assert found.pvalue < 0.01
    back = ll.lead_peak(y, x, 5, 400, seed=0)
    assert (back.lag, back.correlation) == (-2, pytest.approx(found.correlation))


def test_the_search_over_lags_keeps_its_size() -> None:
    """Of series that only move on the same day about one in twenty has a peak."""
    rng = np.random.default_rng(5)
    rejected = 0
    for i in range(100):
        x = rng.normal(size=150)
        y = 0.8 * x + rng.normal(size=150)
        rejected += ll.lead_peak(x, y, 5, 99, seed=i).pvalue <= 0.05
    assert rejected <= 12


@pytest.mark.parametrize("lags", [1, 3])
def test_granger_is_the_wald_test_of_statsmodels(lags: int) -> None:
    x, y = led(300, 1, 0.2)
    design = sm.add_constant(np.column_stack([v[lags - k : len(v) - k] for v in (y, x) for k in range(1, lags + 1)]))
    theirs = sm.OLS(y[lags:], design).fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": False})
    joint = theirs.wald_test(np.eye(1 + 2 * lags)[1 + lags :], scalar=True, use_f=False)
    assert ll.granger(x, y, lags, 4) == pytest.approx((joint.statistic, joint.pvalue), rel=1e-7)


def test_granger_sees_the_lead_in_one_direction() -> None:
    x, y = led()
    assert ll.granger(x, y, ll.joint_order(x, y, 5))[1] < 1e-6
    assert ll.granger(y, x, ll.joint_order(y, x, 5))[1] > 0.05


def test_toda_yamamoto_keeps_its_size_on_random_walks() -> None:
    """Two random walks that have nothing to do with each other: about one in twenty is rejected."""
    rng = np.random.default_rng(7)
    rejected = 0
    for _ in range(200):
        x, y = np.cumsum(rng.normal(size=(2, 300)), axis=1)
        rejected += ll.toda_yamamoto(x, y, 2)[1] < 0.05
    assert rejected <= 24
    x, y = led()
    assert ll.toda_yamamoto(np.cumsum(x), np.cumsum(y), 2)[1] < 1e-6
