"""Drafts that would test something else than the clause says, by the words that make another sentence of it.

A binder takes a clause at its verbs and names. "The market has not priced in a recession" holds that word, and says of
no recession that it comes; "a basket of shorted stocks lost 12 percent" is of no index. What such a draft found would
be read as a verdict on the sentence: so there is none. Every rule here is a list of ``phrases/misreadings.yaml`` with
the place where it must stand.
"""

from __future__ import annotations

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.misreadings import economy, outlooks, prices

RULES = (*economy.RULES, *outlooks.RULES, *prices.RULES)


def is_misreading(context: Context, draft: Draft) -> bool:
    """Whether a draft rests on words that the clause uses for something else."""
    return any(rule(context, draft) for rule in RULES)
