"""Forecasts under a condition: "Sollte der Dax unter 15.000 fallen, drohen weitere Verluste", "would fall if …".

What is foretold for one case only is no forecast that its not coming could refute, and the case itself is no statement.
Nor is what would have come a fact.
"""

from __future__ import annotations

import re

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause, remembered
from analyzer.model import Kind
from analyzer.text.patterns import Pattern

BEGINS, NO_CONDITION = phrases("begins_a_condition"), phrases("no_condition")
VERB_FIRST = re.compile(
    rf"^\W*{any_phrase('verb_of_a_condition')}\s[^.;:?!]*?(?:\d[.,]\d[^.;:?!]*?)*,\s+"
    rf"(?:{any_phrase('verb_behind_a_condition')}\b|(?=[^,]*\b{any_phrase('follows_a_condition')}\b))"
)
WOULD_COME = re.compile(
    rf"\b{any_phrase('would_come_about')}\b[^;:]{{0,60}}?\b{any_phrase('follows_a_condition')}\b", re.IGNORECASE
)
CONDITION_FIRST = re.compile(rf"^\W*(?:(?i:{any_phrase('begins_a_condition')})|{any_phrase('verb_of_a_condition')})\b")
INVERTED = re.compile(rf"^\W*{any_phrase('verb_of_what_did_not_come')}\s")
FOLLOWS, WOULD_HAVE = phrases("follows_a_condition"), phrases("would_have_come")
TOLD_MOVE = phrases("told_move")
SUPPOSED = Pattern(rf"^\W*{any_phrase('only_supposed')}\b", re.IGNORECASE)
"""What the reader is asked to imagine: "Imagine Nvidia losing 50 percent"."""


def is_conditional(clause: Clause, kind: Kind) -> bool:
    """Whether it is said for a case only: a forecast under a condition, the condition itself, or what would have been.
    What the sentence tells beside it as done is not."""
    sentence = clause.sentence
    if SUPPOSED.match(sentence.text):
        return kind not in NO_STATEMENT
    if kind == "prediction":
        return states_a_condition(sentence)
    if kind in NO_STATEMENT or TOLD_MOVE.search(clause.text):
        return False
    return states_a_condition(sentence) or _did_not_come(sentence)


NO_STATEMENT: tuple[Kind, ...] = ("normative", "rhetorical", "other_fact")


@remembered
def states_a_condition(sentence: Clause) -> bool:
    """Whether the sentence has a condition and what would follow from it."""
    text = sentence.text
    if sentence.is_question or WOULD_HAVE.search(text):
        return False
    if VERB_FIRST.match(text) or WOULD_COME.search(text):
        return True
    return _has_condition(text) and FOLLOWS.search(text) is not None


def consequence(piece: Clause) -> Clause | None:
    """What a part of such a sentence says would follow; None where it is a condition and no more."""
    text = piece.text
    begins = CONDITION_FIRST.match(text) is not None
    follows = FOLLOWS.search(text, text.find(",") + 1 or len(text)) if begins else FOLLOWS.search(text)
    if follows is None or not begins:
        return piece if follows is not None else None
    return piece.view.clause(piece.start + text.rfind(",", 0, follows.start()) + 1, piece.end)


@remembered
def _did_not_come(sentence: Clause) -> bool:
    """ "Would have fallen 5 percent if the Fed had not acted": no fact either."""
    text = sentence.text
    return WOULD_HAVE.search(text) is not None and (_has_condition(text) or INVERTED.match(text) is not None)


def _has_condition(text: str) -> bool:
    return BEGINS.search(NO_CONDITION.sub(" ", text)) is not None
