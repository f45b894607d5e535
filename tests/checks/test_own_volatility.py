"""A market's own volatility beside the index, and the sentences that reach it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.checks import CHECKS
from analyzer.checks.base import run_trial
from analyzer.checks.moods.own_prices import MONTH, volatility
from analyzer.model import Trial
from analyzer.series import Data, Field, Series, SeriesRequest
from analyzer.stats.ranges import garman_klass, parkinson, yang_zhang

SYMBOL = "^GSPC"
LAST = date(2025, 1, 24)


def prices(wild: int, sessions: int = 700) -> dict[Field, np.ndarray]:
    """Sessions of small ranges, the last ``wild`` of them, and 40 in the year before, of ranges five times as large."""
    rng = np.random.default_rng(8)
    left = sessions - np.arange(sessions)
    size = np.where((left <= wild) | ((left > 300) & (left <= 340)), 0.02, 0.004)
    steps = rng.standard_normal((sessions, 3)) * size[:, None]
    closed = 100.0 * np.exp(np.cumsum(steps.sum(axis=1)))
    before = np.concatenate([[100.0], closed[:-1]])
    opened, middle = before * np.exp(steps[:, 0]), before * np.exp(steps[:, :2].sum(axis=1))
    three = np.stack([opened, middle, closed])
    spread = np.exp(np.abs(rng.standard_normal(sessions)) * size)
    return {"open": opened, "high": three.max(axis=0) * spread, "low": three.min(axis=0) / spread, "close": closed}


def box(of: dict[Field, np.ndarray]) -> Data:
    dates = np.busday_offset(np.datetime64(LAST), np.arange(1 - len(of["close"]), 1))
    series = {}
    for field, values in of.items():
        request = SeriesRequest(SYMBOL, field)
        series[request] = Series(SYMBOL, field, request.basis, dates, values, dates, None, "made for the test")
    return Data(as_of=LAST, series=series)


def outcome(word: str, measure: str, of: dict[Field, np.ndarray]) -> tuple[str, str]:
    params = {"session": str(LAST), "word": word, "measure": measure}
    trial = Trial(id="t", claim="c", check="volatility_regime", params=params)
    found = run_trial(CHECKS["volatility_regime"], trial, box(of))
    return found.outcome, found.summary


@pytest.mark.parametrize("measure", ["closes", "parkinson", "garman_klass", "yang_zhang", "switching"])
def test_a_month_of_wide_sessions_is_nervous_and_a_quiet_one_is_not_by_every_measure(measure: str) -> None:
    nervous, said = outcome("nervous", measure, prices(wild=30))
    assert nervous == "supported", said
    assert outcome("calm", measure, prices(wild=30))[0] == "refuted"
    assert outcome("stress", measure, prices(wild=0))[0] in ("refuted", "mixed")


def test_the_figures_are_those_of_the_last_month() -> None:
    of = prices(wild=10)
    rows = {field: values[-MONTH:] for field, values in of.items()}
    high, low, opened, closed = rows["high"], rows["low"], rows["open"], rows["close"]
    wanted = {
        "parkinson": parkinson(high, low),
        "garman_klass": garman_klass(opened, high, low, closed),
        "yang_zhang": yang_zhang(*(of[f][-MONTH - 1 :] for f in ("open", "high", "low", "close"))),
    }
    for measure, value in wanted.items():
        found = volatility(SYMBOL, measure, LAST, box(of))  # type: ignore[arg-type]
        assert found is not None
        assert found.values[-1] == pytest.approx(value, rel=1e-12)


def test_a_market_with_closes_only_has_no_ranges() -> None:
    of = {"close": prices(wild=30)["close"]}
    assert outcome("nervous", "parkinson", of)[0] == "no_data"  # type: ignore[arg-type]
    assert outcome("nervous", "closes", of)[0] == "supported"  # type: ignore[arg-type]


def test_a_session_without_a_range_is_no_part_of_a_month() -> None:
    of = prices(wild=10)
    of["high"][-3] = of["low"][-3] = of["open"][-3] = of["close"][-3]
    found = volatility(SYMBOL, "parkinson", LAST, box(of))
    whole = volatility(SYMBOL, "parkinson", LAST, box(prices(wild=10)))
    assert found is not None
    assert whole is not None
    assert len(found) == len(whole) - 1


def test_a_panic_is_more_than_a_state_of_unrest() -> None:
    assert outcome("panic", "switching", prices(wild=30))[0] == "mixed"
    assert outcome("panic", "switching", prices(wild=0))[0] == "refuted"
