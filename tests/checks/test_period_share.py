"""The share of periods in which a series rose, against its cases, and the count itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from fact_cases import assert_shows, assert_whole_evidence, box, load, run_case

from analyzer.checks import period_share
from analyzer.errors import ConfigError
from analyzer.model import Trial
from analyzer.series import Series, SeriesRequest
from analyzer.stats.period_shares import counted

BOXES, CASES = load("period_share")
EACH = pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])


@EACH
def test_case(case: dict[str, Any]) -> None:
    found = run_case(period_share.CHECK, BOXES, case)
    assert_shows(found, case["expect"])
    assert case["expect"].get("nobs") in (None, found.nobs)


@EACH
def test_evidence_of_a_case_is_complete_and_the_same_twice(case: dict[str, Any]) -> None:
    assert_whole_evidence(period_share.CHECK, case, box(BOXES[case["box"]], case["as_of"]))


def test_with_dividends_2015_was_a_year_of_gains() -> None:
    """The S&P 500 lost 0.7 % in 2015 and returned 1.4 % with dividends: seven years of ten by price, eight in all."""
    data = box(BOXES["sp500"], date(2025, 3, 14))
    params = {**CASES[1]["params"], "first": date(2015, 1, 1), "last": date(2024, 12, 31)}
    trial = Trial(id="t", claim="c", check="period_share", params=params)
    evidence = period_share.CHECK.run(period_share.CHECK.parse(trial.params), data)
    ((name, changed),) = period_share.CHECK.variants(period_share.CHECK.parse(trial.params))
    assert evidence.outcome == "mixed"
    assert (name, period_share.CHECK.run(changed, data).outcome) == ("with dividends", "supported")


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": "2024-12-31"},
        {"last": "2024-12-31", "every": True, "first": "2025-01-01"},
        {"last": "2024-12-31", "every": True, "months": [12]},
        {"last": "2024-12-31", "every": True, "unit": "month", "months": [13]},
        {"last": "2024-12-31", "stated": {"text": "x", "value": 1, "low": 1, "high": 1, "unit": "points"}},
    ],
)
def test_parameters_that_say_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="period_share cannot be run"):
        period_share.CHECK.parse({"symbol": "X", **wrong})


def _closes(first: str, values: list[float]) -> Series:
    days = np.busday_offset(np.datetime64(first), np.arange(len(values)), roll="forward")
    request = SeriesRequest("X")
    return Series("X", request.field, request.basis, days, np.array(values), days)


@pytest.mark.parametrize("unit", ["week", "month", "quarter", "year"])
def test_the_count_agrees_with_a_count_by_hand(unit: Any) -> None:
    """Grouped by pandas, on a random walk of six years."""
    import pandas as pd

    closes = _closes("2015-01-01", list(100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.01, 1600)))))
    span = date(2016, 1, 1), date(2020, 12, 31)
    if unit == "week":
        span = date(2016, 1, 2), date(2020, 12, 25)
    found = counted(closes, unit, span)
    frame = pd.Series(closes.values, pd.DatetimeIndex(closes.dates))
    rule = {"week": "W-FRI", "month": "ME", "quarter": "QE", "year": "YE"}[unit]
    returns = frame.resample(rule).last().pct_change()
    wanted = returns[str(span[0]) : str(span[1])]
    assert len(found.returns) == found.asked == len(wanted)
    assert found.rises == int((wanted > 0).sum())
    assert found.falls == int((wanted < 0).sum())


def test_a_period_that_has_not_ended_in_the_data_is_missing_unless_it_runs() -> None:
    closes = _closes("2023-12-01", [float(n) for n in range(1, 300)])
    span = date(2024, 1, 1), date(2025, 12, 31)
    assert (len(counted(closes, "year", span).returns), counted(closes, "year", span).missing) == (1, 1)
    assert len(counted(closes, "year", span, running=True).returns) == 2
