"""What people's decisions on a claim of a report come to: who says what, whether they agree, which label is in force.

The rule is ``analyzer.decisions.standing``; here it is asked of the nouns that outputs hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from analyzer.decisions import standing as taken_together
from analyzer.decisions import standing_decisions as standing

if TYPE_CHECKING:
    from analyzer.model import ClaimResult, Label, Review

REJECTED = "rejected"
"""What a reviewer says who takes the quote for no claim."""
State = Literal["not reviewed", "agreed", "overridden", "rejected", "disputed"]


def opinions(claim: ClaimResult) -> dict[str, str]:
    """By reviewer the label that he gives the claim, or ``REJECTED``. Agreeing means the label that was agreed with:
    where the review does not hold it, the machine's of this report."""
    machine = claim.verdict.latest.label
    return {
        name: REJECTED if one.decision == "reject" else one.label or machine
        for name, one in standing(claim.reviews).items()
    }


def state(claim: ClaimResult) -> State:
    found = taken_together(claim.reviews, claim.verdict.latest.label).state
    return "not reviewed" if found == "open" else found


def effective(claim: ClaimResult) -> Label:
    """The label of the standing reviews, else the machine's; where reviewers disagree, or take it for no claim, the
    machine's stays in force."""
    return effective_label(claim.verdict.latest.label, claim.reviews)


def effective_label(machine: Label, reviews: Sequence[Review]) -> Label:
    """The same for a machine's label and the reviews of its claim, oldest first."""
    return taken_together(reviews, machine).label


__all__ = ["REJECTED", "State", "effective", "effective_label", "opinions", "standing", "state"]
