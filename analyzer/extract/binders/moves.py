"""Moves: of one session, over a period, in market value, from a high; with a figure or by direction alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analyzer.extract.binders.breadth import breadth_of
from analyzer.extract.binders.common import (
    OTHER_QUANTITY,
    at_open,
    default_moment,
    intraday,
    is_running,
    members_said,
    named_of,
    of_now,
    span_of,
    within_session,
)
from analyzer.extract.binders.levels import is_of_turn, level_at_start, level_at_turn, level_of
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.gone import is_of_a_move_gone
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.roles import Part, direction_near, direction_of, failed_to_move, is_market_value, parts
from analyzer.extract.sessions import session_upto
from analyzer.extract.subjects import (
    Subject,
    in_order,
    is_place,
    joint_subjects,
    market_of_a_place,
    shares_at_large,
)
from analyzer.extract.things import things_in
from analyzer.extract.turning import turning
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment, Stretch
from analyzer.market.instruments import Basket, Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text import times as t
from analyzer.text.intervals import mirrored
from analyzer.text.numbers import stated
from analyzer.text.patterns import Pattern

NOT_THE_MARKET = phrases("of_no_market")
"""A general word in another sense: "stocks of crude", "savings rates", "bond issuance"."""
BEARS_ON = tuple(phrases(name) for name in ("presses_on", "lifts_up", "cause_of_it"))
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
    return _hardly_moved(context) or ([] if parts(context.clause) else _bare_direction(context))


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
    move = _move(subject, part.direction, _in_series_units(stated(figure, part.direction)))
    stretch = context.stretch(instrument, figure.start)
    if stretch is not None and (opening or any(e.value == ONE_SESSION for e in context.clause.times)):
        return []  # "in the 1987 crash, in a single day": which day of the year is not said
    if yearly:
        return [_a_year(_period(context, instrument, stretch, move))] if stretch is not None else []
    if stretch is not None:
        each = _each_year(context, instrument) or (stretch,)
        return [_period(context, instrument, one, move) for one in each]
    moment = context.moment(instrument, figure.start)
    if moment is not None and moment.basis != "quote" and _names_a_period(context.clause):
        return []
    if moment is None or BY.match(moment.text) or (moment.basis != "quote" and of_several_sessions(context)):
        return []
    return [_session(context, instrument, moment, move)]


EACH_YEAR = phrases("each_of_the_years")


def _each_year(context: Context, instrument: Instrument) -> tuple[Stretch, ...]:
    """ "In both 2023 and 2024", "2023 und 2024 jeweils": every year that is named, the figure being of each."""
    years = [e for e in context.clause.times if isinstance(e.value, t.Year)]
    if len(years) != len(context.clause.times) or len(years) < 2 or not EACH_YEAR.search(context.clause.text):
        return ()
    found = (context.stretch(instrument, year.end) for year in years)
    return tuple(dict.fromkeys(stretch for stretch in found if stretch is not None))


PERIOD = Pattern(rf"\b{any_phrase('a_whole_period')}\b", re.IGNORECASE)


def _names_a_period(clause: Clause) -> bool:
    """Whether a word for a week, a month or a year stands there that was not read as a time: the move may be its."""
    read = [(e.start, e.end) for e in clause.times]
    found = [(clause.start + m.start(), clause.start + m.end()) for m in PERIOD.finditer(clause.text)]
    return any(not any(a < end and start < b for a, b in read) for start, end in found)


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


HARDLY_MOVED = phrases("hardly_moved")
STILL_FOR_A_SESSION, STILL_FOR_LONGER = 0.0025, 0.01
"""What "little changed" and "flat" are taken for: a quarter of a per cent within a session, one in a longer time."""


def _hardly_moved(context: Context) -> list[Draft]:
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
    if stretch is None and (moment is None or _names_a_period(clause)):
        return []
    width = STILL_FOR_A_SESSION if stretch is None else STILL_FOR_LONGER
    said = Stated(
        text=words.group(), value=0.0, low=-width, high=width, unit="fraction", currency=None, qualifier="about"
    )
    note = f'"{words.group()}" is taken for at most {100 * width:g} %'
    move = _Move(None, said, {"symbol": subject.basis, "stated": "default"}, (note,))
    if stretch is not None:
        return [_period(context, instrument, stretch, move)] if stretch.last is not None else []
    return [_session(context, instrument, moment, move)] if moment is not None else []


@dataclass(frozen=True)
class _Move:
    """A move as the series would show it: the direction, the figure if there is one, what was turned round."""

    direction: Direction | None
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


SLIGHTLY = phrases("moved_slightly")


def _session(context: Context, instrument: Instrument, moment: Moment, move: _Move) -> Draft:
    params = {
        "symbol": instrument.symbol, "session": moment.session, "direction": move.direction,
        "stated": move.said, "peers": context.peers(instrument.symbol, moment.session), "or_session": moment.other,
        "or_said": moment.words or None, "named_day": moment.named,
        "at": _hour(context, moment.session) if move.said is not None else None,
        "or_at": _of_the_day(context, moment.other) if move.said is not None and not moment.words else None,
        "slight": True if move.said is None and SLIGHTLY.search(context.clause.text) else None,
    }  # fmt: skip
    assumed = move.assumed
    if moment.basis == "default":
        assumed = (*assumed, f"the text names no day: the last session before publication, {moment.session}")
    elif moment.words:
        assumed = (*assumed, f'"{moment.words}" may be {moment.session} or {moment.other}')
    elif moment.basis == "article":
        assumed = (*assumed, f'the day last named in the text, "{moment.text}": {moment.session}')
    marks: dict[str, Basis] = {**move.basis, "session": moment.basis}
    if context.may_precede_the_close(moment.session) and params["at"] not in ("open", "hour"):
        marks["close"] = "default"
        assumed = (*assumed, f"the text is of {moment.session} itself: its figure is taken for that of the close")
    why = "the size of a move within one session"
    return Draft("session_return", params, marks, assumed=assumed, why=why)


def _hour(context: Context, session: date) -> str | None:
    """The start of trading or another hour, which the clause names, or any of the day that the text was written on."""
    if at_open(context.clause):
        return "open"
    if intraday(context.clause):
        return "hour"
    return _of_the_day(context, session)


def _of_the_day(context: Context, session: date | None) -> str | None:
    return "running" if is_running(context, session) else None


def _period(context: Context, instrument: Instrument, stretch: Stretch, move: _Move) -> Draft:
    turn = stretch.turning
    params = {
        "symbol": instrument.symbol, "base": stretch.base, "last": stretch.last, "direction": move.direction,
        "stated": move.said, "or_last": stretch.other, "or_base": stretch.other_base,
        "or_said": stretch.text if stretch.other_base else None,
        "turn": turn.side if turn else None, "turn_last": turn.last if turn else None,
        "peers": context.peers(instrument.symbol, stretch.base),
    }  # fmt: skip
    if (total := _with_dividends(context, instrument)) is not None and move.said is not None:
        params["or_total"] = total
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


RETURNED = Pattern(rf"\b(?:{any_phrase('counts_dividends')}|{any_phrase('returned')}\b(?! to\b))", re.IGNORECASE)


def _with_dividends(context: Context, instrument: Instrument) -> str | None:
    """What shows the return with dividends, where the sentence speaks of a return by then: a fund of the index, or the
    share itself."""
    clause = context.clause
    if RETURNED.search(clause.view.article.text, clause.sentence.start, clause.end) is None:
        return None
    if instrument.kind in ("equity", "etf"):
        return instrument.symbol
    funds = (context.instrument(s) for s in instrument.substitutes if context.available(s))
    return next((f.symbol for f in funds if f is not None and f.kind == "etf"), None)


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
        move = _move(Subject(index, "article"), direction, stated(part.figure, direction))
        if stretch is not None:
            drafts.append(replace(_period(context, index, stretch, move), directness="proxy"))
        elif moment is not None:
            drafts.append(replace(_session(context, index, moment, move), directness="proxy"))
    return drafts


MOVING_AVERAGE = Pattern(
    rf"\b\d+[- ]{any_phrase('days_of_an_average')}\S*.{{0,20}}{any_phrase('line_of_an_average')}"
    rf"|\b\d+[- ]{any_phrase('days_of_an_average', 'de')}-?\S*{any_phrase('line_of_an_average', 'de')}",
    re.IGNORECASE,
)
"""A move across an average is no move of a session: that it fell does not say what it fell below."""


RECOVERS, UP_TO_THE_CLOSE = phrases("recovers_from_a_low"), phrases("up_to_the_close")


def _bare_direction(context: Context) -> list[Draft]:
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
        move = _move(subject, direction_of(clause, subject.target) or direction)
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
    move = replace(_move(subject, direction), assumed=(note,))
    return _without_a_figure(context, subject.instrument, move)


def _without_a_figure(context: Context, instrument: Instrument, move: _Move) -> list[Draft]:
    """The move over the window that is named, else of the session; of the last one, which no word names, only where the
    article tells of single sessions."""
    stretch = context.stretch(instrument)
    if stretch is not None:
        return [_period(context, instrument, stretch, move)]
    moment = context.moment(instrument)
    if moment is None or (moment.basis == "default" and not _is_news_of_the_day(context)):
        return []
    return [_session(context, instrument, moment, move)]


def _at_a_place(context: Context, direction: Direction) -> list[Draft]:
    """ "An der Wall Street fielen die Kurse": the index of the market there; "the slide on Wall Street has reached
    Asia" says nothing of prices there."""
    market = market_of_a_place(context.clause)
    subject = context.subjects()[0] if market is not None else None
    if subject is None or subject.instrument is None:
        return []
    move = _move(replace(subject, basis="article"), direction)
    note = f"prices at large: {subject.instrument.name}"
    return _without_a_figure(context, subject.instrument, replace(move, assumed=(*move.assumed, note)))


def _at_large(context: Context, subject: Subject) -> list[Draft]:
    """ "Stocks fell as yields rose": the move of the market, whatever else the clause names."""
    instrument, clause = subject.instrument, context.clause
    end = min((m.start for m in clause.mentions), default=clause.end)
    direction = direction_near(clause.view.clause(clause.start, end), None)
    if instrument is None or direction is None:
        return []
    move = _move(subject, direction)
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
    move = _move(Subject(things[0].instrument, "default", inverse=things[0].turned), direction)
    draft = _period(context, things[0].instrument, stretch, move)
    return [replace(draft, assumed=(*draft.assumed, *filter(None, [things[0].assumed])))]


def _is_news_of_the_day(context: Context) -> bool:
    """Whether the article speaks of single sessions at all: then a move without a day is that of the last one."""
    daily = (t.Weekday, t.RelativeDay, t.Overnight, t.SessionPart)
    return any(isinstance(e.value, daily) for e in context.clause.view.times)
