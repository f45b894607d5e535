"""Likeness of paths against scipy and numpy, and what a shuffled path keeps."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import pearsonr

from analyzer.stats.analogues import distance, features, likeness, shuffled, windows, z_normalised

GENERATOR = np.random.default_rng(5)
PATH = np.cumsum(GENERATOR.normal(0.1, 1.0, 60))
LONG = np.cumsum(GENERATOR.normal(size=300))


def test_likeness_is_the_correlation_of_levels_in_each_window() -> None:
    found = likeness(PATH, windows(LONG, 60))
    assert found.shape == (241,)
    for i in (0, 100, 240):
        assert found[i] == pytest.approx(pearsonr(PATH, LONG[i : i + 60]).statistic, abs=1e-12)


def test_the_distance_is_that_of_the_normalised_paths() -> None:
    other = LONG[:60]
    direct = float(np.linalg.norm(z_normalised(PATH) - z_normalised(other)))
    assert distance(float(likeness(PATH, other)), 60) == pytest.approx(direct, rel=1e-12)


def test_level_and_scale_do_not_matter_and_direction_does() -> None:
    assert likeness(PATH, 3.0 * PATH + 100.0) == pytest.approx(1.0, abs=1e-12)
    assert likeness(PATH, -PATH) == pytest.approx(-1.0, abs=1e-12)
    assert distance(1.0, 60) == 0.0


def test_a_path_that_does_not_move_is_like_none() -> None:
    assert np.isnan(likeness(PATH, np.zeros(60)))


def test_shuffled_paths_keep_rise_and_steps_and_depend_on_the_seed_alone() -> None:
    paths = shuffled(PATH, 20, 3)
    assert paths.shape == (20, 60)
    assert np.allclose(paths[:, -1], PATH[-1] - PATH[0])
    assert np.allclose(np.sort(np.diff(paths, axis=1)), np.sort(np.diff(PATH)))
    assert np.array_equal(shuffled(PATH, 5, 3), paths[:5])
    assert not np.array_equal(shuffled(PATH, 20, 4), paths)


def test_the_test_by_shuffling_holds_its_size() -> None:
    """Random walks against an unrelated path: about one in twenty is nearer than 95 % of its own shuffles."""
    generator, target = np.random.default_rng(8), LONG[:60]
    rejected = 0
    for _ in range(400):
        walk = np.cumsum(generator.normal(size=60))
        chance = likeness(target, shuffled(walk, 99, 1))
        rejected += int(np.count_nonzero(chance >= likeness(walk, target))) + 1 <= 5
    assert 8 <= rejected <= 36


def test_features_by_hand() -> None:
    found = features(np.array([100.0, 120.0, 90.0, 108.0]), 52)
    steps = np.log([1.2, 0.75, 1.2])
    assert (found.rise, found.below_high, found.deepest) == pytest.approx((0.08, -0.1, -0.25))
    assert found.volatility == pytest.approx(np.std(steps, ddof=1) * 52**0.5)
