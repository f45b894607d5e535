"""Events of the table that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.extract.drafts import Context
from analyzer.extract.news_words import NewsKind, news_kind, news_kinds
from analyzer.extract.phrases import phrases, word_set
from analyzer.extract.sessions import exchange_of
from analyzer.market import calendars
from analyzer.market.instruments import Instrument
from analyzer.model import Basis
from analyzer.series import Event

BY_NAME = 10
"""Sessions before a move in which an event may lie that is called by its name."""


POINTS_BACK = phrases("news_named_elsewhere")
"""A definite word for news that is named elsewhere in the article, as a rule before."""


@dataclass(frozen=True)
class Cause:
    """The dated news that is said to have moved a price, and where the text names it."""

    event: Event
    basis: Basis


def named_cause(context: Context, session: date, instrument: Instrument) -> Cause | None:
    """The event that the claim gives as the cause of a move on a session.

    First what the clause itself names: a kind of news ("die Zölle", "the Fed") or an event by its name ("DeepSeek");
    then its sentence; then the paragraph, which can only name an event by its name. Of several the latest before the
    move, one that concerns the instrument before all others.
    """
    clause = context.clause
    for text, basis in ((clause.text, "quote"), (clause.sentence.text, "context")):
        kinds = [k for k in news_kinds() if k.named_in(text, clause.view.article.language)]
        known = [*_by_name(context, text, session, instrument), *_of_kinds(context, kinds, session, instrument)]
        event = _meant(context, instrument, known)
        if event is not None:
            return Cause(event, basis)  # type: ignore[arg-type]
        if kinds:  # news of that kind is meant, and none of it is in the table
            return None
    whole = clause.view.article.text
    elsewhere = (whole[: clause.end], whole) if POINTS_BACK.search(clause.text) else ()
    for text in (clause.paragraph.text, *elsewhere):
        event = _meant(context, instrument, _by_name(context, text, session, instrument))
        if event is not None:
            return Cause(event, "context")
    return None


def _meant(context: Context, instrument: Instrument, known: Iterable[Event]) -> Event | None:
    known = list(known)
    own = context.catalogue.events_for(instrument, known)
    return max(own or known, key=lambda e: e.date, default=None)


def _by_name(context: Context, text: str, session: date, instrument: Instrument) -> list[Event]:
    words = telling_words(text)
    return [
        e for e in context.events
        if telling_words(e.title) & words and (lag := _lag(e, session, instrument)) is not None and lag <= _limit(e)
    ]  # fmt: skip


def _limit(event: Event) -> int:
    kind = news_kind(event.kind)
    return max(BY_NAME, kind.days if kind else 0)


def _of_kinds(context: Context, kinds: Iterable[NewsKind], session: date, instrument: Instrument) -> list[Event]:
    """Events of the kinds just before the session, those that concern the instrument where the kind is one firm's."""
    found = []
    for kind in kinds:
        of_kind = [e for e in context.events if e.kind.casefold() == kind.kind.casefold()]
        if kind.kind == "earnings":
            of_kind = [e for e in of_kind if instrument.symbol in e.symbols]
        found += [e for e in of_kind if (lag := _lag(e, session, instrument)) is not None and lag <= kind.days]
    return found


def _lag(event: Event, session: date, instrument: Instrument) -> int | None:
    """Sessions from the event to the session, from the next one for news after a close; None for one that came
    later."""
    if event.date > session:
        return None
    passed = len(calendars.sessions(exchange_of(instrument), event.date + timedelta(days=1), session))
    return max(passed - 1, 0) if event.after_close else passed


COMMON = word_set("common_in_events")
"""Capitalised words of the events table that name no event by themselves."""


def telling_words(text: str) -> frozenset[str]:
    """Names in a text by which an event may be recognised: capitalised, at least six letters, not common."""
    return frozenset(re.findall(r"\b[A-Z][A-Za-z]{5,}\b", text)) - COMMON
