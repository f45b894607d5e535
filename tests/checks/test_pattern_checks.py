"""Checks against their cases, and what holds for each of them."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date
from subprocess import run
from sys import executable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from case_files import CaseFiles
from fact_cases import assert_shows
from hypothesis import given, settings
from hypothesis import strategies as st
from pattern_boxes import box

from analyzer.checks import (
    abnormal_volume,
    breadth,
    drawdown,
    event_study,
    explosive_root,
    forecast,
    historical_analogue,
    lppls_confidence,
    relative_performance,
    valuation_percentile,
    volatility_regime,
)
from analyzer.errors import ConfigError
from analyzer.series import Series

MODULES: tuple[ModuleType, ...] = (
    relative_performance, drawdown, volatility_regime, abnormal_volume, breadth, event_study, forecast, explosive_root,
    historical_analogue, valuation_percentile, lppls_confidence,
)  # fmt: skip
HEADINGS = ("What the claim says", "Formula", "Rule", "When it is not testable", "What it cannot show")
CASES = CaseFiles(MODULES)


@CASES.each
def test_case(check: Any, case: dict[str, Any]) -> None:
    finding = CASES.found(check, case)
    assert_shows(finding, case["expect"])
    if "pvalue" in case["expect"]:
        wanted = case["expect"]["pvalue"]
        assert finding.pvalue == (None if wanted is None else pytest.approx(wanted, rel=1e-5))


@CASES.each
def test_evidence_of_a_case_is_complete(check: Any, case: dict[str, Any]) -> None:
    one = CASES.whole_evidence(check, case)
    if check.scale == "pattern" and one.outcome != "no_data":
        assert one.null_hypothesis


@CASES.each_module
def test_the_docstring_is_a_page(module: ModuleType) -> None:
    lines = (module.__doc__ or "").splitlines()
    underlined = [lines[i - 1] for i, text in enumerate(lines) if text and set(text) == {"-"}]
    assert tuple(underlined) == HEADINGS
    assert module.CHECK.page == module.__doc__


@CASES.each_module
def test_examples_bind_in_both_languages(module: ModuleType) -> None:
    check = module.CHECK
    assert {e.language for e in check.examples} == {"de", "en"}
    for example in check.examples:
        params = check.parse(example.params)
        assert check.needs(params)
        for name, changed in check.variants(params):
            assert name
            assert check.parse(changed.model_dump(mode="json")) == changed != params


@CASES.each_module
def test_variants_need_no_series_that_was_not_requested(module: ModuleType) -> None:
    check = module.CHECK
    for example in check.examples:
        params = check.parse(example.params)
        for _, changed in check.variants(params):
            assert set(check.needs(changed)) <= set(check.needs(params))


@CASES.each_module
def test_public_functions_are_documented_by_name_or_docstring(module: ModuleType) -> None:
    own = [f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__]
    assert {"needs", "run", "variants"} <= {f.__name__ for f in own}


def test_the_checks_load_neither_pandas_nor_scipy() -> None:
    names = ", ".join(m.CHECK.name for m in MODULES)
    program = (
        f"import sys; from analyzer.checks import {names}; "
        "print([m for m in ('pandas', 'scipy', 'exchange_calendars', 'sqlalchemy') if m in sys.modules])"
    )
    answer = run([executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


# --- parameters that contradict themselves -----------------------------------------------------------------------

STATED = {"text": "4", "value": 0.04, "low": 0.035, "high": 0.045, "unit": "fraction"}


@pytest.mark.parametrize(
    ("module", "params", "why"),
    [
        (relative_performance, {"base": "2025-01-03", "last": "2025-01-02", "other": "Y"}, "must lie after base"),
        (
            relative_performance,
            {"base": "2025-01-02", "other": "Y", "stated": {**STATED, "unit": "points"}},
            "a difference of returns",
        ),
        (drawdown, {"mode": "size"}, "needs stated"),
        (drawdown, {"mode": "size", "stated": STATED}, "a negative fraction"),
        (drawdown, {"mode": "crossed", "threshold": 0.2}, "threshold"),
        (drawdown, {"mode": "crossed", "session": "2025-01-02", "start": "2025-01-03"}, "must lie before session"),
        (abnormal_volume, {"session": "2025-01-02", "window": 59}, "window"),
        (event_study, {"session": "2025-01-02", "benchmark": "X"}, "its own benchmark"),
        (forecast, {"made": "2025-01-02", "end": "2025-01-02"}, "must lie after made"),
        (
            forecast,
            {"made": "2025-01-02", "end": "2025-02-02", "stated": {**STATED, "unit": "ratio"}},
            "a level in points",
        ),
        (
            forecast,
            {"made": "2025-01-02", "end": "2025-02-02", "stated": STATED, "direction": "down"},
            "contradict each other",
        ),
    ],
)
def test_parameters_that_contradict_themselves_are_refused(
    module: ModuleType, params: dict[str, Any], why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        module.CHECK.parse({"symbol": "X", **params})


def test_a_breadth_over_no_time_is_refused() -> None:
    with pytest.raises(ConfigError, match="must lie after base"):
        breadth.CHECK.parse({"members": ["A"], "base": "2025-01-02", "last": "2025-01-02", "direction": "up"})


# --- what holds for any data -------------------------------------------------------------------------------------

LOOK_BACK = ("volatility_regime", "abnormal_volume", "breadth", "relative_performance")


def asked(case: dict[str, Any]) -> Any:
    return case["params"].get("last") or case["params"].get("session")


PAST = [
    (check, case)
    for check, case in CASES.all
    if check.name in LOOK_BACK and asked(case) and case["expect"]["outcome"] != "no_data"
]


@pytest.mark.parametrize(("check", "case"), PAST, ids=[f"{check.name}: {case['name']}" for check, case in PAST])
def test_a_check_of_the_past_gives_the_same_with_more_of_the_future(check: Any, case: dict[str, Any]) -> None:
    """Rows after the session asked for move nothing: the data of the case, and two weeks of a collapse after them."""
    params, data = check.parse(case["params"]), CASES.data(check, case)
    longer = {request: _extended(series, asked(case)) for request, series in data.series.items()}
    then, now = check.run(params, data), check.run(params, replace(data, series=longer))
    assert (now.outcome, now.reason, now.observed, now.summary) == (
        then.outcome,
        then.reason,
        then.observed,
        then.summary,
    )


def _extended(series: Series, after: date) -> Series:
    more = np.busday_offset(max(series.dates[-1], np.datetime64(after)), np.arange(1, 11), roll="backward")
    return replace(
        series, dates=np.append(series.dates, more), values=np.append(series.values, np.full(10, 1e-9)),
        sessions=np.append(series.sessions, more),
    )  # fmt: skip


@settings(max_examples=60)
@given(
    moves=st.lists(st.floats(-0.5, 0.5), min_size=5, max_size=12),
    missing=st.integers(0, 4),
    quantifier=st.sampled_from(["all", "most", "none", "market"]),
)
def test_no_missing_member_could_have_changed_a_breadth_that_was_decided(
    moves: list[float], missing: int, quantifier: str
) -> None:
    def outcome(all_moves: list[float | None]) -> str:
        series = [
            {"symbol": f"M{i}", "rows": {date(2025, 1, 2): 100.0, date(2025, 1, 3): 100.0 * (1 + m)}}
            for i, m in enumerate(all_moves)
            if m is not None
        ]
        params = breadth.CHECK.parse(
            {
                "members": [f"M{i}" for i in range(len(all_moves))],
                "base": "2025-01-02",
                "last": "2025-01-03",
                "direction": "down",
                "quantifier": quantifier,
            }
        )
        return breadth.run(params, box({"series": series}, date(2025, 1, 3))).outcome  # type: ignore[arg-type]

    partial = outcome([*moves, *[None] * missing])
    if partial != "no_data":
        assert partial == outcome([*moves, *[-0.1] * missing]) == outcome([*moves, *[0.1] * missing])


def test_the_base_rate_of_a_forecast_does_not_move_with_the_as_of_date() -> None:
    case = next(c for c in CASES.files["forecast"][1] if c["name"] == "what is not touched yet is open")
    params = forecast.CHECK.parse(case["params"])
    days = (date(2025, 1, 7), date(2025, 1, 31))
    early, late = (forecast.run(params, CASES.data(forecast.CHECK, case, as_of)) for as_of in days)
    assert early.outcome != late.outcome
    assert (early.statistic, early.nobs) == (late.statistic, late.nobs)


@pytest.mark.parametrize(
    ("rank", "shown"),
    [
        (0.8175, "82nd"), (0.51, "51st"), (0.113, "11th"), (0.7972, "79.7th"), (0.98996, "99.00th"), (0.99, "99th"),
        (1.0, "100th"), (0.2004, "20.0th"), (0.2, "20th"), (0.733, "73rd"),
    ],
)  # fmt: skip
def test_a_percentile_is_never_rounded_over_a_threshold(rank: float, shown: str) -> None:
    got = volatility_regime.ordinal(rank)
    assert got == shown or (float(got[:-2]) >= 99) == (rank >= 0.99)
    assert (float(got[:-2]) >= 80) == (rank >= 0.80)
