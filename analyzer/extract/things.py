"""What a clause sets in relation: instruments that it names, and markets that it names by a general word.

"Stocks", "bonds", "gold" without a name of their own stand for a market, which a written series stands for. That
choice is a default, and every trial says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.extract.events_to_come import banks_in
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause
from analyzer.market.instruments import Basket, Catalogue, Instrument
from analyzer.model import Basis
from analyzer.text.patterns import Pattern

STOCKS, BONDS, TECH, DOLLAR = "^GSPC", "TLT", "QQQ", "DX-Y.NYB"


@dataclass(frozen=True)
class Thing:
    """An instrument named at ``start``. ``turned``: its moves count with the other sign, as a yield does for its bond.
    ``said``: the words; ``assumed``: what the words are taken to be, nothing where they name the instrument."""

    instrument: Instrument
    basis: Basis
    start: int
    end: int
    said: str
    turned: bool = False
    assumed: str = ""


BOND = Pattern(
    rf"\b{any_phrase('bonds')}\b(?! {any_phrase('bonds_not_as')})|\b{any_phrase('bonds_too')}\b", re.IGNORECASE
)
"""Bonds themselves, and not what is said of their yields."""
GENERAL: tuple[tuple[str, Pattern], ...] = (
    (TECH, phrases("tech_shares")),
    ("DGS10", phrases("long_yields")),
    (BONDS, BOND),
    (STOCKS, phrases("shares")),
    ("JETS", phrases("airlines")),
    ("GC=F", phrases("gold")),
    ("SI=F", phrases("silver")),
    ("CL=F", phrases("oil")),
    ("HG=F", phrases("copper")),
    (DOLLAR, phrases("the_dollar")),
)
"""General words and the series that stands for them; a word is taken by the first that it fits."""
BANK_RATES = phrases("rates_a_bank_may_set")
NAMES_ITSELF = ("GC=F", "SI=F", "CL=F", "HG=F", DOLLAR)
"""Series that are what the word says: there is one price of gold."""


def things_in(clause: Clause, available: Callable[[str], bool] = lambda symbol: True) -> tuple[Thing, ...]:
    """In the order of the text, each instrument once, with a substitute where only that has data."""
    found = [t for m in clause.mentions if (t := _named(clause, m.target, m.start, m.end, m.inverse)) is not None]
    taken = [(m.start, m.end) for m in clause.mentions]
    for symbol, words in GENERAL:
        for match in words.finditer(clause.text):
            start, end = clause.start + match.start(), clause.start + match.end()
            instrument = clause.view.catalogue.get(symbol)
            if _is_of_a_bank(clause, symbol, match):
                continue
            if instrument is not None and not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                found.append(_general(instrument, start, end, match.group()))
    found = [_served(t, clause.view.catalogue, available) for t in sorted(found, key=lambda t: t.start)]
    once: dict[str, Thing] = {}
    for thing in found:
        once.setdefault(thing.instrument.symbol, thing)
    return tuple(once.values())


def _is_of_a_bank(clause: Clause, symbol: str, said: re.Match[str]) -> bool:
    """ "Die EZB senkt ihre Zinsen": the rates that a bank sets, which is named before, are none of the market's."""
    before = clause.text[: said.start()]
    return symbol == "DGS10" and BANK_RATES.search(said.group()) is not None and bool(banks_in(before))


def _named(clause: Clause, target: Instrument | Basket, start: int, end: int, inverse: bool) -> Thing | None:
    said = clause.view.article.text[start:end]
    if isinstance(target, Instrument):
        return Thing(target, "quote", start, end, said, turned=inverse)
    index = clause.view.catalogue.get(target.index) if target.index else None
    return Thing(index, "default", start, end, said, assumed=f"“{said}”: {index.name}") if index is not None else None


def _general(instrument: Instrument, start: int, end: int, said: str) -> Thing:
    if instrument.symbol in NAMES_ITSELF:
        return Thing(instrument, "quote", start, end, said)
    return Thing(instrument, "default", start, end, said, assumed=f"“{said}”: {instrument.name}")


def _served(thing: Thing, catalogue: Catalogue, available: Callable[[str], bool]) -> Thing:
    own = thing.instrument
    if available(own.symbol):
        return thing
    for symbol in own.substitutes:
        other = catalogue.get(symbol)
        if other is not None and available(symbol):
            turned = thing.turned != ((own.kind == "rate") != (other.kind == "rate"))  # a yield for the price of a bond
            assumed = f"“{thing.said}”: {other.name}" + (", sign turned" if turned else "")
            return Thing(other, thing.basis, thing.start, thing.end, thing.said, turned, assumed)
    return thing
