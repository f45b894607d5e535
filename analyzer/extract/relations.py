"""Whether a clause states a relation that holds for a time, and not what happened on a day.

"Stocks and bonds now fall together" is a relation, "stocks and bonds fell together on Monday" is two moves. The words
stand in the lexicon; here is what must and must not stand beside them.
"""

from __future__ import annotations

import re

from analyzer.extract.things import TECH, Thing, things_in
from analyzer.extract.view import Clause, remembered
from analyzer.text import times as t

SHORT = (t.Day, t.RelativeDay, t.Weekday, t.SessionPart)
"""Time words of a day: a relation does not hold on one."""
NO_LONGER = re.compile(
    r"\b(?:no longer|not|never|hardly|anymore|nicht|nie|kaum|kein\w*|weder|anders als|decoupl\w*|entkoppel\w*)\b",
    re.IGNORECASE,
)
"""What is denied or said to have ended needs another reading than the relation itself."""
AHEAD = re.compile(
    r"\b(?:will|would|could|might|(?-i:may)|should|if|wird|werden|würden?|könnten?|dürften?|sollten?|falls|wenn|erwarte\w*|"
    r"expect\w*)\b",
    re.IGNORECASE,
)


def names_a_day(clause: Clause) -> bool:
    return any(isinstance(e.value, SHORT) for e in clause.times)


def has_market_figure(clause: Clause) -> bool:
    return not clause.units.isdisjoint(("fraction", "points", "percentage_points", "currency"))


def is_stated(clause: Clause) -> bool:
    """Said to be so, in general: no day, no figure of a move, nothing denied or to come."""
    return not (names_a_day(clause) or has_market_figure(clause) or is_denied_or_ahead(clause))


@remembered
def is_denied_or_ahead(clause: Clause) -> bool:
    return NO_LONGER.search(clause.text) is not None or AHEAD.search(clause.text) is not None


PREDICATE = r"\b(?:is|are|remains?|as|acts?|serves?|ist|sind|bleib\w+|als|gilt|gelten|dien\w+)\b[^,.;:]{0,40}?"
HAVEN = re.compile(
    PREDICATE + r"\b(?:safe[- ]havens?|(?:sicherer?|sicheren|sichere) h(?:a|ä)fen|krisenwährung|digital(?:es)? gold)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    PREDICATE
    + r"\b(?:hedges?|absicherung|schutz)\b(?! funds?)(?:(?: \w+){0,2} (?:against|gegen|vor)\b(?P<what>[^,.;:]*))?",
    re.IGNORECASE,
)
PROTECTING = ("haven", "hafen", "häfen", "krisenwährung", "digital", "hedge", "absicherung", "schutz")
"""One of them stands in whatever ``HAVEN`` and ``HEDGE`` find."""
LOST = re.compile(
    r"\b(?:los[et]s?|losing|failed|fails|forfeit\w*|ceased|stopped|eingebüßt|büß\w+|verlor\w*|verlier\w*|versag\w*|"
    r"enttäusch\w*|disappoint\w*|myth\w*|mythos|once|used to|einst|früher)\b",
    re.IGNORECASE,
)
"""What is said to protect no more: another claim than that it does."""
OTHER_DANGER = re.compile(
    r"\b(?:inflation|geldentwertung|teuerung|prices|preis\w*|currency|währung\w*|devaluation|dollar|debasement|"
    r"uncertainty|krieg\w*|wars?|interest|zins\w*)\b",
    re.IGNORECASE,
)
"""What else one hedges against: none of it is the fall of shares."""
FLIGHT = re.compile(
    r"\b(?:fled|flee|fleeing|flight|sought (?:refuge|shelter|safety))\b[^,.;:]{0,30}?"
    r"\b(?:into|to|in)\b"
    r"|\b(?:flücht\w+|geflüchtet|flohen|geflohen|zuflucht|flucht)\b(?:[^,.;:]{0,40}?\b(?:in|ins|im)\b)?",
    re.IGNORECASE,
)
"""Investors who flee into something, on the days that the text is about."""
FLEEING = ("fled", "flee", "flight", "sought", "flücht", "flucht", "floh")
"""One of them stands in whatever ``FLIGHT`` finds."""
INVESTORS = re.compile(
    r"\b(?:investors?|traders?|money|buyers?|funds?|(?:an)?leger\w*|investoren|händler\w*|kapital|börsianer)\b",
    re.IGNORECASE,
)


def is_haven(clause: Clause) -> bool:
    """Something that is said to protect, as a rule: "gold is a safe haven", "Bitcoin is digital gold"."""
    if not clause.holds_any(PROTECTING):
        return False
    hedge = HEDGE.search(clause.text)
    if LOST.search(clause.text):
        return False
    if hedge is not None and OTHER_DANGER.search(hedge["what"] or ""):
        return False
    return (HAVEN.search(clause.text) is not None or hedge is not None) and is_stated(clause) and _protects(clause)


def _protects(clause: Clause) -> bool:
    return bool(havens(things_in(clause)))


def havens(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """What of the things may protect: anything but the market of shares itself."""
    return tuple(t for t in things if t.instrument.kind not in ("index", "volatility") and t.instrument.symbol != TECH)


def flees(clause: Clause) -> bool:
    """Investors fled into one thing; a figure of its move makes it a claim on that move."""
    flight = FLIGHT.search(clause.text) if clause.holds_any(FLEEING) else None
    if flight is None or not INVESTORS.search(clause.text) or has_market_figure(clause):
        return False
    if is_denied_or_ahead(clause):
        return False
    return any(t.instrument.kind != "equity" for t in havens(things_in(clause)))


def correlates(clause: Clause) -> bool:
    """Two things that are said to move together or apart."""
    return clause.has("together", "opposite") and is_stated(clause) and len(things_in(clause)) == 2
