"""The variants of the checks of stated facts: they are computed on their own series and never move the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fact_cases import box, load

from analyzer.checks import level, market_value_change, record_extreme, session_return
from analyzer.checks.base import Check, run_trial
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.model import Evidence, Trial
from analyzer.series import Data, Series, SeriesRequest

CHECKS = {m.CHECK.name: m.CHECK for m in (session_return, market_value_change, level, record_extreme)}
FILES = {name: load(name) for name in CHECKS}
CASES = [pytest.param(n, boxes, c, id=f"{n}: {c['name']}") for n, (boxes, cases) in FILES.items() for c in cases]


def evidence(name: str, params: Mapping[str, Any], data: Data) -> Evidence:
    return run_trial(CHECKS[name], Trial(id="t", claim="c", check=name, params=dict(params)), data)


def shown(found: Evidence) -> tuple[str, int, int, dict[str, str]]:
    """Outcome, how many variants agree of how many, and the outcome of each."""
    robust = found.robustness
    return found.outcome, robust.agree, robust.of, {v.name: v.outcome for v in robust.variants}


def figure(value: float, low: float | None, high: float | None, **more: Any) -> dict[str, Any]:
    return {"text": "x", "value": value, "low": low, "high": high, "unit": "fraction", **more}


# --- the facts pack -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


def on_facts(market: Market, name: str, params: Mapping[str, Any], as_of: date | None = None) -> Evidence:
    requests = CHECKS[name].needs(CHECKS[name].parse(dict(params)))
    return evidence(name, params, market.open(as_of).data(requests, {r.symbol for r in requests}))


FALL = {"symbol": "^GSPC", "session": "2025-04-03", "or_session": "2025-04-04", "direction": "down"}
LOST = {"symbols": ["NVDA"], "base": "2025-01-24", "last": "2025-01-27"}
SIX_HUNDRED = {"text": "600 bn", "value": -600e9, "low": None, "high": -585e9, "unit": "currency", "currency": "USD"}
TO_THE_DIGIT = {**SIX_HUNDRED, "text": "592.66 bn", "value": -592.66e9, "low": -592.665e9, "high": -592.655e9}
LARGEST_FALL = {"symbol": "^GSPC", "quantity": "return", "side": "low"}


@pytest.mark.parametrize(
    ("name", "params", "agree", "of", "outcomes"),
    [
        ("session_return", {**FALL, "stated": figure(-0.04, None, -0.039, qualifier="at_least")}, 2, 2,
         {"with dividends": "no_data", "read as 2025-04-03": "supported", "read as 2025-04-04": "supported"}),
        ("session_return", {**FALL, "stated": figure(-0.06, -0.065, -0.055)}, 1, 2,
         {"with dividends": "no_data", "read as 2025-04-03": "mixed", "read as 2025-04-04": "supported"}),
        ("market_value_change", {**LOST, "stated": {**SIX_HUNDRED, "qualifier": "at_least"}}, 1, 1,
         {"with the share counts known next": "supported"}),
        ("market_value_change", {**LOST, "stated": TO_THE_DIGIT}, 0, 1, {"with the share counts known next": "mixed"}),
        ("record_extreme", {**LARGEST_FALL, "session": "2025-04-04", "since": "2021-01-01"}, 1, 1,
         {"with dividends": "no_data", "in points": "supported"}),
        ("record_extreme", {**LARGEST_FALL, "session": "2025-04-03", "since": "2020-06-01", "since_precision": "month"},
         0, 1, {"with dividends": "no_data", "in points": "mixed"}),
    ],
)  # fmt: skip
def test_variants_on_the_facts_pack(
    market: Market, name: str, params: dict[str, Any], agree: int, of: int, outcomes: dict[str, str]
) -> None:
    assert shown(on_facts(market, name, params)) == ("supported", agree, of, outcomes)


def test_a_variant_without_its_series_is_left_out(market: Market) -> None:
    """The facts pack holds closes without dividends; on the day after, no later share count was known."""
    named = {**FALL, "or_session": None}
    assert shown(on_facts(market, "session_return", named)) == ("supported", 0, 0, {"with dividends": "no_data"})
    lost = {**LOST, "stated": {**SIX_HUNDRED, "qualifier": "at_least"}}
    found = on_facts(market, "market_value_change", lost, date(2025, 1, 28))
    assert shown(found) == ("supported", 0, 0, {"with the share counts known next": "no_data"})
    vix = {"symbol": "^VIX", "quantity": "level", "side": "high", "session": "2020-03-16"}
    assert shown(on_facts(market, "record_extreme", vix)) == ("supported", 0, 0, {"by the sessions' highs": "no_data"})


def test_the_dividends_of_a_performance_index_are_no_second_choice(market: Market) -> None:
    params = {"symbol": "^GDAXI", "quantity": "return", "side": "low", "session": "2025-04-04", "since": "2024-01-01"}
    requests = CHECKS["record_extreme"].needs(CHECKS["record_extreme"].parse(params))
    data = market.open().data(requests)
    assert data.get(SeriesRequest("^GDAXI", basis="total_return")) is not None
    assert shown(evidence("record_extreme", params, data))[3]["with dividends"] == "no_data"
    fell = {"symbol": "^GDAXI", "session": "2025-04-04", "direction": "down"}
    assert shown(evidence("session_return", fell, data))[3] == {"with dividends": "no_data"}


def test_points_are_no_choice_for_a_share(market: Market) -> None:
    params = {"symbol": "NVDA", "quantity": "return", "side": "low", "session": "2025-01-27"}
    assert shown(on_facts(market, "record_extreme", params))[3]["in points"] == "no_data"


# --- series that the facts pack does not hold -----------------------------------------------------------------------

EX_DAY = {
    "symbol": "X", "currency": "USD", "daily": [date(2025, 3, 3), [100.0, 97.0, 95.06]],
    "total": {date(2025, 3, 3): 97.0, date(2025, 3, 4): 97.0, date(2025, 3, 5): 95.06},
}  # fmt: skip


@pytest.mark.parametrize(
    ("session", "stated", "expected"),
    [
        ("2025-03-04", figure(-0.03, -0.035, -0.025), ("supported", 0, 1, "refuted")),
        ("2025-03-04", figure(-0.30, -0.305, -0.295), ("refuted", 1, 1, "refuted")),
        ("2025-03-05", figure(-0.02, -0.025, -0.015), ("supported", 0, 0, "no_data")),
    ],
)
def test_dividends_are_a_choice_on_an_ex_dividend_day(session: str, stated: dict[str, Any], expected: Any) -> None:
    params = {"symbol": "X", "session": session, "stated": stated}
    outcome, agree, of, outcomes = shown(
        evidence("session_return", params, box({"series": [EX_DAY]}, date(2025, 3, 5)))
    )
    assert (outcome, agree, of, outcomes["with dividends"]) == expected


def test_points_and_extremes_have_no_return_with_dividends() -> None:
    check = CHECKS["session_return"]
    for stated in (figure(-3.0, -3.5, -2.5, unit="points"), figure(-0.03, None, -0.025, qualifier="up_to")):
        assert check.variants(check.parse({"symbol": "X", "session": "2025-03-04", "stated": stated})) == ()


def test_dividends_can_turn_the_worst_year() -> None:
    """Without dividends 2023 was the worst year since 2021, with them 2022 was."""
    days = (date(2021, 12, 31), date(2022, 12, 30), date(2023, 12, 29))
    fund = {
        "symbol": "X", "currency": "USD", "only_rows": True, "rows": dict(zip(days, (100.0, 95.0, 89.0), strict=True)),
        "total": dict(zip(days, (80.0, 76.4, 74.0), strict=True)),
    }  # fmt: skip
    data = box({"series": [fund]}, date(2023, 12, 31))
    params = {"symbol": "X", "quantity": "return", "side": "low", "session": "2023-12-29", "period": "year"}
    assert shown(evidence("record_extreme", {**params, "since": "2022-01-01"}, data)) == (
        "supported", 0, 1, {"with dividends": "refuted", "in points": "no_data"}
    )  # fmt: skip


@pytest.mark.parametrize(("high", "variant"), [(101.5, "supported"), (104.0, "mixed")])
def test_a_close_may_be_a_record_where_the_high_is_none(high: float, variant: str) -> None:
    closes = [100.0, 99.0, 98.0, 101.0, 102.0]
    days = [date(2025, 3, n) for n in (3, 4, 5, 6, 7)]
    highs = dict(zip(days, (100.5, high, 99.0, 101.2, 103.0), strict=True))
    index = {"symbol": "X", "daily": [days[0], closes], "high": highs}
    listed = [{"symbol": "X", "name": "X", "kind": "index", "listed": days[0]}]
    data = box({"series": [index], "instruments": listed}, days[-1])
    params = {"symbol": "X", "quantity": "level", "side": "high", "session": "2025-03-07"}
    outcome, agree, of, outcomes = shown(evidence("record_extreme", params, data))
    assert (outcome, of, outcomes) == ("supported", 1, {"by the sessions' highs": variant})
    assert agree == (variant == "supported")


@pytest.mark.parametrize(("earlier", "variant", "agree"), [(99.9, "supported", 1), (100.2, "mixed", 0)])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_first_close_beyond_a_level_may_not_be_the_first_price(
    earlier: float, variant: str, agree: int, sign: float
) -> None:
    """Above 100 for the first time, and mirrored at 100 below it: an earlier high, or low, can have been beyond."""

    def turned(value: float) -> float:
        return 100.0 + sign * (value - 100.0)

    days = [date(2025, 3, n) for n in (3, 4, 5, 6)]
    closes = [turned(v) for v in (98.0, 99.0, 99.5, 100.5)]
    extremes = {d: turned(v) for d, v in zip(days, (98.5, earlier, 99.6, 100.8), strict=True)}
    side, relation = ("high", "crossed_above") if sign > 0 else ("low", "crossed_below")
    index = {"symbol": "X", "daily": [days[0], closes], side: extremes}
    listed = [{"symbol": "X", "name": "X", "kind": "index", "listed": days[0]}]
    stated = figure(100.0, 100.0, 100.0, unit="points", qualifier="exact")
    params = {"symbol": "X", "session": "2025-03-06", "relation": relation, "stated": stated, "first_time": True}
    found = evidence("level", params, box({"series": [index], "instruments": listed}, days[-1]))
    assert shown(found) == ("supported", agree, 1, {f"by the sessions' {side}s": variant})


@pytest.mark.parametrize(
    "changed",
    [{"relation": "above"}, {"relation": "at"}, {"stated": {"qualifier": "up_to"}, "relation": "crossed_above"}],
)
def test_the_level_of_one_session_leaves_no_choice(changed: dict[str, Any]) -> None:
    """What a price within the session could say is a near miss, or in the words already."""
    stated = figure(100.0, 100.0, 100.0, unit="points", **{"qualifier": "exact", **changed.get("stated", {})})
    params = {"symbol": "X", "session": "2025-03-06", **changed, "stated": stated}
    assert CHECKS["level"].variants(CHECKS["level"].parse(params)) == ()


def test_up_to_some_points_is_measured_in_points() -> None:
    stated = figure(-15.0, None, -14.6, unit="points", qualifier="up_to")
    params = {"symbol": "X", "session": "2025-03-04", "stated": stated}
    closes = {"symbol": "X", "daily": [date(2025, 3, 3), [100.0, 87.5]]}
    found = evidence(
        "session_return", params, box({"series": [{**closes, "low": {date(2025, 3, 4): 85.0}}]}, date(2025, 3, 4))
    )
    assert (found.outcome, found.reason) == ("supported", "rounded")
    assert found.observed is not None
    assert (found.observed.value, found.observed.unit) == (-15.0, "points")
    assert "−15.00 points at the session's low" in found.summary
    alone = evidence("session_return", params, box({"series": [closes]}, date(2025, 3, 4)))
    assert (alone.outcome, alone.reason) == ("no_data", "intraday")
    assert "closed −12.50 points" in alone.summary


# --- what holds for every case --------------------------------------------------------------------------------------


class Asked(dict[SeriesRequest, Series]):
    """The series of a box, and what was asked of it."""

    def __init__(self, series: Mapping[SeriesRequest, Series]) -> None:
        super().__init__(series)
        self.requests: set[SeriesRequest] = set()

    def get(self, key: SeriesRequest, default: Any = None) -> Any:
        self.requests.add(key)
        return super().get(key, default)


@pytest.mark.parametrize(("name", "boxes", "case"), CASES)
def test_variants_ask_for_nothing_that_the_check_does_not_need(
    name: str, boxes: dict[str, Any], case: dict[str, Any]
) -> None:
    data = box(boxes[case["box"]], case["as_of"])
    asked = Asked(data.series)
    evidence(name, case["params"], replace(data, series=asked))
    assert asked.requests <= set(CHECKS[name].needs(CHECKS[name].parse(case["params"])))


@pytest.mark.parametrize(("name", "boxes", "case"), CASES)
def test_variants_move_neither_the_outcome_nor_the_data_it_rests_on(
    name: str, boxes: dict[str, Any], case: dict[str, Any]
) -> None:
    check: Check = CHECKS[name]
    data = box(boxes[case["box"]], case["as_of"])
    trial = Trial(id="t", claim="c", check=name, params=case["params"])
    alone = run_trial(replace(check, variants=lambda params: ()), trial, data)
    whole = run_trial(check, trial, data)
    assert whole.model_copy(update={"robustness": alone.robustness}) == alone


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_a_variant_has_the_parameters_of_the_claim_and_a_name_of_its_own(check: Check) -> None:
    """What a variant changes besides is no parameter: none is added to those that a text can state."""
    for example in check.examples:
        params = check.parse(example.params)
        names = [name for name, _ in check.variants(params)]
        assert len(names) == len(set(names))
        for _, changed in check.variants(params):
            assert list(changed.model_dump()) == list(params.model_dump())
