"""What is said of trends, bubbles and causes, where it can be said in English."""

from __future__ import annotations

import re

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import parts
from analyzer.extract.statements.english import said_for
from analyzer.extract.statements.who import the_market, who
from analyzer.extract.statements.wording import plain, verb
from analyzer.extract.view import Clause
from analyzer.text.patterns import Pattern

REGIMES = said_for("regimes")
IN_REGIME = Pattern(
    rf"\b{any_phrase('is_in_regime')}\s+(?:\w+\s+){{0,3}}?{any_phrase('in_a_regime')}\s+(?:an?\s+)?"
    rf"{any_phrase('regime')}\b",
    re.IGNORECASE,
)
BURSTS = phrases("bubble_bursts")
IS_BUBBLE = Pattern(
    rf"\b(?P<market>{any_phrase('the_market_named')}\s+)?{any_phrase('is_the_bubble')}\s+"
    rf"(?:\w+\s+){{0,2}}?(?:eine?|a)\s+(?:\w+\s+)?(?:blase|bubble)\b",
    re.IGNORECASE,
)
CAUSE_BEHIND = Pattern(rf",?\s+(?:{any_phrase('cause_behind')}|on (?={any_phrase('on_such_news')} ))\s+", re.IGNORECASE)
CAUSE_FIRST = Pattern(rf"\s+{any_phrase('cause_first')}\s+", re.IGNORECASE)
CAUSE_AROUND = Pattern(
    rf"^(?P<cause>.+?)\s+{any_phrase('sets_off_around')}\s+(?P<effect>.+?)\s+aus(?=[,.]|$)", re.IGNORECASE
)
WE_ARE_TOLD = Pattern(rf", {any_phrase('aside_that_we_are_told')},?$|,? so [^,]{{3,30}}$", re.IGNORECASE)
NAMES_A_CAUSE = phrases("names_a_cause")


def regime_word(clause: Clause) -> str:
    """The trend that the clause names: "a bear market"."""
    named = [said for pattern, said in REGIMES if pattern.search(clause.text)]
    return named[0] if len(named) == 1 else "a trend"


def regime(clause: Clause) -> str | None:
    """ "The Nasdaq Composite is in a correction"."""
    found, word = IN_REGIME.search(clause.text), regime_word(clause)
    if found is None or word == "a trend" or parts(clause):
        return None
    at = clause.start + found.start()
    subject = who(clause, at, at)
    return f"{subject.name} {verb('be', 'present', subject.plural)} in {word}" if subject else None


def bubble(clause: Clause) -> str | None:
    """ "The bubble is bursting", "the market is a bubble"."""
    if clause.times:
        return None
    if BURSTS.search(clause.text):
        return "the bubble is bursting"
    found = IS_BUBBLE.search(clause.text)
    if found is None:
        return None
    at = clause.start + found.start()
    subject = the_market(clause) if not clause.mentions and not found["market"] else None
    if found["market"]:
        return "the market is a bubble"
    subject = subject or (who(clause, at, at) if clause.mentions else None)
    return f"{subject.name} {verb('be', 'present', subject.plural)} a bubble" if subject else None


def cause(clause: Clause) -> str | None:
    """What is said to follow from what, each quoted to the letter."""
    text = clause.text.strip(" .!")
    if len(text) > 200 or re.search(r"[\"“”„»«:;]", text):
        return None
    around = CAUSE_AROUND.match(text)
    found = [*CAUSE_BEHIND.finditer(text), *CAUSE_FIRST.finditer(text)]
    if around is not None and not found:
        return _because(around["cause"], around["effect"])
    if len(found) != 1 or around is not None:
        return None
    before, behind = text[: found[0].start()], text[found[0].end() :]
    return _because(behind, before) if CAUSE_BEHIND.found(found[0]) else _because(before, behind)


def _because(reason: str, effect: str) -> str | None:
    reason, effect = WE_ARE_TOLD.sub("", reason.strip(" ,;:")).strip(" ,"), effect.strip(" ,;:")
    if min(len(reason), len(effect)) < 6 or NAMES_A_CAUSE.search(effect):
        return None
    if effect.lower().startswith(("that", "it ", "das ", "es ")) or "," in effect:
        return None
    return f'"{plain(effect)}" is said to be due to "{plain(reason)}"'
