"""What a clause says of gains and losses that are gone again: "has erased all of its gains since the election", "machte
die Verluste der Vorwoche wieder wett", "erased a 5 percent loss to close higher".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.view import Clause
from analyzer.model import Direction
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern
from analyzer.text.times import TimeExpression

ERASES = phrases("erases")
GAINS, LOSSES = phrases("erased_gains"), phrases("erased_losses")
A_PART, ALL_OF_IT = phrases("part_of_what_is_erased"), phrases("all_of_what_is_erased")
DIGITS = frozenset("0123456789")
LOSSES_MADE_UP_FOR = Pattern(
    rf"\b{any_phrase('made_up_for', 'en')}\b[^.,;]*\b{any_phrase('loss_made_up_for', 'en')}\b"
    rf"|\b{any_phrase('loss_made_up_for', 'de')}\b[^.,;]*\b{any_phrase('made_up_for', 'de')}\b",
    re.IGNORECASE,
)
BEFORE_THE_FIGURE = Pattern(rf"\b{any_phrase('erases_a_move')}\s+(?:[\w-]+\s+){{0,4}}$", re.IGNORECASE)
BEHIND_THE_FIGURE = Pattern(rf"\s+(?:\w+\s+)?{any_phrase('erased_move')}\b", re.IGNORECASE)


def makes_up_for_losses(clause: Clause) -> bool:
    """In whole or in part, so that the way is up: "clawed back part of their losses"."""
    return LOSSES_MADE_UP_FOR.search(clause.text) is not None


def is_of_the_losses(scope: Clause, expression: TimeExpression) -> bool:
    """Whether a time is that of the losses that were made up for: "erased last week's losses"."""
    found = LOSSES_MADE_UP_FOR.search(scope.text)
    return found is not None and found.start() <= expression.start - scope.start < found.end()


def is_of_a_move_gone(clause: Clause, figure: Figure) -> bool:
    """ "Erased a 5 percent loss to close higher", "machte ein Minus von 2 Prozent wett": a move within the session."""
    text = clause.view.article.text
    before = BEFORE_THE_FIGURE.search(text[clause.start : figure.start])
    return before is not None and BEHIND_THE_FIGURE.match(text, figure.end, clause.end) is not None


@dataclass(frozen=True)
class Erased:
    """What is gone, a rise or a fall, and whether all of it."""

    way: Direction
    whole: bool
    said: bool
    """Whether it is said that all of it is gone, and not only that it is gone."""

    @property
    def back(self) -> Direction:
        return "down" if self.way == "up" else "up"


def erased(clause: Clause) -> Erased | None:
    """None where nothing is said to be gone, or gains and losses are both named."""
    if ERASES.search(clause.text) is None:
        return None
    gains, losses = GAINS.search(clause.text) is not None, LOSSES.search(clause.text) is not None
    if gains == losses:
        return None
    all_said = ALL_OF_IT.search(clause.text) is not None
    return Erased("up" if gains else "down", A_PART.search(clause.text) is None, all_said)


def has_a_size(clause: Clause) -> bool:
    """Whether a figure stands beside that is not the part that is gone: "more than half of the losses"."""
    text = clause.view.article.text
    parts = [(clause.start + m.start(), clause.start + m.end()) for m in A_PART.finditer(clause.text)]
    sized = [f for f in clause.figures if f.unit in ("fraction", "points", "currency")]
    return any(not (set(text[f.start : f.end]).isdisjoint(DIGITS) and _touches(f, parts)) for f in sized)


def _touches(figure: Figure, parts: list[tuple[int, int]]) -> bool:
    return any(first < figure.end and figure.start < last for first, last in parts)
