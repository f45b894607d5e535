"""Shares: how far the share that stands behind a count may lie from the one that was seen."""

from __future__ import annotations

from math import sqrt

NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def wilson(hits: float, n: float, quantile: float = NORMAL_95) -> tuple[float, float]:
    """The score interval of a share, (low, high) within [0, 1] (Wilson 1927, JASA 22, 209-212).

    ``n`` trials, or as many independent ones as weighted trials are worth; ValueError unless 0 <= hits <= n and n > 0.
    """
    if not n > 0 or not 0 <= hits <= n:
        raise ValueError(f"hits must lie between 0 and n, and n above 0; got {hits} of {n}")
    share, square = hits / n, quantile**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    reach = quantile * sqrt(share * (1 - share) / n + square / (4 * n**2)) / (1 + square / n)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def worth(weights: list[float]) -> float:
    """How many equally weighted trials these are worth: ``(sum w)^2 / sum w^2`` (Kish 1965, Survey Sampling, 11.7)."""
    return sum(weights) ** 2 / sum(w * w for w in weights) if weights else 0.0
