"""Moves without a figure: by direction alone, of the market at large, of three indices; those that are hardly any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.binders.breadth import breadth_of
from analyzer.extract.binders.common import (
    OTHER_QUANTITY,
    default_moment,
    named_of,
    within_session,
)
from analyzer.extract.binders.move_drafts import Move, move_of, names_a_period, period_move, session_move
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import direction_near, direction_of, failed_to_move
from analyzer.extract.subjects import (
    Subject,
    is_place,
    market_of_a_place,
    shares_at_large,
)
from analyzer.extract.things import things_in
from analyzer.market.instruments import Instrument
from analyzer.model import Direction, Stated
from analyzer.text import times as t
from analyzer.text.patterns import Pattern

NOT_THE_MARKET = phrases("of_no_market")
"""A general word in another sense: "stocks of crude", "savings rates", "bond issuance"."""
BEARS_ON = tuple(phrases(name) for name in ("presses_on", "lifts_up", "cause_of_it"))


HARDLY_MOVED = phrases("hardly_moved")
STILL_FOR_A_SESSION, STILL_FOR_LONGER = 0.0025, 0.01
"""What "little changed" and "flat" are taken for: a quarter of a per cent within a session, one in a longer time."""


def hardly_moved(context: Context) -> list[Draft]:
    """ "Ended flat", "kaum verändert": no way at all, within what is taken for none."""
    clause = context.clause
    words = HARDLY_MOVED.search(clause.text)
    subject = context.subject()
    named = single(subject)
    if words is None or subject is None or named is None or named[0].kind == "rate" or within_session(clause):
        return []
    if clause.has("negation"):
        return []
    instrument = named[0]
    stretch = context.stretch(instrument)
    moment = context.moment(instrument) or default_moment(context, instrument)
    if stretch is None and (moment is None or names_a_period(clause)):
        return []
    width = STILL_FOR_A_SESSION if stretch is None else STILL_FOR_LONGER
    said = Stated(
        text=words.group(), value=0.0, low=-width, high=width, unit="fraction", currency=None, qualifier="about"
    )
    note = f'"{words.group()}" is taken for at most {100 * width:g} %'
    move = Move(None, said, {"symbol": subject.basis, "stated": "default"}, (note,))
    if stretch is not None:
        return [period_move(context, instrument, stretch, move)] if stretch.last is not None else []
    return [session_move(context, instrument, moment, move)] if moment is not None else []


MOVING_AVERAGE = Pattern(
    rf"\b\d+[- ]{any_phrase('days_of_an_average')}\S*.{{0,20}}{any_phrase('line_of_an_average')}"
    rf"|\b\d+[- ]{any_phrase('days_of_an_average', 'de')}-?\S*{any_phrase('line_of_an_average', 'de')}",
    re.IGNORECASE,
)
"""A move across an average is no move of a session: that it fell does not say what it fell below."""


RECOVERS, UP_TO_THE_CLOSE = phrases("recovers_from_a_low"), phrases("up_to_the_close")


def bare_direction(context: Context) -> list[Draft]:
    """ "Fell sharply" without a figure: the direction of each instrument that is named, when the text says when."""
    clause = context.clause
    direction = direction_near(clause, None)
    if direction is None or within_session(clause) or MOVING_AVERAGE.search(clause.text):
        return []
    if RECOVERS.search(clause.text) and UP_TO_THE_CLOSE.search(clause.text):
        return []  # "bis zum Handelsschluss erholte er sich": from a low of the session
    if all(is_place(clause, m) for m in clause.mentions) and clause.mentions:
        return _at_a_place(context, direction)
    found: list[Draft] = []
    named = named_of(context, clause.end)
    at_large = shares_at_large(clause)
    if at_large is not None:
        return _at_large(context, at_large)
    if THE_THREE.search(clause.text) and (three := _the_three(context)):
        return [draft for subject in three for draft in _one_of_three(context, subject, three, direction)]
    if named is None and not context.subjects():
        return _market_at_large(context, direction)
    is_pressed = any(words.search(clause.text) for words in BEARS_ON)  # by what rose or fell, which it did not itself
    for subject in context.subjects() or ((named,) if named else ()):
        if subject.basket is not None:
            found += [] if is_pressed else breadth_of(context, subject.basket, subject.basis, "most")
            continue
        assert subject.instrument is not None
        if failed_to_move(clause, subject.target):
            continue
        move = move_of(subject, direction_of(clause, subject.target) or direction)
        found += _without_a_figure(context, subject.instrument, move)
    return found[:4]


THE_THREE = phrases("the_three_indices")
OF_NEW_YORK = ("^DJI", "^GSPC", "^IXIC")


def _the_three(context: Context) -> tuple[Subject, ...]:
    """ "All three indices": those that the paragraph names, if it names three; in an English text those of New York."""
    named = dict.fromkeys(
        m.target for m in context.clause.paragraph.mentions
        if isinstance(m.target, Instrument) and m.target.kind == "index"
    )  # fmt: skip
    if len(named) == 3:
        return tuple(Subject(index, "article") for index in named)
    known = [index for symbol in OF_NEW_YORK if (index := context.instrument(symbol)) is not None]
    meant = context.clause.view.article.language == "en" and len(known) == len(OF_NEW_YORK) and len(named) < 3
    return tuple(Subject(index, "default") for index in known) if meant else ()


def _one_of_three(
    context: Context, subject: Subject, three: Sequence[Subject], direction: Direction
) -> list[Draft]:  # fmt: skip
    assert subject.instrument is not None
    note = f"the indices that are meant: {', '.join(s.target.name for s in three)}"
    move = replace(move_of(subject, direction), assumed=(note,))
    return _without_a_figure(context, subject.instrument, move)


def _without_a_figure(context: Context, instrument: Instrument, move: Move) -> list[Draft]:
    """The move over the window that is named, else of the session; of the last one, which no word names, only where the
    article tells of single sessions."""
    stretch = context.stretch(instrument)
    if stretch is not None:
        return [period_move(context, instrument, stretch, move)]
    moment = context.moment(instrument)
    if moment is None or (moment.basis == "default" and not _is_news_of_the_day(context)):
        return []
    return [session_move(context, instrument, moment, move)]


def _at_a_place(context: Context, direction: Direction) -> list[Draft]:
    """ "An der Wall Street fielen die Kurse": the index of the market there; "the slide on Wall Street has reached
    Asia" says nothing of prices there."""
    market = market_of_a_place(context.clause)
    subject = context.subjects()[0] if market is not None else None
    if subject is None or subject.instrument is None:
        return []
    move = move_of(replace(subject, basis="article"), direction)
    note = f"prices at large: {subject.instrument.name}"
    return _without_a_figure(context, subject.instrument, replace(move, assumed=(*move.assumed, note)))


def _at_large(context: Context, subject: Subject) -> list[Draft]:
    """ "Stocks fell as yields rose": the move of the market, whatever else the clause names."""
    instrument, clause = subject.instrument, context.clause
    end = min((m.start for m in clause.mentions), default=clause.end)
    direction = direction_near(clause.view.clause(clause.start, end), None)
    if instrument is None or direction is None:
        return []
    move = move_of(subject, direction)
    move = replace(move, assumed=(*move.assumed, f"“stocks”: {instrument.name}"))
    return _without_a_figure(context, instrument, move)


def _market_at_large(context: Context, direction: Direction) -> list[Draft]:
    """ "Interest rates rose in February": a market that is named by a general word, over the span that the clause
    names. What it stands for is a default, so that nothing is contradicted by it. Of a move that is said to have borne
    on something the move is a part only."""
    clause = context.clause
    things = things_in(clause, context.available)
    if len(things) != 1 or any(words.search(clause.text) for words in (OTHER_QUANTITY, NOT_THE_MARKET, *BEARS_ON)):
        return []
    stretch = context.stretch(things[0].instrument)
    if stretch is None or stretch.last is None:
        return []
    if not stretch.known and (stretch.basis != "quote" or stretch.vague):
        return []
    move = move_of(Subject(things[0].instrument, "default", inverse=things[0].turned), direction)
    draft = period_move(context, things[0].instrument, stretch, move)
    return [replace(draft, assumed=(*draft.assumed, *filter(None, [things[0].assumed])))]


def _is_news_of_the_day(context: Context) -> bool:
    """Whether the article speaks of single sessions at all: then a move without a day is that of the last one."""
    daily = (t.Weekday, t.RelativeDay, t.Overnight, t.SessionPart)
    return any(isinstance(e.value, daily) for e in context.clause.view.times)
