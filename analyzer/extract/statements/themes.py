"""What is said of trends, bubbles and causes, where it can be said in English."""

from __future__ import annotations

import re

from analyzer.extract.roles import parts
from analyzer.extract.statements.who import the_market, who
from analyzer.extract.statements.wording import plain, verb
from analyzer.extract.view import Clause

REGIMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), said)
    for pattern, said in (
        (r"trendwende\w*|trendumkehr|wendepunkt|zeitenwende|trend reversal|turning point|reversal", "a trend reversal"),
        (r"bärenmarkt\w*|baisse|bear[- ]market|bear territory", "a bear market"),
        (r"bullenmarkt\w*|hausse|bull[- ]market", "a bull market"),
        (r"korrektur|kurskorrektur|korrigier\w*|correction", "a correction"),
        (r"aufwärtstrend\w*|uptrend", "an uptrend"),
        (r"abwärtstrend\w*|talfahrt|downtrend", "a downtrend"),
        (r"200[- ]\w+|durchschnittslinie|moving average", "a moving average"),
    )
)
IN_REGIME = re.compile(
    r"\b(?:is|are|ist|sind|steckt|stecken|befindet sich|liegt)\s+(?:\w+\s+){0,3}?"
    r"(?:in|im|in einer|in einem)\s+(?:an?\s+)?"
    r"(?:bärenmarkt|bullenmarkt|korrektur|correction|bear market|bull market)\b",
    re.IGNORECASE,
)
BURSTS = re.compile(
    r"\b(?:blase|bubble)\s+(?:(?:nun|jetzt|gerade|tatsächlich|is|now)\s+)*(?:platzt|bursting|bursts|popping)\b"
    r"|\bthis is a bubble, and it is bursting\b",
    re.IGNORECASE,
)
IS_BUBBLE = re.compile(
    r"\b(?P<market>(?:der (?:gesamte |ganze )?markt|the (?:whole )?market)\s+)?(?:ist|is|sind|are)\s+"
    r"(?:\w+\s+){0,2}?(?:eine?|a)\s+(?:\w+\s+)?(?:blase|bubble)\b",
    re.IGNORECASE,
)
CAUSE_BEHIND = re.compile(
    r",?\s+(?:(?:was|were) (?:caused|triggered) by|because of|because|due to|owing to|thanks to|as a result of|"
    r"on the back of|in response to|on (?=(?:fears|worries|concerns|news|hopes) )|wegen|aufgrund|auf grund|infolge|"
    r"weil)\s+",
    re.IGNORECASE,
)
CAUSE_FIRST = re.compile(
    r"\s+(?:triggered|caused|sparked|prompted|led to|resulted in|fuelled|fueled|führte zu|führten zu|verursachten?)\s+",
    re.IGNORECASE,
)
CAUSE_AROUND = re.compile(r"^(?P<cause>.+?)\s+(?:löste|lösten|löst)\s+(?P<effect>.+?)\s+aus(?=[,.]|$)", re.IGNORECASE)
WE_ARE_TOLD = re.compile(r", (?:we|I) (?:are|am|were) (?:told|taught),?$|,? so [^,]{3,30}$", re.IGNORECASE)


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
    return _because(behind, before) if found[0].re is CAUSE_BEHIND else _because(before, behind)


def _because(reason: str, effect: str) -> str | None:
    reason, effect = WE_ARE_TOLD.sub("", reason.strip(" ,;:")).strip(" ,"), effect.strip(" ,;:")
    if min(len(reason), len(effect)) < 6 or re.search(r"\b(?:reason|cause|grund|ursache)\b", effect, re.IGNORECASE):
        return None
    if effect.lower().startswith(("that", "it ", "das ", "es ")) or "," in effect:
        return None
    return f'"{plain(effect)}" is said to be due to "{plain(reason)}"'
