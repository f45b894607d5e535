"""Whether a clause states a relation that holds for a time, and not what happened on a day.

"Stocks and bonds now fall together" is a relation, "stocks and bonds fell together on Monday" is two moves. The words
stand in the lexicon; here is what must and must not stand beside them.
"""

from __future__ import annotations

import re

from analyzer.extract.things import things_in
from analyzer.extract.view import Clause
from analyzer.text import times as t

SHORT = (t.Day, t.RelativeDay, t.Weekday, t.SessionPart)
"""Time words of a day: a relation does not hold on one."""
NO_LONGER = re.compile(
    r"\b(?:no longer|not|never|hardly|anymore|nicht|nie|kaum|kein\w*|weder|anders als|decoupl\w*|entkoppel\w*)\b",
    re.IGNORECASE,
)
"""What is denied or said to have ended needs another reading than the relation itself."""
AHEAD = re.compile(
    r"\b(?:will|would|could|might|may|should|if|wird|werden|würden?|könnten?|dürften?|sollten?|falls|wenn|erwarte\w*|"
    r"expect\w*)\b",
    re.IGNORECASE,
)


def names_a_day(clause: Clause) -> bool:
    return any(isinstance(e.value, SHORT) for e in clause.times)


def has_market_figure(clause: Clause) -> bool:
    return any(f.unit in ("fraction", "points", "percentage_points", "currency") for f in clause.figures)


def is_stated(clause: Clause) -> bool:
    """Said to be so, in general: no day, no figure of a move, nothing denied or to come."""
    text = clause.text
    return not (names_a_day(clause) or has_market_figure(clause) or NO_LONGER.search(text) or AHEAD.search(text))


def correlates(clause: Clause) -> bool:
    """Two things that are said to move together or apart."""
    return clause.has("together", "opposite") and is_stated(clause) and len(things_in(clause)) == 2
