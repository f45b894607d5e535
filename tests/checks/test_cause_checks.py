"""Checks of causes against their cases, and what holds for each of them."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest
from fact_cases import assert_shows, load
from pattern_boxes import box

from analyzer.checks import event_study_group, trigger
from analyzer.checks.base import run_trial
from analyzer.errors import ConfigError
from analyzer.model import Evidence, Trial

MODULES: tuple[ModuleType, ...] = (trigger, event_study_group)
FILES = {module.CHECK.name: load(module.CHECK.name) for module in MODULES}
ALL = [(module.CHECK, case) for module in MODULES for case in FILES[module.CHECK.name][1]]
IDS = [f"{check.name}: {case['name']}" for check, case in ALL]
each = pytest.mark.parametrize("module", MODULES, ids=[m.CHECK.name for m in MODULES])


def evidence(check: Any, case: dict[str, Any]) -> Evidence:
    params = check.parse(case["params"]).model_dump(mode="json")
    data = box(FILES[check.name][0][case["box"]], case["as_of"])
    return run_trial(check, Trial(id="t", claim="c", check=check.name, params=params), data)


@pytest.mark.parametrize(("check", "case"), ALL, ids=IDS)
def test_case(check: Any, case: dict[str, Any]) -> None:
    data = box(FILES[check.name][0][case["box"]], case["as_of"])
    finding = check.run(check.parse(case["params"]), data)
    assert_shows(finding, case["expect"])
    if "pvalue" in case["expect"]:
        wanted = case["expect"]["pvalue"]
        assert finding.pvalue == (None if wanted is None else pytest.approx(wanted, rel=1e-5))


@pytest.mark.parametrize(("check", "case"), ALL, ids=IDS)
def test_evidence_of_a_case_is_complete_and_the_same_twice(check: Any, case: dict[str, Any]) -> None:
    one = evidence(check, case)
    assert Evidence.model_validate_json(one.model_dump_json()) == one == evidence(check, case)
    assert one.summary.endswith(".")
    assert not re.search(r"\b(proved|proven|proves|caused|causes)\b", one.summary + check.rule)
    assert "  " not in one.summary
    assert one.outcome != "supported", "a cause is at most consistent"
    for chart_line in one.chart.lines if one.chart else ():
        assert len(chart_line.dates) == len(chart_line.values) <= 301
    if one.outcome != "no_data":
        assert one.chart is not None
        assert one.data
        assert one.null_hypothesis


@each
def test_examples_need_the_series_of_their_variants(module: ModuleType) -> None:
    check = module.CHECK
    for example in check.examples:
        params = check.parse(example.params)
        for _, changed in check.variants(params):
            assert check.parse(changed.model_dump(mode="json")) == changed != params
            assert set(check.needs(changed)) <= set(check.needs(params))


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"benchmark": "X"}, "its own benchmark"),
        ({"last": "2025-01-01"}, "must not lie before session"),
        ({"exposed": ["A", "B"], "others": ["B"]}, "both exposed and not exposed"),
        ({"placebos": 199}, "placebos"),
    ],
)
def test_a_trigger_that_contradicts_itself_is_refused(params: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        trigger.CHECK.parse({"symbol": "X", "session": "2025-01-02", **params})


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"members": ["A"]}, "members"),
        ({"members": ["A", "^GSPC"]}, "a member and the benchmark"),
        ({"members": ["A", "B"], "last": "2025-01-01"}, "must not lie before session"),
    ],
)
def test_a_group_that_contradicts_itself_is_refused(params: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        event_study_group.CHECK.parse({"session": "2025-01-02", **params})
