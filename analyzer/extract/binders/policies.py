"""Policies that are said to have worked, failed, hurt their sender or achieved the opposite."""

from __future__ import annotations

import re
from typing import Any

from analyzer.extract.binders.bank_measures import bank_measures
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.market.instruments import Instrument
from analyzer.market.policies import Policy, load_policies
from analyzer.model import Basis
from analyzer.text.patterns import Pattern

OPPOSITE = phrases("achieved_the_opposite")
BACKFIRED = phrases("backfired")
HURTS = phrases("hurts")
NO_EFFECT = phrases("had_no_effect")
WORKED = phrases("has_worked")
NOT = phrases("policy_denied")
MAY_BE = Pattern(rf"\b(?:{any_phrase('policy_thinkable')}|werden(?! zu))\b", re.IGNORECASE)
"""What is expected or thinkable asserts nothing that the time since could bear out."""
OTHER_OUTCOMES = ("currency", "rate", "commodity", "macro", "crypto", "volatility")
"""Kinds of instruments that are no outcome of the policies in the list: "tariffs backfired on the dollar"."""


OUTCOME = phrases("outcome_without_a_price")
"""Outcomes that share prices do not measure."""


def policies(context: Context) -> list[Draft]:
    """policy_effect of the policy that the clause names, with both of its sides; nothing where it is none of the list,
    where it had not been announced, or where another outcome is named."""
    if measured := bank_measures(context):
        return measured
    clause, published = context.clause, context.clock.published
    if published is None or MAY_BE.search(clause.text) or _names_another_outcome(context):
        return []
    policy = _named(context)
    said = _said(context, policy) if policy is not None else None
    if policy is None or said is None or policy.start > published:
        return []
    params: dict[str, Any] = {
        "policy": policy.name, "start": policy.start, "said": said, "intent": policy.intent,
        "sender": policy.sender.members, "sender_name": policy.sender.name,
        "target": policy.target.members, "target_name": policy.target.name,
        "controls": policy.controls, "limits": policy.limits,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "policy": "quote", "said": "quote", "start": "default", "sender": "default", "target": "default",
        "controls": "default",
    }  # fmt: skip
    assumed = (
        f"{policy.name} of {policy.start}; its sender is measured on {policy.sender.name}, its target on "
        f"{policy.target.name}",
    )
    why = "how both sides fared against series that the policy did not touch"
    return [Draft("policy_effect", params, marks, directness="statistical", why=why, assumed=assumed)]


def _named(context: Context) -> Policy | None:
    """The latest policy of the list that the clause names."""
    clause = context.clause
    language, paragraph = clause.view.article.language, clause.paragraph.text
    found = [p for p in load_policies() if p.named_in(clause.text, paragraph, language)]
    return max(found, key=lambda p: p.start, default=None)


def _said(context: Context, policy: Policy) -> str | None:
    """What the clause claims of it. A negated success is no effect; any other negation says nothing that is tested."""
    text = context.clause.text
    denied = context.claim.modality == "denied" or NOT.search(text) is not None
    if WORKED.search(text) and denied:
        return "no_effect"
    if denied:
        return None
    for pattern, said in ((OPPOSITE, "opposite"), (BACKFIRED, "backfired")):
        if pattern.search(text):
            return said
    hurt = HURTS.search(text)
    if hurt is not None:
        return _who_is_hurt(context, policy, hurt.end())
    for pattern, said in ((NO_EFFECT, "no_effect"), (WORKED, "worked")):
        if pattern.search(text):
            return said
    return None


def _who_is_hurt(context: Context, policy: Policy, position: int) -> str | None:
    """By the words behind the verb: the sender, or the target of a policy that was to hurt it."""
    behind, language = context.clause.text[position:], context.clause.view.article.language
    if policy.sender.named_in(behind, language):
        return "hurts_sender"
    return "worked" if policy.intent == "down" and policy.target.named_in(behind, language) else None


def _names_another_outcome(context: Context) -> bool:
    targets = (m.target for m in context.clause.mentions)
    return OUTCOME.search(context.clause.text) is not None or any(
        isinstance(t, Instrument) and t.kind in OTHER_OUTCOMES for t in targets
    )
