"""Claims that lean on what stands before them: a bare figure that somebody foretells, a movement of "it".

"The gentleman at the bank says 1,800 by October", "It then gave it all back": neither names what has a price. The
paragraph must, and the words beside the figure or the pronoun must leave no other reading.
"""

from __future__ import annotations

import re

from analyzer.extract.asserted import movements
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause
from analyzer.market.instruments import Instrument
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

LEAST = 10
"""What a level that is named in passing is at least; below it numbers count things."""
NEAR = 6
"""Words between a figure and the time by which it is to come."""
FORETELLER = Pattern(rf"\b{any_phrase('names_a_target')}\s+(?:{any_phrase('before_a_target')}\s+)*$", re.IGNORECASE)
BY = Pattern(rf"\b{any_phrase('by_a_time')}\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
FARTHER = Pattern(rf"\s+{any_phrase('farther')}\b", re.IGNORECASE)
OF_IT = Pattern(rf"^\W*(?:{any_phrase('joins_a_pronoun')}\s+)?{any_phrase('of_it')}\b", re.IGNORECASE)
NO_LONGER_TRUE = phrases("no_longer_true")
BARE = re.compile(rf"\s*(?:[,.;:!?)](?!\d)|$|{any_phrase('by_a_time')}\b)", re.IGNORECASE)
IT_MOVED = Pattern(
    rf"(?:^\W*(?:{any_phrase('before_it')}\s+(?:[\w-]+\s+){{1,4}})?|[,;:]\s+|\b{any_phrase('joins_a_pronoun')}\s+){any_phrase('it_or_they')}\s+(?:{any_phrase('between_it_and_verb')}\s+)*$",
    re.IGNORECASE,
)


def names_a_target(clause: Clause) -> bool:
    """A number without a unit that somebody says, sees or has for a time: "sees 1,800 by October", "has 90,000 for the
    end of the year"."""
    bare = [f for f in clause.figures if f.unit in ("count", "points") and f.value >= LEAST]
    if not bare or not _of_a_price(clause.paragraph):
        return False
    text = clause.view.article.text
    spoken = (f for f in bare if BARE.match(text, f.end) and FORETELLER.search(text[clause.start : f.start]))
    return any(_by_a_time(clause, f.end) for f in spoken)


def _by_a_time(clause: Clause, end: int) -> bool:
    text = clause.view.article.text
    near = [e for e in clause.times if e.start >= end - 1 and len(text[end : e.start].split()) <= NEAR]
    return any(isinstance(e.value, t.Until) or BY.search(text[end : e.start]) for e in near)


def it_moved(clause: Clause) -> bool:
    """A verb of movement right behind "it", in a paragraph that names a price before it."""
    if clause.mentions or not (moved := movements(clause)):
        return False
    text = clause.view.article.text
    before = clause.view.clause(clause.paragraph.start, clause.start)
    return _of_a_price(before) and any(IT_MOVED.search(text[clause.start : cue.start]) for cue in moved)


def is_farther_by(clause: Clause) -> bool:
    """A share that something not named here is above or below: "that is 28 percent more than at New Year"."""
    if clause.mentions or clause.has("macro", "growth_of_other") or not _of_a_price(clause.paragraph):
        return False
    text = clause.view.article.text
    shares = [f for f in clause.figures if f.unit == "fraction"]
    stands = any(FARTHER.match(text, f.end) for f in shares)
    return stands and OF_IT.search(clause.text) is not None


def holds_no_longer(clause: Clause) -> bool:
    """ "That stopped being true in 2022": a rule of the market that the sentences before have told."""
    return NO_LONGER_TRUE.search(clause.text) is not None and _of_a_price(clause.paragraph)


def _of_a_price(stretch: Clause) -> bool:
    """Whether something with a price is named; a figure of the economy has none."""
    targets = [m.target for m in stretch.mentions]
    return any(not isinstance(one, Instrument) or one.kind != "macro" for one in targets)
