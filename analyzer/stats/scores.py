"""Scores of forecasts that give a probability: Brier, logarithm, skill, and what the Brier score is made of.

Forecasts are (n,) probabilities in [0, 1], outcomes (n,) of 0 and 1. Scores are losses: the smaller the better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Murphy:
    """``score`` = ``reliability`` - ``resolution`` + ``uncertainty`` + ``within``; ``within`` is what forecasts that
    differ inside a bin add (Stephenson, Coelho and Jolliffe 2008, WAF 23, 752-757), 0 without bins."""

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


def _pair(forecasts: np.ndarray, outcomes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    p, o = np.asarray(forecasts, dtype=float), np.asarray(outcomes, dtype=float)
    if p.shape != o.shape or p.ndim != 1 or not len(p):
        raise ValueError("forecasts and outcomes must be two arrays of one length, and not empty")
    if not ((p >= 0) & (p <= 1)).all() or not np.isin(o, (0.0, 1.0)).all():
        raise ValueError("forecasts must lie in [0, 1], outcomes must be 0 or 1")
    return p, o


def brier(forecasts: np.ndarray, outcomes: np.ndarray) -> float:
    """Mean of ``(p - o)^2`` (Brier 1950, Monthly Weather Review 78, 1-3)."""
    p, o = _pair(forecasts, outcomes)
    return float(((p - o) ** 2).mean())


def log_score(forecasts: np.ndarray, outcomes: np.ndarray) -> float:
    """Mean of ``-ln`` of the probability given to what happened; infinite where that was 0 (Good 1952, JRSS B 14)."""
    p, o = _pair(forecasts, outcomes)
    with np.errstate(divide="ignore"):
        return float(-np.log(np.where(o == 1, p, 1 - p)).mean())


def skill(score: float, reference: float) -> float:
    """``1 - score / reference``: 1 for a perfect forecast, 0 for the reference's; ValueError for a reference of 0."""
    if not reference > 0:
        raise ValueError("the reference score must be above 0: nothing can be better than it")
    return 1 - score / reference


def murphy(forecasts: np.ndarray, outcomes: np.ndarray, edges: np.ndarray | None = None) -> Murphy:
    """The parts of the Brier score (Murphy 1973, Journal of Applied Meteorology 12, 595-600).

    Without ``edges`` every distinct forecast is a bin of its own and the parts add up exactly. With ``edges``
    (increasing, from 0 to 1, the last bin closed) forecasts are taken together by bins.
    """
    p, o = _pair(forecasts, outcomes)
    if edges is None:
        _, bins = np.unique(p, return_inverse=True)
    else:
        bins = np.clip(np.searchsorted(edges, p, side="right") - 1, 0, len(edges) - 2)
    counts = np.bincount(bins).astype(float)
    used = counts > 0
    weights = counts[used] / len(p)
    mean_p, mean_o = (np.bincount(bins, x)[used] / counts[used] for x in (p, o))
    of_bin = np.cumsum(used)[bins] - 1
    spread = ((p - mean_p[of_bin]) ** 2).mean()
    shared = ((p - mean_p[of_bin]) * (o - mean_o[of_bin])).mean()
    base = o.mean()
    return Murphy(
        score=float(((p - o) ** 2).mean()), reliability=float(weights @ (mean_p - mean_o) ** 2),
        resolution=float(weights @ (mean_o - base) ** 2), uncertainty=float(base * (1 - base)),
        within=float(spread - 2 * shared),
    )  # fmt: skip
