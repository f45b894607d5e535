"""safe_haven: what protects when shares fall, as a rule or on the days that the text is about."""

from __future__ import annotations

from typing import Any

from analyzer.extract.binders.common import span_of
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.relations import FLIGHT, HAVEN, HEDGE, flees, havens, is_haven
from analyzer.extract.things import STOCKS, Thing, things_in
from analyzer.model import Basis

LONGEST = 31
"""Calendar days of a flight: "investors fled into Bitcoin in 2021" is of no one fall of shares."""


def protections(context: Context) -> list[Draft]:
    clause = context.clause
    rule, episode = is_haven(clause), flees(clause)
    if not rule and (not episode or HAVEN.search(clause.text)):
        return []  # of a rule and a day in one clause neither is tested alone
    things = things_in(clause, context.available)
    haven = _haven(context, things, episode and not rule)
    if haven is None:
        return []
    market, marked = _market(context, things, haven)
    params: dict[str, Any] = {"symbol": haven.instrument.symbol, "market": market}
    params["turned"] = (haven.instrument.symbol,) if haven.turned else None
    marks: dict[str, Basis] = {"symbol": haven.basis, "market": marked}
    assumed = tuple(t.assumed for t in (haven,) if t.assumed)
    if not rule:
        return _episode(context, haven, params, marks, assumed)
    last = context.clock.last_session(haven.instrument)
    if last is None or context.clause.times:
        return []  # "in 1987 gold was a safe haven" is another claim than the rule
    hedge = HEDGE.search(clause.text) is not None
    params |= {"role": "hedge" if hedge else None, "last": last}
    marks |= {"role": "quote", "last": "context"}
    why = "whether it moved against shares on their worst days"
    return [Draft("safe_haven", params, marks, directness="statistical", why=why, assumed=assumed)]


def _haven(context: Context, things: tuple[Thing, ...], episode: bool) -> Thing | None:
    """The one thing that may protect; of a flight, that into which it went, which stands behind its verb or before it
    in German ("in Gold geflüchtet")."""
    found = havens(things)
    if len(found) == 1 or not episode:
        return found[0] if len(found) == 1 else None
    flight = FLIGHT.search(context.clause.text)
    behind = [t for t in found if flight is not None and t.start >= context.clause.start + flight.end()]
    return behind[0] if len(behind) == 1 else None


def _market(context: Context, things: tuple[Thing, ...], haven: Thing) -> tuple[str, Basis]:
    """The index of shares that the clause names, else the S&P 500."""
    named = [t for t in things if t.instrument.kind == "index" and t is not haven]
    return (named[0].instrument.symbol, named[0].basis) if named else (STOCKS, "default")


def _episode(
    context: Context, haven: Thing, params: dict[str, Any], marks: dict[str, Basis], assumed: tuple[str, ...]
) -> list[Draft]:
    span = span_of(context, haven.instrument)
    if span is None or (span.last - span.base).days > LONGEST or haven.instrument.kind == "equity":
        return []
    params |= {"base": span.base, "last": span.last}
    marks |= {"base": span.basis, "last": span.basis}
    why = "whether it rose while shares fell; who bought is not in the prices"
    return [Draft("safe_haven", params, marks, directness="proxy", why=why, assumed=assumed)]
