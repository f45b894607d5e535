"""Two states of volatility that follow each other by chance: Hamilton's filter, and its fit by likelihood.

Returns are (n,) in the order of time. Only what was known on a day enters its probability: it is filtered, never
smoothed, so that no probability looks ahead but through the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi

import numpy as np


@dataclass(frozen=True)
class Switching:
    """``mean`` of the returns, ``variances`` of calm and unrest in rising order, ``stay``: the probability that each
    lasts another day; ``loglikelihood``; ``unrest``: (n,) filtered probabilities of the state of the larger variance;
    ``converged``."""

    mean: float
    variances: tuple[float, float]
    stay: tuple[float, float]
    loglikelihood: float
    unrest: np.ndarray
    converged: bool


def hamilton_filter(
    returns: np.ndarray, mean: float, variances: tuple[float, float], stay: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray, float]:
    """(n, 2) filtered and (n, 2) predicted probabilities of the two states, and the loglikelihood (Hamilton 1989,
    Econometrica 57, 357-384), from the chain's stationary distribution."""
    squares = (np.asarray(returns, dtype=float) - mean) ** 2
    v0, v1 = variances
    density = np.exp(-0.5 * squares[:, None] / np.array([v0, v1])) / np.sqrt(2 * pi * np.array([v0, v1]))
    p00, p11 = stay
    one = (1 - p00) / max(2 - p00 - p11, 1e-12)
    filtered, predicted = [], []
    loglikelihood = 0.0
    for d0, d1 in density.tolist():
        a, b = (1 - one) * d0, one * d1
        total = max(a + b, 1e-300)
        predicted.append((1 - one, one))
        filtered.append((a / total, b / total))
        loglikelihood += log(total)
        one = (a * (1 - p00) + b * p11) / total
    return np.array(filtered), np.array(predicted), loglikelihood


def switching_variance(returns: np.ndarray, steps: int = 500, tolerance: float = 1e-8) -> Switching:
    """Maximum likelihood of two variances around one mean. ValueError below 50 returns or for returns that never move.

    The E-step smooths backwards (Kim 1994, Journal of Econometrics 60, 1-22), for the parameters alone; one mean for
    both states, weighted by the precision of each.
    """
    x = np.asarray(returns, dtype=float)
    if len(x) < 50 or not x.std() > 0:
        raise ValueError("two states of volatility take 50 returns that move")
    mean, spread = float(x.mean()), float(x.var())
    variances, stay = (0.4 * spread, 2.5 * spread), (0.98, 0.95)
    before, converged = -np.inf, False
    for _ in range(steps):
        filtered, predicted, value = hamilton_filter(x, mean, variances, stay)
        if abs(value - before) < tolerance * max(1.0, abs(value)):
            converged = True
            break
        before = value
        smooth, moves = _smoothed(filtered, predicted, stay)
        weights = smooth / np.array(variances)
        mean = float((weights.sum(axis=1) @ x) / weights.sum())
        squares = (x - mean) ** 2
        v0, v1 = (float(smooth[:, i] @ squares / max(smooth[:, i].sum(), 1e-12)) for i in (0, 1))
        p00, p11 = (float(moves[i, i] / max(moves[i].sum(), 1e-12)) for i in (0, 1))
        variances, stay = (max(v0, 1e-12 * spread), max(v1, 1e-12 * spread)), (p00, p11)
    if variances[0] > variances[1]:
        variances, stay = variances[::-1], stay[::-1]
    filtered, _, value = hamilton_filter(x, mean, variances, stay)
    return Switching(mean, variances, stay, value, filtered[:, 1], converged)


def _smoothed(filtered: np.ndarray, predicted: np.ndarray, stay: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """(n, 2) smoothed probabilities, and (2, 2) expected numbers of moves from state to state."""
    p00, p11 = stay
    p01, p10 = 1 - p00, 1 - p11
    s0, s1 = filtered[-1].tolist()
    smooth, m00, m01, m10, m11 = [(s0, s1)], 0.0, 0.0, 0.0, 0.0
    # plain numbers: arrays of two would take ten times as long
    for (f0, f1), (q0, q1) in zip(filtered[-2::-1].tolist(), predicted[:0:-1].tolist(), strict=True):
        share0, share1 = s0 / max(q0, 1e-300), s1 / max(q1, 1e-300)
        j00, j01, j10, j11 = f0 * p00 * share0, f0 * p01 * share1, f1 * p10 * share0, f1 * p11 * share1
        s0, s1 = j00 + j01, j10 + j11
        smooth.append((s0, s1))
        m00, m01, m10, m11 = m00 + j00, m01 + j01, m10 + j10, m11 + j11
    return np.array(smooth[::-1]), np.array([[m00, m01], [m10, m11]])
