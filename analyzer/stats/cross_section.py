"""Members of a group beside each other on their days: how far a few carry it, and whether they flock together.

Returns are (n, k) of n sessions and k members, without gaps; weights are (k,) at the start of the window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.stats.regression import hac_covariance, ols, with_constant
from analyzer.stats.tails import normal_two_sided


def herfindahl(weights: np.ndarray) -> float:
    """Sum of squared shares: 1 / k for k equal members, 1 for one that is all."""
    w = _shares(weights)
    return float((w**2).sum())


def contribution_of_top(weights: np.ndarray, returns: np.ndarray, top: int) -> tuple[float, float]:
    """What the ``top`` members by weight add to the group's return, and the return of the others by themselves."""
    w, r = _shares(weights), np.asarray(returns, dtype=float)
    if r.shape != w.shape or not 0 < top < len(w):
        raise ValueError("returns must be one a member, and top fewer than all")
    order = np.argsort(-w, kind="stable")
    first, rest = order[:top], order[top:]
    return float(w[first] @ r[first]), float(w[rest] @ r[rest] / w[rest].sum())


def _shares(weights: np.ndarray) -> np.ndarray:
    w = np.asarray(weights, dtype=float)
    if w.ndim != 1 or not len(w) or not (w > 0).all():
        raise ValueError("weights must be above 0")
    return np.asarray(w / w.sum())


@dataclass(frozen=True)
class Herding:
    """``CSAD = a + g1 |R_m| + g2 R_m^2``: a ``curvature`` below 0 says that members come closer on large days. With the
    Newey-West error of the curvature, the two-sided p-value and (n,) ``dispersion``."""

    constant: float
    slope: float
    curvature: float
    error: float
    pvalue: float
    dispersion: np.ndarray


def herding(returns: np.ndarray) -> Herding:
    """Chang, Cheng and Khorana (2000), Journal of Banking and Finance 24, 1651-1679, with the equal-weighted mean as
    the market. ValueError below 30 sessions or 5 members."""
    r = np.asarray(returns, dtype=float)
    if r.ndim != 2 or r.shape[0] < 30 or r.shape[1] < 5:
        raise ValueError("herding is looked for in 30 sessions of 5 members at least")
    market = r.mean(axis=1)
    dispersion = np.abs(r - market[:, None]).mean(axis=1)
    fit = ols(dispersion, with_constant(np.abs(market), market**2))
    a, g1, g2 = (float(b) for b in fit.coefficients)
    error = float(np.sqrt(hac_covariance(fit)[2, 2]))
    return Herding(a, g1, g2, error, normal_two_sided(g2 / error), dispersion)
