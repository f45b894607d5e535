"""The market model against statsmodels 0.15.0: OLS, OLS with event dummies, studentised residuals."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.stats.event_study import MarketModel, abnormal_return, fit_market_model


@pytest.fixture(scope="module")
def returns() -> tuple[np.ndarray, np.ndarray]:
    """253 days of a security and its market: 250 to estimate, three of the event."""
    rng = np.random.default_rng(14)
    market = rng.normal(0.0004, 0.011, 253)
    return 0.0002 + 1.3 * market + rng.standard_t(5, 253) * 0.012, market


@pytest.fixture(scope="module")
def model(returns: tuple[np.ndarray, np.ndarray]) -> MarketModel:
    security, market = returns
    return fit_market_model(security[:250], market[:250])


def test_the_market_model_is_that_of_ordinary_least_squares(model: MarketModel) -> None:
    assert model.alpha == pytest.approx(-0.0012298542260073873, abs=1e-14)
    assert model.beta == pytest.approx(1.349695432542903, rel=1e-12)
    assert model.sigma == pytest.approx(0.014657688349947457, rel=1e-12)


def test_one_day_has_the_prediction_error_of_statsmodels(
    model: MarketModel, returns: tuple[np.ndarray, np.ndarray]
) -> None:
    """get_prediction, and the same by a dummy for the day."""
    security, market = returns
    found = abnormal_return(model, security[251:252], market[251:252])
    assert found.value == pytest.approx(0.016898842962429057, rel=1e-10)
    assert found.stderr == pytest.approx(0.014686977582800352, rel=1e-10)
    assert found.t == pytest.approx(1.1506004463586146, rel=1e-10)
    assert found.pvalue_t == pytest.approx(0.2510048554856897, rel=1e-9)
    assert found.dof == 248


def test_three_days_have_the_error_of_the_sum_of_three_dummies(
    model: MarketModel, returns: tuple[np.ndarray, np.ndarray]
) -> None:
    """t_test of the sum of three event-day dummies in one regression: the estimation error adds up."""
    security, market = returns
    found = abnormal_return(model, security[250:], market[250:])
    assert found.value == pytest.approx(0.008796761307384066, rel=1e-9)
    assert found.stderr == pytest.approx(0.02556237422221136, rel=1e-10)
    assert found.pvalue_t == pytest.approx(0.731040675871215, rel=1e-9)


def test_placebo_days_are_ranked_by_studentised_residuals(
    model: MarketModel, returns: tuple[np.ndarray, np.ndarray]
) -> None:
    """OLSInfluence.resid_studentized_internal: 47 of 250 are as large; the 12th largest is 2.0951799."""
    security, market = returns
    found = abnormal_return(model, security[251:252], market[251:252])
    assert (found.placebo.rank, found.placebo.nobs) == (48, 250)
    assert found.placebo.pvalue == pytest.approx(48 / 251)
    assert found.detectable == pytest.approx(2.0951799382640948 * found.stderr, rel=1e-9)


def test_placebo_windows_of_three_days_have_the_variance_of_the_residual_maker(
    model: MarketModel, returns: tuple[np.ndarray, np.ndarray]
) -> None:
    """Each window's variance from its block of I - X(X'X)^-1 X', numpy 2.4.6: 178 of 248 are as large."""
    security, market = returns
    found = abnormal_return(model, security[250:], market[250:])
    assert (found.placebo.rank, found.placebo.nobs) == (179, 248)


def test_an_abnormal_return_of_the_detectable_size_is_significant(
    model: MarketModel, returns: tuple[np.ndarray, np.ndarray]
) -> None:
    market = returns[1][251:252]
    usual = model.alpha + model.beta * market
    size = abnormal_return(model, usual + 0.01, market).detectable
    assert size is not None
    assert abnormal_return(model, usual + 1.001 * size, market).placebo.pvalue < 0.05
    assert abnormal_return(model, usual - 0.999 * size, market).placebo.pvalue >= 0.05


def test_returns_that_allow_no_model_are_refused() -> None:
    steps = np.linspace(-0.01, 0.01, 50)
    with pytest.raises(ValueError, match="10 or more"):
        fit_market_model(steps[:9], steps[:9])
    with pytest.raises(ValueError, match="constant"):
        fit_market_model(steps, np.zeros(50))
    with pytest.raises(ValueError, match="exactly"):
        fit_market_model(2 * steps, steps)


def test_an_event_longer_than_half_the_estimation_is_refused(model: MarketModel) -> None:
    with pytest.raises(ValueError, match="1 to 125 days"):
        abnormal_return(model, np.zeros(126), np.zeros(126))
