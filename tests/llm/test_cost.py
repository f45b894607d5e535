"""A price that is not known is not zero."""

from __future__ import annotations

import pytest

from analyzer.llm.cost import Price, _prices, price_of


def test_cost_is_tokens_times_list_price() -> None:
    price = price_of("openai:gpt-4o-mini")
    assert price is not None
    assert price.of(1_000_000, 500_000) == pytest.approx(0.15 + 0.30)


def test_a_dated_snapshot_has_the_price_of_its_model() -> None:
    assert price_of("openai:gpt-4o-mini-2024-07-18") == price_of("openai:gpt-4o-mini")
    assert price_of("anthropic:claude-haiku-4-5-20251001") == Price(1.0, 5.0)


@pytest.mark.parametrize("spec", ["openai:gpt-99", "ollama:llama3", "openai:gpt-4o-mini-audio", "nobody:x"])
def test_an_unknown_price_gives_none(spec: str) -> None:
    assert price_of(spec) is None


def test_another_host_has_prices_of_its_own() -> None:
    assert price_of("openai:gpt-4o-mini", host="127.0.0.1:8080") is None
    assert price_of("openai:gpt-4o-mini", host="api.openai.com") is not None
    assert price_of("anthropic:claude-sonnet-5", host="anthropic") is not None


def test_every_price_is_dated_and_output_costs_more_than_input() -> None:
    for listed in _prices().values():
        assert listed["as_of"].year >= 2026
        assert all(0 < price_in < price_out for price_in, price_out in listed["models"].values())


def test_a_given_price_wins_over_the_list_and_may_be_nothing() -> None:
    assert price_of("openai:gpt-4o-mini", given=(1.0, 2.0)) == Price(1.0, 2.0)
    own = price_of("openai:llama3", host="127.0.0.1:11434", given=(0.0, 0.0))
    assert own is not None
    assert own.of(10**9, 10**9) == 0.0
