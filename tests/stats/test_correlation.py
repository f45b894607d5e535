"""Correlation and its change against scipy, published formulas and simulated nulls."""

from __future__ import annotations

from math import atanh, sqrt

import numpy as np
import pytest
from scipy import stats

from analyzer.stats import correlation as c


def pair(n: int, rho: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    x, e = np.random.default_rng(seed).normal(size=(2, n))
    return x, rho * x + sqrt(1 - rho * rho) * e


def test_correlation_and_interval_are_those_of_scipy() -> None:
    x, y = pair(80, 0.4, 1)
    theirs = stats.pearsonr(x, y)
    assert c.pearson(x, y) == pytest.approx(theirs.statistic, rel=1e-12)
    mine = c.correlation(x, y)
    if mine.effective == mine.nobs:
        assert (mine.low, mine.high) == pytest.approx(tuple(theirs.confidence_interval(0.95)), rel=1e-9)
    assert mine.low < mine.r < mine.high


def test_interval_of_a_known_number_of_pairs() -> None:
    """r = 0.5 of 28 independent pairs: z = 0.5493, error 1/5, so 0.1573 to 0.7360 (to four digits)."""
    z = atanh(0.5)
    assert (np.tanh(z - 1.959964 / 5), np.tanh(z + 1.959964 / 5)) == pytest.approx((0.15606, 0.73562), abs=2e-3)
    x, y = pair(28, 0.5, 4)
    mine = c.correlation(x, y)
    error = 1 / sqrt(mine.effective - 3)
    assert atanh(mine.high) - atanh(mine.r) == pytest.approx(1.959964 * error, rel=1e-6)


def test_autocorrelation_of_both_makes_fewer_pairs_count() -> None:
    rng = np.random.default_rng(2)
    x, y = np.zeros((2, 4000))
    for t in range(1, 4000):
        x[t], y[t] = 0.8 * x[t - 1] + rng.normal(), 0.8 * y[t - 1] + rng.normal()
    # Two AR(1) with 0.8: n (1 - 0.64) / (1 + 0.64) = 0.2195 n
    assert c.effective_nobs(x, y) == pytest.approx(0.2195 * 4000, rel=0.2)
    assert c.effective_nobs(*pair(4000, 0.0, 3)) > 3700


def test_what_does_not_move_has_no_correlation() -> None:
    with pytest.raises(ValueError, match="does not move"):
        c.pearson(np.ones(10), np.arange(10.0))
    with pytest.raises(ValueError, match="at least 4"):
        c.pearson(np.ones(3), np.arange(3.0))


def test_a_difference_of_two_correlations_by_hand() -> None:
    now = c.Correlation(0.6, 103, 103.0, 0, 0, 0)
    before = c.Correlation(0.2, 53, 53.0, 0, 0, 0)
    z, p = c.z_difference(now, before)
    assert z == pytest.approx((atanh(0.6) - atanh(0.2)) / sqrt(1 / 100 + 1 / 50), rel=1e-12)
    assert p == pytest.approx(2 * stats.norm.sf(z), rel=1e-12)


def test_jennrich_is_its_general_formula_and_near_the_z_difference() -> None:
    """Computed once more with the Kronecker delta and full matrices, as in the paper."""
    r1, n1, r2, n2 = 0.55, 120.0, 0.25, 300.0
    one, two = (np.array([[1, r], [r, 1]]) for r in (r1, r2))
    mean = (n1 * one + n2 * two) / (n1 + n2)
    inverse = np.linalg.inv(mean)
    z = sqrt(n1 * n2 / (n1 + n2)) * inverse @ (one - two)
    s = np.array([[float(i == j) + mean[i, j] * inverse[i, j] for j in range(2)] for i in range(2)])
    wanted = 0.5 * np.trace(z @ z) - np.diag(z) @ np.linalg.inv(s) @ np.diag(z)
    value, pvalue = c.jennrich(r1, n1, r2, n2)
    assert value == pytest.approx(wanted, rel=1e-12)
    assert pvalue == pytest.approx(stats.chi2.sf(wanted, 1), rel=1e-10)
    difference = c.z_difference(c.Correlation(r1, 120, n1, 0, 0, 0), c.Correlation(r2, 300, n2, 0, 0, 0))[0]
    assert value == pytest.approx(difference**2, rel=0.15)


def test_forbes_rigobon_gives_back_what_a_larger_variance_added() -> None:
    """y = x + e with var e = 3: r^2 = v / (v + 3). Four times the variance of x lifts 0.5 to 0.756, and back."""
    turbulent = sqrt(4 / 7)
    assert c.forbes_rigobon(turbulent, 4.0) == pytest.approx(0.5, rel=1e-12)
    assert c.forbes_rigobon(0.3, 1.0) == pytest.approx(0.3)


def test_running_and_rolling_correlation_are_those_of_each_stretch() -> None:
    x, y = pair(60, 0.3, 5)
    assert c.running_correlation(x, y)[29] == pytest.approx(np.corrcoef(x[:30], y[:30])[0, 1], rel=1e-10)
    assert c.rolling_correlation(x, y, 20)[7] == pytest.approx(np.corrcoef(x[7:27], y[7:27])[0, 1], rel=1e-10)


def test_the_cusum_keeps_its_size_and_finds_a_break() -> None:
    """Of 300 samples with one correlation about 5 % are rejected; with a break in the middle nearly all."""
    null = [c.correlation_cusum(*pair(400, 0.5, s)).pvalue < 0.05 for s in range(300)]
    assert 0.005 <= np.mean(null) <= 0.09
    found = []
    for s in range(30):
        (x1, y1), (x2, y2) = pair(200, 0.7, s), pair(200, -0.1, s + 1000)
        found.append(c.correlation_cusum(np.append(x1, x2), np.append(y1, y2)))
    assert np.mean([f.pvalue < 0.05 for f in found]) > 0.9
    assert abs(np.median([f.row for f in found]) - 200) < 25


def test_joint_falls_are_fishers_exact_test() -> None:
    x, y = pair(90, 0.5, 8)
    mine = c.joint_falls(x, y)
    table = [
        [np.sum((x < 0) & (y < 0)), np.sum((x < 0) & (y >= 0))],
        [np.sum((x >= 0) & (y < 0)), np.sum((x >= 0) & (y >= 0))],
    ]
    assert mine.pvalue == pytest.approx(stats.fisher_exact(table, "greater").pvalue, rel=1e-9)
    assert mine.expected == pytest.approx(mine.first * mine.second / 90)
