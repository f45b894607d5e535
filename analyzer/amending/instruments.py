"""Instruments for a field that is filled in: what the letters typed so far may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

from analyzer.market.candidates import candidates
from analyzer.market.instruments import Catalogue, Instrument
from analyzer.model import Language

MOST = 12
LONGEST = 60
"""Characters of a name that are looked at."""


@dataclass(frozen=True)
class Offer:
    """An instrument to choose, and whether there are data of it."""

    symbol: str
    name: str
    kind: str
    has_data: bool


def offers(typed: str, catalogue: Catalogue, has: Callable[[str], bool]) -> tuple[Offer, ...]:
    """At most ``MOST`` instruments: those whose symbol is typed, then by beginnings of names, then by likeness."""
    text = typed.strip()[:LONGEST].casefold()
    if not text:
        return ()
    found: dict[str, Instrument] = {}
    for one in (*_by_letters(text, catalogue), *_alike(text, catalogue)):
        found.setdefault(one.symbol, one)
        if len(found) == MOST:
            break
    return tuple(Offer(one.symbol, one.name, one.kind, has(one.symbol)) for one in found.values())


def _by_letters(text: str, catalogue: Catalogue) -> list[Instrument]:
    ranked = [(rank, one) for one in catalogue.instruments if (rank := _rank(text, one)) is not None]
    return [one for _, one in sorted(ranked, key=lambda pair: (pair[0], len(pair[1].name), pair[1].symbol))]


def _rank(text: str, one: Instrument) -> int | None:
    """0: the symbol; 1: it begins so, or the name; 2: a word of the name begins so; None: neither."""
    symbol, name = one.symbol.casefold(), one.name.casefold()
    if text in (symbol, symbol.lstrip("^")):
        return 0
    if name.startswith(text) or symbol.lstrip("^").startswith(text):
        return 1
    return 2 if f" {text}" in name else None


def _alike(text: str, catalogue: Catalogue) -> Iterator[Instrument]:
    if len(text) > 2:
        for language in get_args(Language):
            for one in candidates(text, language, catalogue):
                if isinstance(one.target, Instrument):
                    yield one.target
