"""Changes of volatility against scipy, and against series with and without a change."""

from __future__ import annotations

import numpy as np
import pytest
from arch import arch_model
from scipy import stats

from analyzer.stats import volatility as v


def test_brown_forsythe_is_levene_about_the_median() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=70), rng.standard_t(4, size=41) * 2
    assert v.brown_forsythe(a, b) == pytest.approx(stats.levene(a, b, center="median").statistic, rel=1e-10)


def test_a_doubled_spread_is_seen_and_measured() -> None:
    rng = np.random.default_rng(2)
    found = v.volatility_change(rng.normal(0, 0.01, 250), rng.normal(0, 0.02, 60), 999, seed=0)
    assert found.ratio == pytest.approx(2.0, rel=0.2)
    assert found.interval.low < found.ratio < found.interval.high
    assert found.pvalue < 0.01
    assert found == v.volatility_change(*_again(2), 999, seed=0)
    with pytest.raises(ValueError, match="does not move"):
        v.volatility_change(np.zeros(60), rng.normal(size=60), 9, seed=0)


def _again(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(0, 0.01, 250), rng.normal(0, 0.02, 60)


@pytest.mark.slow
def test_clustering_alone_is_seldom_taken_for_a_change() -> None:
    """GARCH(1,1) as of daily shares: the F test rejects far more often than one time in twenty, the drawn one does
    not."""
    model, naive, drawn = arch_model(None, mean="Zero"), 0, 0
    for seed in range(120):
        np.random.seed(seed)  # arch draws its simulations from the global state
        returns = model.simulate([0.02, 0.08, 0.90], 310, burn=200)["data"].to_numpy()
        before, after = returns[:250], returns[250:]
        naive += stats.levene(before, after, center="median").pvalue < 0.05
        drawn += v.volatility_change(before, after, 199, seed=seed).pvalue < 0.05
    assert naive > 25
    assert drawn < 0.6 * naive


def test_a_break_is_found_where_it_is_and_fat_tails_make_none() -> None:
    rng = np.random.default_rng(4)
    broken = np.concatenate([rng.normal(0, 1, 300), rng.normal(0, 2.5, 200)])
    found = v.variance_break(broken)
    assert found.pvalue < 0.01
    assert abs(found.row - 299) < 25
    null = [v.variance_break(np.random.default_rng(s).standard_t(5, 500)).pvalue < 0.05 for s in range(200)]
    assert np.mean(null) < 0.09


def test_annualised_volatility() -> None:
    assert v.annualised(np.array([0.01, -0.01, 0.01, -0.01])) == pytest.approx(np.sqrt(4 / 3) * 0.01 * np.sqrt(252))
