"""The quick suprema of simulations against the sequences, of which they are the largest values."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.stats.blocks import KeptBlocks
from analyzer.stats.explosive import Lag, sequences, suprema
from analyzer.stats.explosive_null import random_walks, wild_paths


def paths(n: int, count: int) -> np.ndarray:
    """Random walks whose steps vary in size, and paths that are odd: still, straight, without trend, falling back."""
    rng = np.random.default_rng(5)
    drawn = np.cumsum(rng.standard_normal((n, count)) * np.exp(rng.standard_normal((n, 1))), axis=0)
    drawn[:, 0], drawn[:, 1], drawn[:, 2] = 0.0, np.arange(n), rng.standard_normal(n)
    drawn[-10:, 3] = drawn[-10, 3]
    drawn[:, 4] = 1e6 + np.cumsum(rng.standard_normal(n))
    drawn[:, 5] = np.where(np.arange(n) % 2, 1.0, -1.0) + 1e-3 * rng.standard_normal(n)
    return drawn


@pytest.mark.parametrize("lag", [0, 1])
@pytest.mark.parametrize(("n", "smallest"), [(60, 8), (120, 20), (262, 31)])
def test_they_are_those_of_the_sequences_to_the_last_bit(n: int, smallest: int, lag: Lag) -> None:
    drawn = paths(n, 12)
    whole = sequences(drawn, smallest, lag, compiled=False)
    adf, gsadf = suprema(drawn, smallest, lag)
    known = whole.gsadf > 0
    assert np.array_equal(adf, whole.adf)
    assert np.array_equal(gsadf[known], whole.gsadf[known])
    assert np.isnan(gsadf[~known]).all() or np.array_equal(gsadf, whole.gsadf)  # the latter where numba is installed


@pytest.mark.parametrize("lag", [0, 1])
def test_draws_hold_the_suprema_of_their_paths_those_without_a_rise_included(lag: Lag) -> None:
    """Two simulations of which the second adds to what is kept of the first; a short series has many low paths."""
    levels = np.cumsum(np.random.default_rng(4).standard_normal(40))
    changes = np.diff(levels)
    wild_paths(levels, 30, lag, 20, seed=903)
    drawn = wild_paths(levels, 30, lag, 900, seed=903)
    for i in range(0, 900, 9):
        steps = np.random.default_rng([903, i]).standard_normal(len(changes)) * changes
        one = sequences(np.concatenate([[0.0], np.cumsum(steps)]), 30, lag)
        assert (drawn.gsadf[i], drawn.sadf[i]) == (one.gsadf, one.sadf)
    assert (drawn.gsadf <= 0).sum() > 50


def test_fewer_draws_are_the_first_ones_of_more_in_either_order() -> None:
    few = random_walks(70, 15, 0, 30, seed=901)
    more = random_walks(70, 15, 0, 700, seed=901)
    again = random_walks(70, 15, 0, 30, seed=901)
    assert np.array_equal(few.gsadf, more.gsadf[:30])
    assert np.array_equal(again.so_far, more.so_far[:30])
    assert len(more.sadf) == 700


def test_simulations_of_other_series_are_kept_apart() -> None:
    rng = np.random.default_rng(3)
    one, other = (np.cumsum(rng.standard_normal(70)) for _ in range(2))
    first = wild_paths(one, 15, 0, 20, seed=902)
    assert not np.array_equal(first.gsadf, wild_paths(other, 15, 0, 20, seed=902).gsadf)
    assert np.array_equal(first.gsadf, wild_paths(one, 15, 0, 20, seed=902).gsadf)


def test_blocks_are_worked_out_once_and_the_oldest_are_let_go() -> None:
    made: list[tuple[str, int]] = []
    kept: KeptBlocks[int] = KeptBlocks(most=1)

    def work(of: str, number: int) -> int:
        made.append((of, number))
        return number * number

    assert kept.first("a", 2, lambda i: work("a", i), workers=1) == (0, 1)
    assert kept.first("a", 4, lambda i: work("a", i), workers=1) == (0, 1, 4, 9)
    assert kept.first("a", 1, lambda i: work("a", i), workers=1) == (0,)
    assert made == [("a", 0), ("a", 1), ("a", 2), ("a", 3)]
    kept.first("b", 1, lambda i: work("b", i), workers=1)
    kept.first("a", 1, lambda i: work("a", i), workers=1)
    assert made[4:] == [("b", 0), ("a", 0)]
