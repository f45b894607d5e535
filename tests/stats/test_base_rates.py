"""Base rates against pandas 3.1.1 (rolling extremes) and arch 8.0.0 (StationaryBootstrap)."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from analyzer.stats.base_rates import base_rate, stationary_bootstrap_means, window_events

ANY_LOWER = -1e-12


def seeded() -> np.ndarray:
    return np.asarray(1000 * np.exp(np.cumsum(np.random.default_rng(30).normal(0.0003, 0.01, 3000))))


@pytest.mark.parametrize(
    ("horizon", "touched", "lower", "windows"),
    [(63, 0.06435137895812053, 0.39325842696629215, 2937), (252, 0.21542940320232898, 0.22088791848617176, 2748)],
)
def test_the_windows_are_those_of_rolling_extremes(horizon: int, touched: float, lower: float, windows: int) -> None:
    touch = window_events(seeded(), horizon, -math.inf, -0.10, "touch")
    end = window_events(seeded(), horizon, -math.inf, ANY_LOWER, "at_horizon")
    assert len(touch) == len(end) == windows
    assert touch.mean() == pytest.approx(touched, abs=1e-12)
    assert end.mean() == pytest.approx(lower, abs=1e-12)


@pytest.mark.parametrize(("horizon", "deviation"), [(63, 0.01838184379610878), (252, 0.05466571628580082)])
def test_the_bootstrap_spreads_as_that_of_arch(horizon: int, deviation: float) -> None:
    """arch.bootstrap.StationaryBootstrap(2 horizon), 4000 draws; two such runs differ by about 2 %."""
    events = window_events(seeded(), horizon, -math.inf, -0.10, "touch")
    means = stationary_bootstrap_means(events, 2 * horizon, 4000, seed=1)
    assert means.std(ddof=1) == pytest.approx(deviation, rel=0.05)
    assert means.mean() == pytest.approx(events.mean(), abs=3 * deviation / math.sqrt(4000))


def test_the_bootstrap_variance_is_the_exact_one() -> None:
    """Politis and Romano (1994): circular autocovariances weighed by (1 - i/n)(1 - p)^i + (i/n)(1 - p)^(n - i)."""
    rng = np.random.default_rng(3)
    values = np.convolve(rng.normal(size=230), np.ones(31), mode="valid")
    n, block = len(values), 40
    spread = values - values.mean()
    circular = np.array([np.mean(spread * np.roll(spread, i)) for i in range(1, n)])
    i, keep = np.arange(1, n), 1.0 - 1.0 / block
    weights = (1 - i / n) * keep**i + (i / n) * keep ** (n - i)
    exact = (np.mean(spread**2) + np.sum(weights * circular)) / n
    means = stationary_bootstrap_means(values, block, 20_000, seed=5)
    assert means.var() == pytest.approx(exact, rel=0.05)


def test_the_seed_is_part_of_the_result_and_fixes_it() -> None:
    events = window_events(seeded(), 63, -math.inf, -0.10, "touch")
    one, same, other = (base_rate(events, 63, seed=s) for s in (7, 7, 8))
    assert one == same
    assert one.seed == 7
    assert (one.low, one.rate) != (other.low, other.rate)


def test_what_never_happened_is_bounded_by_the_independent_windows_not_by_zero() -> None:
    rate = base_rate(np.zeros(999, dtype=bool), 100)
    assert (rate.rate, rate.low) == (0.0, 0.0)
    assert rate.high == pytest.approx(1 - 0.025 ** (1 / rate.effective))
    assert rate.effective == pytest.approx(10.98)


def test_what_always_happened_is_bounded_from_below() -> None:
    rate = base_rate(np.ones(999, dtype=bool), 100)
    assert rate.high == 1.0
    assert rate.low == pytest.approx(0.025 ** (1 / rate.effective))


def test_under_five_independent_windows_there_is_no_interval() -> None:
    rate = base_rate(np.arange(300) % 2 == 0, 100)
    assert (rate.rate, rate.low, rate.high) == (0.5, None, None)


def test_a_history_no_longer_than_the_horizon_has_no_windows() -> None:
    assert len(window_events(np.arange(1.0, 11.0), 10, 0.0, math.inf, "touch")) == 0
    with pytest.raises(ValueError, match="no window"):
        base_rate(np.zeros(0, dtype=bool), 10)


def test_touching_has_one_bound() -> None:
    closes = np.arange(1.0, 11.0)
    with pytest.raises(ValueError, match="one bound"):
        window_events(closes, 2, -0.1, 0.1, "touch")
    assert window_events(closes, 2, 0.2, 0.5, "at_horizon").tolist() == [False] * 3 + [True] * 5
    with pytest.raises(ValueError, match="one session or more"):
        window_events(closes, 0, 0.0, math.inf, "touch")


def test_blocks_are_as_long_as_asked_when_the_horizon_is_a_day() -> None:
    assert base_rate(np.arange(500) % 3 == 0, 1).block == 21


@pytest.mark.shared
def test_a_lower_close_within_a_year_followed_nine_days_in_ten(shared: Path) -> None:
    """The S&P 500 price index 1950 to 2019: the frequencies that CHECKS, number 30, gives in words."""
    with (shared / "market/prices/^GSPC.csv").open() as file:
        closes = np.array([float(r["close"]) for r in csv.DictReader(file) if "1950" <= r["date"] < "2020"])
    said = [
        ("touch", ANY_LOWER, 0.9),
        ("touch", -0.10, 0.3),
        ("touch", -0.20, 1 / 9),
        ("at_horizon", ANY_LOWER, 0.25),
    ]
    for mode, high, frequency in said:
        events = window_events(closes, 252, -math.inf, high, mode)  # type: ignore[arg-type]
        assert events.mean() == pytest.approx(frequency, abs=0.025)
