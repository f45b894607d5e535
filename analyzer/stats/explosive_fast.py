"""The sums of ``explosive`` as loops for numba, which is optional: the same operations in the same order.

Without numba nothing here is used. The innermost loop runs over the starts of the windows of one length, which do not
depend on each other, so that the processor works on several at a time. No fast-math: a product and a sum are rounded
each by itself, as numpy does it, so that the two ways give equal results to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

Loop = Callable[[np.ndarray, int, int], tuple[np.ndarray, np.ndarray]]
ROUNDING = 1e-12


def compiled() -> Loop | None:
    """The loops compiled; None where numba is not installed."""
    if find_spec("numba") is None:
        return None
    jit: Any = import_module("numba").njit(cache=True, nogil=True, error_model="numpy")  # no check before a division
    zero, one = jit(lag_zero), jit(lag_one)

    def loop(y: np.ndarray, smallest: int, lag: int) -> tuple[np.ndarray, np.ndarray]:
        paths = np.ascontiguousarray(y.T)
        adf, best = np.full(paths.shape, -np.inf), np.full(paths.shape, -np.inf)
        for i, path in enumerate(paths):
            (one if lag else zero)(path, smallest, adf[i], best[i])
        return adf.T, best.T

    return loop


def lag_zero(y: np.ndarray, smallest: int, adf: np.ndarray, best: np.ndarray) -> None:
    """Fill ``adf`` and ``best`` (n,) with signed squares of t-values at lag 0 of one path."""
    n = len(y)
    starts = n - smallest + 1
    change = y[1:] - y[:-1]
    x, sum_x, sum_xx, sum_dd = np.zeros(starts), np.zeros(starts), np.zeros(starts), np.zeros(starts)
    top = np.full(n, -np.inf)
    for rows in range(1, n):
        m = min(starts, n - rows)
        last, step, highest = y[rows : rows + m], change[rows - 1 : rows - 1 + m], top[rows : rows + m]
        if rows < smallest - 1:
            for i in range(m):
                sum_x[i] += x[i]
                sum_xx[i] += x[i] * x[i]
                sum_dd[i] += step[i] * step[i]
                x[i] = last[i] - y[i]
            continue
        share, freedom = 1.0 / rows, rows - 2.0
        before = highest[0]
        highest[0] = -np.inf
        for i in range(m):
            sx, sxx, sdd = sum_x[i] + x[i], sum_xx[i] + x[i] * x[i], sum_dd[i] + step[i] * step[i]
            sum_x[i], sum_xx[i], sum_dd[i] = sx, sxx, sdd
            z = last[i] - y[i]
            x[i] = z
            z_squared, mean = z * z, sx * share
            xd = (z_squared - sdd) * 0.5 - mean * z
            scale = (sxx - mean * sx) * (sdd - z_squared * share)
            rest = scale - xd * xd
            ratio = xd * abs(xd) * freedom / rest
            found = ratio if rest > ROUNDING * scale else -np.inf
            highest[i] = found if found > highest[i] else highest[i]
        adf[rows] = highest[0]
        highest[0] = max(highest[0], before)
    best[:] = top


def lag_one(y: np.ndarray, smallest: int, adf: np.ndarray, best: np.ndarray) -> None:
    """Fill ``adf`` and ``best`` (n,) with signed squares of t-values at lag 1 of one path."""
    n = len(y)
    starts = n - smallest + 1
    change = y[1:] - y[:-1]
    sum_x, sum_xx, sum_ww = np.zeros(starts), np.zeros(starts), np.zeros(starts)
    sum_dd, sum_wd = np.zeros(starts), np.zeros(starts)
    top = np.full(n, -np.inf)
    for rows in range(1, n - 1):
        m = min(starts, n - 1 - rows)
        level, last, second = y[rows : rows + m], y[rows + 1 : rows + 1 + m], y[1 : 1 + m]
        before, step = change[rows - 1 : rows - 1 + m], change[rows : rows + m]
        if rows < smallest - 2:
            for i in range(m):
                x, w, d = level[i] - y[i], before[i], step[i]
                sum_x[i] += x
                sum_xx[i] += x * x
                sum_ww[i] += w * w
                sum_dd[i] += d * d
                sum_wd[i] += w * d
            continue
        highest = top[rows + 1 : rows + 1 + m]
        share, freedom = 1.0 / rows, rows - 3.0
        kept = highest[0]
        highest[0] = -np.inf
        for i in range(m):
            x, w, d = level[i] - y[i], before[i], step[i]
            sx, sxx = sum_x[i] + x, sum_xx[i] + x * x
            sww, sdd, swd = sum_ww[i] + w * w, sum_dd[i] + d * d, sum_wd[i] + w * d
            sum_x[i], sum_xx[i], sum_ww[i], sum_dd[i], sum_wd[i] = sx, sxx, sww, sdd, swd
            z, sd, first = last[i] - y[i], last[i] - second[i], second[i] - y[i]
            mx, mw, md = sx * share, x * share, sd * share
            xx, ww, dd = sxx - mx * sx, sww - mw * x, sdd - md * sd
            xw = (x * x + sww) * 0.5 - mx * x
            xd = (z * z - first * first - sdd) * 0.5 - mx * sd
            wd = swd - mw * sd
            left = xd * ww - xw * wd
            scale = (xx * ww - xw * xw) * (dd * ww - wd * wd)
            rest = scale - left * left
            ratio = left * abs(left) * freedom / rest
            found = ratio if rest > ROUNDING * scale else -np.inf
            highest[i] = found if found > highest[i] else highest[i]
        adf[rows + 1] = highest[0]
        highest[0] = max(highest[0], kept)
    best[:] = top
