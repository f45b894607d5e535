"""What points back to the sentence before: "Das war der stärkste Tagesverlust seit 1989"."""

from __future__ import annotations

import re

from analyzer.extract.phrases import any_phrase
from analyzer.extract.view import Clause, remembered
from analyzer.text.patterns import Pattern
from analyzer.text.times import TimeExpression

POINTS_BACK = Pattern(rf"^\W*{any_phrase('points_back_to_a_move')}\b", re.IGNORECASE)
SUBJECT_PRONOUN = Pattern(
    rf"\b{any_phrase('verb_before_a_pronoun')}\s+{any_phrase('pronoun_behind_its_verb')}\b", re.IGNORECASE
)
FOLLOWS = Pattern(
    rf"\b{any_phrase('after_a_move')}\s+(?:\w+\s+){{0,2}}?(?:{any_phrase('ranked_fall')}|{any_phrase('ranked_rise')})\s+"
    rf"(?:{any_phrase('link_to_its_time')}\s+)?$",
    re.IGNORECASE,
)
REACH = 60


def follows_a_move(scope: Clause, expression: TimeExpression) -> bool:
    """Whether a time is that of the move after which the clause's own came: "gewinnt nach den Verlusten zu Beginn der
    Woche wieder an Boden"."""
    before = scope.view.article.text[max(scope.start, expression.start - REACH) : expression.start]
    return FOLLOWS.search(before) is not None


@remembered
def ranks_the_move_before(clause: Clause) -> bool:
    """Whether the clause ranks the move of the sentence before, whose instrument and day are meant."""
    return clause.has("record") and not clause.mentions and POINTS_BACK.match(clause.text) is not None


@remembered
def has_a_pronoun_behind_its_verb(clause: Clause) -> bool:
    """ "Zum Schluss notierte er bei 9161 Zählern": what was named before is what stood there."""
    return SUBJECT_PRONOUN.search(clause.text) is not None
