"""The words around names, from ``words.yaml``, folded as tokens are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from analyzer.market.names import TOKEN, fold


@cache
def words(heading: str) -> frozenset[str]:
    """The single words of a heading."""
    return frozenset(fold(word) for word in _lists()[heading])


@cache
def beginnings(heading: str) -> tuple[str, ...]:
    """Words or phrases of a heading, to be compared with the beginning of what stands in a text."""
    return tuple(folded(phrase) for phrase in _lists()[heading])


@cache
def regions() -> dict[str, tuple[str, ...]]:
    """Region codes with the words that name them; ``*`` for any ending."""
    return {region: tuple(phrases) for region, phrases in _lists()["regions"].items()}


def folded(phrase: str) -> str:
    """A phrase as its folded tokens with single spaces."""
    return " ".join(fold(word) for word in TOKEN.findall(phrase))


@cache
def _lists() -> dict[str, Any]:
    import yaml

    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return lists
