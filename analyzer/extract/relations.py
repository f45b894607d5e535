"""Whether a clause states a relation that holds for a time, and not what happened on a day.

"Stocks and bonds now fall together" is a relation, "stocks and bonds fell together on Monday" is two moves. The words
stand in the lexicon; here is what must and must not stand beside them.
"""

from __future__ import annotations

import re

from analyzer.extract.phrases import any_phrase, phrases, word_set
from analyzer.extract.things import TECH, Thing, things_in
from analyzer.extract.view import Clause, remembered
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

SHORT = (t.Day, t.RelativeDay, t.Weekday, t.SessionPart)
"""Time words of a day: a relation does not hold on one."""
NO_LONGER = phrases("denied_or_ended")
"""What is denied or said to have ended needs another reading than the relation itself."""
AHEAD = Pattern(rf"\b(?:{any_phrase('ahead')}|(?-i:may))\b", re.IGNORECASE)


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


PREDICATE = rf"\b{any_phrase('is_or_serves_as')}\b[^,.;:]{{0,40}}?"
HAVEN = Pattern(PREDICATE + rf"\b{any_phrase('haven')}\b", re.IGNORECASE)
HEDGE = Pattern(
    PREDICATE
    + rf"\b{any_phrase('hedge_noun')}\b(?! funds?)(?:(?: \w+){{0,2}} {any_phrase('against')}\b(?P<what>[^,.;:]*))?",
    re.IGNORECASE,
)
PROTECTING = tuple(sorted(word_set("letters_of_protection")))
"""One of them stands in whatever ``HAVEN`` and ``HEDGE`` find."""
LOST = phrases("protects_no_more")
"""What is said to protect no more: another claim than that it does."""
OTHER_DANGER = phrases("other_danger")
"""What else one hedges against: none of it is the fall of shares."""
FLIGHT = Pattern(
    rf"\b{any_phrase('flees', 'en')}\b[^,.;:]{{0,30}}?\b{any_phrase('flees_into', 'en')}\b"
    rf"|\b{any_phrase('flees', 'de')}\b(?:[^,.;:]{{0,40}}?\b{any_phrase('flees_into', 'de')}\b)?",
    re.IGNORECASE,
)
"""Investors who flee into something, on the days that the text is about."""
FLEEING = tuple(sorted(word_set("letters_of_flight")))
"""One of them stands in whatever ``FLIGHT`` finds."""
INVESTORS = phrases("investors")


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
