"""A clause that says that a series moves more, or less, than before: "volatility has doubled", never a forecast."""

from __future__ import annotations

import re
from typing import Literal

from analyzer.extract.phrases import any_phrase, word_set
from analyzer.extract.relations import is_denied_or_ahead, names_a_day
from analyzer.extract.view import Clause
from analyzer.text.patterns import Pattern

NOUN = rf"\b(?<!implied )(?<!implizite ){any_phrase('swings')}\b"
UP = (
    rf"\b(?:{any_phrase('has_in_swings')} (?:\w+ )?(?:{any_phrase('more_than_so')} )?{any_phrase('grown')}|"
    rf"{any_phrase('has_in_swings_german')}\b.{{0,60}}?\b{any_phrase('has_grown')}|"
    rf"{any_phrase('is_in_swings')}\b.{{0,60}}?\b{any_phrase('is_grown')}|{any_phrase('grow_now')})\b"
)
DOWN = (
    rf"\b(?:{any_phrase('has_in_swings')} (?:\w+ )?{any_phrase('shrunk')}|"
    rf"{any_phrase('has_in_swings_german')}\b.{{0,60}}?\b{any_phrase('has_shrunk')}|"
    rf"{any_phrase('is_in_swings')}\b.{{0,60}}?\b{any_phrase('is_shrunk')}|{any_phrase('shrink_now')})\b"
)
GROWN, SHRUNK = (Pattern(NOUN + r"[^.;:?!]{0,60}?" + verb, re.IGNORECASE) for verb in (UP, DOWN))
MORE = Pattern(
    rf"\b{any_phrase('swing_verb')}\b.{{0,40}}\b{any_phrase('swing_stronger')}\b|\b{any_phrase('swings_more')}\b",
    re.IGNORECASE,
)
OTHER = Pattern(rf"\b(?:(?-i:MOVE)|{any_phrase('other_that_swings')})\b", re.IGNORECASE)
"""Other quantities that swing, and the volatility that options price."""
STEMS = tuple(sorted(word_set("letters_of_swings")))
"""One of them stands in whatever ``GROWN``, ``SHRUNK`` and ``MORE`` find."""


def swings(clause: Clause) -> Literal["rose", "fell"] | None:
    """Whether the clause says that the swings grew or shrank; None where it says neither, or both."""
    text = clause.text
    if not clause.holds_any(STEMS) or names_a_day(clause) or is_denied_or_ahead(clause) or OTHER.search(text):
        return None
    grew = GROWN.search(text) is not None or MORE.search(text) is not None
    shrank = SHRUNK.search(text) is not None
    if grew == shrank:
        return None
    return "rose" if grew else "fell"
