"""The log-periodic power law singularity (LPPLS): its fit to many windows at once, and the share that look like it.

``ln p = A + (tc - t)^m [B + C1 cos(w ln(tc - t)) + C2 sin(w ln(tc - t))]``, with four numbers that are least squares
once the other three are given: Filimonov and Sornette, Physica A 392 (2013), 3698-3707. Time runs from 0 to 1 over a
window, so tc is counted from its end in lengths of the window, and the model of every window is the same.

The three are searched on a fixed grid and then refined by Gauss-Newton steps (``lppls_steps``), inside fixed bounds:
the objective has many minima, and a search without bounds ends where the model means nothing. No random start is used,
so a fit is the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analyzer.stats.lppls_steps import refined

POINTS = 121
"""Values of a window that are fitted, evenly spaced in time."""
AHEAD = (0.01, 1.0)
"""Bounds of the search: tc after the window's end, in lengths of the window; m; w."""
POWERS = (0.01, 1.5)
FREQUENCIES = (2.0, 30.0)
LOWER = np.array([np.log(AHEAD[0]), POWERS[0], FREQUENCIES[0]])
UPPER = np.array([np.log(AHEAD[1]), POWERS[1], FREQUENCIES[1]])
BORDER = 1e-6
"""As a share of a bound: what is nearer to it lies on it."""
AT_A_TIME = 512
"""Windows that are worked on at a time: what keeps the arrays in the cache. Not by the number of cores, so that the
result does not depend on it."""


@dataclass(frozen=True, eq=False)
class Fits:
    """One fit a window, all (windows,). ``ahead``: tc after the window's end, in lengths of the window; ``b``, ``c1``,
    ``c2`` for time in lengths of the window; ``error``: the sum of squares that is left, as a share of that about the
    mean."""

    ahead: np.ndarray
    m: np.ndarray
    w: np.ndarray
    a: np.ndarray
    b: np.ndarray
    c1: np.ndarray
    c2: np.ndarray
    error: np.ndarray

    @property
    def damping(self) -> np.ndarray:
        """``m |B| / (w |C|)``: at one and above the hazard of a crash is never negative (Bothmer and Meister 2003)."""
        swing = self.w * np.hypot(self.c1, self.c2)
        found = np.full(swing.shape, np.inf)
        return np.asarray(np.divide(self.m * np.abs(self.b), swing, out=found, where=swing > 0))

    @property
    def oscillations(self) -> np.ndarray:
        """Whole turns of the log-periodic part in the window: ``w / (2 pi) ln((tc - t1) / (tc - t2))``."""
        return np.asarray(self.w / (2.0 * np.pi) * np.log((1.0 + self.ahead) / self.ahead))


@dataclass(frozen=True)
class Filter:
    """What a fit must satisfy to count as one of a bubble: m between its limits, w from the one to the other."""

    m: tuple[float, float] = (0.0, 1.0)
    w: tuple[float, float] = (4.0, 25.0)
    least_damping: float = 0.5
    least_oscillations: float = 2.5

    def passes(self, fits: Fits) -> np.ndarray:
        """(windows,) of bool. A fit that ends on the far bound of tc or the lower one of m is none: its minimum lies
        elsewhere. On the near bound of tc the end is at hand, which is no reason against it."""
        inside = (fits.ahead < AHEAD[1] * (1 - BORDER)) & (fits.m > POWERS[0] * (1 + BORDER))
        power = (fits.m > self.m[0]) & (fits.m < self.m[1])
        frequency = (fits.w >= self.w[0]) & (fits.w <= self.w[1])
        shape = (fits.damping >= self.least_damping) & (fits.oscillations >= self.least_oscillations)
        return np.asarray(inside & power & frequency & shape & (fits.b < 0))


def window_lengths(rows: int, shortest: int = 150, longest: int = 750, step: int = 40) -> tuple[int, ...]:
    """Numbers of rows of the shrinking windows that end on one day, the longest first; those that ``rows`` hold."""
    return tuple(n for n in range(longest, shortest - 1, -step) if n <= rows)


def windows(levels: np.ndarray, lengths: tuple[int, ...]) -> np.ndarray:
    """(len(lengths) * paths, POINTS) the windows of ``levels`` (n,) or (n, paths) that end on its last row, path by
    path, each read at evenly spaced times; between two rows on the line that joins them."""
    paths = levels[:, None] if levels.ndim == 1 else levels
    read = [_read(paths, n) for n in lengths]
    return np.ascontiguousarray(np.stack(read, axis=1).reshape(-1, POINTS))


def _read(paths: np.ndarray, length: int) -> np.ndarray:
    at = np.linspace(len(paths) - length, len(paths) - 1, POINTS)
    before = np.minimum(at.astype(int), len(paths) - 2)
    share = (at - before)[:, None]
    return np.asarray(((1.0 - share) * paths[before] + share * paths[before + 1]).T)


def fit(values: np.ndarray) -> Fits:
    """The fits of ``values`` (windows, POINTS), logs of prices at evenly spaced times. ValueError for another shape,
    for values that are not finite, and for a window in which nothing moves."""
    if values.ndim != 2 or values.shape[1] != POINTS or not np.isfinite(values).all():
        raise ValueError(f"windows are finite and (windows, {POINTS}); got {values.shape}")
    if not (np.ptp(values, axis=1) > 0).all():
        raise ValueError("a window in which nothing moves has no fit")
    parts = [_fitted(values[i : i + AT_A_TIME]) for i in range(0, len(values), AT_A_TIME)]
    return Fits(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def at(values: np.ndarray, ahead: float, m: float, w: float) -> Fits:
    """The least squares of ``values`` (windows, POINTS) at one tc, m and w."""
    mean, size, unit = _unit(values)
    theta = np.tile([np.log(ahead), m, w], (len(values), 1))
    return Fits(*_with_units(_Model(theta, unit), mean, size))


def _fitted(values: np.ndarray) -> tuple[np.ndarray, ...]:
    mean, size, unit = _unit(values)
    return _with_units(_Model(refined(unit, _searched(unit), LOWER, UPPER), unit), mean, size)


def _unit(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and length of each window, and the window without them, so that one tolerance does for all."""
    mean = values.mean(axis=1)
    centred = values - mean[:, None]
    size = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    return mean, size, centred / size[:, None]


def _with_units(model: _Model, mean: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, ...]:
    ahead, m, w = model.theta.T
    b, c1, c2 = model.linear.T * size
    a = mean - np.einsum("ij,ij->i", model.linear, model.means) * size
    return np.exp(ahead), m, w, a, b, c1, c2, model.error


def fitted(fits: Fits, number: int, rows: int) -> np.ndarray:
    """(rows,) the curve of one fit at each row of its window."""
    distance = fits.ahead[number] + np.linspace(1.0, 0.0, rows)
    phase = fits.w[number] * np.log(distance)
    swing = fits.c1[number] * np.cos(phase) + fits.c2[number] * np.sin(phase)
    return np.asarray(fits.a[number] + distance ** fits.m[number] * (fits.b[number] + swing))


# --- the grid --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _grid() -> tuple[np.ndarray, np.ndarray]:
    """(cells, 3) points of the search, and (3 cells, POINTS) an orthonormal basis of the model at each of them."""
    ahead = np.geomspace(0.015, 0.8, 8)
    powers, frequencies = np.linspace(0.1, 1.3, 6), np.arange(2.5, 30.0, 0.75)
    theta = np.stack(np.meshgrid(np.log(ahead), powers, frequencies, indexing="ij"), axis=-1).reshape(-1, 3)
    basis = _columns(theta)
    basis -= basis.mean(axis=2, keepdims=True)
    orthonormal = np.linalg.qr(basis.transpose(0, 2, 1))[0].transpose(0, 2, 1)
    return theta, np.ascontiguousarray(orthonormal.reshape(-1, POINTS), dtype=np.float32)


def _searched(unit: np.ndarray) -> np.ndarray:
    """(windows, 3) the cell of the grid that explains the most of each window."""
    theta, basis = _grid()
    explained = ((basis @ unit.T.astype(np.float32)) ** 2).reshape(len(theta), 3, -1).sum(axis=1)
    return np.asarray(theta[explained.argmax(axis=0)])


# --- the model at given tc, m and w ----------------------------------------------------------------------------------


def _columns(theta: np.ndarray) -> np.ndarray:
    """(windows, 3, POINTS) the columns of B, C1 and C2."""
    log = np.log(np.exp(theta[:, :1]) + np.linspace(1.0, 0.0, POINTS))
    power, phase = np.exp(theta[:, 1:2] * log), theta[:, 2:3] * log
    return np.stack([power, power * np.cos(phase), power * np.sin(phase)], axis=1)


class _Model:
    """Least squares of windows (windows, POINTS), of mean zero, on the columns at ``theta`` and a constant."""

    def __init__(self, theta: np.ndarray, unit: np.ndarray) -> None:
        self.theta = theta
        raw = _columns(theta)
        self.means = raw.mean(axis=2)
        centred = raw - self.means[:, :, None]
        size = np.sqrt(np.einsum("ijk,ijk->ij", centred, centred))
        basis = centred / size[:, :, None]
        products = basis @ basis.transpose(0, 2, 1)
        scaled = np.linalg.solve(products, basis @ unit[:, :, None])[:, :, 0]
        self.linear = scaled / size
        residuals = unit - (scaled[:, None, :] @ basis)[:, 0]
        self.error = np.einsum("ij,ij->i", residuals, residuals)
