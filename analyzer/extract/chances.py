"""The probability that a text gives a forecast: "with a probability of 70 percent", "eine 30-prozentige Chance"."""

from __future__ import annotations

import re

from analyzer.extract.view import Clause
from analyzer.text.numbers import Figure
from analyzer.text.patterns import Pattern

WORD = r"(?:wahrscheinlichkeit|chancen?|probability|chances?|likelihood|odds)"
BEHIND = Pattern(rf"^[-\s]*(?:ige[rnsm]?\s+)?{WORD}\b", re.IGNORECASE)
BEFORE = Pattern(rf"\b{WORD}\s+(?:von|of|at|is|liegt bei|beträgt|bei)\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)


def chance(clause: Clause) -> Figure | None:
    """The one figure that is a probability; None where there is none, or several."""
    text, found = clause.text, []
    for figure in clause.figures:
        start, end = figure.start - clause.start, figure.end - clause.start
        said = BEHIND.search(text[end:]) or BEFORE.search(text[:start])
        if said and figure.unit == "fraction" and 0.0 <= figure.value <= 1.0:
            found.append(figure)
    return found[0] if len(found) == 1 else None
