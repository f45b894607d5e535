"""How rare a day is, and who forecast better: the cases, and what holds for each of the checks."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any

import pytest
from fact_cases import assert_shows, assert_whole_evidence, load
from pattern_boxes import box

from analyzer.checks import tail_probability
from analyzer.checks.base import Finding, run_trial
from analyzer.errors import ConfigError
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.model import Evidence, Trial
from analyzer.series import Data

MODULES: tuple[ModuleType, ...] = (tail_probability,)
FILES = {module.CHECK.name: load(module.CHECK.name) for module in MODULES}
ALL = [(module.CHECK, case) for module in MODULES for case in FILES[module.CHECK.name][1]]
each_case = pytest.mark.parametrize(("check", "case"), ALL, ids=[f"{c.name}: {case['name']}" for c, case in ALL])


def data_of(check: Any, case: dict[str, Any]) -> Data:
    return box(FILES[check.name][0][case["box"]], case["as_of"])


def found(check: Any, case: dict[str, Any]) -> Finding:
    return check.run(check.parse(case["params"]), data_of(check, case))  # type: ignore[no-any-return]


@each_case
def test_case(check: Any, case: dict[str, Any]) -> None:
    assert_shows(found(check, case), case["expect"])


@each_case
def test_evidence_of_a_case_is_complete_and_the_same_twice(check: Any, case: dict[str, Any]) -> None:
    one = assert_whole_evidence(check, case, data_of(check, case))
    if one.pvalue is not None:
        assert one.null_hypothesis


@pytest.mark.parametrize("module", MODULES, ids=[m.CHECK.name for m in MODULES])
def test_variants_differ_and_need_no_further_series(module: ModuleType) -> None:
    check = module.CHECK
    for example in check.examples:
        params = check.parse(example.params)
        changed = [v for _, v in check.variants(params)]
        assert changed
        assert all(v != params and set(check.needs(v)) <= set(check.needs(params)) for v in changed)


CENTURY = {"text": "100 years", "value": 100, "low": 97.5, "high": 102.5, "unit": "count"}
TENTH = {"text": "10 %", "value": -0.1, "low": -0.105, "high": -0.095, "unit": "fraction"}


@pytest.mark.parametrize(
    ("module", "params", "why"),
    [
        (tail_probability, {"symbol": "A", "stated": CENTURY}, "not both"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "size": TENTH, "stated": CENTURY}, "not both"),
        (tail_probability, {"symbol": "A", "size": TENTH, "stated": CENTURY}, "needs its direction"),
        (
            tail_probability,
            {"symbol": "A", "size": TENTH, "direction": "down", "says": "sigma", "stated": CENTURY},
            "a session",
        ),
        (tail_probability, {"symbol": "A", "session": "2025-01-02"}, "a word alone is rare"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "says": "rare", "stated": CENTURY}, "a word alone"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "stated": TENTH}, "counts years or sigmas"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "says": "rare", "worst": 0.5}, "worst"),
    ],
)
def test_parameters_that_contradict_themselves_are_refused(
    module: ModuleType, params: dict[str, Any], why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        module.CHECK.parse(params)


# --- on real sessions ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


def evidence(market: Market, check: Any, params: dict[str, Any]) -> Evidence:
    data = market.open().data(check.needs(check.parse(params)))
    return run_trial(check, Trial(id="t", claim="c", check=check.name, params=params), data)


CRASH = {"symbol": "^GSPC", "session": "1987-10-19", "direction": "down", "stated": {**CENTURY, "high": None}}


def test_black_monday_was_a_century_s_event_and_none_of_the_normal_distribution(market: Market) -> None:
    one = evidence(market, tail_probability.CHECK, CRASH)
    assert (one.outcome, one.robustness.agree, one.robustness.of) == ("supported", 4, 4)
    assert "(18.1 standard deviations)" in one.summary
    assert "once in 10^71 years" in one.summary


def test_april_2025_was_not(market: Market) -> None:
    one = evidence(market, tail_probability.CHECK, {**CRASH, "session": "2025-04-04"})
    assert (one.outcome, one.reason, one.robustness.agree) == ("refuted", "overstated", 4)
    assert one.observed is not None
    assert one.observed.value == pytest.approx(6.0, abs=0.1)


def test_the_picture_shows_the_day_beside_those_of_ten_and_a_hundred_years(market: Market) -> None:
    chart = evidence(market, tail_probability.CHECK, CRASH).chart
    assert chart is not None
    levels = {name: value for value, name in chart.rules}
    assert levels["claim"] < levels["once in 100 years"] < levels["once in 10 years"] < levels["once a year"] < 0
    assert min(chart.lines[0].values) == levels["claim"]
    assert len(chart.lines[0].values) <= 300


def test_forty_years_of_days_take_less_than_fifty_milliseconds(market: Market) -> None:
    check = tail_probability.CHECK
    params = check.parse(CRASH)
    data = market.open().data(check.needs(params))
    check.run(params, data)
    took = []
    for _ in range(5):
        begin = time.perf_counter()
        check.run(params, data)
        took.append(time.perf_counter() - begin)
    assert min(took) < 0.05
