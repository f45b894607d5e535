"""What kind of claim a clause makes, by written rules in a fixed order; and how it is said.

The first rule that holds decides. Each rule looks at headings of the lexicon, figures and mentions, never at a whole
phrase, so that adding a word is a line in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.extract.roles import DOWN, UP
from analyzer.extract.view import Clause
from analyzer.extract.windows import peak_span
from analyzer.model import Attribution, Checkable, Kind, Modality
from analyzer.text import times as t

MOVE = (*DOWN, *UP)
MOOD = ("panic", "stress", "nervous", "calm", "exuberance")


@dataclass(frozen=True)
class Rule:
    kind: Kind
    weight: float
    """How sure the rule makes us that the clause is a claim at all: 1 sure, below 0.5 only in company."""
    holds: Callable[[Clause], bool]


def market_figures(clause: Clause) -> bool:
    return any(f.unit in ("fraction", "points", "percentage_points") for f in clause.figures)


def money(clause: Clause) -> bool:
    return any(f.unit == "currency" for f in clause.figures)


def about_market(clause: Clause) -> bool:
    return bool(clause.mentions) or clause.has("asset")


PERFECT = re.compile(
    r"\b(?:dürft|könnt|müsst|soll)\w*\b.*\b(?:ge\w+|\w+iert|ver\w+|er\w+) (?:haben|sein)\b"
    r"|\b(?:may|might|could|would|should|must)(?: \w+)? have\b",
    re.IGNORECASE,
)
"""A modal with a perfect speaks of the past: "dürften geahnt haben", "could have known"."""


def looks_ahead(clause: Clause) -> bool:
    """Forecast words that stand beside a future time, a movement or a market, and are not a passive or a past."""
    if PERFECT.search(clause.text):
        return False
    if clause.has("forecast_strong"):
        return True
    if not clause.has("forecast"):
        return False
    future = any(isinstance(e.value, t.Until) or getattr(e.value, "side", None) == "future" for e in clause.times)
    return future or bool(clause.has(*MOVE) and INFINITIVE.search(clause.text))


INFINITIVE = re.compile(
    r"\b(fallen|steigen|sinken|zulegen|einbrechen|verlieren|gewinnen|klettern|erholen|abstürzen|platzen|rise|fall|drop|"
    r"climb|decline|recover|gain|lose|plunge|crash|continue|collapse)\b",
    re.IGNORECASE,
)
PAST_FIGURE = re.compile(
    r"\b(fiel|fielen|stieg|stiegen|verlor|verloren|gewann|gewannen|legte|legten|sank|sanken|brach|gab|schloss|fell|rose|lost|"
    r"gained|dropped|slid|closed|jumped|surged|plunged|tumbled|climbed|sank|added|shed)\b",
    re.IGNORECASE,
)


def records_something(clause: Clause) -> bool:
    speaks = about_market(clause) or market_figures(clause) or clause.has(*MOVE) or about_market(clause.sentence)
    return clause.has("record") and speaks


def causes_something(clause: Clause) -> bool:
    return clause.has("causal") and (clause.has(*MOVE, *MOOD, "bubble", "trend") or about_market(clause))


THEMES = ("policy", "bubble", "macro", "trend")


MAXIM = re.compile(r"^\W*(?:panic|panik|calm|fear|angst|ruhe|gelassenheit|nervosität) (?:is|ist)\b", re.IGNORECASE)
"""A maxim on a mood ("panic is for people who cannot read") says nothing of the market's."""


def panics(clause: Clause) -> bool:
    moved = market_figures(clause) and bool(clause.mentions)
    return clause.has("panic") and about_market(clause.paragraph) and not moved and not MAXIM.search(clause.text)


def likens(clause: Clause) -> bool:
    return clause.has("analogy") and (about_market(clause) or clause.has(*THEMES, *MOOD) or len(clause.text) < 90)


def foretells(clause: Clause) -> bool:
    concerns_us = about_market(clause) or clause.has(*MOVE, *THEMES)
    return concerns_us and looks_ahead(clause) and not PAST_FIGURE.search(clause.text)


HINDSIGHT = re.compile(
    r"\bhätten? (?:\w+ ){0,3}(?:niemand|keiner|kaum|jemand)\b|\bwer hätte\b|\bwould have (?:thought|believed|dreamt)\b",
    re.IGNORECASE,
)
"""What nobody would have believed is said to have happened, but not as a statement that a series could bear out."""
IRREAL = re.compile(
    r"\b(?:if i were|i could|i would|wäre ich|könnte ich|würde ich|you could|we could have)\b", re.IGNORECASE
)


def says_what(clause: Clause) -> bool:
    """Whether a forecast names what will happen: a movement, a figure, a policy, an economic series."""
    return clause.has(*MOVE, *THEMES) or market_figures(clause) or money(clause) or bool(clause.mentions)


RULES: tuple[Rule, ...] = (
    Rule("rhetorical", 0.5, lambda c: HINDSIGHT.search(c.text) is not None),
    Rule("bubble_valuation", 0.9, lambda c: c.has("bubble_burst") and c.has("bubble")),
    Rule("analogy", 0.9, likens),
    Rule("policy_effect", 0.9, lambda c: c.has("policy") and c.has("policy_effect") and not market_figures(c)),
    Rule("prediction", 0.9, lambda c: foretells(c) and says_what(c) and not IRREAL.search(c.text)),
    Rule("quantitative_move", 0.95, lambda c: market_figures(c) and peak_span(c) is not None),
    Rule("record_extreme", 0.95, records_something),
    Rule("causal", 0.9, lambda c: c.has("cause_strong") and c.has(*MOVE, *MOOD) and not market_figures(c)),
    Rule("volatility_sentiment", 0.9, panics),
    Rule("trend_regime", 0.9, lambda c: c.has("trend") and (about_market(c) or c.is_question or market_figures(c))),
    Rule("quantitative_move", 1.0, lambda c: market_figures(c) and c.has(*MOVE) and not c.has("macro")),
    Rule("comparison", 0.85, lambda c: c.has("comparison") and about_market(c)),
    Rule("bubble_valuation", 0.85, lambda c: c.has("bubble")),
    Rule("volatility_sentiment", 0.8, lambda c: c.has("volume") and about_market(c)),
    Rule("causal", 0.8, lambda c: causes_something(c) and c.has(*MOVE, *MOOD)),
    Rule("macro", 0.8, lambda c: c.has("macro")),
    Rule("quantitative_move", 0.9, lambda c: c.has(*MOVE) and (money(c) or market_figures(c))),
    Rule("level", 0.85, lambda c: (market_figures(c) or money(c)) and c.has("level") and about_market(c)),
    Rule("quantitative_move", 0.75, lambda c: c.has(*MOVE) and about_market(c)),
    Rule("normative", 0.5, lambda c: MAXIM.search(c.text) is not None),
    Rule("volatility_sentiment", 0.7, lambda c: c.has(*MOOD) and (about_market(c) or c.has("policy"))),
    Rule("causal", 0.55, causes_something),
    Rule("volatility_sentiment", 0.5, lambda c: c.has("nervous") and about_market(c.paragraph)),
    Rule("level", 0.6, lambda c: market_figures(c) and about_market(c)),
    Rule("normative", 0.5, lambda c: c.has("normative") and (about_market(c) or c.has("policy", "macro", "opinion"))),
    Rule("rhetorical", 0.5, lambda c: c.is_question and (about_market(c) or c.has(*THEMES, "opinion"))),
    Rule("rhetorical", 0.45, lambda c: c.has("opinion") and (about_market(c) or c.has("policy"))),
    Rule("other_fact", 0.4, lambda c: money(c) and about_market(c)),
)  # fmt: skip


def classify(clause: Clause) -> Rule | None:
    """The rule that decides the clause's kind; None when it makes no claim that concerns us."""
    return next((rule for rule in RULES if rule.holds(clause)), None)


# --- manner ---------------------------------------------------------------------------------------------------------

SAID = re.compile(
    r"\b(?:sagte|sagt|erklärte|betonte|warnt|warnte|meint|meinte|so|laut|nach Ansicht von|said|says|according to|told|"
    r"added|warned|argues)\s+"
    r"((?:der |die |den |das |the )?[A-ZÄÖÜ][\w.-]+(?:\s+[A-ZÄÖÜ][\w.-]+){0,3})"
)
BEFORE_SAID = re.compile(
    r"([A-Z][\w.-]+(?:\s+[A-Z][\w.-]+){0,3})(?:,[^,]{0,80},)?\s+(?:said|says|sagte|sagt|told|argued|warned|reported|added)\b"
)
QUESTION = re.compile(r"\?[\"'»«”“’)\s]*$")


def attribution(clause: Clause) -> Attribution:
    """To the author, or to somebody cited in the sentence and, where it can be read, whom."""
    if not clause.sentence.has("cited"):
        return Attribution()
    text = clause.sentence.text
    found = SAID.search(text) or BEFORE_SAID.search(text)
    return Attribution(to="cited", name=found.group(1) if found else None)


DENIAL = re.compile(r"^(?:nicht|nie|niemals|keineswegs|not|never|nobody|nirgends|niemand|\w*n't)$", re.IGNORECASE)
NOT_A_DENIAL = re.compile(
    r"\b(?:nicht (?:weniger|mehr|nur|zuletzt|einmal)|nie zuvor|not (?:only|less|more|since|even)|no less)\b",
    re.IGNORECASE,
)
REACH = 24
"""Characters between a negation and the predicate that it denies, without a comma between them."""


def modality(clause: Clause) -> Modality:
    """Asked, denied, hedged or asserted. A negation counts only right beside the predicate of a move or a mood."""
    if clause.is_question:
        return "asked"
    if _denied(clause):
        return "denied"
    return "hedged" if clause.has("hedge", "conditional") else "asserted"


def _denied(clause: Clause) -> bool:
    if clause.has("record") or NOT_A_DENIAL.search(clause.text):
        return False
    text, offset = clause.text, clause.start
    for negation in (c for c in clause.cues if c.heading == "negation"):
        for predicate in (c for c in clause.cues if c.heading in (*MOVE, *MOOD)):
            before = text[negation.end - offset : max(negation.end, predicate.start) - offset]
            behind = text[predicate.end - offset : max(predicate.end, negation.start) - offset]
            if predicate.start >= negation.end and DENIAL.match(negation.text):
                found = len(before) <= REACH and "," not in before
            elif predicate.start >= negation.end:  # "no panic", "keine Panik": right beside a noun of mood
                found = predicate.heading in MOOD and not before.strip()
            else:  # "fiel nicht"
                found = negation.text.lower() in ("nicht", "keineswegs") and len(behind) <= 12
            if found:
                return True
    return False


def checkability(kind: Kind, clause: Clause) -> tuple[Checkable, str | None]:
    """Whether market data can say something on it: by kind, then by what it speaks of."""
    if kind in ("normative", "rhetorical"):
        return "no", "question" if clause.is_question else "opinion"
    if kind == "other_fact":
        return "no", "out_of_scope"
    if kind in ("causal", "policy_effect", "analogy", "bubble_valuation"):
        return "partly", None
    if kind == "macro":
        return ("yes" if clause.sentence.mentions else "partly"), None
    if kind == "prediction" and not clause.sentence.mentions and not about_market(clause):
        return "partly", None
    return "yes", None
