"""tail_probability: a move that is said to come once in so many years, or to be so many standard deviations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from analyzer.extract.binders.common import index_of, named_of
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.rare_words import Rarity, rarity
from analyzer.extract.roles import direction_near
from analyzer.extract.things import things_in
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.text.numbers import stated
from analyzer.text.times import Weekday

WEEK = timedelta(days=7)


def rarities(context: Context) -> list[Draft]:
    rare = rarity(context.clause)
    named = _subject(context) if rare is not None else None
    if rare is None or named is None or named[0].kind in ("macro", "volatility"):
        return []
    instrument, basis, assumed = named
    of_what = _move(context, rare, instrument)
    if of_what is None:
        return []
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "says": rare.says if rare.says != "years" else None, "stated": rare.stated,
        "word": rare.text, **of_what[0],
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "stated": "quote", **of_what[1]}
    why = "how long one waits for such a day, by the tail of all other days"
    counted = rare.stated is not None  # a figure of the text, with a line of its own beside that of the move
    return [Draft("tail_probability", params, marks, directness="direct" if counted else "statistical", why=why,
                  assumed=(assumed,) if assumed else ())]  # fmt: skip


def _subject(context: Context) -> tuple[Instrument, Basis, str] | None:
    """The one thing that the clause names, by a general word as well; else what it points back to."""
    things = things_in(context.clause, context.available)
    if things:
        return (things[0].instrument, things[0].basis, things[0].assumed) if len(things) == 1 else None
    named = single(named_of(context, context.clause.end)) or index_of(context)
    return None if named is None else (*named, "")


def _move(context: Context, rare: Rarity, instrument: Instrument) -> tuple[dict[str, Any], dict[str, Basis]] | None:
    """The size of such a move where the text states one, else the session that it is said of."""
    direction = direction_near(context.clause, None)
    sizes = [f for f in context.clause.figures if f.unit == "fraction"]
    if rare.of_a_kind and len(sizes) == 1 and direction is not None and rare.says == "years":
        return {"size": stated(sizes[0], direction), "direction": direction}, {"size": "quote", "direction": "quote"}
    moment = _told(context, context.moment(instrument))
    if moment is None:
        return None
    marks: dict[str, Basis] = {"session": moment.basis}
    return {"session": moment.session, "direction": direction}, marks | ({"direction": "quote"} if direction else {})


def _told(context: Context, moment: Moment | None) -> Moment | None:
    """The session of a move that has been: "Monday's plunge should happen once in 10,000 years" is of the last one."""
    published = context.clock.published
    if moment is None or published is None or moment.session <= published:
        return moment
    named_by_weekday = any(isinstance(e.value, Weekday) for e in context.clause.times)
    return Moment(moment.session - WEEK, moment.basis, moment.text) if named_by_weekday else None
