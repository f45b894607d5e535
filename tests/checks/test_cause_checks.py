"""Checks of causes against their cases, and what holds for each of them."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from case_files import CaseFiles
from fact_cases import assert_shows
from policy_boxes import box as policy_box

from analyzer.checks import event_study_group, policy_effect, trigger
from analyzer.errors import ConfigError
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import open_market
from analyzer.market.policies import load_policies
from analyzer.stats.synthetic_control import Differences, Synthetic

MODULES: tuple[ModuleType, ...] = (trigger, event_study_group, policy_effect)
CASES = CaseFiles(MODULES, {policy_effect.CHECK.name: policy_box})


@CASES.each
def test_case(check: Any, case: dict[str, Any]) -> None:
    finding = check.run(check.parse(case["params"]), CASES.data(check, case))
    assert_shows(finding, case["expect"])
    if "pvalue" in case["expect"]:
        wanted = case["expect"]["pvalue"]
        assert finding.pvalue == (None if wanted is None else pytest.approx(wanted, rel=1e-5))


@CASES.each
def test_evidence_of_a_case_is_complete(check: Any, case: dict[str, Any]) -> None:
    one = CASES.whole_evidence(check, case)
    assert one.outcome != "supported", "a cause is at most consistent"
    if one.outcome != "no_data":
        assert one.null_hypothesis


@CASES.each_module
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


def test_a_symbol_stands_on_one_side_only() -> None:
    params = {"policy": "x", "start": "2022-10-07", "said": "worked", "sender": ["A"]}
    for other in ({"target": ["A"]}, {"target": ["B"], "controls": ["A"]}):
        with pytest.raises(ConfigError, match="one side only"):
            policy_effect.CHECK.parse({**params, **other})


@pytest.mark.parametrize(
    ("differences", "without_one", "turns"),
    [
        (-0.1, (-0.3, -0.1), False),
        (0.1, (-0.3, -0.1), True),
        (-0.1, (-0.3, 0.05), True),
    ],
)
def test_an_effect_that_turns_with_the_method_or_without_one_control_is_not_robust(
    differences: float, without_one: tuple[float, float], turns: bool
) -> None:
    params = policy_effect.CHECK.parse({"policy": "x", "start": "2022-10-07", "said": "worked", "sender": ["A"],
                                        "target": ["B"], "controls": ["C"]})  # fmt: skip
    gap = np.array([0.01, -0.01, -0.2, -0.2])
    synthetic = Synthetic(np.ones(1), gap, 0.01, 0.2, -0.2)
    one = policy_effect._Effect(synthetic, 0.04, 0.1, Differences(differences, 0.04), without_one)
    found = policy_effect._Effects(one, one, one, one, (one,), 0.01)
    assert policy_effect._judged(params, found)[1] == ("not_robust" if turns else "significant")


# --- the facts pack -------------------------------------------------------------------------------------------------


def on_facts(check: Any, params: dict[str, Any], as_of: date | None = None) -> Any:
    parsed = check.parse(params)
    return check.run(parsed, open_market((), load_catalogue()).open(as_of).data(check.needs(parsed)))


def test_the_deepseek_monday_on_the_facts_pack() -> None:
    params = {"symbol": "NVDA", "benchmark": "^GSPC", "session": "2025-01-27", "direction": "down",
              "event": "DeepSeek", "event_date": "2025-01-27"}  # fmt: skip
    found = on_facts(trigger.CHECK, params, date(2025, 1, 28))
    assert (found.outcome, found.reason) == ("consistent", "abnormal")
    assert "among 200 of like volatility" in found.summary
    assert found.observed.value == pytest.approx(-0.1326, abs=1e-3)


def test_the_fall_of_the_market_itself_is_set_against_its_own_mean() -> None:
    params = {"symbol": "^GSPC", "session": "2025-04-03", "direction": "down", "event_date": "2025-04-02",
              "event": "Reciprocal tariffs announced (Liberation Day)", "after_close": True}  # fmt: skip
    found = on_facts(trigger.CHECK, params)
    assert (found.outcome, found.reason) == ("consistent", "abnormal")
    assert "against its own mean" in found.summary


def test_the_facts_pack_cannot_try_the_export_controls_and_says_what_is_missing() -> None:
    policy = next(p for p in load_policies() if p.id == "us-chip-export-controls")
    params = {
        "policy": policy.name, "start": policy.start, "said": "backfired", "sender": policy.sender.members,
        "target": policy.target.members, "controls": policy.controls,
    }  # fmt: skip
    found = on_facts(policy_effect.CHECK, params)
    assert (found.outcome, found.reason, found.pvalue) == ("no_data", "series", None)
    assert "0981.HK" in found.summary
