"""Abnormal volume against statsmodels 0.15.0 and scipy 1.17.1."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.stats.volume import abnormal_volume


def seeded() -> np.ndarray:
    return np.random.default_rng(10).lognormal(17, 0.35, 120)


def test_the_zscore_is_the_prediction_error_of_statsmodels() -> None:
    """OLS of log volume on a constant, get_prediction: statsmodels 0.15.0; ratio by scipy.stats.gmean 1.17.1."""
    found = abnormal_volume(seeded(), 9.5e7)
    assert found.zscore == pytest.approx(4.632223130338702, rel=1e-10)
    assert found.ratio == pytest.approx(4.129578190332668, rel=1e-10)
    assert (found.test.rank, found.test.pvalue) == (1, 1 / 121)


def test_the_needed_volume_is_the_edge_of_significance() -> None:
    found = abnormal_volume(seeded(), 3e7)
    assert found.needed is not None
    assert abnormal_volume(seeded(), found.needed * 1.0001).test.pvalue < 0.05
    assert abnormal_volume(seeded(), found.needed * 0.9999).test.pvalue >= 0.05


def test_the_unit_of_the_volume_does_not_matter() -> None:
    one, thousand = abnormal_volume(seeded(), 5e7), abnormal_volume(seeded() / 1e3, 5e4)
    assert thousand.zscore == pytest.approx(one.zscore, rel=1e-9)
    assert thousand.test.pvalue == one.test.pvalue


@pytest.mark.parametrize(
    ("trailing", "volume"), [([1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 2.0], 0.0), ([5.0, 5.0], 6.0)]
)
def test_a_sample_without_logs_or_without_spread_is_refused(trailing: list[float], volume: float) -> None:
    with pytest.raises(ValueError, match="volume"):
        abnormal_volume(np.array(trailing), volume)
