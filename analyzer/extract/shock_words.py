"""A clause that says what a shock does as a rule: "rate hikes hurt tech", "ein starker Dollar drückt auf Gold"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analyzer.extract.relations import is_stated
from analyzer.extract.things import DOLLAR, Thing, things_in
from analyzer.extract.view import Clause

Way = Literal["up", "down"]
UP_WORDS = r"(?:higher|rising|increasing|climbing|surging|steigende[nr]?|höhere[nr]?|anziehende)"
DOWN_WORDS = r"(?:lower|falling|declining|sinkende[nr]?|fallende[nr]?|niedrigere[nr]?)"
RATES = (
    r"(?:(?:interest |real )?rates|(?:(?:bond|treasury) )?yields|zinsen|leitzinsen|renditen|anleiherenditen|realzinsen)"
)
HIKES = r"(?:(?:interest[- ])?rate (?:hikes?|increases?|rises?)|(?:leit)?zins(?:erhöhung|anhebung)(?:en)?)"
CUTS = r"(?:(?:interest[- ])?rate (?:cuts?|reductions?)|(?:leit)?zinssenkung(?:en)?)"
OIL = r"(?:oil prices?|crude prices?|ölpreise?)"


@dataclass(frozen=True)
class Shock:
    """``driver`` moves by ``way``; ``decided``: by a decision of the central bank, on its days."""

    driver: str
    way: Way
    decided: bool
    words: re.Pattern[str]


def _shock(driver: str, way: Way, words: str, *, decided: bool = False) -> Shock:
    return Shock(driver, way, decided, re.compile(rf"\b{words}\b", re.IGNORECASE))


SHOCKS = (
    _shock("DGS2", "up", HIKES, decided=True),
    _shock("DGS2", "down", CUTS, decided=True),
    _shock("DGS10", "up", rf"{UP_WORDS} {RATES}"),
    _shock("DGS10", "down", rf"{DOWN_WORDS} {RATES}"),
    _shock("CL=F", "up", rf"(?:{UP_WORDS}|hohe|high|expensive|teures?) (?:{OIL}|oil|öl)"),
    _shock("CL=F", "down", rf"(?:{DOWN_WORDS}|cheap|billiges|low|niedrige) (?:{OIL}|oil|öl)"),
    _shock(DOLLAR, "up", r"(?:strong(?:er)?|rising|starker|stärkerer|steigender|fester|festerer) (?:us[- ])?dollar"),
    _shock(DOLLAR, "down", r"(?:weak(?:er)?|falling|schwacher|schwächerer|fallender) (?:us[- ])?dollar"),
)  # fmt: skip
HURTS = re.compile(
    r"\b(?:hurts?|weighs? on|(?:is|are) (?:bad|poison|a burden|a headwind) for|depress(?:es)?|punish(?:es)?|"
    r"belaste[nt]|drück(?:en|t)(?: auf)?|schade[nt]|(?:ist|sind) (?:gift|schlecht) für|setz(?:en|t)\b.{1,40}\bzu)\b",
    re.IGNORECASE,
)
HELPS = re.compile(
    r"\b(?:helps?|boosts?|lifts?|supports?|(?:is|are) (?:good|a tailwind) for|beflügel(?:n|t)|stütz(?:en|t)|"
    r"helfen|hilft|(?:ist|sind) gut für|treib(?:en|t))\b",
    re.IGNORECASE,
)
"""Present tense: what hurt on a day stands in the past."""


@dataclass(frozen=True)
class ShockClaim:
    shock: Shock
    effect: Way
    victim: Thing
    driver_words: str


def shock_claim(clause: Clause, available: Callable[[str], bool] = lambda symbol: True) -> ShockClaim | None:
    """The shock, what it does and the one thing to which it does it; None where the clause says no such rule."""
    if clause.times or not is_stated(clause):
        return None
    text = clause.text
    hurts, helps = HURTS.search(text), HELPS.search(text)
    verb = hurts or helps
    if verb is None or (hurts and helps):
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
