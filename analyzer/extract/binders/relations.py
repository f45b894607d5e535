"""Relations that hold for a time come before what a clause could be read as otherwise: a move on a day."""

from __future__ import annotations

from dataclasses import replace

from analyzer.extract.binders.breaks import breaks
from analyzer.extract.binders.calendars import calendars
from analyzer.extract.binders.correlations import correlations
from analyzer.extract.binders.havens import protections
from analyzer.extract.binders.leads import leads
from analyzer.extract.binders.shocks import shocks
from analyzer.extract.binders.swings import swings
from analyzer.extract.drafts import Context, Draft

FAMILIES = (calendars, correlations, protections, shocks, leads, swings, breaks)
RELATIONS = frozenset(
    {
        "calendar_effect", "correlation_change", "lead_lag", "period_share", "safe_haven", "shock_sensitivity",
        "structural_break", "volatility_change",
    }
)  # fmt: skip
"""Their checks. Two instruments in one of them make no second reading."""


def relations(context: Context) -> list[Draft] | None:
    """The drafts of the family that the clause belongs to; None where it states no relation, and no draft where it
    states several: the verdict would be that of one of them."""
    found = [drafts for drafts_of in FAMILIES if (drafts := drafts_of(context))]
    if not found:
        return None
    return [_marked(draft) for draft in found[0]] if len(found) == 1 else []


def _marked(draft: Draft) -> Draft:
    """With a basis for what is set only."""
    return replace(draft, basis={k: basis for k, basis in draft.basis.items() if draft.params.get(k) is not None})
