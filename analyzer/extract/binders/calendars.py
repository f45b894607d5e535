"""calendar_effect: months and days of the year that are said to be better or worse."""

from __future__ import annotations

from typing import Any

from analyzer.extract.calendar_rules import calendar_rule
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.things import STOCKS, things_in
from analyzer.model import Basis

SMALL = "IWM"
"""Shares of small companies, of which the January effect is said; it is their return over that of the large."""


def calendars(context: Context) -> list[Draft]:
    rule = calendar_rule(context.clause)
    stocks = context.instrument(STOCKS)
    if rule is None or stocks is None:
        return []
    things = [t for t in things_in(context.clause, context.available) if t.instrument.kind not in ("rate", "macro")]
    if len(things) > 1:
        return []
    symbol, basis, assumed = stocks.symbol, "default", f"the market: {stocks.name}"
    if things:
        symbol, basis, assumed = things[0].instrument.symbol, things[0].basis, things[0].assumed
    elif rule.effect == "january" and context.available(SMALL):
        symbol, assumed = SMALL, "the January effect: small shares over large ones"
    last = context.clock.last_session(stocks)
    if last is None:
        return []
    params: dict[str, Any] = {
        "symbol": symbol, "effect": rule.effect, "months": rule.months or None, "direction": rule.direction,
        "rank": rule.rank or None, "against": stocks.symbol if symbol == SMALL else None, "last": last,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "effect": "quote", "months": "quote", "direction": "quote", "last": "context",  # type: ignore[dict-item]
    }  # fmt: skip
    said = tuple(text for text in (assumed, rule.assumed) if text)
    return [
        Draft("calendar_effect", params, marks, directness="statistical", why="a rule of the calendar", assumed=said)
    ]
