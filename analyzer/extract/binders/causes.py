"""Causes: a move and the dated news that is said to have set it off."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from analyzer.extract.binders.common import members_said
from analyzer.extract.binders.effects import effect_of, group_of
from analyzer.extract.binders.events import Cause, named_cause
from analyzer.extract.binders.moves import moves
from analyzer.extract.binders.patterns import moods
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.news_words import news_kind
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import direction_near, parts
from analyzer.extract.sessions import exchange_of, session_upto
from analyzer.market import calendars
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Basis, Direction
from analyzer.series import Event
from analyzer.text.patterns import Pattern

MOODS = ("panic", "stress")
"""Moods that are an effect; uncertainty is as often given as a cause."""
NOT_THE_CAUSE = Pattern(
    rf"(?:\bnot|n[’']t)\s+(?:\w+\s+){{0,2}}{any_phrase('not_the_cause', 'en')}\b"
    rf"|\b{any_phrase('not_before_a_cause')}\s+(?:\w+\s+){{0,2}}{any_phrase('not_the_cause', 'de')}\b",
    re.IGNORECASE,
)
MOTIVE = phrases("pretext")
"""Why people acted: an abnormal return says nothing of their motives."""
REACTED = phrases("reacted")
"""Somebody answered a piece of news: whether the answer was unusual is asked, and nothing of a trigger."""
LONGEST = 10
"""Sessions of the move beyond which one piece of news is not what moved it."""
FEWEST_MEMBERS = 5
"""Members with prices below which a group is tested on the index that stands for it."""
LARGE_ENOUGH = 4
"""Members on either side that a comparison of the exposed with the rest needs."""


def causes(context: Context) -> list[Draft]:
    """trigger, or event_study for a reaction, of the move in question; and the mood if the effect is one."""
    clause = context.clause
    drafts: list[Draft] = []
    if not MOTIVE.search(clause.text) and not _is_denied(context):
        group, named = group_of(context), effect_of(context)
        drafts = _of_the_group(context, *group) if group is not None else []
        if not drafts and named is not None:
            drafts = _of_the_move(context, *named)
    if clause.has("panic", "nervous", "stress"):
        drafts += [d for d in moods(context) if d.check == "volatility_regime"]
    figures = moves(context) if parts(clause) else []
    return [*figures, *drafts]


def _is_denied(context: Context) -> bool:
    """That the news fits would not say that it was not the cause."""
    return context.claim.modality == "denied" or NOT_THE_CAUSE.search(context.clause.text) is not None


def _of_the_move(context: Context, instrument: Instrument, basis: Basis) -> list[Draft]:
    """Nothing without an effect that is a move or a mood, nor without a session where no dated news says which."""
    clause, window = context.clause, _window(context, instrument)
    direction = direction_near(clause, None) or _mood_direction(context)
    reacted = REACTED.search(clause.text) is not None
    if window is None or not (direction or reacted or clause.has(*MOODS)):
        return []
    first, last, said = window
    cause = named_cause(context, first, instrument)
    if cause is None and said == "default":
        return []
    market = _benchmark(context, instrument, cause)
    if market is not None:  # a coin trades at weekends, what it is set against does not
        first, last = session_upto(market, first), session_upto(market, last)
    event = cause.event if cause else None
    params: dict[str, Any] = {
        "symbol": instrument.symbol, "benchmark": market.symbol if market else None, "session": first,
        "direction": direction, "event": event.title if event else None, "event_date": event.date if event else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "session": said, "benchmark": "default", "event": cause.basis if cause else "default",
    }  # fmt: skip
    if reacted:
        params["model"] = "mean" if market is None else None
        why = "was the move abnormal against the market"
        return [Draft("event_study", params, marks, directness="statistical", why=why)]
    if event is not None and event.date == first == last and _seen_next_day(instrument, event) and said != "quote":
        return []  # the day of news from after the close is no day of the move: which one is, is not said
    params["last"] = last if last != first else None
    params["after_close"] = (_seen_next_day(instrument, event) or None) if event else None
    exposed, assumed = _exposure(context, event, first)
    why = "did the move come after the news, and was it unusual"
    return [Draft("trigger", params | exposed, marks, directness="statistical", why=why, assumed=assumed)]


def _of_the_group(context: Context, basket: Basket, basis: Basis) -> list[Draft]:
    """event_study_group of the members of the day of which there are prices; nothing where they are too few."""
    index = context.instrument(basket.index) if basket.index else None
    first_member = next((i for s in basket.at(date.max) if (i := context.instrument(s)) is not None), None)
    clock = index or first_member
    window = _window(context, clock) if clock is not None else None
    direction = direction_near(context.clause, None) or _mood_direction(context)
    if clock is None or window is None or not (direction or REACTED.search(context.clause.text)):
        return []
    first, last, said = window
    members = tuple(s for s in basket.at(first) if context.available(s))
    cause = named_cause(context, first, clock)
    if len(members) < FEWEST_MEMBERS or (cause is None and said == "default"):
        return []
    event = cause.event if cause else None
    market = clock.benchmark or "^GSPC"
    whole = event is not None and market in context.catalogue.concerned(event)
    params: dict[str, Any] = {
        "members": members, "label": basket.name, "benchmark": market, "model": "mean" if whole else None,
        "session": first, "last": last if last != first else None, "direction": direction,
        "event": event.title if event else None, "event_date": event.date if event else None,
        "after_close": (_seen_next_day(clock, event) or None) if event else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "members": basis, "session": said, "benchmark": "default", "event": cause.basis if cause else "default",
    }  # fmt: skip
    assumed = (members_said(context, basket, first),)
    why = "did the group move abnormally against the market"
    return [Draft("event_study_group", params, marks, directness="statistical", why=why, assumed=assumed)]


def _window(context: Context, instrument: Instrument) -> tuple[date, date, Basis] | None:
    """First and last session of the move, and how they are known."""
    stretch = context.stretch(instrument)
    if stretch is not None and stretch.last is not None:
        first = calendars.session_offset(exchange_of(instrument), stretch.base, 1)
        longest = first and calendars.session_offset(exchange_of(instrument), first, LONGEST - 1)
        return (first, stretch.last, stretch.basis) if first and longest and first <= stretch.last <= longest else None
    moment = context.moment(instrument)
    return (moment.session, moment.session, moment.basis) if moment is not None else None


def _benchmark(context: Context, instrument: Instrument, cause: Cause | None) -> Instrument | None:
    """What the move is set against: nothing for what is itself a market, or where the news is of the whole market."""
    market_itself = instrument.kind == "index" and instrument.sector is None
    if market_itself or instrument.kind not in ("equity", "etf", "index", "crypto"):
        return None
    symbol = instrument.benchmark or "^GSPC"
    market = context.instrument(symbol)
    whole = cause is not None and symbol in context.catalogue.concerned(cause.event)
    return None if symbol == instrument.symbol or whole else market


def _mood_direction(context: Context) -> Direction | None:
    return "down" if context.clause.has("panic", "stress") else None


def _seen_next_day(instrument: Instrument, event: Event) -> bool:
    kind = news_kind(event.kind)
    return event.after_close or (kind is not None and instrument.region in kind.next_day)


def _exposure(context: Context, event: Event | None, when: date) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Who is exposed by the story of the news and who is not, where the written list has both and data of them."""
    kind = news_kind(event.kind) if event else None
    if kind is None or not kind.exposed:
        return {}, ()
    exposed = _with_data(context, kind.exposed, when)
    others = tuple(s for s in _with_data(context, kind.rest, when) if s not in exposed)
    if min(len(exposed), len(others)) < LARGE_ENOUGH:
        return {}, ()
    names = " and ".join(b.name for i in kind.exposed if (b := context.catalogue.basket(i)) is not None)
    assumed = (f"more exposed: {names}; set beside {len(others)} companies of other trades",)
    return {"exposed": exposed, "others": others}, assumed


def _with_data(context: Context, codes: tuple[str, ...], when: date) -> tuple[str, ...]:
    """The members of baskets on a day, and single symbols, of which a source has prices."""
    symbols: list[str] = []
    for code in codes:
        basket = context.catalogue.basket(code)
        symbols += basket.at(when) if basket is not None else (code,)
    return tuple(s for s in dict.fromkeys(symbols) if context.available(s))
