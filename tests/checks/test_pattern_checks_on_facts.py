"""The seven checks on real sessions: the facts pack, opened as of a date, with the catalogue's names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fact_cases import assert_shows, load
from test_pattern_checks import MODULES

from analyzer.checks.base import run_trial
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.model import Trial

CHECKS = {module.CHECK.name: module.CHECK for module in MODULES}
CASES = load("pattern_facts")[1]


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


@pytest.mark.parametrize("case", CASES, ids=[f"{c['check']}: {c['name']}" for c in CASES])
def test_case_on_the_facts_pack(market: Market, case: dict[str, Any]) -> None:
    check = CHECKS[case["check"]]
    params = check.parse(case["params"])
    finding = check.run(params, market.open(case.get("as_of")).data(check.needs(params)))
    assert_shows(finding, case["expect"])


def test_the_reaction_to_deepseek_does_not_depend_on_the_benchmark(market: Market) -> None:
    """It depends on the window: a half of the fall was made good on the next day."""
    check = CHECKS["event_study"]
    case = next(c for c in CASES if c["name"] == "the DeepSeek Monday of Nvidia")
    params = check.parse(case["params"])
    trial = Trial(id="t", claim="c", check=check.name, params=params.model_dump(mode="json"))
    evidence = run_trial(check, trial, market.open().data(check.needs(params)))
    assert [(v.name, v.outcome) for v in evidence.robustness.variants] == [
        ("against ^IXIC", "consistent"),
        ("against QQQ", "consistent"),
        ("against the other large members", "consistent"),
        ("estimated on 120 sessions", "consistent"),
        ("sessions 0 to +1", "inconclusive"),
        ("sessions -1 to +1", "consistent"),
    ]
    assert evidence.robustness.agree == 5


def test_a_forecast_made_before_the_data_end_is_pending_then_resolved(market: Market) -> None:
    check = CHECKS["forecast"]
    params = check.parse({"symbol": "^GSPC", "made": "2024-12-18", "end": "2024-12-31", "direction": "down"})
    outcomes = [
        check.run(params, market.open(as_of).data(check.needs(params))).outcome
        for as_of in (date(2024, 12, 18), date(2024, 12, 30), date(2024, 12, 31))
    ]
    assert outcomes == ["pending", "pending", "refuted"]
