"""Recursive unit-root tests for explosive growth: ADF, SADF, BSADF and GSADF sequences, and the dating of episodes.

Regression of each window, with lag 0 or 1: ``dy_t = a + b y_{t-1} (+ c dy_{t-1}) + e_t``; the statistic is the t-value
of ``b``, tested to the right. SADF: its supremum over windows that begin with the series (Phillips, Wu and Yu,
International Economic Review 52, 2011). BSADF: the supremum over all windows that end on a day; GSADF: that over all
days (Phillips, Shi and Yu, International Economic Review 56, 2015).

All windows of one length are taken together, and each window's sums grow by one row at a time, from its own first
level: the cost is n^2, and a level far from zero loses no digits. Where numba is installed the same sums run compiled,
in the same order: the results are equal, and only the time differs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

Lag = Literal[0, 1]
FEWEST_LEVELS = 8
"""Levels of the shortest window that leaves degrees of freedom at lag 1."""


@dataclass(frozen=True, eq=False)
class Sequences:
    """``adf`` and ``bsadf``, both (n,) or (n, paths): at each row the statistic of the window from the first row, and
    the largest of all windows that end there. Rows before the first whole window hold -inf."""

    adf: np.ndarray
    bsadf: np.ndarray

    @property
    def sadf(self) -> np.ndarray:
        return np.asarray(self.adf.max(axis=0))

    @property
    def gsadf(self) -> np.ndarray:
        return np.asarray(self.bsadf.max(axis=0))


def smallest_window(n: int) -> int:
    """Levels of the shortest window: ``n (0.01 + 1.8 / sqrt(n))``, rounded down (Phillips, Shi and Yu 2015).

    >>> [smallest_window(n) for n in (200, 500, 1000, 1700)]
    [27, 45, 66, 91]
    """
    return int(n * (0.01 + 1.8 / n**0.5))


def sequences(levels: np.ndarray, smallest: int, lag: Lag = 0, *, compiled: bool | None = None) -> Sequences:
    """The sequences of ``levels`` (n,) or (n, paths), from windows of at least ``smallest`` levels.

    A window whose levels do not vary, or lie on one line exactly, has no t-value and is left out. ``compiled`` None is
    whatever is there. ValueError for values that are not finite and for windows that leave no degrees of freedom.
    """
    paths = np.ascontiguousarray(levels, dtype=np.float64)
    if paths.ndim == 1:
        one = sequences(paths[:, None], smallest, lag, compiled=compiled)
        return Sequences(one.adf[:, 0], one.bsadf[:, 0])
    if not np.isfinite(paths).all():
        raise ValueError("levels must be finite")
    if smallest < FEWEST_LEVELS or smallest > len(paths):
        raise ValueError(f"a window has from {FEWEST_LEVELS} to {len(paths)} levels; asked for {smallest}")
    loop = _compiled() if compiled is not False else None
    if compiled and loop is None:
        raise ValueError("numba is not installed")
    adf, best = (loop or _vectorised)(paths, smallest, lag)
    return Sequences(_root(adf), _root(best))


def suprema(levels: np.ndarray, smallest: int, lag: Lag = 0) -> tuple[np.ndarray, np.ndarray]:
    """The ADF sequences (n, paths) and the GSADF (paths,) of ``levels`` (n, paths), to the last bit as ``sequences``
    has them. For simulations, which need the BSADF of no row: see ``explosive_suprema``. NaN stands for the GSADF of a
    path in which no window has a positive coefficient: such paths are rare, and cost as much alone as many together, so
    that the caller looks at all of his with ``sequences`` at once."""
    from analyzer.stats.explosive_suprema import BY_LAG

    paths = np.ascontiguousarray(levels, dtype=np.float64)
    if _compiled() is not None:
        found = sequences(paths, smallest, lag)
        return found.adf, found.gsadf
    adf, best = BY_LAG[lag](paths, smallest)
    return _root(adf), _root(np.where(best > 0, best, np.nan))


@cache
def _compiled() -> Callable[[np.ndarray, int, int], tuple[np.ndarray, np.ndarray]] | None:
    from analyzer.stats.explosive_fast import compiled

    return compiled()


def _root(signed_squares: np.ndarray) -> np.ndarray:
    """t-values from their squares with a sign: a square root a window is saved, and order is kept."""
    return np.asarray(np.sign(signed_squares) * np.sqrt(np.abs(signed_squares)))


def _vectorised(y: np.ndarray, smallest: int, lag: int) -> tuple[np.ndarray, np.ndarray]:
    return _lag_one(y, smallest) if lag else _lag_zero(y, smallest)


def _lag_zero(y: np.ndarray, smallest: int) -> tuple[np.ndarray, np.ndarray]:
    """Signed squares of the t-values at lag 0. ``x``: the level before, from the window's first level; then the level.

    ``sum(x dy) = (z^2 - sum(dy^2)) / 2``, so three running sums are enough. Arrays are used again and again: making
    them would cost more than what is done with them.
    """
    n, paths = y.shape
    starts = n - smallest + 1
    adf, best = np.full((n, paths), -np.inf), np.full((n, paths), -np.inf)
    squares = np.diff(y, axis=0) ** 2
    space = np.zeros((10, starts, paths))
    for rows in range(1, n):
        m = min(starts, n - rows)
        x, sx, sxx, sdd, z_squared, mean, xd, xx, dd, spare = space[:, :m]
        sx += x
        sxx += z_squared
        sdd += squares[rows - 1 : rows - 1 + m]
        np.subtract(y[rows : rows + m], y[:m], out=x)  # x is now the level on the window's last row
        np.multiply(x, x, out=z_squared)
        if rows < smallest - 1:
            continue
        np.multiply(sx, 1.0 / rows, out=mean)
        np.subtract(z_squared, sdd, out=xd)
        xd *= 0.5
        xd -= np.multiply(mean, x, out=spare)
        np.subtract(sxx, np.multiply(mean, sx, out=spare), out=xx)
        np.subtract(sdd, np.multiply(z_squared, 1.0 / rows, out=spare), out=dd)
        found = _signed_square(xd, np.multiply(xx, dd, out=xx), rows - 2.0, dd, spare)
        adf[rows] = found[0]
        np.maximum(best[rows : rows + m], found, out=best[rows : rows + m])
    return adf, best


ROUNDING = 1e-12
"""Share of its terms under which a difference is rounding: the window has no variation of its own."""


def _signed_square(
    covariance: np.ndarray, scale: np.ndarray, freedom: float, rest: np.ndarray, found: np.ndarray
) -> np.ndarray:
    """``sign(t) t^2 = freedom cov |cov| / (scale - cov^2)``; -inf where what is left is nothing but rounding of
    ``scale``. ``rest`` and ``found`` are space to work in, and ``scale`` becomes it."""
    np.subtract(scale, np.multiply(covariance, covariance, out=rest), out=rest)
    np.multiply(covariance, np.abs(covariance, out=found), out=found)
    found *= freedom
    flat = rest <= np.multiply(scale, ROUNDING, out=scale)
    if flat.any():
        rest[flat], found[flat] = 1.0, -np.inf
    found /= rest
    return found


def _lag_one(y: np.ndarray, smallest: int) -> tuple[np.ndarray, np.ndarray]:
    """Signed squares of the t-values at lag 1. ``x``: the level before, ``w``: the change before, ``d``: the change.

    ``sum(w)`` and ``sum(d)`` are differences of levels, ``sum(x w)`` and ``sum(x d)`` follow from squares as at lag 0.
    """
    n, paths = y.shape
    starts = n - smallest + 1
    adf, best = np.full((n, paths), -np.inf), np.full((n, paths), -np.inf)
    change = np.diff(y, axis=0)
    squares, products = change**2, change[:-1] * change[1:]
    first = change[:starts] ** 2
    space = np.zeros((16, starts, paths))
    for rows in range(1, n - 1):
        m = min(starts, n - 1 - rows)
        sx, sxx, sww, sdd, swd, x, sd, xx, ww, dd, xw, xd, wd, mean, spare, other = space[:, :m]
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
        np.subtract(sxx, np.multiply(mean, sx, out=spare), out=xx)
        xw -= np.multiply(mean, x, out=spare)
        xd -= np.multiply(mean, sd, out=spare)
        np.multiply(x, 1.0 / rows, out=mean)
        np.subtract(sww, np.multiply(mean, x, out=spare), out=ww)
        np.subtract(swd, np.multiply(mean, sd, out=spare), out=wd)
        np.multiply(sd, 1.0 / rows, out=mean)
        np.subtract(sdd, np.multiply(mean, sd, out=spare), out=dd)
        # what is left of x and d after the lagged change, each times ww
        for one in (xx, xd, dd):
            one *= ww
        xx -= np.multiply(xw, xw, out=spare)
        xd -= np.multiply(xw, wd, out=spare)
        dd -= np.multiply(wd, wd, out=spare)
        found = _signed_square(xd, np.multiply(xx, dd, out=xx), rows - 3.0, spare, other)
        adf[rows + 1] = found[0]
        np.maximum(best[rows + 1 : rows + 1 + m], found, out=best[rows + 1 : rows + 1 + m])
    return adf, best


# --- dating ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """Rows from ``first`` to ``last``, both above the critical sequence; ``ended`` is the first row below it again,
    None while the stretch goes on. ``peak``: the row of the largest statistic; ``rises``: whether the level is higher
    there than on the row before the stretch, for the statistic is as large in a crash."""

    first: int
    last: int
    ended: int | None
    peak: int
    rises: bool


def shortest_episode(n: int) -> int:
    """Rows that an episode lasts at least: ``ln(n)``, rounded (Phillips, Shi and Yu 2015, with their delta 1)."""
    return round(float(np.log(n)))


def stretches(levels: np.ndarray, bsadf: np.ndarray, critical: np.ndarray, shortest: int) -> tuple[Stretch, ...]:
    """The stretches of at least ``shortest`` rows in which ``bsadf`` (n,) lies above ``critical`` (n,).

    A stretch that has not ended is kept from its first row on: how long it will last is not known.
    """
    above = np.concatenate([[False], bsadf > critical, [False]])
    edges = np.flatnonzero(above[1:] != above[:-1])
    found = []
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        ended = after if after < len(bsadf) else None
        if ended is not None and after - first < shortest:
            continue
        peak = first + int(np.argmax(bsadf[first:after]))
        rises = bool(levels[peak] > levels[max(first - 1, 0)])
        found.append(Stretch(first=first, last=after - 1, ended=ended, peak=peak, rises=rises))
    return tuple(found)
