"""Least squares with weights that are not negative and sum to one."""

from __future__ import annotations

import numpy as np

TOLERANCE = 1e-12


def simplex_least_squares(columns: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The weights (J,) that minimise ``|columns w - target|`` with ``w >= 0`` and ``sum w = 1``.

    ``columns`` is (n, J), ``target`` (n,). An active-set method in the manner of Lawson and Hanson (Solving Least
    Squares Problems, 1974, chapter 23), with the sum as an equality: it ends at the exact solution after finitely many
    steps. Raises ValueError for no column or arrays that do not fit.
    """
    n, count = columns.shape
    if count == 0 or len(target) != n:
        raise ValueError(f"weights need one or more columns as long as the target; got {columns.shape}, {len(target)}")
    gram, cross = columns.T @ columns, columns.T @ target
    scale = max(float(np.abs(gram).max()), 1e-300)
    best = int(np.argmin(np.diag(gram) - 2.0 * cross))
    weights = np.zeros(count)
    weights[best] = 1.0
    free = np.zeros(count, dtype=bool)
    free[best] = True
    for _ in range(10 * count + 50):
        weights, free = _inner(gram, cross, weights, free)
        gradient = gram @ weights - cross
        level = float(weights @ gradient)
        gain = np.where(free, np.inf, gradient - level)
        entering = int(np.argmin(gain))
        if gain[entering] >= -TOLERANCE * scale * max(count, 10) * 10:
            break
        free[entering] = True
    return weights


def _inner(
    gram: np.ndarray, cross: np.ndarray, weights: np.ndarray, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """To the optimum over the free weights, giving up those that would turn negative on the way."""
    weights, free = weights.copy(), free.copy()
    while True:
        wanted = np.zeros(len(weights))
        wanted[free] = _equality_constrained(gram[np.ix_(free, free)], cross[free])
        if (wanted[free] > -TOLERANCE).all():
            return np.maximum(wanted, 0.0), free
        falling = free & (wanted <= 0.0)
        room = weights[falling] / np.maximum(weights[falling] - wanted[falling], 1e-300)
        step = float(room.min())
        weights = weights + step * (wanted - weights)
        gone = falling & (weights <= TOLERANCE)
        if not gone.any():
            gone = falling & (weights <= weights[falling].min())
        weights[gone] = 0.0
        free &= ~gone


def _equality_constrained(gram: np.ndarray, cross: np.ndarray) -> np.ndarray:
    """Minimum of ``w' G w / 2 - c' w`` with ``sum w = 1``; of least norm where several are as good."""
    k = len(cross)
    system = np.zeros((k + 1, k + 1))
    system[:k, :k] = gram
    system[:k, k] = system[k, :k] = 1.0
    return np.asarray(np.linalg.lstsq(system, np.append(cross, 1.0), rcond=None)[0][:k])
