"""Whether a sentence can be read in one way only: what a refutation needs.

A figure that fits confirms the reading, whatever else the sentence holds. One that does not fit may be another
instrument's, another day's or another verb's, unless there is only one of each.
"""

from __future__ import annotations

import re
from itertools import pairwise

from analyzer.extract.forecast_words import is_house
from analyzer.extract.phrases import any_phrase
from analyzer.extract.roles import DOWN, UP, parts
from analyzer.extract.time_words import turning_spans
from analyzer.extract.view import Clause, target_key
from analyzer.extract.year_words import year_is_open
from analyzer.model import Claim
from analyzer.text import times as t
from analyzer.text.clauses import has_finite_verb
from analyzer.text.patterns import Pattern

JOIN = Pattern(rf"\s{any_phrase('joins_a_verb')}\s|[;:]\s", re.IGNORECASE)
PART = Pattern(rf", |{JOIN.pattern}", re.IGNORECASE)
VERBS = (*DOWN, *UP, "level", "record")
NO_WINDOW = (t.Ever, t.SessionPart, t.Neighbour)
ONE_DAY = (t.Duration(1, "session"), t.Duration(1, "day"))
"""How long a move of one session took says nothing of which one."""


def is_plain(claim: Claim, clause: Clause) -> bool:
    """One instrument (or one for every figure), one time, no verb without a figure of its own, nothing denied."""
    return (
        (claim.modality == "asserted" or claim.kind == "prediction")
        and _has_one_subject_a_figure(clause, forecast=claim.kind == "prediction")
        and _has_one_time(clause)
        and not _time_is_anothers(clause)
        and not year_is_open(clause)
        and not _has_another_verb(clause)
        and not _has_two_changes_of_one(clause)
    )


def _has_one_subject_a_figure(clause: Clause, *, forecast: bool) -> bool:
    """Who forecasts is not what the forecast is of: "Goldman Sachs expects a down year for the Dax"."""
    said = [m for m in clause.mentions if not (forecast and is_house(m.text))]
    named = {target_key(m.target) for m in said}
    return len(named) <= 1 or len(named) == len(parts(clause))


def _has_two_changes_of_one(clause: Clause) -> bool:
    """Two changes in per cent of one instrument with one time: "lost 4 percent on Wednesday and 16.7 for the week"."""
    changes = [p for p in parts(clause) if p.role == "change" and p.figure.unit == "fraction"]
    named = {target_key(m.target) for m in clause.mentions}
    return len(changes) > max(1, len(named))


def _has_one_time(clause: Clause) -> bool:
    """One time in the clause, or none in it and one in its sentence; where a distance begins is none of them."""
    here = _times(clause)
    return len(here) <= 1 if here else len(_times(clause.sentence)) <= 1


def _time_is_anothers(clause: Clause) -> bool:
    """Whether the time stands in a part with a verb of its own, apart from every figure: "They were dear in December
    1996, and the index doubled", "stood at 82.69, above anything it closed at in 2008"."""
    pieces, language = _cut(clause, PART), clause.view.article.language
    timed = [p for p in pieces if _times(p)]
    counted = any(parts(p) for p in pieces)
    return counted and any(not parts(p) and has_finite_verb(p.text, language) for p in timed)


def _times(clause: Clause) -> list[str]:
    ranked = (t.Since,) if clause.has("record") else ()  # "the largest fall since June 2020": the span of the rank
    turns = turning_spans(clause)
    return [
        e.text
        for e in clause.times
        if not isinstance(e.value, (*NO_WINDOW, *ranked))
        and e.value not in ONE_DAY
        and not any(a <= e.start < b for a, b in turns)
    ]


def _has_another_verb(clause: Clause) -> bool:
    """A part behind a conjunction that moves or stands and has no figure: "and slid into the red for the year"."""
    pieces = _cut(clause, JOIN)
    if len(pieces) < 2:
        return False
    return any(piece.has(*VERBS) and not parts(piece) for piece in pieces)


def _cut(clause: Clause, border: Pattern) -> list[Clause]:
    starts = [m.start() for m in border.finditer(clause.view.article.text, clause.start, clause.end)]
    return [clause.view.clause(a, b) for a, b in pairwise([clause.start, *starts, clause.end])]
