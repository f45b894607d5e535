"""lead_lag: one thing that is said to run ahead of another."""

from __future__ import annotations

from typing import Any

from analyzer.extract.drafts import Context, Draft
from analyzer.extract.lead_words import lead
from analyzer.model import Basis


def leads(context: Context) -> list[Draft]:
    found = lead(context.clause, context.available)
    if found is None or context.clause.times:
        return []
    pair = (found.first, found.second)
    last = context.clock.last_session(found.first.instrument)
    if last is None or any(t.instrument.kind == "macro" for t in pair):
        return []
    params: dict[str, Any] = {
        "symbol": found.first.instrument.symbol, "other": found.second.instrument.symbol,
        "every": "month" if found.monthly else None, "last": last,
        "turned": tuple(t.instrument.symbol for t in pair if t.turned) or None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": found.first.basis, "other": found.second.basis, "last": "context"}
    assumed = tuple(t.assumed for t in pair if t.assumed)
    why = "whether the past of the one says something on the other"
    return [Draft("lead_lag", params, marks, directness="statistical", why=why, assumed=assumed)]
