"""Hamilton's filter against statsmodels 0.15.0, and a planted change of state."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression

from analyzer.stats.markov import hamilton_filter, switching_variance


def planted(seed: int = 11) -> np.ndarray:
    """Calm, 100 days of unrest, calm."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(0, s, n) for s, n in ((0.006, 500), (0.02, 100), (0.006, 400))])


def test_the_filter_is_that_of_statsmodels() -> None:
    x = planted()
    model = MarkovRegression(x, k_regimes=2, trend="c", switching_trend=False, switching_variance=True)
    mean, variances, stay = 0.0003, (4e-5, 3e-4), (0.98, 0.93)
    reference = model.filter(np.array([stay[0], 1 - stay[1], mean, *variances]))
    filtered, predicted, value = hamilton_filter(x, mean, variances, stay)
    np.testing.assert_allclose(filtered, reference.filtered_marginal_probabilities, atol=1e-10)
    assert value == pytest.approx(reference.llf, rel=1e-10)
    np.testing.assert_allclose(predicted.sum(axis=1), 1.0)


def test_the_fit_is_that_of_statsmodels() -> None:
    x = planted()
    found = switching_variance(x)
    model = MarkovRegression(1000 * x, k_regimes=2, trend="c", switching_trend=False, switching_variance=True)
    reference = model.fit(search_reps=0, disp=False)
    assert found.converged
    assert found.loglikelihood - len(x) * np.log(1000) == pytest.approx(reference.llf, abs=0.01)
    unrest = int(np.argmax(reference.params[-2:]))
    assert 1e6 * found.variances[1] == pytest.approx(reference.params[-2:][unrest], rel=0.02)


def test_planted_unrest_is_seen_when_it_comes_and_not_before() -> None:
    found = switching_variance(planted())
    assert found.unrest[500:600].mean() > 0.9
    assert found.unrest[:495].mean() < 0.05
    assert np.sqrt(found.variances) == pytest.approx((0.006, 0.02), rel=0.15)


def test_the_filter_of_a_day_knows_nothing_of_the_next() -> None:
    x = planted()
    parameters = (0.0, (4e-5, 3e-4), (0.98, 0.93))
    whole, _, _ = hamilton_filter(x, *parameters)
    short, _, _ = hamilton_filter(x[:300], *parameters)
    np.testing.assert_array_equal(whole[:300], short)


def test_scale_does_not_matter_and_too_little_is_refused() -> None:
    x = planted()
    np.testing.assert_allclose(switching_variance(x).unrest, switching_variance(7 * x).unrest, atol=1e-5)
    for few in (x[:40], np.zeros(100)):
        with pytest.raises(ValueError, match="50 returns"):
            switching_variance(few)
