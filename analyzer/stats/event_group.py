"""Event study of many securities on one date: six tests that differ in what they stand.

Patell, Corporate forecasts of earnings per share and stock price behavior, Journal of Accounting Research 14 (1976);
Boehmer, Musumeci and Poulsen, Event-study methodology under conditions of event-induced variance, Journal of Financial
Economics 30 (1991); Kolari and Pynnönen, Event study testing with cross-sectional correlation of abnormal returns,
Review of Financial Studies 23 (2010); Corrado, A nonparametric test for abnormal security-price performance, Journal
of Financial Economics 23 (1989), with Corrado and Zivney (1992) for missing days; Kolari and Pynnönen, Nonparametric
rank tests for event studies, Journal of Empirical Finance 18 (2011); Cowan, Nonparametric event study tests, Review of
Quantitative Finance and Accounting 2 (1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from analyzer.stats.dose_response import midranks
from analyzer.stats.event_study import fit_model, prediction, studentised
from analyzer.stats.ranks import RankTest, rank_test
from analyzer.stats.student_t import two_sided
from analyzer.stats.tails import normal_two_sided

FEWEST_COMMON = 60
"""Common days below which a correlation of two members is noise and is left out of the mean."""


@dataclass(frozen=True)
class Tested:
    """A statistic with its two-sided p-value; ``dof`` None: standard normal."""

    value: float
    pvalue: float
    dof: int | None = None


@dataclass(frozen=True, eq=False)
class Member:
    """One security: ``estimation`` (n,) its internally studentised abnormal returns on the common days of the
    estimation period, NaN where it has none; ``nobs`` of them are there.

    ``event`` (L,): its abnormal returns of the event days, each over its prediction error; ``scar`` the cumulative one
    over its own; ``car`` as a fraction; ``positive`` the share of positive residuals; ``parameters`` of its model.
    """

    estimation: np.ndarray
    event: np.ndarray
    scar: float
    car: float
    nobs: int
    positive: float
    parameters: int = 2


@dataclass(frozen=True)
class GroupTests:
    """The tests of N members. ``correlation`` is the mean pairwise one of the estimation period, ``placebo`` the rank
    of ``|mean SCAR|`` among the windows of that period."""

    members: int
    mean_car: float
    correlation: float
    patell: Tested
    bmp: Tested
    kolari_pynnonen: Tested
    corrado: Tested
    generalised_rank: Tested
    generalised_sign: Tested
    placebo: RankTest


def group_study(returns: np.ndarray, market: np.ndarray | None, estimation: slice, event: slice) -> GroupTests:
    """The tests of securities with ``returns`` (n, N) on the same days; ``market`` (n,), None for the mean model.

    ``estimation`` and ``event`` are rows. Raises ValueError as ``member`` and ``group_tests`` do.

    >>> drawn = np.random.default_rng(7).normal(0.0, 0.01, (121, 13))
    >>> found = group_study(drawn[:, 1:] - 0.02 * (np.arange(121) == 120)[:, None], drawn[:, 0], slice(0, 110),
    ...                     slice(120, 121))
    >>> round(found.mean_car, 3), found.bmp.pvalue < 0.001
    (-0.016, True)
    """
    return group_tests([member(column, market, estimation, event) for column in returns.T])


def member(returns: np.ndarray, market: np.ndarray | None, estimation: slice, event: slice) -> Member:
    """One security of a group, from its simple ``returns`` (n,) and those of the ``market`` (n,), None for the
    constant-mean model. Raises ValueError for an estimation period of under 10 rows or without variance."""
    model = fit_model(returns[estimation], None if market is None else market[estimation])
    beside = np.zeros(len(returns)) if market is None else market

    def standardised(rows: slice) -> float:
        value, stderr = prediction(model, returns[rows], beside[rows])
        return value / stderr

    return Member(
        estimation=studentised(model),
        event=np.array([standardised(slice(row, row + 1)) for row in range(event.start, event.stop)]),
        scar=standardised(event),
        car=prediction(model, returns[event], beside[event])[0],
        nobs=model.nobs,
        positive=float(np.mean(model.residuals > 0)),
        parameters=model.parameters,
    )


def group_tests(members: Sequence[Member], alpha: float = 0.05) -> GroupTests:
    """Null of each: the abnormal returns of the event have mean (or median) zero.

    Raises ValueError for fewer than two members, or when all have the same standardised abnormal return.
    """
    if len(members) < 2:
        raise ValueError(f"a group has two members or more; got {len(members)}")
    scar = np.array([m.scar for m in members])
    estimation = np.column_stack([m.estimation for m in members])
    correlation = mean_correlation(estimation)
    bmp = _bmp(scar)
    length = len(members[0].event)
    return GroupTests(
        members=len(members), mean_car=float(np.mean([m.car for m in members])), correlation=correlation,
        patell=_patell(members), bmp=bmp, kolari_pynnonen=_kolari_pynnonen(bmp, correlation, len(members)),
        corrado=_corrado(estimation, np.column_stack([m.event for m in members])),
        generalised_rank=_generalised_rank(estimation, scar), generalised_sign=_generalised_sign(members),
        placebo=rank_test(np.abs(_placebo_means(estimation, length)), abs(float(scar.mean())), "high", alpha),
    )  # fmt: skip


def mean_correlation(estimation: np.ndarray) -> float:
    """Mean pairwise correlation of the columns of (n, N), each over the days that both have.

    0 where no two columns have enough days in common.
    """
    there = np.isfinite(estimation)
    if there.all() and len(estimation) >= FEWEST_COMMON:
        every = np.corrcoef(estimation, rowvar=False)
        return float(every[np.tril_indices(len(every), -1)].mean())
    found = []
    for i in range(estimation.shape[1]):
        for j in range(i):
            both = there[:, i] & there[:, j]
            if np.count_nonzero(both) >= FEWEST_COMMON:
                found.append(float(np.corrcoef(estimation[both, i], estimation[both, j])[0, 1]))
    return float(np.mean(found)) if found else 0.0


def _patell(members: Sequence[Member]) -> Tested:
    """``sum SCAR / sqrt(sum (L - k) / (L - k - 2))``: breaks when the event changes the variance, and under
    correlation."""
    variance = sum((m.nobs - m.parameters) / (m.nobs - m.parameters - 2) for m in members)
    z = float(sum(m.scar for m in members) / np.sqrt(variance))
    return Tested(z, normal_two_sided(z))


def _bmp(scar: np.ndarray) -> Tested:
    """``sqrt(N) mean(SCAR) / sd(SCAR)``: stands a changed variance, not correlation."""
    n, sd = len(scar), float(scar.std(ddof=1))
    if sd <= 1e-12:
        raise ValueError("all members have the same standardised abnormal return: no test across them can be formed")
    t = float(np.sqrt(n) * scar.mean() / sd)
    return Tested(t, two_sided(t, n - 1), n - 1)


def _kolari_pynnonen(bmp: Tested, correlation: float, n: int) -> Tested:
    """BMP times ``sqrt((1 - r) / (1 + (N - 1) r))``: stands both. A negative mean correlation counts as none."""
    r = min(max(correlation, 0.0), 0.999)
    t = bmp.value * sqrt((1.0 - r) / (1.0 + (n - 1) * r))
    return Tested(t, two_sided(t, n - 1), n - 1)


def _centred_ranks(values: np.ndarray) -> np.ndarray:
    """Of each column of (T, N) the ranks of its days as ``rank / (M + 1) - 1/2``, M the days it has; NaN where none."""
    out = np.full(values.shape, np.nan)
    for i in range(values.shape[1]):
        there = np.isfinite(values[:, i])
        out[there, i] = midranks(values[there, i]) / (np.count_nonzero(there) + 1) - 0.5
    return out


def _corrado(estimation: np.ndarray, event: np.ndarray) -> Tested:
    """Ranks over all days, the event's included; the deviation is that of the daily sums over ``sqrt(N_t)``."""
    ranks = _centred_ranks(np.vstack([estimation, event]))
    counts = np.isfinite(ranks).sum(axis=1)
    daily = np.nansum(ranks, axis=1)[counts > 0] / np.sqrt(counts[counts > 0])
    length = len(event)
    z = float(daily[-length:].sum() / (np.sqrt(length) * np.sqrt(np.mean(daily**2))))
    return Tested(z, normal_two_sided(z))


def _generalised_rank(estimation: np.ndarray, scar: np.ndarray) -> Tested:
    """GRANK-T: the event is one cumulative day whose SCAR is divided by its cross-sectional deviation once more."""
    ranks = _centred_ranks(np.vstack([estimation, scar / scar.std(ddof=1)]))
    counts = np.isfinite(ranks).sum(axis=1)
    means = np.nansum(ranks, axis=1) / np.maximum(counts, 1)
    total = int(np.count_nonzero(counts))
    spread = np.sqrt(np.sum(counts / len(scar) * means**2) / total)
    z = float(means[-1] / spread)
    t = z * sqrt((total - 2) / max(total - 1 - z * z, 1e-12))
    return Tested(t, two_sided(t, total - 2), total - 2)


def _generalised_sign(members: Sequence[Member]) -> Tested:
    """The number of positive CAR against the share of positive days in the estimation period."""
    n, share = len(members), float(np.mean([m.positive for m in members]))
    z = (sum(m.car > 0 for m in members) - n * share) / sqrt(n * share * (1.0 - share))
    return Tested(z, normal_two_sided(z))


def _placebo_means(estimation: np.ndarray, length: int) -> np.ndarray:
    """Mean over the members of the standardised sums of each window of ``length`` days: their correlation is in it."""
    counts = np.isfinite(estimation).sum(axis=1)
    daily = np.nansum(estimation, axis=1)[counts > 0] / counts[counts > 0]
    return np.asarray(np.convolve(daily, np.ones(length), mode="valid") / np.sqrt(length))
