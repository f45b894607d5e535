"""The words around names, from ``words.yaml`` and ``beside.yaml``, folded as tokens are."""

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


@cache
def trades() -> dict[str, frozenset[str]]:
    """Words for companies of one trade, inflected, with the sectors of the catalogue that they may mean."""
    found: dict[str, set[str]] = {}
    for sector, names in _lists()["trades"].items():
        for form in (fold(name) + ending for name in names for ending in ("", "s", "n")):
            found.setdefault(form, set()).add(sector)
    return {form: frozenset(sectors) for form, sectors in found.items()}


@cache
def index_epithets() -> dict[tuple[str, ...], frozenset[str]]:
    """What an index is called again, as folded tokens, with the symbols of those that it may mean."""
    said = _lists()["index_epithets"]
    return {tuple(folded(phrase).split()): frozenset(symbols) for phrase, symbols in said.items()}


def folded(phrase: str) -> str:
    """A phrase as its folded tokens with single spaces."""
    return " ".join(fold(word) for word in TOKEN.findall(phrase))


@cache
def _lists() -> dict[str, Any]:
    from analyzer.untyped_yaml import load

    lists: dict[str, Any] = {}
    for name in ("words.yaml", "beside.yaml"):
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        lists |= load(text)
    return lists
