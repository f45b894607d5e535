"""A price that is not known is not zero."""

from __future__ import annotations

import pytest

from analyzer.llm.cost import _prices, cost_usd


def test_cost_is_tokens_times_list_price() -> None:
    assert cost_usd("openai:gpt-4o-mini", 1_000_000, 500_000) == pytest.approx(0.15 + 0.30)


def test_a_dated_snapshot_has_the_price_of_its_model() -> None:
    assert cost_usd("openai:gpt-4o-mini-2024-07-18", 1000, 0) == cost_usd("openai:gpt-4o-mini", 1000, 0)
    assert cost_usd("anthropic:claude-haiku-4-5-20251001", 1000, 0) == pytest.approx(0.001)


@pytest.mark.parametrize("spec", ["openai:gpt-99", "ollama:llama3", "openai:gpt-4o-mini-audio", "nobody:x"])
def test_an_unknown_price_gives_none(spec: str) -> None:
    assert cost_usd(spec, 1000, 1000) is None


def test_another_host_has_prices_of_its_own() -> None:
    assert cost_usd("openai:gpt-4o-mini", 1000, 0, host="127.0.0.1:8080") is None
    assert cost_usd("openai:gpt-4o-mini", 1000, 0, host="api.openai.com") is not None
    assert cost_usd("anthropic:claude-sonnet-5", 1000, 0, host="anthropic") is not None


def test_every_price_is_dated_and_output_costs_more_than_input() -> None:
    for listed in _prices().values():
        assert listed["as_of"].year >= 2026
        assert all(0 < price_in < price_out for price_in, price_out in listed["models"].values())
