"""The stationary bootstrap and the test for superior ability, against their definitions and against arch."""

from __future__ import annotations

import numpy as np
import pytest
from arch.bootstrap import SPA, StationaryBootstrap

from analyzer.stats import bootstrap as b


def test_blocks_follow_the_rows_and_have_the_mean_length_that_is_asked_for() -> None:
    rows = b.stationary_indices(100, 5.0, 400, 3)
    goes_on = (rows[:, 1:] - rows[:, :-1]) % 100 == 1
    # A block goes on with 1 - 1/5, and a fresh one may begin at the next row by chance.
    assert goes_on.mean() == pytest.approx(0.8 + 0.2 * 0.01, abs=0.005)
    assert np.bincount(rows.ravel(), minlength=100) / rows.size == pytest.approx(np.full(100, 0.01), abs=0.002)


def test_a_block_of_one_is_the_simple_bootstrap_and_seeds_repeat() -> None:
    rows = b.stationary_indices(50, 1.0, 200, 1)
    assert ((rows[:, 1:] - rows[:, :-1]) % 50 == 1).mean() == pytest.approx(0.02, abs=0.01)
    assert np.array_equal(rows, b.stationary_indices(50, 1.0, 200, 1))
    with pytest.raises(ValueError, match="at least 1"):
        b.stationary_indices(50, 0.5, 10, 1)


def walk(n: int = 300) -> np.ndarray:
    rng = np.random.default_rng(5)
    e = rng.normal(size=n)
    for t in range(1, n):
        e[t] += 0.5 * e[t - 1]
    return e


def test_the_interval_of_a_mean_is_that_of_arch() -> None:
    values = walk()
    theirs = StationaryBootstrap(8, values, seed=11).conf_int(np.mean, reps=8000, method="percentile").ravel()
    mine = b.mean_interval(values, block=8.0, repetitions=8000, seed=2)
    spread = theirs[1] - theirs[0]
    assert (mine.low, mine.high) == pytest.approx(tuple(theirs), abs=0.03 * spread)


@pytest.mark.parametrize("shift", [0.0, 0.12, 0.25])
def test_superior_ability_is_that_of_arch(shift: float) -> None:
    """arch compares the largest mean itself, so that the columns are brought to one variance for it beforehand."""
    rng = np.random.default_rng(9)
    gains = rng.normal(size=(250, 6))
    gains[:, 2] += shift
    gains[:, 4] -= 0.5
    scaled = gains / np.sqrt(b._bootstrap_variance(gains - gains.mean(axis=0), 6.0))
    theirs = SPA(np.zeros(250), -scaled, block_size=6, reps=4000, bootstrap="stationary", seed=1)
    theirs.compute()
    mine = b.superior_ability(gains, block=6.0, repetitions=4000, seed=4)
    assert mine.consistent == pytest.approx(theirs.pvalues["consistent"], abs=0.03)
    assert mine.upper == pytest.approx(theirs.pvalues["upper"], abs=0.03)
    assert mine.best == int(scaled.mean(axis=0).argmax())


def test_monte_carlo_error() -> None:
    assert b.monte_carlo_error(0.05, 1900) == pytest.approx(0.005)
    assert b.is_too_close(0.041, 0.005)
    assert not b.is_too_close(0.039, 0.005)
