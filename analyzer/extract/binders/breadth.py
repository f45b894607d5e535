"""How many members of a basket moved the way that the text says."""

from __future__ import annotations

import re

from analyzer.extract.binders.common import members_said, span_of
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.roles import direction_near
from analyzer.market.instruments import Basket
from analyzer.model import Basis

ALL = re.compile(r"\b(alle\w*|ausnahmslos|sämtliche|durch die bank|every|all|jede\w*|keine einzige)\b", re.IGNORECASE)


def breadth_of(context: Context, basket: Basket, basis: Basis, quantifier: str) -> list[Draft]:
    anchor = context.instrument(basket.index or "^GSPC") or context.instrument("^GSPC")
    direction = direction_near(context.clause, None)
    if anchor is None or direction is None:
        return []
    span = span_of(context, anchor)
    if span is None:
        return []
    if ALL.search(context.clause.text) and not re.search(
        r"\b(fast|nahezu|nearly|almost)\b", context.clause.text, re.IGNORECASE
    ):
        quantifier = "all"
    params = {
        "members": basket.at(span.last), "base": span.base, "last": span.last, "direction": direction,
        "quantifier": quantifier, "label": basket.name,
    }  # fmt: skip
    marks: dict[str, Basis] = {"members": basis, "symbol": basis, "base": span.basis, "last": span.basis}
    why = f"the dated members of {basket.name}"
    said = members_said(context, basket, span.last)
    return [Draft("breadth", params, marks, directness="statistical", why=why, assumed=(said,))]


def breadths(context: Context) -> list[Draft]:
    subject = next((s for s in context.subjects() if s.basket), None) or context.subject()
    if subject is not None and subject.basket is not None:
        return breadth_of(context, subject.basket, subject.basis, "market")
    market = context.catalogue.basket("big-tech")
    return breadth_of(context, market, "default", "market") if market is not None and subject is None else []
