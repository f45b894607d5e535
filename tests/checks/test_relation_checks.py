"""Checks of relations that hold for a time, against their cases, and what holds for each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from case_files import CaseFiles
from fact_cases import assert_shows

from analyzer.checks import (
    calendar_effect,
    correlation_change,
    lead_lag,
    safe_haven,
    shock_sensitivity,
    volatility_change,
)
from analyzer.errors import ConfigError
from analyzer.series import Series, day

MODULES: tuple[ModuleType, ...] = (
    correlation_change,
    safe_haven,
    calendar_effect,
    shock_sensitivity,
    lead_lag,
    volatility_change,
)
CASES = CaseFiles(MODULES)


@CASES.each
def test_case(check: Any, case: dict[str, Any]) -> None:
    assert_shows(CASES.found(check, case), case["expect"])


@CASES.each
def test_evidence_of_a_case_is_complete(check: Any, case: dict[str, Any]) -> None:
    one = CASES.whole_evidence(check, case)
    if one.outcome != "no_data":
        assert one.null_hypothesis


PAST = [
    (check, case) for check, case in CASES.all if case["params"].get("last") and case["expect"]["outcome"] != "no_data"
]


@pytest.mark.parametrize(("check", "case"), PAST, ids=[f"{check.name}: {case['name']}" for check, case in PAST])
def test_rows_after_the_last_day_move_nothing(check: Any, case: dict[str, Any]) -> None:
    params, data = check.parse(case["params"]), CASES.data(check, case)
    longer = {request: _extended(series, params.last) for request, series in data.series.items()}
    then, now = check.run(params, data), check.run(params, replace(data, series=longer))
    assert (now.outcome, now.observed, now.summary) == (then.outcome, then.observed, then.summary)


def _extended(series: Series, last: date) -> Series:
    """The rows up to the last day that is asked for, then a month of a collapse."""
    kept = series.between(None, last)
    more = np.busday_offset(day(last), np.arange(1, 22), roll="backward")
    fall = kept.values[-1] * 0.9 ** np.arange(1, 22)
    return replace(
        kept, dates=np.append(kept.dates, more), values=np.append(kept.values, fall),
        sessions=np.append(kept.sessions, more),
    )  # fmt: skip


@CASES.each_module
def test_variants_differ_and_need_no_further_series(module: ModuleType) -> None:
    check = module.CHECK
    for example in check.examples:
        params = check.parse(example.params)
        changed = [v for _, v in check.variants(params)]
        assert changed or getattr(params, "base", None)  # of one window there is no other
        assert all(v != params and set(check.needs(v)) <= set(check.needs(params)) for v in changed)


DOUBLED = {"text": "doubled", "value": 1.0, "low": 0.9, "high": 1.1, "unit": "fraction"}


@pytest.mark.parametrize(
    ("module", "params", "why"),
    [
        (correlation_change, {"symbol": "A", "other": "A"}, "must be two"),
        (correlation_change, {"symbol": "A", "other": "B", "relation": None}, "relation or change"),
        (
            correlation_change,
            {"symbol": "A", "other": "B", "since": "2025-01-02", "last": "2025-01-02"},
            "must lie after since",
        ),
        (calendar_effect, {"effect": "months"}, "months are needed"),
        (calendar_effect, {"effect": "halloween", "months": [1]}, "for no other"),
        (calendar_effect, {"effect": "months", "months": [13]}, "1 to 12"),
        (calendar_effect, {"effect": "months", "months": [1, 2], "rank": True}, "one month"),
        (calendar_effect, {"effect": "january", "against": "^GSPC"}, "must be two"),
        (shock_sensitivity, {"symbol": "A", "driver": "A"}, "must be different"),
        (shock_sensitivity, {"symbol": "A", "driver": "B", "horizon": 61}, "horizon"),
        (lead_lag, {"symbol": "A", "other": "A"}, "must be two"),
        (volatility_change, {"since": "2025-01-02", "last": "2025-01-02"}, "must lie after since"),
        (volatility_change, {"before": 59}, "at least 60"),
        (volatility_change, {"stated": {**DOUBLED, "unit": "points"}}, "as a fraction"),
        (volatility_change, {"stated": DOUBLED, "direction": "fell"}, "contradict each other"),
        (safe_haven, {"symbol": "A", "market": "A"}, "must be two"),
        (safe_haven, {"symbol": "A", "base": "2025-01-02"}, "last must be given"),
        (safe_haven, {"symbol": "A", "years": 9}, "years"),
        (safe_haven, {"symbol": "A", "level": 0.1}, "level must be one of"),
    ],
)
def test_parameters_that_contradict_themselves_are_refused(
    module: ModuleType, params: dict[str, Any], why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        module.CHECK.parse(params)
