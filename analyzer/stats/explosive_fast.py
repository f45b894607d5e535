"""The sums of ``explosive`` as loops for numba, which is optional: the same operations in the same order.

Without numba nothing here is used. No fast-math: a product and a sum are rounded each by itself, as numpy does it, so
that the two ways give equal results to the last bit.
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
    jit: Any = import_module("numba").njit(cache=True, nogil=True)
    zero, one = jit(lag_zero), jit(lag_one)

    def loop(y: np.ndarray, smallest: int, lag: int) -> tuple[np.ndarray, np.ndarray]:
        n, paths = y.shape
        adf, best = np.full((n, paths), -np.inf), np.full((n, paths), -np.inf)
        (one if lag else zero)(y, smallest, adf, best)
        return adf, best

    return loop


def lag_zero(y: np.ndarray, smallest: int, adf: np.ndarray, best: np.ndarray) -> None:
    """Fill ``adf`` and ``best`` (n, paths) with signed squares of t-values at lag 0."""
    n, paths = y.shape
    for path in range(paths):
        for start in range(n - smallest + 1):
            first = y[start, path]
            x = sum_x = sum_xx = sum_dd = 0.0
            for rows in range(1, n - start):
                end = start + rows
                sum_x += x
                sum_xx += x * x
                step = y[end, path] - y[end - 1, path]
                sum_dd += step * step
                x = y[end, path] - first
                if rows < smallest - 1:
                    continue
                z_squared = x * x
                mean = sum_x / rows
                xd = (z_squared - sum_dd) * 0.5 - mean * x
                xx = sum_xx - mean * sum_x
                dd = sum_dd - z_squared / rows
                scale = xx * dd
                rest = scale - xd * xd
                if rest > ROUNDING * scale:
                    found = xd * abs(xd) * (rows - 2) / rest
                    best[end, path] = max(best[end, path], found)
                    if start == 0:
                        adf[end, path] = found


def lag_one(y: np.ndarray, smallest: int, adf: np.ndarray, best: np.ndarray) -> None:
    """Fill ``adf`` and ``best`` (n, paths) with signed squares of t-values at lag 1."""
    n, paths = y.shape
    for path in range(paths):
        for start in range(n - smallest + 1):
            first = y[start, path]
            sx = sw = sd = sxx = sww = sdd = sxw = sxd = swd = 0.0
            for rows in range(1, n - 1 - start):
                end = start + rows + 1
                x = y[end - 1, path] - first
                w = y[end - 1, path] - y[end - 2, path]
                d = y[end, path] - y[end - 1, path]
                sx += x
                sw += w
                sd += d
                sxx += x * x
                sww += w * w
                sdd += d * d
                sxw += x * w
                sxd += x * d
                swd += w * d
                if rows < smallest - 2:
                    continue
                mx, mw, md = sx / rows, sw / rows, sd / rows
                xx, ww, dd = sxx - mx * sx, sww - mw * sw, sdd - md * sd
                xw, xd, wd = sxw - mx * sw, sxd - mx * sd, swd - mw * sd
                xx_left, dd_left, xd_left = xx * ww - xw * xw, dd * ww - wd * wd, xd * ww - xw * wd
                product = xx_left * dd_left
                rest = product - xd_left * xd_left
                if rest > ROUNDING * product:
                    found = xd_left * abs(xd_left) * (rows - 3) / rest
                    best[end, path] = max(best[end, path], found)
                    if start == 0:
                        adf[end, path] = found
