"""How a claim is said: asserted, asked, denied or hedged; and whether market data can say something on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.extract.classify import MOOD, MOVE, about_market
from analyzer.extract.conditions import states_a_condition
from analyzer.extract.fortunes import says_it_may_come
from analyzer.extract.lexicon import Cue
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import parts
from analyzer.extract.view import Clause
from analyzer.model import Checkable, Kind, Modality
from analyzer.text.patterns import Pattern

DENIAL = re.compile(rf"(?:{any_phrase('denial')}|\w*{any_phrase('denial_ending')})", re.IGNORECASE)
NOT_A_DENIAL = phrases("not_a_denial")
PREDICATES = (*MOVE, *MOOD, "bear", "correction")
REACH = 24
"""Characters between a negation and the predicate that it denies, without a comma between them."""


def modality(clause: Clause) -> Modality:
    """Asked, denied, hedged or asserted. A negation counts only right beside the predicate of a move or a mood."""
    if clause.is_question:
        return "asked"
    if says_it_may_come(clause):
        return "hedged"
    if EXPECTED_NOT.search(clause.text) or _denied(clause):
        return "denied"
    return "hedged" if clause.has("hedge", "conditional") or states_a_condition(clause) else "asserted"


EXPECTED_NOT = phrases("expected_not")
"""What somebody says will not come: "they do not expect it to reach 100,000"."""
SURVEYED = Pattern(
    rf"\b{any_phrase('surveyed_of')} (?:{any_phrase('surveyed_which')} )?(?:[\w.,]+ ){{0,5}}?{any_phrase('surveyed')}\b"
    rf"|\b{any_phrase('surveyed_people')}\b",
    re.IGNORECASE,
)
"""How many of those who were asked hold something: a figure on opinions, and no forecast of whoever reports it."""
LINKED = phrases("second_predicate")
"""A second predicate: "did not want to play along and rose"."""
NO_TALK = phrases("no_talk")


def _denied(clause: Clause) -> bool:
    if clause.has("record") or NOT_A_DENIAL.search(clause.text):
        return False
    predicates = [c for c in clause.cues if c.heading in PREDICATES]
    if NO_LONGER_MOVES.search(clause.text) or (predicates and _is_out_of_the_question(clause, predicates)):
        return True
    text, offset = clause.text, clause.start
    first = min((p.figure.start for p in parts(clause)), default=None)
    for negation in (c for c in clause.cues if c.heading == "negation"):
        if (
            first is not None
            and negation.start > first
            and re.search(r"[,;:]", text[first - offset : negation.start - offset])
        ):
            continue  # "recovered nine percent, and Oracle did not recover at all"
        for predicate in predicates:
            before = text[negation.end - offset : max(negation.end, predicate.start) - offset]
            behind = text[predicate.end - offset : max(predicate.end, negation.start) - offset]
            if predicate.start >= negation.end and DENIAL.fullmatch(negation.text):
                found = len(before) <= REACH and "," not in before and not LINKED.search(before)
            elif predicate.start >= negation.end:  # "no panic", "keine Panik": right beside a noun of mood
                found = predicate.heading in MOOD and not before.strip()
            else:  # "fiel nicht"
                found = negation.text.lower() in ("nicht", "keineswegs") and len(behind) <= 12
            if found:
                return True
    return False


NO_LONGER_MOVES = phrases("stopped_moving")


def _is_out_of_the_question(clause: Clause, predicates: Sequence[Cue]) -> bool:
    """ "Far from a panic"; but not "Far from falling, the Dow rose", which says something else behind the comma."""
    no_talk = NO_TALK.search(clause.text)
    if no_talk is None:
        return False
    end = clause.start + no_talk.end()
    behind = [c for c in predicates if c.start >= end]
    text = clause.view.article.text
    return not behind or all("," not in text[end : c.start] for c in behind)


def checkability(kind: Kind, clause: Clause) -> tuple[Checkable, str | None]:
    """Whether market data can say something on it: by kind, then by what it speaks of."""
    if kind in ("normative", "rhetorical"):
        return "no", "question" if clause.is_question else "opinion"
    if kind == "other_fact":
        return "no", "out_of_scope"
    if kind in ("causal", "policy_effect", "analogy", "bubble_valuation"):
        return "partly", None
    if kind == "prediction" and SURVEYED.search(clause.text):
        return "no", "out_of_scope"
    if kind == "macro":
        return ("yes" if clause.sentence.mentions else "partly"), None
    if kind == "prediction" and not clause.sentence.mentions and not about_market(clause):
        return "partly", None
    return "yes", None
