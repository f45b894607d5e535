"""Volatility from ranges: simulated sessions of a known volatility, and figures worked by hand."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest

from analyzer.stats.ranges import garman_klass, parkinson, rogers_satchell, yang_zhang

YEARLY = 0.25


def sessions(days: int, steps: int, seed: int, drift: float = 0.0, night: float = 0.0) -> tuple[np.ndarray, ...]:
    """Open, high, low and close of sessions in ``steps`` steps, with nights of ``night`` times the day's variance."""
    rng = np.random.default_rng(seed)
    scale = YEARLY / sqrt(252)
    moves = rng.normal(drift / 252 / steps, scale / sqrt(steps), (days, steps))
    nights = rng.normal(0.0, scale * sqrt(night), days)
    inside = np.cumsum(moves, axis=1)
    starts = np.cumsum(nights + np.concatenate([[0.0], inside[:-1, -1]]))
    path = np.concatenate([np.zeros((days, 1)), inside], axis=1) + starts[:, None]
    return tuple(np.exp(x) for x in (path[:, 0], path.max(axis=1), path.min(axis=1), path[:, -1]))


def test_one_session_by_hand() -> None:
    o, h, low, c = (np.array([x]) for x in (100.0, 104.0, 98.0, 103.0))
    assert parkinson(h, low) == pytest.approx(sqrt(252 * log(104 / 98) ** 2 / (4 * log(2))))
    body = 0.5 * log(104 / 98) ** 2 - (2 * log(2) - 1) * log(1.03) ** 2
    assert garman_klass(o, h, low, c) == pytest.approx(sqrt(252 * body))
    inner = log(104 / 103) * log(1.04) + log(98 / 103) * log(0.98)
    assert rogers_satchell(o, h, low, c) == pytest.approx(sqrt(252 * inner))


def test_a_known_volatility_is_found() -> None:
    o, h, low, c = sessions(2000, 2000, seed=3)
    assert parkinson(h, low) == pytest.approx(YEARLY, rel=0.04)  # steps miss a little of the range
    assert garman_klass(o, h, low, c) == pytest.approx(YEARLY, rel=0.04)
    assert yang_zhang(o, h, low, c) == pytest.approx(YEARLY, rel=0.04)


def test_a_drift_and_nights_are_told_apart() -> None:
    o, h, low, c = sessions(2000, 1000, seed=4, drift=10.0, night=0.5)
    whole = YEARLY * sqrt(1.5)
    assert yang_zhang(o, h, low, c) == pytest.approx(whole, rel=0.05)
    assert rogers_satchell(o, h, low, c) == pytest.approx(YEARLY, rel=0.07)  # steps miss a little
    assert parkinson(h, low) > YEARLY * 1.2  # which takes the drift for volatility


def test_scale_does_not_matter_and_nonsense_is_refused() -> None:
    o, h, low, c = sessions(50, 100, seed=5)
    for found, scaled in ((yang_zhang(o, h, low, c), yang_zhang(3 * o, 3 * h, 3 * low, 3 * c)),
                          (garman_klass(o, h, low, c), garman_klass(3 * o, 3 * h, 3 * low, 3 * c))):  # fmt: skip
        assert scaled == pytest.approx(found)
    with pytest.raises(ValueError, match="between"):
        garman_klass(o, low, h, c)
    with pytest.raises(ValueError, match="above 0"):
        parkinson(h, low * 0)
    with pytest.raises(ValueError, match="3 sessions"):
        yang_zhang(o[:2], h[:2], low[:2], c[:2])
