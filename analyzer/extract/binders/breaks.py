"""structural_break: a relation, a level, or the ways of a market that are said to be otherwise since some time."""

from __future__ import annotations

from typing import Any

from analyzer.extract.break_words import BreakSaid, break_said
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.sessions import session_upto
from analyzer.extract.things import STOCKS, Thing, things_in
from analyzer.model import Basis

WHY = "whether a regression is the same before and after"


def breaks(context: Context) -> list[Draft]:
    said = break_said(context.clause, context.clock.published)
    if said is None or context.clock.published is None:
        return []
    things = things_in(context.clause, context.available)
    if said.says == "relation":
        of_prices = len(things) == 2 and all(t.instrument.kind != "macro" for t in things)
        return [_relation(context, said, *things)] if of_prices else []
    if len(things) > 1:
        return []
    if said.says == "shift":
        return _shift(context, said, things[0]) if things else []
    return _era(context, said, things[0] if things else None)


def _relation(context: Context, said: BreakSaid, first: Thing, second: Thing) -> Draft:
    turned = tuple(t.instrument.symbol for t in (first, second) if t.turned) or None
    params = {"of": "relation", "other": second.instrument.symbol, "change": "fell", "turned": turned}
    return _draft(
        context, said, first, params, {"other": second.basis, "change": "quote", "turned": "quote"}, second.assumed
    )


def _shift(context: Context, said: BreakSaid, thing: Thing) -> list[Draft]:
    """A rate has a level that may shift, an index of consumer prices its growth, anything with prices its spread; the
    level of a price has none that it returns to."""
    clause = context.clause
    of = "volatility" if clause.has("break_spread") else _kept_by(thing)
    up, down = clause.has("break_up"), clause.has("break_down")
    change = None if up == down else "rose" if up else "fell"
    return [_draft(context, said, thing, {"of": of, "change": change}, {"change": "quote"})] if of else []


def _kept_by(thing: Thing) -> str | None:
    """What of a thing stays about where it is as long as nothing breaks."""
    instrument = thing.instrument
    if instrument.kind in ("rate", "volatility") or instrument.unit == "percent":
        return "level"
    return "growth" if instrument.kind == "macro" else None


def _era(context: Context, said: BreakSaid, thing: Thing | None) -> list[Draft]:
    """Where all is said to be otherwise: the level of a rate; of prices their growth, and beside it their spread."""
    market, at = context.instrument(STOCKS), context.clause.start
    if thing is None and market is not None and not context.clause.mentions:
        thing = Thing(market, "default", at, at, "", assumed=f"the market: {market.name}")
    if thing is None or thing.instrument.kind == "macro":
        return []
    of_what = ("level",) if _kept_by(thing) == "level" else ("growth", "volatility")
    return [_draft(context, said, thing, {"of": of}, {"of": "default"}) for of in of_what]


def _draft(
    context: Context, said: BreakSaid, thing: Thing, params: dict[str, Any], marks: dict[str, Basis], *more: str
) -> Draft:
    assert context.clock.published is not None
    last = context.clock.last_session(thing.instrument) or session_upto(thing.instrument, context.clock.published)
    since, until = said.named or (None, None)
    given = {"symbol": thing.instrument.symbol, "since": since, "since_by": until, "last": last, **params}
    read: dict[str, Basis] = {"of": "quote", "since": "quote", "since_by": "quote", "last": "context", **marks}
    basis = {k: b for k, b in {"symbol": thing.basis, **read}.items() if given.get(k) is not None}
    assumed = tuple(a for a in (thing.assumed, *more) if a)
    return Draft("structural_break", given, basis, directness="statistical", why=WHY, assumed=assumed)
