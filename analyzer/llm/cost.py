"""What the tokens of a run cost, where the price is known."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

SNAPSHOT = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8})$")


def cost_usd(spec: str, prompt_tokens: int, completion_tokens: int, *, host: str | None = None) -> float | None:
    """US dollars at list price for a model ``provider:name``; None when the price is unknown.

    ``host`` is the client's: another host than the provider's own has prices of its own. Discounts for
    cached prompts are not taken off, so that the sum is an upper bound.
    """
    provider, _, name = spec.partition(":")
    listed = _prices().get(provider)
    if listed is None or host not in (None, provider, listed["host"]):
        return None
    price = listed["models"].get(SNAPSHOT.sub("", name))
    return None if price is None else (prompt_tokens * price[0] + completion_tokens * price[1]) / 1e6


@lru_cache(maxsize=1)
def _prices() -> dict[str, dict[str, Any]]:
    text = files("analyzer.llm").joinpath("prices.yaml").read_text(encoding="utf-8")
    prices: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return prices
