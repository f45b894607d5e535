"""Moves: of one session, over a period, in market value, from a high; those without a figure are in ``bare_moves``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from analyzer.extract.binders.bare_moves import bare_direction, hardly_moved
from analyzer.extract.binders.breadth import breadth_of
from analyzer.extract.binders.common import (
    at_open,
    default_moment,
    intraday,
    members_said,
    named_of,
    of_now,
    span_of,
    within_session,
)
from analyzer.extract.binders.levels import is_of_turn, level_at_start, level_at_turn, level_of
from analyzer.extract.binders.move_drafts import move_of, names_a_period, period_move, session_move
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.gone import is_of_a_move_gone
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import Part, is_market_value, parts
from analyzer.extract.sessions import session_upto
from analyzer.extract.subjects import (
    Subject,
    in_order,
    joint_subjects,
)
from analyzer.extract.turning import turning
from analyzer.extract.windows import Stretch
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Basis, Stated
from analyzer.text import times as t
from analyzer.text.numbers import stated
from analyzer.text.patterns import Pattern

ONE_SESSION = t.Duration(1, "session")
YEARLY = phrases("rate_per_year")
"""A rate per year of a span that the text often leaves open: not a move of one window."""


HOW_OFTEN = Pattern(rf"\b(?!innerhalb\b){any_phrase('on_how_many_days')}\b", re.IGNORECASE)
"""On how many days or months something moved: no move of one of them."""

LAST_TIME = phrases("the_last_time_it_moved")
"""When it had last moved so: no move of the text's own day."""
HABIT = phrases("as_a_habit")
"""What is always so is no move of one session: "higher yields tend to make equities less attractive"."""


def moves(context: Context) -> list[Draft]:
    """session_return, period_return, market_value_change and drawdown for each figure, or the bare direction."""
    found: list[Draft] = []
    if any(words.search(context.clause.text) for words in (HOW_OFTEN, HABIT, LAST_TIME)):
        return []
    for part in parts(context.clause):
        if part.role == "change":
            found += [draft for of in _of_whom(context, part) for draft in _change(context, part, of)]
        elif part.role == "distance":
            found += _distance(context, part)
        elif part.role == "start" and (begun := level_at_start(context, part)):
            found += begun
        elif part.role == "start" or is_of_turn(context.clause, part.figure):
            found += level_at_turn(context, part)
        elif part.role in ("level", "above", "below"):
            found += level_of(context, part)
    if found or any(part.role == "change" for part in parts(context.clause)):
        return found
    return hardly_moved(context) or ([] if parts(context.clause) else bare_direction(context))


EACH = Pattern(rf"\b{any_phrase('each_of_them')}\W+(?:\w+\W+){{0,2}}$", re.IGNORECASE)


def _of_whom(context: Context, part: Part) -> tuple[Subject | None, ...]:
    """Whose change a figure is: of all that are named, "Nasdaq und S&P 500 verloren jeweils rund 12 Prozent", if it is
    the only one; else of the nearest name, which is None here, and of those that moved together with it."""
    clause, figure = context.clause, part.figure
    if (listed := in_order(clause, figure)) is not None:
        return (listed,)
    of_each = EACH.search(clause.view.article.text[clause.start : figure.start])
    only = [p for p in parts(clause) if p.role == "change"] == [part]
    named = tuple(s for s in context.subjects() if s.instrument is not None) if of_each and only else ()
    return named if len(named) > 1 else (None, *joint_subjects(clause, figure))


def _change(context: Context, part: Part, of: Subject | None = None) -> list[Draft]:
    figure = part.figure
    subject = of or named_of(context, figure.core_start)
    if subject is None or part.direction is None:
        return []
    yearly = A_YEAR.match(context.clause.view.article.text, figure.end, context.clause.end) is not None
    if YEARLY.search(context.clause.text) or (yearly and AVERAGED.search(context.clause.text)):
        return []
    if is_of_a_move_gone(context.clause, figure):
        return []
    opening = at_open(context.clause)
    if within_session(context.clause) and not (intraday(context.clause) or opening):
        return []
    if opening and (subject.instrument is None or is_market_value(context.clause, figure)):
        return []
    if is_market_value(context.clause, figure):
        return _market_value(context, part, subject)
    if subject.basket is not None:
        return _basket_move(context, subject.basket, subject.basis, part)
    assert subject.instrument is not None
    instrument = subject.instrument
    if subject.other_price and figure.unit != "fraction":
        return []
    move = move_of(subject, part.direction, _in_series_units(stated(figure, part.direction)))
    stretch = context.stretch(instrument, figure.start)
    if stretch is not None and (opening or any(e.value == ONE_SESSION for e in context.clause.times)):
        return []  # "in the 1987 crash, in a single day": which day of the year is not said
    if yearly:
        return [_a_year(period_move(context, instrument, stretch, move))] if stretch is not None else []
    if stretch is not None:
        each = _each_year(context, instrument) or (stretch,)
        return [period_move(context, instrument, one, move) for one in each]
    moment = context.moment(instrument, figure.start)
    if moment is not None and moment.basis != "quote" and names_a_period(context.clause):
        return []
    if moment is None or BY.match(moment.text) or (moment.basis != "quote" and of_several_sessions(context)):
        return []
    return [session_move(context, instrument, moment, move)]


EACH_YEAR = phrases("each_of_the_years")


def _each_year(context: Context, instrument: Instrument) -> tuple[Stretch, ...]:
    """ "In both 2023 and 2024", "2023 und 2024 jeweils": every year that is named, the figure being of each."""
    years = [e for e in context.clause.times if isinstance(e.value, t.Year)]
    if len(years) != len(context.clause.times) or len(years) < 2 or not EACH_YEAR.search(context.clause.text):
        return ()
    found = (context.stretch(instrument, year.end) for year in years)
    return tuple(dict.fromkeys(stretch for stretch in found if stretch is not None))


A_YEAR = Pattern(rf"\s*{any_phrase('rate_a_year')}\b", re.IGNORECASE)
AVERAGED = phrases("averaged")
"""A mean of yearly returns, which is not the rate that a span was compounded at."""


def _a_year(draft: Draft) -> Draft:
    """ "12 percent a year over the past decade": the rate of a year of the whole span."""
    return replace(draft, params={**draft.params, "annualised": True})


SEVERAL_SESSIONS = phrases("several_sessions")


def of_several_sessions(context: Context) -> bool:
    """Whether the sentence tells of a move of several sessions, so that a figure without a day is of no single one."""
    return SEVERAL_SESSIONS.search(context.clause.sentence.text) is not None


BY = Pattern(rf"\s*{any_phrase('by_a_day')}\b", re.IGNORECASE)
"""How far something had moved by a day, from a beginning that is not said: no move of that day."""


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


def _written_on(context: Context, instrument: Instrument) -> date | None:
    """The day of writing, where it is a session: what is told as of then may be of its close."""
    day = context.clock.published
    return day if day is not None and session_upto(instrument, day) == day else None


def _searched_from(context: Context) -> date | None:
    """Where the search for the high begins that is dated by its month or year."""
    turned = turning(context.clause, context.clock.published)
    return turned.first if turned is not None and turned.side == "high" else None


TO_THE_LOW = phrases("to_the_low")
"""From a high to the low that followed: a fall that was over by then."""


def _distance(context: Context, part: Part) -> list[Draft]:
    """ "20 percent below its peak": the drawdown at the session, not a return."""
    subject = context.subject(part.figure.core_start)
    named = single(subject)
    if named is None or TO_THE_LOW.search(context.clause.text):
        return []
    instrument, basis = named
    moment = context.moment(instrument, part.figure.start) or default_moment(context, instrument)
    now = default_moment(context, instrument) if moment is not None and moment.basis == "article" else None
    if moment is not None and now is not None and now.session > moment.session:
        moment = now  # how far it is from its high is said as of the writing, not of a day named before
    if moment is None:
        return []
    moment = of_now(context, moment)
    said = stated(replace(part.figure, signed=False, value=abs(part.figure.value)), "down")
    params = {
        "symbol": instrument.symbol, "mode": "size", "stated": said, "session": moment.session,
        "or_session": _written_on(context, instrument) if moment.basis in ("default", "context") else None,
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
        move = move_of(Subject(index, "article"), direction, stated(part.figure, direction))
        if stretch is not None:
            drafts.append(replace(period_move(context, index, stretch, move), directness="proxy"))
        elif moment is not None:
            drafts.append(replace(session_move(context, index, moment, move), directness="proxy"))
    return drafts
