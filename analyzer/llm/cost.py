"""What the tokens of a run cost, where the price is known."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

SNAPSHOT = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8})$")


class Price(NamedTuple):
    """US dollars per million tokens."""

    prompt: float
    completion: float

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """US dollars at list price. Discounts for cached prompts are not taken off: the sum is an upper bound."""
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / 1e6


def price_of(spec: str, *, host: str | None = None, given: tuple[float, float] | None = None) -> Price | None:
    """The price of a model ``provider:name``: what the settings give, else the list's, else None.

    ``host`` is the client's: another host than the provider's own has prices of its own.
    """
    if given is not None:
        return Price(*given)
    provider, _, name = spec.partition(":")
    listed = _prices().get(provider)
    if listed is None or host not in (None, provider, listed["host"]):
        return None
    price = listed["models"].get(SNAPSHOT.sub("", name))
    return None if price is None else Price(*price)


def batch_price_of(spec: str, *, host: str | None = None, given: tuple[float, float] | None = None) -> Price | None:
    """The price of a model in the provider's Batch API. Another host's discount is not known, and none is taken off."""
    price = price_of(spec, host=host, given=given)
    listed = _prices().get(spec.partition(":")[0], {})
    factor = listed.get("batch", 1.0) if host in (None, listed.get("host")) else 1.0
    return None if price is None else Price(price.prompt * factor, price.completion * factor)


@lru_cache(maxsize=1)
def _prices() -> dict[str, dict[str, Any]]:
    text = files("analyzer.llm").joinpath("prices.yaml").read_text(encoding="utf-8")
    prices: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return prices
