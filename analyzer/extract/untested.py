"""What a claim says beside what its trials test: figures and superlatives that no trial holds.

"Finished at 5,614.56, its lowest close since mid-September" with a trial of the level alone is not borne out by it.
What is left over is kept with the claim, to the letter, and takes part in the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.extract.roles import parts
from analyzer.extract.view import Clause
from analyzer.extract.windows import peak_span
from analyzer.model import Trial

COUNT = re.compile(
    r"\b(?:\d+|zwei|drei|vier|fünf|two|three|four|five|dutzende?|dozens? of)(?: new| neue)? "
    r"(?:record|rekord|all-time high)\w*(?: closes| highs)?",
    re.IGNORECASE,
)
"""How often a record was set: no check counts them."""
RANKED = ("record_extreme", "breadth")
"""Checks that hold a superlative themselves."""


def untested(clause: Clause, trials: Sequence[Trial]) -> tuple[str, ...]:
    """The stretches of the clause that none of its trials tests, in the order of the text; none without a trial."""
    if not trials:
        return ()
    held = {text for trial in trials if (text := _stated(trial))}
    found = [(p.figure.start, p.figure.text) for p in parts(clause) if p.figure.text not in held]
    if not any(trial.check in RANKED or trial.params.get("first_time") for trial in trials):
        found += _superlatives(clause)
    counted = COUNT.search(clause.text)
    found += [(clause.start + counted.start(), counted.group())] if counted else []
    return tuple(dict.fromkeys(text for _, text in sorted(found)))


def _stated(trial: Trial) -> str | None:
    stated = trial.params.get("stated")
    return stated.get("text") if isinstance(stated, dict) else None


def _superlatives(clause: Clause) -> list[tuple[int, str]]:
    """Words of rank, with the span that they are said of; the record that a distance is measured from is none."""
    peak = peak_span(clause)
    text = clause.view.article.text
    found = []
    for cue in clause.cues:
        if cue.heading != "record" or (peak and peak[0] <= cue.start < peak[1]):
            continue
        behind = next((t for t in clause.times if 0 <= t.start - cue.end <= SPAN), None)
        found.append((cue.start, text[cue.start : behind.end if behind else cue.end]))
    return found


SPAN = 40
"""Characters between a superlative and the span that it is said of: "its lowest close since mid-September"."""
