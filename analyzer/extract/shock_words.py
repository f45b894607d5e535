"""A clause that says what a shock does as a rule: "rate hikes hurt tech", "ein starker Dollar drückt auf Gold"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.relations import is_stated
from analyzer.extract.things import DOLLAR, Thing, things_in
from analyzer.extract.view import Clause
from analyzer.text.patterns import Pattern

Way = Literal["up", "down"]
UP_WORDS = any_phrase("rising")
DOWN_WORDS = any_phrase("falling")
RATES = any_phrase("rates_that_move")
OIL = f"(?:{any_phrase('oil_prices')}|{any_phrase('oil_itself')})"


@dataclass(frozen=True)
class Shock:
    """``driver`` moves by ``way``; ``decided``: by a decision of the central bank, on its days."""

    driver: str
    way: Way
    decided: bool
    words: Pattern


def _shock(driver: str, way: Way, words: str, *, decided: bool = False) -> Shock:
    return Shock(driver, way, decided, Pattern(rf"\b{words}\b", re.IGNORECASE))


SHOCKS = (
    _shock("DGS2", "up", any_phrase("rate_hikes"), decided=True),
    _shock("DGS2", "down", any_phrase("rate_cuts"), decided=True),
    _shock("DGS10", "up", rf"{UP_WORDS} {RATES}"),
    _shock("DGS10", "down", rf"{DOWN_WORDS} {RATES}"),
    _shock("CL=F", "up", rf"(?:{UP_WORDS}|{any_phrase('dear_oil')}) {OIL}"),
    _shock("CL=F", "down", rf"(?:{DOWN_WORDS}|{any_phrase('cheap_oil')}) {OIL}"),
    _shock(DOLLAR, "up", rf"{any_phrase('strong_dollar')} (?:us[- ])?dollar"),
    _shock(DOLLAR, "down", rf"{any_phrase('weak_dollar')} (?:us[- ])?dollar"),
)
HURTS = phrases("hurts_as_a_rule")
HELPS = phrases("helps_as_a_rule")
"""Present tense: what hurt on a day stands in the past."""


@dataclass(frozen=True)
class ShockClaim:
    shock: Shock
    effect: Way
    victim: Thing
    driver_words: str


def shock_claim(clause: Clause, available: Callable[[str], bool] = lambda symbol: True) -> ShockClaim | None:
    """The shock, what it does and the one thing to which it does it; None where the clause says no such rule."""
    if clause.times:
        return None
    text = clause.text
    hurts, helps = HURTS.search(text), HELPS.search(text)
    verb = hurts or helps
    if verb is None or (hurts and helps) or not is_stated(clause):
        return None
    found = [(m, s) for s in SHOCKS if (m := s.words.search(text)) is not None]
    if len(found) != 1:
        return None
    match, shock = found[0]
    if match.end() > verb.start():
        return None  # "tech hurts from rate hikes" is rare, "der Dax ist ..., weil" is something else
    inside = range(clause.start + match.start(), clause.start + match.end())
    victims = [
        t for t in things_in(clause, available) if t.start not in inside and t.start >= clause.start + match.end()
    ]
    if len(victims) != 1 or victims[0].instrument.kind in ("macro", "volatility"):
        return None
    return ShockClaim(shock, "down" if hurts else "up", victims[0], match.group())
