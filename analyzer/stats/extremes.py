"""Extremes: peaks over a threshold, how they come in clusters, and how long one waits for a peak of a given size.

Excesses over a high threshold follow a generalised Pareto law, ``P(Y > y) = (1 + shape y / scale)^(-1 / shape)``
(Pickands 1975; Coles 2001, An Introduction to Statistical Modeling of Extreme Values, chapter 4). Its likelihood is
written in ``theta = shape / scale``: the sum ``S = sum log(1 + theta y)`` then holds all that the data say (Grimshaw
1993, Technometrics 35, 185-191), the shape that fits best is ``S / k``, and no optimiser is needed.

Values are (n,) in the order of time, without NaN, large where they are extreme; times are counted in rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isinf, log, log1p, sqrt

import numpy as np

from analyzer.stats.tails import chi_square, normal_quantile

LEAST_SHAPE = -0.5
"""Below it the likelihood has no regular maximum (Smith 1985)."""
POINTS = 400
REACH = 15.0
"""Log-likelihoods that are looked at below the largest: what lies deeper enters no interval."""
RULED_OUT = 1e6
"""The deviance of what cannot be: finite, so that one can interpolate up to it."""


# --- the law of the excesses -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pareto:
    """A generalised Pareto law; ``log_likelihood`` at the fit."""

    shape: float
    scale: float
    log_likelihood: float

    def exceeds(self, y: float) -> float:
        """``P(Y > y)``; 0 beyond the end that a negative shape has."""
        if abs(self.shape) < 1e-9:
            return exp(-y / self.scale)
        room = 1.0 + self.shape * y / self.scale
        return float(room ** (-1.0 / self.shape)) if room > 0.0 else 0.0

    def quantile(self, p: float) -> float:
        """The y with ``P(Y > y) = p``, 0 < p <= 1."""
        if abs(self.shape) < 1e-9:
            return -self.scale * log(p)
        return float(self.scale / self.shape * (p**-self.shape - 1.0))


def fit_pareto(excesses: np.ndarray) -> Pareto:
    """The law of largest likelihood for ``excesses`` (k,) > 0, with a shape of at least -0.5.

    ValueError for fewer than five, or for values that are not positive.

    >>> fit = fit_pareto(np.array([0.1, 0.2, 0.4, 0.7, 1.1, 1.9, 4.2]))
    >>> round(fit.shape, 2), round(fit.scale, 2)
    (0.18, 1.02)
    """
    return _Likelihood(excesses).fit


class _Likelihood:
    """The likelihood of the excesses over a grid of ``theta``, close where it is large."""

    def __init__(self, excesses: np.ndarray) -> None:
        if len(excesses) < 5 or not (excesses > 0).all():
            raise ValueError(f"a Pareto law needs five excesses above zero; got {len(excesses)}")
        self.excesses, self.largest = excesses, float(excesses.max())
        # 1 + theta times the largest excess is e^s: from the end of the support to tails without a mean.
        wide = np.linspace(-12.0, log1p(50.0 * self.largest / float(excesses.mean())), POINTS)
        self._look(wide)
        self._look(self._near(wide))
        self.fit = self._best()

    def _look(self, steps: np.ndarray) -> None:
        theta = np.expm1(steps) / self.largest
        self.theta = np.where(np.abs(theta) * self.largest < 1e-10, 1e-10 / self.largest, theta)
        self.sums = np.log1p(self.theta[:, None] * self.excesses).sum(axis=1)

    def _near(self, steps: np.ndarray) -> np.ndarray:
        """A grid over the stretch that can enter an interval."""
        heights = self._heights(self.theta, self.sums)
        kept = np.flatnonzero(heights >= heights.max() - REACH)
        low, high = max(kept[0] - 1, 0), min(kept[-1] + 1, len(steps) - 1)
        return np.linspace(steps[low], steps[high], POINTS)

    def _heights(self, theta: np.ndarray, sums: np.ndarray) -> np.ndarray:
        """The log-likelihood at each ``theta`` with the shape that fits it best."""
        k = len(self.excesses)
        shape = np.maximum(sums / k, LEAST_SHAPE)
        with np.errstate(divide="ignore", invalid="ignore"):
            heights = -k * np.log(shape / theta) - (1.0 + 1.0 / shape) * sums
        return np.where((shape / theta > 0.0) & np.isfinite(heights), heights, -inf)

    def _best(self) -> Pareto:
        at = int(self._heights(self.theta, self.sums).argmax())
        low, high = self.theta[max(at - 1, 0)], self.theta[min(at + 1, POINTS - 1)]

        def height(theta: float) -> float:
            sums = np.log1p(theta * self.excesses).sum()
            return float(self._heights(np.array([theta]), np.array([sums]))[0])

        theta = _highest(height, float(low), float(high))
        shape = max(float(np.log1p(theta * self.excesses).mean()), LEAST_SHAPE)
        return Pareto(shape, shape / theta, height(theta))

    def profile(self, y: float, q: np.ndarray) -> np.ndarray:
        """(m,) twice what the log-likelihood loses when ``P(Y > y)`` is held at ``exp(-q)``, q > 0."""
        inside = 1.0 + self.theta * y > 0.0
        if not inside.any():  # the tail surely ends before
            return np.full(len(q), RULED_OUT)
        theta, sums, k = self.theta[inside], self.sums[inside], len(self.excesses)
        shape = np.log1p(theta * y) / q[:, None]
        heights = -k * np.log(shape / theta) - (1.0 + 1.0 / shape) * sums
        heights = np.where(shape >= LEAST_SHAPE, heights, -inf)
        return np.asarray(np.clip(2.0 * (self.fit.log_likelihood - heights.max(axis=1)), 0.0, RULED_OUT))


def _highest(height: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one maximum between the two is largest: golden sections."""
    part = (sqrt(5.0) - 1.0) / 2.0
    a, b = high - part * (high - low), low + part * (high - low)
    at_a, at_b = height(a), height(b)
    for _ in range(60):
        if at_a >= at_b:
            high, b, at_b = b, a, at_a
            a = high - part * (high - low)
            at_a = height(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + part * (high - low)
            at_b = height(b)
    return (low + high) / 2.0 or 1e-12


# --- clusters --------------------------------------------------------------------------------------------------------


def extremal_index(times: np.ndarray) -> float:
    """The share of exceedances that begin a cluster, by the times between them: 1 where they come one by one (Ferro and
    Segers 2003, JRSS B 65, 545-556, the intervals estimator). ``times`` (k,) are the rows of the exceedances."""
    gaps = np.diff(times).astype(np.float64)
    if len(gaps) == 0:
        return 1.0
    first, second = (gaps, gaps**2) if gaps.max() <= 2.0 else (gaps - 1.0, (gaps - 1.0) * (gaps - 2.0))
    spread = float(second.sum())
    return min(1.0, 2.0 * float(first.sum()) ** 2 / (len(gaps) * spread)) if spread > 0.0 else 1.0


def cluster_of(times: np.ndarray) -> np.ndarray:
    """(k,) the number of the cluster of each exceedance: the longest gaps part as many clusters as the extremal index
    asks for, which leaves no run length to choose (Ferro and Segers 2003, section 4)."""
    gaps = np.diff(times)
    wanted = int(extremal_index(times) * len(times))
    if len(gaps) == 0 or wanted >= len(gaps):
        return np.arange(len(times))
    longest = np.sort(gaps)[::-1]
    apart = gaps > longest[wanted]  # of equal gaps none parts two clusters
    return np.concatenate([[0], np.cumsum(apart)])


@dataclass(frozen=True)
class Peaks:
    """The exceedances of ``threshold`` among ``nobs`` values: ``excesses`` (k,) of the largest in each cluster over it,
    their ``rows`` (k,), how many values exceed it in all, and the extremal index."""

    threshold: float
    excesses: np.ndarray
    rows: np.ndarray
    exceedances: int
    nobs: int
    index: float

    @property
    def rate(self) -> float:
        """Clusters a row."""
        return len(self.excesses) / self.nobs


def peaks_over(values: np.ndarray, threshold: float, *, clustered: bool = True) -> Peaks:
    """The peaks of ``values`` over a threshold, one a cluster; every exceedance by itself where not ``clustered``.

    ValueError where nothing exceeds it.
    """
    times = np.flatnonzero(values > threshold)
    if len(times) == 0:
        raise ValueError(f"no value exceeds {threshold}")
    numbers = cluster_of(times) if clustered else np.arange(len(times))
    # Sorted by cluster, then by size: the last of each cluster is its largest.
    order = np.lexsort((values[times], numbers))
    rows = times[order[np.append(np.diff(numbers[order]) > 0, True)]]
    return Peaks(threshold, values[rows] - threshold, rows, len(times), len(values), extremal_index(times))


# --- waiting times ---------------------------------------------------------------------------------------------------

SIDEWAYS = np.linspace(-5.0, 5.0, 61)
"""Standard errors of the rate of clusters over which it is freed."""
LONGEST = log(1e12)
"""Log of the longest waiting time that is looked at, in rows."""


@dataclass(frozen=True, eq=False)
class ReturnPeriod:
    """How many rows pass on average from one cluster with a peak above ``level`` to the next. ``period`` is the best
    estimate, infinite beyond the end of a bounded tail; ``law`` the tail that was fitted (None where the level is the
    threshold itself, and the count alone decides)."""

    level: float
    period: float
    law: Pareto | None
    _logs: np.ndarray
    _deviance: np.ndarray

    def interval(self, coverage: float = 0.90) -> tuple[float, float]:
        """By the profile likelihood (Coles 2001, 2.6.6 and 4.3.3); the upper end is infinite where there is none."""
        limit = normal_quantile((1.0 + coverage) / 2.0) ** 2
        inside = np.flatnonzero(self._deviance <= limit)
        if len(inside) == 0:  # between two points of the grid
            return self.period, self.period
        first, last = int(inside[0]), int(inside[-1])
        low = self._crossing(first - 1, first, limit) if first > 0 else float(self._logs[0])
        high = self._crossing(last + 1, last, limit) if last < len(self._logs) - 1 else inf
        return exp(low), exp(high)

    def _crossing(self, outside: int, inside: int, limit: float) -> float:
        over, under = float(self._deviance[outside]), float(self._deviance[inside])
        share = (limit - under) / (over - under)
        return float(self._logs[inside] + share * (self._logs[outside] - self._logs[inside]))

    def level_of(self, peaks: Peaks, period: float) -> float | None:
        """The peak that comes once in ``period`` rows; None where even the threshold comes more seldom."""
        chance = 1.0 / (period * peaks.rate)
        return None if self.law is None or chance >= 1.0 else peaks.threshold + self.law.quantile(chance)

    def pvalue(self, period: float) -> float:
        """Of the null that one waits ``period`` rows: the likelihood-ratio test, chi-square with one degree."""
        at = min(max(log(period), float(self._logs[0])), float(self._logs[-1]))
        return chi_square(float(np.interp(at, self._logs, self._deviance)), 1)


def return_period(peaks: Peaks, level: float) -> ReturnPeriod:
    """The waiting time for a cluster whose peak exceeds ``level``, with the likelihood of other ones.

    ``1 / (rate P(Y > level - threshold))``; clusters come as a Poisson process, so that both the rate and the tail are
    uncertain. ValueError for a level under the threshold, or for fewer than five peaks where the tail is needed.
    """
    y = level - peaks.threshold
    if y < 0.0:
        raise ValueError(f"the level {level} lies under the threshold {peaks.threshold}")
    k = len(peaks.excesses)
    rates = log(peaks.rate) + SIDEWAYS / sqrt(k)
    of_rate = 2.0 * (k * (np.expm1(rates - log(peaks.rate)) - (rates - log(peaks.rate))))
    if y <= 0.0:
        order = np.argsort(-rates)
        return ReturnPeriod(level, 1.0 / peaks.rate, None, -rates[order], of_rate[order])
    tail = _Likelihood(peaks.excesses)
    chance = tail.fit.exceeds(y)
    period = 1.0 / (peaks.rate * chance) if chance > 0.0 else inf
    logs = np.linspace(-log(peaks.rate) - 1.0, LONGEST, POINTS)
    if not isinf(period):
        logs = np.sort(np.append(logs, log(period) + SIDEWAYS / sqrt(k)))
    q = np.geomspace(1e-4, LONGEST + 1.0, POINTS)
    waits = logs[:, None] + rates[None, :]
    joint = np.where(waits > 0.0, np.interp(waits, q, tail.profile(y, q)), RULED_OUT) + of_rate
    return ReturnPeriod(level, period, tail.fit, logs, joint.min(axis=1))
