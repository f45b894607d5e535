"""Checks on converted prices: the figures by hand, what evidence lists, and the other choice, the local currency."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fact_cases import run_case

from analyzer.checks import CHECKS, period_return
from analyzer.checks.base import run_trial
from analyzer.errors import ConfigError
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.model import Evidence, Trial

HALF_YEAR = {"symbol": "^GSPC", "base": "2024-12-31", "last": "2025-06-30", "direction": "down", "currency": "EUR"}
DEEPSEEK = {"symbols": ["NVDA"], "base": "2025-01-24", "last": "2025-01-27", "direction": "down", "currency": "EUR"}
MONDAY = {"symbol": "NVDA", "session": "2025-01-27", "direction": "down", "currency": "EUR"}
AGAINST = {"symbol": "^GSPC", "other": "^GDAXI", "base": "2024-08-30", "last": "2024-12-30", "currency": "EUR"}


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


def evidence(market: Market, name: str, params: dict[str, Any]) -> Evidence:
    check = CHECKS[name]
    requests = check.needs(check.parse(params))
    data = market.open().data(requests, {r.symbol for r in requests})
    return run_trial(check, Trial(id="t", claim="c", check=name, params=params), data)


# --- by hand --------------------------------------------------------------------------------------------------------


def test_the_s_and_p_500_in_euros_by_hand(market: Market) -> None:
    """5,881.63 points at 1.0351 dollars a euro, then 6,204.95 at 1.1770: +5.50 % in dollars, −7.22 % in euros."""
    before, now = 5881.63 / 1.0351, 6204.95 / 1.1770
    found = evidence(market, "period_return", HALF_YEAR)
    assert found.observed is not None
    assert found.observed.value == pytest.approx(now / before - 1.0, rel=1e-12)
    assert found.observed.value == pytest.approx((6204.95 / 5881.63) * (1.0351 / 1.1770) - 1.0, rel=1e-12)
    assert found.outcome == "supported"
    assert "S&P 500 −7.22 % in euros, at EURUSD=X of facts, from the close of 2024-12-31 (5,682.19)" in found.summary


def test_a_session_in_euros_by_hand(market: Market) -> None:
    found = evidence(market, "session_return", MONDAY)
    assert found.observed is not None
    assert found.observed.value == pytest.approx((118.42 / 1.0492) / (142.62 / 1.0515) - 1.0, rel=1e-12)


def test_market_value_in_euros_by_hand(market: Market) -> None:
    found = evidence(market, "market_value_change", DEEPSEEK)
    assert found.observed is not None
    assert found.observed.value == pytest.approx((118.42 / 1.0492 - 142.62 / 1.0515) * 24.49e9, rel=1e-9)
    assert found.observed.currency == "EUR"


# --- evidence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "params", "symbols"),
    [
        ("period_return", HALF_YEAR, ["^GSPC", "EURUSD=X"]),
        ("session_return", MONDAY, ["NVDA", "EURUSD=X"]),
        ("market_value_change", DEEPSEEK, ["NVDA", "NVDA", "EURUSD=X"]),
        ("relative_performance", AGAINST, ["^GSPC", "^GDAXI", "EURUSD=X"]),
    ],
)
def test_evidence_lists_the_prices_and_the_rate(
    market: Market, name: str, params: dict[str, Any], symbols: list[str]
) -> None:
    """The price series has the hash that it has without a conversion, the rate its own source."""
    found, local = (evidence(market, name, {**params, "currency": c}) for c in ("EUR", None))
    assert [used.symbol for used in found.data] == symbols
    assert [used.sha256 for used in found.data[:-1]] == [used.sha256 for used in local.data]
    assert found.data[-1].source == "facts"
    assert "FRED" in found.data[-1].origin
    assert len({used.sha256 for used in found.data}) == len(symbols)
    assert any(caveat.startswith("EURUSD=X: noon buying rate") for caveat in found.caveats)
    assert found.id != local.id


@pytest.mark.parametrize(
    ("name", "params", "outcome"),
    [
        ("period_return", HALF_YEAR, "refuted"),
        ("session_return", MONDAY, "supported"),
        ("market_value_change", DEEPSEEK, "supported"),
        ("relative_performance", AGAINST, "refuted"),
    ],
)
def test_the_local_currency_is_a_variant(market: Market, name: str, params: dict[str, Any], outcome: str) -> None:
    found = evidence(market, name, params)
    assert found.outcome == "supported"
    assert {v.name: v.outcome for v in found.robustness.variants}["in local currency"] == outcome
    without = evidence(market, name, {**params, "currency": None})
    assert "in local currency" not in {v.name for v in without.robustness.variants}


def test_a_turning_point_leaves_the_local_currency_only() -> None:
    params = {**HALF_YEAR, "turn": "low", "turn_last": "2025-04-30"}
    assert [name for name, _ in period_return.CHECK.variants(period_return.CHECK.parse(params))] == [
        "in local currency"
    ]


@pytest.mark.parametrize("currency", ["euro", "GBp", "EURO", ""])
def test_a_currency_is_a_code_of_three_capitals(currency: str) -> None:
    with pytest.raises(ConfigError, match="currency"):
        CHECKS["session_return"].parse({**MONDAY, "currency": currency})


def test_amounts_per_share_in_euros_are_counted_in_the_shares_of_the_day() -> None:
    """Before the split of 2024-06-10 the fall of 1.10 dollars was one of 11 dollars, at 1.10 a euro of 10 euros."""
    series = {
        "symbol": "X",
        "currency": "USD",
        "splits": {"2024-06-10": 10},
        "daily": ["2024-06-06", [121.0, 119.9, 121.8]],
    }
    rate = {"symbol": "EURUSD=X", "currency": "USD", "into": "EUR", "divides": True, "daily": ["2024-06-06", [1.1] * 3]}
    stated = {"text": "10 Euro", "value": -10.0, "low": -10.5, "high": -9.5, "unit": "points"}
    params = {"symbol": "X", "session": "2024-06-07", "currency": "EUR", "stated": stated}
    boxes = {"split": {"series": [series], "rates": [rate]}}
    found = run_case(CHECKS["session_return"], boxes, {"box": "split", "as_of": date(2024, 6, 10), "params": params})
    assert found.observed is not None
    assert found.observed.value == pytest.approx(-10.0)
    assert found.summary.startswith("X −10.00 points in euros, at EURUSD=X of written for the test, on 2024-06-07")
