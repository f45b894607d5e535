"""The supremum over all windows of many paths, without the t-value of each window.

A simulation needs the GSADF of a path and the ADF of the windows that begin with it, and nothing of the other windows
but their largest t-value. That one is nearly always positive, and of the windows of a random walk some nineteen in
twenty have a negative coefficient: for these it is enough to know the sign. The sums and the t-values of the rest are
those of ``explosive``, computed by the same operations in the same order, so that both give equal results to the last
bit.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import numpy as np

ROUNDING = 1e-12
"""As in ``explosive``: the share of its terms under which a difference is rounding."""
Found = tuple[np.ndarray, np.ndarray]
"""Signed squares: the ADF sequences (n, paths), and the largest of all windows (paths,); of a path in which none is
positive, -inf."""


def at_lag_zero(y: np.ndarray, smallest: int) -> Found:
    """Of paths (n, paths) at lag 0."""
    n, paths = y.shape
    starts = n - smallest + 1
    best = np.full(paths, -np.inf)
    squares = np.diff(y, axis=0) ** 2
    space = np.zeros((7, starts, paths))
    sums, open_yet = space[:5].reshape(5, -1), _Positive(best)
    for rows in range(1, n):
        m = min(starts, n - rows)
        x, sx, sxx, sdd, z_squared, left, right = space[:, :m]
        sx += x
        sxx += z_squared
        sdd += squares[rows - 1 : rows - 1 + m]
        np.subtract(y[rows : rows + m], y[:m], out=x)
        np.multiply(x, x, out=z_squared)
        if rows < smallest - 1:
            continue
        # the covariance is (z^2 - sdd) / 2 - mean z, and halves are exact
        np.subtract(z_squared, sdd, out=left)
        np.multiply(sx, 2.0 / rows, out=right)
        right *= x
        at = np.flatnonzero(left > right)
        open_yet.add(sums.take(at, axis=1), at % paths, rows)
    open_yet.settle()
    return _first_at_zero(y, smallest, squares), best


class _Positive:
    """Windows with a positive coefficient, whose t-values are computed many at a time: of one length there are few."""

    ENOUGH = 8192

    def __init__(self, best: np.ndarray) -> None:
        self._best = best
        self._held: list[tuple[np.ndarray, np.ndarray, int]] = []
        self._count = 0

    def add(self, sums: np.ndarray, of: np.ndarray, rows: int) -> None:
        """``sums`` (5, k) and paths ``of`` (k,) of windows with so many ``rows``."""
        self._held.append((sums, of, rows))
        self._count += len(of)
        if self._count >= self.ENOUGH:
            self.settle()

    def settle(self) -> None:
        """Write into ``best`` what the windows come to."""
        if not self._held:
            return
        sums, of, rows = zip(*self._held, strict=True)
        each = np.repeat(rows, [len(one) for one in of])
        np.maximum.at(self._best, np.concatenate(of), _zero(*np.concatenate(sums, axis=1), rows=each))
        self._held, self._count = [], 0


def _first_at_zero(y: np.ndarray, smallest: int, squares: np.ndarray) -> np.ndarray:
    """(n, paths) of the windows that begin with the path."""
    adf = np.full(y.shape, -np.inf)
    x = y[1:] - y[0]
    before = np.concatenate([np.zeros((1, y.shape[1])), x[:-1]])
    rows = np.arange(1, len(y))[:, None]
    sums = (x, before.cumsum(axis=0), (before * before).cumsum(axis=0), squares.cumsum(axis=0), x * x)
    whole = slice(smallest - 2, None)
    adf[smallest - 1 :] = _zero(*(one[whole] for one in sums), rows=rows[whole])
    return adf


def _zero(
    x: np.ndarray, sx: np.ndarray, sxx: np.ndarray, sdd: np.ndarray, z_squared: np.ndarray, *, rows: int | np.ndarray
) -> np.ndarray:
    mean = sx * (1.0 / rows)
    xd = (z_squared - sdd) * 0.5 - mean * x
    return _signed_square(xd, (sxx - mean * sx) * (sdd - z_squared * (1.0 / rows)), rows - 2.0)


def at_lag_one(y: np.ndarray, smallest: int) -> Found:
    """Of paths (n, paths) at lag 1."""
    n, paths = y.shape
    starts = n - smallest + 1
    best, adf = np.full(paths, -np.inf), np.full(y.shape, -np.inf)
    change = np.diff(y, axis=0)
    squares, products = change**2, change[:-1] * change[1:]
    first = change[:starts] ** 2
    space = np.zeros((14, starts, paths))
    for rows in range(1, n - 1):
        m = min(starts, n - 1 - rows)
        sx, sxx, sww, sdd, swd, x, sd, ww, xw, xd, wd, mean, mean_x, spare = space[:, :m]
        np.subtract(y[rows : rows + m], y[:m], out=x)
        sx += x
        sxx += np.multiply(x, x, out=xw)
        sww += squares[rows - 1 : rows - 1 + m]
        sdd += squares[rows : rows + m]
        swd += products[rows - 1 : rows - 1 + m]
        if rows < smallest - 2:
            continue
        np.subtract(y[rows + 1 : rows + 1 + m], y[1 : 1 + m], out=sd)
        np.subtract(y[rows + 1 : rows + 1 + m], y[:m], out=xd)
        xw += sww
        xw *= 0.5
        np.multiply(xd, xd, out=xd)
        xd -= first[:m]
        xd -= sdd
        xd *= 0.5
        np.multiply(sx, 1.0 / rows, out=mean)
        xw -= np.multiply(mean, x, out=spare)
        xd -= np.multiply(mean, sd, out=spare)
        np.multiply(x, 1.0 / rows, out=mean_x)
        np.subtract(sww, np.multiply(mean_x, x, out=spare), out=ww)
        np.subtract(swd, np.multiply(mean_x, sd, out=spare), out=wd)
        # what is left of x and d after the lagged change has the covariance xd ww - xw wd
        positive = np.multiply(xd, ww, out=mean_x) > np.multiply(xw, wd, out=spare)
        at = np.flatnonzero(positive)
        sums = (one.reshape(-1)[at] for one in (sx, sxx, sdd, sd, ww, xw, xd, wd, mean))
        np.maximum.at(best, at % paths, _one(*sums, rows=rows))
        adf[rows + 1] = _one(*(one[0] for one in (sx, sxx, sdd, sd, ww, xw, xd, wd, mean)), rows=rows)
    return adf, best


def _one(
    sx: np.ndarray, sxx: np.ndarray, sdd: np.ndarray, sd: np.ndarray, ww: np.ndarray, xw: np.ndarray, xd: np.ndarray,
    wd: np.ndarray, mean: np.ndarray, *, rows: int,
) -> np.ndarray:  # fmt: skip
    xx = (sxx - mean * sx) * ww - xw * xw
    dd = (sdd - sd * (1.0 / rows) * sd) * ww - wd * wd
    return _signed_square(xd * ww - xw * wd, xx * dd, rows - 3.0)


def _signed_square(covariance: np.ndarray, scale: np.ndarray, freedom: float | np.ndarray) -> np.ndarray:
    """``sign(t) t^2``, as in ``explosive``."""
    rest = scale - covariance * covariance
    flat = rest <= scale * ROUNDING
    rest[flat] = 1.0
    found = covariance * np.abs(covariance) * freedom / rest
    found[flat] = -np.inf
    return np.asarray(found)


BY_LAG: MappingProxyType[int, Callable[[np.ndarray, int], Found]] = MappingProxyType({0: at_lag_zero, 1: at_lag_one})
