"""The checks of stated facts against their cases: market value, return over a period, level, record.

A new case is a few lines in ``cases/<check>.yaml``, or in ``cases/fact_facts.yaml`` for one on the facts pack.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from fact_cases import CASES, assert_shows, box, load, run_case
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.checks import level, market_value_change, period_return, record_extreme
from analyzer.checks.base import Check, Finding, run_trial
from analyzer.codes import REASONS
from analyzer.errors import ConfigError
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.model import Evidence, Trial
from analyzer.series import Data, InstrumentFacts, Series, SeriesRequest

CHECKS = {m.CHECK.name: m.CHECK for m in (market_value_change, period_return, level, record_extreme)}
FILES = {name: load(name) for name in CHECKS}
ALL = [pytest.param(n, boxes, c, id=f"{n}: {c['name']}") for n, (boxes, cases) in FILES.items() for c in cases]
ON_FACTS = load("fact_facts")[1]


def _examples() -> list[Any]:
    return [pytest.param(c, e, id=e.phrase) for c in CHECKS.values() for e in c.examples]


# --- cases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "boxes", "case"), ALL)
def test_case(name: str, boxes: dict[str, Any], case: dict[str, Any]) -> None:
    found = run_case(CHECKS[name], boxes, case)
    assert_shows(found, case["expect"])
    assert found.reason in REASONS


@pytest.mark.parametrize(("name", "boxes", "case"), ALL)
def test_evidence_of_a_case_is_complete_and_the_same_twice(
    name: str, boxes: dict[str, Any], case: dict[str, Any]
) -> None:
    """Evidence survives its JSON; a tested claim has a figure, its data and a chart that is short enough to draw."""
    data = box(boxes[case["box"]], case["as_of"])
    trial = Trial(id="t", claim="c", check=name, params=case["params"])
    evidence = run_trial(CHECKS[name], trial, data)
    assert run_trial(CHECKS[name], trial, data) == evidence
    assert Evidence.model_validate_json(evidence.model_dump_json()).summary == evidence.summary
    assert evidence.summary.endswith(".")
    assert "  " not in evidence.summary
    if evidence.outcome != "no_data":
        assert evidence.observed is not None
        assert evidence.data
        assert evidence.chart is not None
        assert all(0 < len(drawn.dates) <= 301 for drawn in evidence.chart.lines)


def test_each_check_has_a_file_of_cases_with_every_kind_of_outcome() -> None:
    for name in CHECKS:
        assert (CASES / f"{name}.yaml").is_file()
        outcomes = {c["expect"]["outcome"] for c in FILES[name][1]}
        assert outcomes >= {"supported", "refuted", "mixed", "no_data"}, name


@pytest.mark.parametrize(
    ("name", "case", "used"),
    [
        ("market_value_change", "not less than 600 bn is right after rounding and literally short",
         {("NVDA", "close", "as_traded"), ("NVDA", "close", "split_adjusted")}),
        ("level", "briefly above is the session's high",
         {("^IXIC", "close", "as_traded"), ("^IXIC", "high", "as_traded")}),
        ("record_extreme", "within the session it was a record",
         {("X", "close", "split_adjusted"), ("X", "high", "split_adjusted")}),
        ("record_extreme", "the largest loss of any company is refuted by a peer",
         {(s, "close", "split_adjusted") for s in ("NVDA", "AVGO", "SAP")}),
        ("period_return", "25 per cent holds with dividends only",
         {("^GSPC", "close", "split_adjusted"), ("^GSPC", "close", "total_return")}),
    ],
)  # fmt: skip
def test_a_finding_names_every_series_it_rests_on(name: str, case: str, used: set[tuple[str, str, str]]) -> None:
    boxes, cases = FILES[name]
    finding = run_case(CHECKS[name], boxes, next(c for c in cases if c["name"] == case))
    assert {(s.symbol, s.field, s.basis) for s in finding.used} == used


# --- the facts pack -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


def _data(market: Market, check: Check, params: Any, as_of: date | None = None) -> Data:
    requests = check.needs(params)
    return market.open(as_of).data(requests, {r.symbol for r in requests})


@pytest.mark.parametrize("case", ON_FACTS, ids=[f"{c['check']}: {c['name']}" for c in ON_FACTS])
def test_case_on_the_facts_pack(market: Market, case: dict[str, Any]) -> None:
    check = CHECKS[case["check"]]
    params = check.parse(case["params"])
    assert_shows(check.run(params, _data(market, check, params, case.get("as_of"))), case["expect"])


@pytest.mark.parametrize(("check", "example"), _examples())
def test_the_examples_are_true_where_the_facts_pack_covers_them(market: Market, check: Check, example: Any) -> None:
    params = check.parse(example.params)
    finding = check.run(params, _data(market, check, params))
    assert finding.outcome == "supported" or finding.reason == "coverage", finding.summary


# --- what holds for every series ------------------------------------------------------------------------------------

SESSIONS = np.busday_offset("2024-01-02", np.arange(60), roll="forward")
PRICES = st.lists(st.integers(min_value=50, max_value=5000), min_size=10, max_size=60)


def _box(closes: dict[str, np.ndarray], as_of: date | None = None, listed: date | None = None) -> Data:
    series = {}
    for symbol, values in closes.items():
        for basis in ("split_adjusted", "as_traded"):
            dates = SESSIONS[: len(values)]
            full = Series(symbol, "close", basis, dates, values, dates, "USD")
            series[SeriesRequest(symbol, "close", basis)] = full.between(None, as_of)
    facts = {s: InstrumentFacts(s, s, "index", "USD", listed) for s in closes}
    return Data(as_of or SESSIONS[-1].item(), series, {}, facts)


def _record(values: np.ndarray, i: int, quantity: str, side: str, data: Data | None = None) -> Finding:
    params = {"symbol": "X", "quantity": quantity, "side": side, "session": SESSIONS[i].item()}
    check = CHECKS["record_extreme"]
    return check.run(check.parse(params), data or _box({"X": values}, listed=SESSIONS[0].item()))


@given(prices=PRICES, scale=st.sampled_from([0.25, 2.0, 64.0]), side=st.sampled_from(["high", "low"]), data=st.data())
@settings(max_examples=60)
def test_ranks_do_not_depend_on_the_unit_of_the_price(prices: list[int], scale: float, side: str, data: Any) -> None:
    values = np.array(prices, dtype=np.float64)
    i = data.draw(st.integers(min_value=1, max_value=len(values) - 1))
    for quantity in ("level", "return", "points"):
        one, other = (_record(values * factor, i, quantity, side) for factor in (1.0, scale))
        assert (one.outcome, one.reason, one.statistic) == (other.outcome, other.reason, other.statistic)


@given(prices=PRICES, side=st.sampled_from(["high", "low"]), data=st.data())
@settings(max_examples=60)
def test_a_supported_record_has_no_more_extreme_value_before_it(prices: list[int], side: str, data: Any) -> None:
    values = np.array(prices, dtype=np.float64)
    i = data.draw(st.integers(min_value=0, max_value=len(values) - 1))
    earlier = values[:i]
    more = (earlier > values[i]) if side == "high" else (earlier < values[i])
    assert (_record(values, i, "level", side).outcome == "supported") == (not more.any())


@given(prices=PRICES, data=st.data())
@settings(max_examples=40)
def test_later_rows_never_change_a_record_that_was_true_when_written(prices: list[int], data: Any) -> None:
    values = np.array(prices, dtype=np.float64)
    i = data.draw(st.integers(min_value=1, max_value=len(values) - 1))
    whole = _box({"X": values}, listed=SESSIONS[0].item())
    then = _box({"X": values}, as_of=SESSIONS[i].item(), listed=SESSIONS[0].item())
    one, other = (_record(values, i, "return", "low", seen) for seen in (then, whole))
    assert (one.statistic, one.nobs, one.observed) == (other.statistic, other.nobs, other.observed)


@given(prices=PRICES, scale=st.sampled_from([0.5, 3.0, 1000.0]), annualised=st.booleans())
@settings(max_examples=40)
def test_returns_do_not_depend_on_the_unit_of_the_price(prices: list[int], scale: float, annualised: bool) -> None:
    check, values = CHECKS["period_return"], np.array(prices, dtype=np.float64)
    params = check.parse({"symbol": "X", "base": SESSIONS[0].item(), "direction": "up", "annualised": annualised})
    one, other = (check.run(params, _box({"X": values * factor})) for factor in (1.0, scale))
    assert one.observed is not None
    assert other.observed is not None
    assert one.observed.value == pytest.approx(other.observed.value, rel=1e-9, abs=1e-12)
    assert one.outcome == other.outcome


@given(order=st.permutations(["A", "B", "C", "D"]), check=st.sampled_from(["period_return", "record_extreme"]))
@settings(max_examples=24)
def test_the_order_of_peers_changes_nothing(order: list[str], check: str) -> None:
    rising = np.exp(0.0001 * np.arange(20.0) ** 2)
    closes = {s: 100.0 * rising**power for s, power in zip("XABCD", (1, 3, 4, 5, 6), strict=True)}
    stated = {"text": "20 %", "value": 0.2, "low": 0.1, "high": 0.3, "unit": "fraction"}
    params = {
        "period_return": {"base": SESSIONS[0].item(), "last": SESSIONS[19].item(), "stated": stated},
        "record_extreme": {"quantity": "return", "side": "high", "session": SESSIONS[19].item(), "universe": "any"},
    }[check]
    found = [
        CHECKS[check].run(CHECKS[check].parse({"symbol": "X", **params, "peers": peers}), _box(closes))
        for peers in (order, sorted(order))
    ]
    assert replace(found[0], used=()) == replace(found[1], used=())
    assert found[0].reason == "wrong_subject"


@given(order=st.permutations(["NVDA", "AVGO", "AMD"]))
@settings(max_examples=6)
def test_the_order_of_a_group_does_not_change_its_sum(order: list[str]) -> None:
    check, data = CHECKS["market_value_change"], box(FILES["market_value_change"][0]["january"], date(2025, 1, 28))
    params = {"base": "2025-01-24", "last": "2025-01-27", "direction": "down"}
    values = [check.run(check.parse({**params, "symbols": s}), data).statistic for s in (order, sorted(order))]
    assert values[0] == values[1]


# --- parameters and requests ----------------------------------------------------------------------------------------

STATED = {"text": "4", "value": 0.04, "low": 0.035, "high": 0.045, "unit": "fraction"}


@pytest.mark.parametrize(
    ("name", "params", "why"),
    [
        ("market_value_change", {"symbols": [], "direction": "down"}, "symbols"),
        ("market_value_change", {"symbols": ["X"]}, "a stated amount or a direction"),
        ("market_value_change", {"symbols": ["X"], "stated": STATED}, "an amount of money"),
        ("period_return", {"symbol": "X", "base": "2025-01-02"}, "a stated figure or a direction"),
        ("level", {"symbol": "X", "relation": "above", "stated": STATED, "since": "2025-01-02"}, "first_time"),
        ("level", {"symbol": "X", "relation": "beside", "stated": STATED}, "relation"),
        ("record_extreme", {"symbol": "X", "quantity": "level", "side": "high", "rank": 0}, "rank"),
    ],
)
def test_parameters_that_state_nothing_testable_are_refused(name: str, params: dict[str, Any], why: str) -> None:
    dates = {"market_value_change": {"base": "2025-01-02", "last": "2025-01-03"}}.get(name, {})
    session = {"session": "2025-01-02"} if name == "record_extreme" else {}
    with pytest.raises(ConfigError, match=why):
        CHECKS[name].parse({**dates, **session, **params})


def test_requests_hold_both_bases_the_peers_and_the_session_range() -> None:
    market_value = CHECKS["market_value_change"]
    params = market_value.parse(
        {"symbols": ["A"], "peers": ["B", "A"], "base": "2025-01-02", "last": "2025-01-03", "direction": "up"}
    )
    assert [(r.symbol, r.basis) for r in market_value.needs(params)] == [
        ("A", "as_traded"), ("A", "split_adjusted"), ("B", "as_traded"), ("B", "split_adjusted"),
    ]  # fmt: skip
    period = CHECKS["period_return"]
    stated = {**STATED, "qualifier": "up_to"}
    asked = period.needs(period.parse({"symbol": "A", "peers": ["B"], "base": "2025-01-02", "stated": stated}))
    assert {(r.symbol, r.field, r.basis) for r in asked} == {
        ("A", "close", "split_adjusted"), ("A", "close", "total_return"), ("B", "close", "split_adjusted"),
        ("A", "low", "split_adjusted"), ("A", "high", "split_adjusted"),
    }  # fmt: skip


def test_a_start_moves_by_a_quarter_of_the_period_at_most() -> None:
    check = CHECKS["period_return"]
    params = {"symbol": "X", "base": "2024-12-31", "direction": "up"}
    names = {
        last: [name for name, _ in check.variants(check.parse({**params, "last": last}))]
        for last in (None, "2025-12-31", "2025-02-28", "2025-01-10")
    }
    assert len(names[None]) == len(names["2025-12-31"]) == 6
    assert names["2025-02-28"] == [
        "base 2 weeks earlier",
        "base 1 week earlier",
        "base 1 week later",
        "base 2 weeks later",
    ]
    assert names["2025-01-10"] == []
    for name, changed in check.variants(check.parse(params)):
        assert check.parse(changed.model_dump(mode="json")) == changed, name
