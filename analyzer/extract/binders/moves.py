"""Moves: of one session, over a period, in market value, from a high; with a figure or by direction alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from analyzer.extract.binders.breadth import breadth_of
from analyzer.extract.binders.common import (
    default_moment,
    intraday,
    members_said,
    named_of,
    of_now,
    span_of,
    within_session,
)
from analyzer.extract.binders.levels import is_of_turn, level_at_start, level_at_turn, level_of
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.roles import Part, direction_near, direction_of, is_market_value, parts
from analyzer.extract.subjects import Subject, is_place
from analyzer.extract.turning import turning
from analyzer.extract.windows import Moment, Stretch
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text import times as t
from analyzer.text.intervals import mirrored
from analyzer.text.numbers import stated

ONE_SESSION = t.Duration(1, "session")
YEARLY = re.compile(
    r"\b(annually|annuali[sz]ed|compounded|per year|a year on average|pro jahr|jährlich|im jahresschnitt)\b",
    re.IGNORECASE,
)
"""A rate per year of a span that the text often leaves open: not a move of one window."""


HOW_OFTEN = re.compile(
    r"\b(?:on|an) (?:\d+|\w+) (?:\w+ )?(?:days|sessions|tagen|handelstagen|börsentagen)\b"
    r"|\b\w+ (?:von|of)(?: the| den)? \w+ (?:monaten|months|wochen|weeks|tagen|days|jahren|years)\b",
    re.IGNORECASE,
)
"""On how many days or months something moved: no move of one of them."""


def moves(context: Context) -> list[Draft]:
    """session_return, period_return, market_value_change and drawdown for each figure, or the bare direction."""
    found: list[Draft] = []
    if HOW_OFTEN.search(context.clause.text):
        return []
    for part in parts(context.clause):
        if part.role == "change":
            found += _change(context, part)
        elif part.role == "distance":
            found += _distance(context, part)
        elif part.role == "start" and (begun := level_at_start(context, part)):
            found += begun
        elif part.role == "start" or is_of_turn(context.clause, part.figure):
            found += level_at_turn(context, part)
        elif part.role in ("level", "above", "below"):
            found += level_of(context, part)
    return found if parts(context.clause) else _bare_direction(context)


def _change(context: Context, part: Part) -> list[Draft]:
    figure = part.figure
    subject = named_of(context, figure.core_start)
    if subject is None or part.direction is None or YEARLY.search(context.clause.text):
        return []
    if within_session(context.clause) and not intraday(context.clause):
        return []
    if is_market_value(context.clause, figure):
        return _market_value(context, part, subject)
    if subject.basket is not None:
        return _basket_move(context, subject.basket, subject.basis, part)
    assert subject.instrument is not None
    instrument = subject.instrument
    if subject.other_price and figure.unit != "fraction":
        return []
    move = _move(subject, part.direction, _in_series_units(stated(figure, part.direction)))
    stretch = context.stretch(instrument, figure.start)
    if stretch is not None and any(e.value == ONE_SESSION for e in context.clause.times):
        return []  # "in the 1987 crash, in a single day": which day of the year is not said
    if stretch is not None:
        return [_period(context, instrument, stretch, move)]
    moment = context.moment(instrument, figure.start)
    if moment is None or BY.match(moment.text):
        return []
    return [_session(context, instrument, moment, move)]


BY = re.compile(r"\s*(?:by|bis|until)\b", re.IGNORECASE)
"""How far something had moved by a day, from a beginning that is not said: no move of that day."""


@dataclass(frozen=True)
class _Move:
    """A move as the series would show it: the direction, the figure if there is one, what was turned round."""

    direction: Direction
    said: Stated | None
    basis: dict[str, Basis]
    assumed: tuple[str, ...] = ()


def _move(subject: Subject, direction: Direction, said: Stated | None = None) -> _Move:
    basis: dict[str, Basis] = {"symbol": subject.basis, "direction": "quote"}
    if said is not None:
        basis["stated"] = "quote"
    if not subject.inverse:
        return _Move(direction, said, basis)
    turned: Direction = "down" if direction == "up" else "up"
    if said is not None:
        low, high = mirrored(said.low, said.high)
        said = said.model_copy(update={"value": -said.value, "low": low, "high": high})
    note = f"the text speaks of the other side of {subject.target.name}: its rise is a fall of the series"
    return _Move(turned, said, basis, (note,))


def _session(context: Context, instrument: Instrument, moment: Moment, move: _Move) -> Draft:
    params = {
        "symbol": instrument.symbol, "session": moment.session, "direction": move.direction,
        "stated": move.said, "peers": context.peers(instrument.symbol, moment.session), "or_session": moment.other,
        "or_said": moment.words or None, "named_day": moment.named,
    }  # fmt: skip
    assumed = move.assumed
    if moment.basis == "default":
        assumed = (*assumed, f"the text names no day: the last session before publication, {moment.session}")
    elif moment.words:
        assumed = (*assumed, f'"{moment.words}" may be {moment.session} or {moment.other}')
    elif moment.basis == "article":
        assumed = (*assumed, f'the day last named in the text, "{moment.text}": {moment.session}')
    marks: dict[str, Basis] = {**move.basis, "session": moment.basis}
    if context.may_precede_the_close(moment.session):
        marks["close"] = "default"
        assumed = (*assumed, f"the text is of {moment.session} itself: its figure is taken for that of the close")
    why = "the size of a move within one session"
    return Draft("session_return", params, marks, assumed=assumed, why=why)


def _period(context: Context, instrument: Instrument, stretch: Stretch, move: _Move) -> Draft:
    turn = stretch.turning
    params = {
        "symbol": instrument.symbol, "base": stretch.base, "last": stretch.last, "direction": move.direction,
        "stated": move.said, "or_last": stretch.other, "or_base": stretch.other_base,
        "or_said": stretch.text if stretch.other_base else None,
        "turn": turn.side if turn else None, "turn_last": turn.last if turn else None,
        "peers": context.peers(instrument.symbol, stretch.base),
    }  # fmt: skip
    assumed = move.assumed
    if stretch.vague:
        assumed = (*assumed, f'"{stretch.text}" is taken to begin at the close of {stretch.base}')
    if stretch.other_base:
        first, second = f"{stretch.base} to {stretch.last}", f"{stretch.other_base} to {stretch.other}"
        assumed = (*assumed, f'"{stretch.text}" may be {first} or {second}')
    return Draft(
        "period_return", params, {**move.basis, "base": stretch.basis, "last": stretch.basis}, assumed=assumed,
        why="the size of a move over a period",
    )  # fmt: skip


def _in_series_units(said: Stated) -> Stated:
    """Changes in basis points or in money per share, as points of the series (yields are in per cent)."""
    if said.unit == "percentage_points":
        scaled = {k: v * 100 if v is not None else None for k, v in (("low", said.low), ("high", said.high))}
        return said.model_copy(update={"value": said.value * 100, "unit": "points", **scaled})
    if said.unit == "currency":
        return said.model_copy(update={"unit": "points", "currency": None})
    return said


def _market_value(context: Context, part: Part, subject: Subject) -> list[Draft]:
    said = stated(part.figure, part.direction)
    instrument = subject.instrument
    if instrument is None:
        assert subject.basket is not None
        anchor = context.instrument(subject.basket.index or "^GSPC")
    else:
        anchor = instrument
    if anchor is None:
        return []
    span = span_of(context, anchor, part.figure.start)
    if span is None:
        return []
    symbols = (instrument.symbol,) if instrument else subject.basket.at(span.last) if subject.basket else ()
    peers = context.peers(instrument.symbol, span.last) if instrument else ()
    params = {
        "symbols": symbols, "base": span.base, "last": span.last, "direction": part.direction, "stated": said,
        "peers": peers,
    }  # fmt: skip
    basis: dict[str, Basis] = {
        "symbol": subject.basis, "base": span.basis, "last": span.basis, "stated": "quote", "direction": "quote",
    }  # fmt: skip
    assumed = (members_said(context, subject.basket, span.last),) if subject.basket else ()
    why = "money won or lost is a change of market value"
    return [Draft("market_value_change", params, basis, why=why, assumed=assumed)]


def _searched_from(context: Context) -> date | None:
    """Where the search for the high begins that is dated by its month or year."""
    turned = turning(context.clause, context.clock.published)
    return turned.first if turned is not None and turned.side == "high" else None


TO_THE_LOW = re.compile(
    r"\bto (?:the|its|their) (?:bottom|low|trough|nadir)\b|\bbis (?:zum|auf) (?:\w+ )?(?:tief\w*|boden)\b",
    re.IGNORECASE,
)
"""From a high to the low that followed: a fall that was over by then."""


def _distance(context: Context, part: Part) -> list[Draft]:
    """ "20 percent below its peak": the drawdown at the session, not a return."""
    subject = context.subject(part.figure.core_start)
    named = single(subject)
    if named is None or TO_THE_LOW.search(context.clause.text):
        return []
    instrument, basis = named
    moment = context.moment(instrument, part.figure.start) or default_moment(context, instrument)
    if moment is None:
        return []
    moment = of_now(context, moment)
    said = stated(replace(part.figure, signed=False, value=abs(part.figure.value)), "down")
    params = {
        "symbol": instrument.symbol, "mode": "size", "stated": said, "session": moment.session,
        "start": context.clock.peak_day(context.clause) or _searched_from(context), "word": "distance from the high",
    }  # fmt: skip
    return [
        Draft(
            "drawdown", params, {"symbol": basis, "stated": "quote", "session": moment.basis},
            why="a distance from a high is a drawdown",
        )
    ]  # fmt: skip


def _basket_move(context: Context, basket: Basket, basis: Basis, part: Part | None) -> list[Draft]:
    """A group moved: did its members? With a figure also the index that stands for the group, as a proxy."""
    drafts = breadth_of(context, basket, basis, "market" if part else "most")
    index = context.instrument(basket.index) if basket.index else None
    if part is not None and index is not None and part.figure.unit == "fraction":
        moment = context.moment(index, part.figure.start)
        stretch = context.stretch(index, part.figure.start)
        direction = part.direction or "down"
        move = _move(Subject(index, "article"), direction, stated(part.figure, direction))
        if stretch is not None:
            drafts.append(replace(_period(context, index, stretch, move), directness="proxy"))
        elif moment is not None:
            drafts.append(replace(_session(context, index, moment, move), directness="proxy"))
    return drafts


MOVING_AVERAGE = re.compile(
    r"\b\d+[- ](?:day|week|tage|wochen|tages)\S*.{0,20}(?:average|linie|durchschnitt)"
    r"|\b\d+[- ](?:tage|wochen|tages)-?\S*(?:linie|durchschnitt)",
    re.IGNORECASE,
)
"""A move across an average is no move of a session: that it fell does not say what it fell below."""


HABIT = re.compile(
    r"\b(?:tends? to|tended to|typically|usually|generally|normally|translates? into|whenever|in der regel|"
    r"normalerweise|üblicherweise|meistens|gewöhnlich|tendenziell|neigen dazu|neigt dazu)\b",
    re.IGNORECASE,
)
"""What is always so is no move of one session: "higher yields tend to make equities less attractive"."""


def _bare_direction(context: Context) -> list[Draft]:
    """ "Fell sharply" without a figure: the direction of each instrument that is named, when the text says when."""
    clause = context.clause
    direction = direction_near(clause, None)
    if direction is None or within_session(clause) or MOVING_AVERAGE.search(clause.text) or HABIT.search(clause.text):
        return []
    if all(is_place(clause, m) for m in clause.mentions) and clause.mentions:
        return []  # "the slide on Wall Street has reached Asia"
    found: list[Draft] = []
    named = named_of(context, clause.end)
    for subject in context.subjects() or ((named,) if named else ()):
        if subject.basket is not None:
            found += breadth_of(context, subject.basket, subject.basis, "most")
            continue
        assert subject.instrument is not None
        move = _move(subject, direction_of(clause, subject.target) or direction)
        stretch = context.stretch(subject.instrument)
        moment = context.moment(subject.instrument) if stretch is None else None
        if stretch is not None:
            found.append(_period(context, subject.instrument, stretch, move))
        elif moment is not None and (moment.basis != "default" or _is_news_of_the_day(context)):
            found.append(_session(context, subject.instrument, moment, move))
    return found[:4]


def _is_news_of_the_day(context: Context) -> bool:
    """Whether the article speaks of single sessions at all: then a move without a day is that of the last one."""
    daily = (t.Weekday, t.RelativeDay, t.Overnight, t.SessionPart)
    return any(isinstance(e.value, daily) for e in context.clause.view.times)
