"""Whether a claim says what brought something about, and which of its words are the cause and which the effect.

The cause follows a word like "because" or "wegen", or what a cleft sentence leads up to ("what sank the pound was …");
it stands before a "that is why", and before a verb like "knocked" or "hat … gedrückt" where it is no instrument.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.extract.view import Clause
from analyzer.matching.words import places, said

SHORTEST_CAUSE = 12
"""Characters before the verb: "on Monday" is no cause."""
CLEFT = re.compile(
    r"(?:and |but |und |aber )?(?:what|was)\b.{10,}?(?:,| )(?:was|were|is|are|war|waren|ist|sind) (?=\S)"
)
LEADS_IN = re.compile(
    r"(?:on|at|in|after|since|by|from|with|during|over|an|am|auf|bei|im|nach|seit|zum|zur|von|vom|mit|während|unter|zu"
    r"|under|as|to|vor|before|gegenüber|against)\b"
)
""" "In its session …": no actor comes first."""
AUXILIARY = re.compile(r"\b(?:hat|haben|hatte|hatten)\b")


@dataclass(frozen=True)
class Because:
    """The stretches of a clause (offsets) that are cause and effect; each may be empty where it is not told apart."""

    cause: tuple[int, int]
    effect: tuple[int, int]


def told_cause(clause: Clause) -> Because | None:
    """Where a connecting word parts cause and effect; None where none does."""
    text, found = clause.lowered, said(clause.lowered)
    cleft = CLEFT.match(text)
    if cleft and ("brought_about" in found or "surely_brought_about" in found):
        return Because((cleft.end(), len(text)), (0, cleft.end()))
    if "cause_before" in found:
        at = found["cause_before"][0]
        if at > SHORTEST_CAUSE:
            return Because((0, at), (at, len(text)))
    if "cause_after" in found:
        at = found["cause_after"][0]
        stop = text.find(",", at) if at < 4 else len(text)  # "Wegen des Streiks, der …, fiel": the first comma will do
        if stop < 0:
            stop = len(text) if at >= 4 else _verb_after(text, at)
        return Because((at, stop), (stop, len(text)) if at < 4 else (0, at))
    return None


FINITE = re.compile(
    r"\b(?:ist|sind|war|waren|hat|haben|wird|werden|wurde|wurden|\w{3,}te|\w{3,}ten|fiel\w*|stieg\w*|sank\w*|verlor\w*"
    r"|brach\w*|sprang\w*)\b"
)


def _verb_after(text: str, at: int) -> int:
    """Of "wegen des Streiks fiel der Kurs", where the effect begins: at the verb."""
    found = FINITE.search(text, at + SHORTEST_CAUSE)
    return found.start() if found else len(text)


def agent(clause: Clause, found: Mapping[str, Sequence[int]], actors: frozenset[str]) -> Because | None:
    """Whether something that is no instrument comes before a verb like "knocked", and what it moved after it."""
    if "better" in found or "worse" in found:
        return None
    text = clause.lowered
    auxiliary = AUXILIARY.search(text)
    things = places("things", text)
    acting = {start for name in actors for start in things.get(name, ())}
    starts = [start for name, at in things.items() if name not in actors for start in at]
    starts += [at for m in clause.mentions if (at := m.start - clause.start) not in acting]
    if not starts:
        starts = [start for at in places("kinds_of_thing", text).values() for start in at]
    for verb in found["brought_about"]:
        before = min(verb, auxiliary.start()) if auxiliary else verb
        told = _without_times(clause, before).strip(" ,;:")
        if starts and min(starts) > before and len(told) >= SHORTEST_CAUSE and not LEADS_IN.match(told):
            return Because((0, before), (before, len(text)))
    return None


def _without_times(clause: Clause, end: int) -> str:
    """The words before ``end`` but for days and dates."""
    text = clause.lowered[:end]
    for time in reversed(clause.times):
        start, stop = time.start - clause.start, time.end - clause.start
        if stop <= end:
            text = text[:start] + text[stop:]
    return text
