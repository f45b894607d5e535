"""Realised volatility from the prices within sessions: Parkinson, Garman and Klass, Yang and Zhang.

Prices are (n,) arrays of sessions in order, positive, on one split basis. Results are annualised standard deviations as
fractions, on 252 sessions a year.
"""

from __future__ import annotations

from math import log, sqrt
from typing import Literal

import numpy as np

YEAR = 252


def _logs(*prices: np.ndarray) -> list[np.ndarray]:
    arrays = [np.asarray(p, dtype=float) for p in prices]
    if len({a.shape for a in arrays}) != 1 or arrays[0].ndim != 1:
        raise ValueError("prices must be arrays of one length")
    if any(not (a > 0).all() for a in arrays):
        raise ValueError("prices must be above 0")
    return [np.log(a) for a in arrays]


def _in_order(low: np.ndarray, high: np.ndarray, *inside: np.ndarray) -> None:
    if (low > high).any() or any(((x < low) | (x > high)).any() for x in inside):
        raise ValueError("each session's prices must lie between its low and its high")


def parkinson(high: np.ndarray, low: np.ndarray) -> float:
    """``mean(ln(H / L)^2) / (4 ln 2)``, for a price without drift (Parkinson 1980, Journal of Business 53, 61-65)."""
    h, low_ = _logs(high, low)
    _in_order(low_, h)
    return sqrt(YEAR * float(((h - low_) ** 2).mean()) / (4 * log(2)))


def garman_klass(opened: np.ndarray, high: np.ndarray, low: np.ndarray, closed: np.ndarray) -> float:
    """``mean(ln(H / L)^2 / 2 - (2 ln 2 - 1) ln(C / O)^2)``: the night is left out (Garman and Klass 1980, Journal of
    Business 53, 67-78, the practical estimator)."""
    o, h, low_, c = _logs(opened, high, low, closed)
    _in_order(low_, h, o, c)
    daily = 0.5 * (h - low_) ** 2 - (2 * log(2) - 1) * (c - o) ** 2
    return sqrt(YEAR * max(float(daily.mean()), 0.0))


def rogers_satchell(opened: np.ndarray, high: np.ndarray, low: np.ndarray, closed: np.ndarray) -> float:
    """``mean(ln(H/C) ln(H/O) + ln(L/C) ln(L/O))``, whatever the drift (Rogers and Satchell 1991, AAP 1, 504-512)."""
    o, h, low_, c = _logs(opened, high, low, closed)
    _in_order(low_, h, o, c)
    return sqrt(YEAR * float(((h - c) * (h - o) + (low_ - c) * (low_ - o)).mean()))


def yang_zhang(opened: np.ndarray, high: np.ndarray, low: np.ndarray, closed: np.ndarray) -> float:
    """Nights and days together, whatever the drift: ``V_night + k V_day + (1 - k) V_RS`` with ``k = 0.34 / (1.34 + (n +
    1) / (n - 1))`` over the n sessions that have one before them (Yang and Zhang 2000, JB 73, 477-491).

    The first session lends its close only. ValueError for fewer than 3 sessions.
    """
    o, _, _, c = _logs(opened, high, low, closed)
    n = len(o) - 1
    if n < 2:
        raise ValueError("Yang and Zhang's estimator needs 3 sessions")
    night, day = o[1:] - c[:-1], c[1:] - o[1:]
    inner = rogers_satchell(*(np.asarray(x)[1:] for x in (opened, high, low, closed))) ** 2 / YEAR
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    return sqrt(YEAR * (float(night.var(ddof=1)) + k * float(day.var(ddof=1)) + (1 - k) * inner))


Measure = Literal["closes", "parkinson", "garman_klass", "yang_zhang"]


def rolling(measure: Measure, prices: np.ndarray, before: np.ndarray, length: int) -> np.ndarray:
    """(n - length + 1,) the measure of each ``length`` successive sessions of ``prices`` (n, 4): open, high, low and
    close; ``before`` (n,): the close of the session before each. As the functions above have it of one window;
    ``closes`` is the standard deviation of log returns. ValueError for fewer than ``length`` sessions, or two."""
    if length < 2 or len(prices) < length:
        raise ValueError(f"{length} sessions of a window; there are {len(prices)}")
    o, h, low, c = _logs(*prices.T)
    _in_order(low, h, o, c)
    (last,) = _logs(before)
    inner = (h - c) * (h - o) + (low - c) * (low - o)
    daily = {
        "parkinson": (h - low) ** 2 / (4 * log(2)),
        "garman_klass": 0.5 * (h - low) ** 2 - (2 * log(2) - 1) * (c - o) ** 2,
    }
    if measure in daily:
        variance = _windows(daily[measure], length).mean(axis=1)
    elif measure == "closes":
        variance = _windows(c - last, length).var(axis=1, ddof=1)
    else:
        k = 0.34 / (1.34 + (length + 1) / (length - 1))
        night, day = (_windows(x, length).var(axis=1, ddof=1) for x in (o - last, c - o))
        variance = night + k * day + (1 - k) * _windows(inner, length).mean(axis=1)
    return np.asarray(np.sqrt(YEAR * np.maximum(variance, 0.0)))


def _windows(values: np.ndarray, length: int) -> np.ndarray:
    return np.asarray(np.lib.stride_tricks.sliding_window_view(values, length))
