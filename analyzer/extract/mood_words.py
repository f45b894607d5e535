"""Whose mood a clause speaks of: that of a market, or of politics and people, which the price of protection does not
show. "Die Anleger sind nervös" is of a market, "politische Unruhe" and "the calm in the capital" are not."""

from __future__ import annotations

import re

from analyzer.extract.lexicon import Cue
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered
from analyzer.market.instruments import Basket, Instrument

MOODS = ("panic", "stress", "nervous", "calm", "exuberance")
OF_POLITICS = re.compile(rf"\b{any_phrase('mood_of_politics')}\s+(?:(?:and|und)\s+\w+\s+)?$", re.IGNORECASE)
IN_A_PLACE = re.compile(rf"\W+(?:\w+\W+)?{any_phrase('place_of_a_mood')}\b", re.IGNORECASE)
PLACE, PEOPLE = phrases("place_of_a_mood"), phrases("people_with_a_mood")
MARKET, MARKET_TOO = phrases("says_the_market"), phrases("market_with_a_mood")
PART = re.compile(r"[,;:()–—]\s*")


@remembered
def market_moods(clause: Clause) -> frozenset[str]:
    """The headings of mood of which at least one word is not said of others."""
    return frozenset(c.heading for c in clause.cues if c.heading in MOODS and not _is_of_others(clause, c))


def _is_of_others(clause: Clause, cue: Cue) -> bool:
    """By the word right before it or the place right behind it; else by who stands in its part of the clause, else in
    the clause, with no market there."""
    text = clause.view.article.text
    if OF_POLITICS.search(text[clause.start : cue.start]) or IN_A_PLACE.match(text, cue.end, clause.end):
        return True
    for part in (_part(clause, cue), clause):
        others = PEOPLE.search(part.text) is not None or PLACE.search(part.text) is not None
        if names_a_market(part) or others:
            return others and not names_a_market(part)
    return False


def names_a_market(clause: Clause) -> bool:
    """Shares, those who hold them, an index or a group of shares; one company is no market."""
    named = any(
        isinstance(m.target, Basket) or (isinstance(m.target, Instrument) and m.target.kind in ("index", "volatility"))
        for m in clause.mentions
    )
    return named or MARKET.search(clause.text) is not None or MARKET_TOO.search(clause.text) is not None


def _part(clause: Clause, cue: Cue) -> Clause:
    """What stands between two signs around the word."""
    text = clause.view.article.text
    before = [m.end() for m in PART.finditer(text, clause.start, cue.start)]
    behind = PART.search(text, cue.end, clause.end)
    return clause.view.clause(before[-1] if before else clause.start, behind.start() if behind else clause.end)
