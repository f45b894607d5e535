"""A path that is the episode's own, scaled and shifted, is like it; its reverse is not; nothing later is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analyzer.checks import historical_analogue
from analyzer.checks.base import Finding
from analyzer.errors import ConfigError
from analyzer.series import Data, Series, SeriesRequest
from analyzer.stats.periods import last_of_each

LAST = date(2025, 1, 27)
CRASH = date(1987, 10, 19)


def market() -> Series:
    days = np.arange(np.datetime64("1980-01-01"), np.datetime64("2025-02-28"))
    days = days[np.is_busday(days)]
    steps = np.random.default_rng(3).normal(0.0003, 0.01, len(days))
    return Series("^GSPC", "close", "split_adjusted", days, np.exp(np.cumsum(steps)), days)


def like(scale: float, noise: float = 0.0) -> Series:
    """A share whose log path over the 252 steps up to LAST is ``scale`` times that of the market before the crash."""
    index = market()
    before = np.log(index.between(None, CRASH).values[-253:])
    rows = index.between(None, LAST)
    values = np.ones(len(rows))
    shaken = noise * np.random.default_rng(1).normal(size=253)
    values[-253:] = np.exp(2.0 + scale * (before - before[0]) + shaken)
    values[:-253] = values[-253]
    return Series("X", "close", "split_adjusted", rows.dates, values, rows.dates)


def compared(share: Series, **params: object) -> Finding:
    index = market()
    data = Data(
        as_of=date(2025, 2, 27), series={SeriesRequest("^GSPC"): index, SeriesRequest("X"): share},
    )  # fmt: skip
    given = historical_analogue.CHECK.parse({"symbol": "X", "episode": "1987", "session": LAST, **params})
    return historical_analogue.run(given, data)  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [1.0, 0.2, 3.0])
def test_the_same_path_at_any_scale_is_like_it(scale: float) -> None:
    found = compared(like(scale))
    assert (found.outcome, found.reason) == ("supported", "significant")
    assert found.statistic is not None
    assert found.statistic.value == pytest.approx(1.0, abs=1e-12)
    assert "rank 1 of" in found.summary
    assert found.pvalue == 1 / 2000
    assert found.chart is not None
    assert [line.values[0] for line in found.chart.lines] == pytest.approx([100.0, 100.0])


def test_the_path_upside_down_is_not_refuted() -> None:
    found = compared(like(-1.0))
    assert (found.outcome, found.reason) == ("inconclusive", "not_significant")
    assert found.statistic is not None
    assert found.statistic.value == pytest.approx(-1.0, abs=1e-12)


def test_the_seed_decides_the_chance_paths_and_nothing_else() -> None:
    one, same, other = (compared(like(1.0, 0.3), seed=seed, draws=199) for seed in (1, 1, 2))
    assert one.pvalue == same.pvalue
    assert one.pvalue != other.pvalue
    assert one.statistic == other.statistic


def test_rows_after_the_session_and_windows_that_overlap_the_present_are_not_used() -> None:
    share = like(1.0, 0.05)
    more = replace(
        share, dates=np.append(share.dates, np.datetime64("2025-02-10")), values=np.append(share.values, 1e-6)
    )
    assert compared(share).summary == compared(more).summary
    index = market()
    params = historical_analogue.CHECK.parse({"symbol": "X", "episode": "1987", "session": LAST})
    rows = last_of_each(index, "daily")
    ends = rows.dates[252:]
    before = int((ends < np.datetime64(like(1.0).between(None, LAST).dates[-253])).sum())
    assert f"of {before - 2 * 63:,} windows" in compared(share).summary, params


def test_an_unknown_episode_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="there is no episode 'x'; there are: dot-com"):
        historical_analogue.CHECK.parse({"symbol": "X", "episode": "x"})
