"""Event study of one security: market model, abnormal return, its prediction error, placebo rank.

MacKinlay, Event studies in economics and finance, Journal of Economic Literature 35 (1997), sections 4 and 5; Campbell,
Lo and MacKinlay, The Econometrics of Financial Markets (1997), chapter 4; for the rank Corrado, A nonparametric test
for abnormal security-price performance (1989).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.stats.ranks import RankTest, rank_test
from analyzer.stats.student_t import two_sided


@dataclass(frozen=True, eq=False)
class MarketModel:
    """``R = alpha + beta R_m + e``, fitted by least squares on ``nobs`` days.

    ``sigma`` is the residual standard deviation (``dof`` degrees of freedom); ``residuals`` and ``market_deviations``
    are (nobs,), the latter the market's returns less their mean ``market_mean``. The constant-mean model is the one
    with ``beta`` and ``market_deviations`` zero, which has one parameter.
    """

    alpha: float
    beta: float
    sigma: float
    nobs: int
    market_mean: float
    residuals: np.ndarray
    market_deviations: np.ndarray
    parameters: int = 2

    @property
    def market_ss(self) -> float:
        return float(self.market_deviations @ self.market_deviations)

    @property
    def dof(self) -> int:
        return self.nobs - self.parameters

    def from_slope(self, moved: np.ndarray | float) -> np.ndarray | float:
        """What the error of beta adds to the variance (in units of sigma^2) when the market moved by ``moved``."""
        return 0.0 * moved if self.parameters == 1 else moved**2 / self.market_ss


def fit_market_model(returns: np.ndarray, market: np.ndarray) -> MarketModel:
    """Least squares of ``returns`` (n,) on ``market`` (n,), both simple returns as fractions without NaN.

    Raises ValueError for arrays of different length, fewer than 10 rows, or a market (or a fit) without any variance.
    """
    n = len(returns)
    if n != len(market) or n < 10:
        raise ValueError(f"a market model needs 10 or more pairs of returns; got {n} and {len(market)}")
    mean = float(market.mean())
    deviations = market - mean
    ss = float(deviations @ deviations)
    if ss <= 0.0:
        raise ValueError("the market's returns are constant: no beta can be fitted")
    beta = float(deviations @ returns) / ss
    alpha = float(returns.mean()) - beta * mean
    residuals = returns - alpha - beta * market
    sigma = float(np.sqrt(residuals @ residuals / (n - 2)))
    if sigma <= 1e-12:
        raise ValueError("the security follows the market exactly: no abnormal return can be formed")
    return MarketModel(alpha, beta, sigma, n, mean, residuals, deviations)


def fit_mean_model(returns: np.ndarray) -> MarketModel:
    """The constant-mean model ``R = alpha + e`` of ``returns`` (n,): for what is itself the market.

    MacKinlay (1997), section 3.A. Raises ValueError for fewer than 10 rows or returns without variance.
    """
    n = len(returns)
    if n < 10:
        raise ValueError(f"a constant-mean model needs 10 or more returns; got {n}")
    alpha = float(returns.mean())
    residuals = returns - alpha
    sigma = float(np.sqrt(residuals @ residuals / (n - 1)))
    if sigma <= 1e-12:
        raise ValueError("the returns are constant: no abnormal return can be formed")
    return MarketModel(alpha, 0.0, sigma, n, 0.0, residuals, np.zeros(n), parameters=1)


def fit_model(returns: np.ndarray, market: np.ndarray | None) -> MarketModel:
    """The market model, or the constant-mean model where there is no market to set the returns (n,) against."""
    return fit_mean_model(returns) if market is None else fit_market_model(returns, market)


@dataclass(frozen=True)
class AbnormalReturn:
    """The (cumulative) abnormal return over an event window of ``length`` days, as a fraction.

    ``stderr`` is its prediction error, ``t`` has ``dof`` degrees of freedom; ``placebo`` is the two-sided rank test
    among all windows of that length in the estimation period, ``detectable`` the size that would have been significant.
    """

    value: float
    stderr: float
    t: float
    dof: int
    length: int
    placebo: RankTest
    detectable: float | None

    @property
    def pvalue_t(self) -> float:
        """Two-sided p-value of t. Fat tails make it too small; the placebo rank is the primary one."""
        return two_sided(self.t, self.dof)


def abnormal_return(model: MarketModel, returns: np.ndarray, market: np.ndarray, alpha: float = 0.05) -> AbnormalReturn:
    """Null: the abnormal returns of the event window (L,) sum to zero.

    ``AR = R - alpha - beta R_m``, ``CAR = sum AR`` and, the estimation error of alpha and beta being common to all
    days, ``Var(CAR) = s^2 [L + L^2/n + (sum (R_m - mean))^2 / sum_est (R_m - mean)^2]``. The placebo windows are
    standardised the same way with the signs of an in-sample fit, so that like is ranked with like. Raises ValueError
    for an event window longer than half of the estimation period.
    """
    length = len(returns)
    if length == 0 or length != len(market) or length > model.nobs // 2:
        raise ValueError(f"an event window has 1 to {model.nobs // 2} days; got {length} and {len(market)}")
    value, stderr = prediction(model, returns, market)
    t, dof = value / stderr, model.dof
    placebo = rank_test(np.abs(_placebos(model, length)), abs(t), "high", alpha)
    return AbnormalReturn(
        value=value, stderr=stderr, t=t, dof=dof, length=length,
        placebo=placebo, detectable=None if placebo.critical is None else placebo.critical * stderr,
    )  # fmt: skip


def prediction(model: MarketModel, returns: np.ndarray, market: np.ndarray) -> tuple[float, float]:
    """The cumulative abnormal return of an event window (L,) and its prediction error, without a test."""
    length = len(returns)
    value = float(np.sum(returns - model.alpha - model.beta * market))
    moved = float(np.sum(market - model.market_mean))
    extra = length**2 / model.nobs + float(model.from_slope(moved))
    return value, model.sigma * float(np.sqrt(length + extra))


def _placebos(model: MarketModel, length: int) -> np.ndarray:
    """Standardised sums of residuals over each window of ``length`` days of the estimation period, (nobs - length +
    1,)."""
    sums = _moving_sums(model.residuals, length)
    moved = _moving_sums(model.market_deviations, length)
    variance = length - length**2 / model.nobs - model.from_slope(moved)
    return np.asarray(sums / (model.sigma * np.sqrt(variance)))


def _moving_sums(values: np.ndarray, length: int) -> np.ndarray:
    return np.convolve(values, np.ones(length), mode="valid")


def studentised(model: MarketModel) -> np.ndarray:
    """The residuals of the estimation period over their own standard errors, (nobs,): ``e / (s sqrt(1 - h))``."""
    return _placebos(model, 1)
