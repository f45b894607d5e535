"""The trial of a move: of one session or over a period, as the series would show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analyzer.extract.binders.common import (
    at_open,
    intraday,
    is_running,
)
from analyzer.extract.drafts import Context, Draft
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.subjects import (
    Subject,
)
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment, Stretch
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text.intervals import mirrored
from analyzer.text.patterns import Pattern

PERIOD = Pattern(rf"\b{any_phrase('a_whole_period')}\b", re.IGNORECASE)


def names_a_period(clause: Clause) -> bool:
    """Whether a word for a week, a month or a year stands there that was not read as a time: the move may be its."""
    read = [(e.start, e.end) for e in clause.times]
    found = [(clause.start + m.start(), clause.start + m.end()) for m in PERIOD.finditer(clause.text)]
    return any(not any(a < end and start < b for a, b in read) for start, end in found)


@dataclass(frozen=True)
class Move:
    """A move as the series would show it: the direction, the figure if there is one, what was turned round."""

    direction: Direction | None
    said: Stated | None
    basis: dict[str, Basis]
    assumed: tuple[str, ...] = ()


def move_of(subject: Subject, direction: Direction, said: Stated | None = None) -> Move:
    basis: dict[str, Basis] = {"symbol": subject.basis, "direction": "quote"}
    if said is not None:
        basis["stated"] = "quote"
    if not subject.inverse:
        return Move(direction, said, basis)
    turned: Direction = "down" if direction == "up" else "up"
    if said is not None:
        low, high = mirrored(said.low, said.high)
        said = said.model_copy(update={"value": -said.value, "low": low, "high": high})
    note = f"the text speaks of the other side of {subject.target.name}: its rise is a fall of the series"
    return Move(turned, said, basis, (note,))


SLIGHTLY = phrases("moved_slightly")


def session_move(context: Context, instrument: Instrument, moment: Moment, move: Move) -> Draft:
    params = {
        "symbol": instrument.symbol, "session": moment.session, "direction": move.direction,
        "stated": move.said, "peers": context.peers(instrument.symbol, moment.session), "or_session": moment.other,
        "or_said": moment.words or None, "named_day": moment.named,
        "at": _hour(context, moment.session) if move.said is not None else None,
        "or_at": _of_the_day(context, moment.other) if move.said is not None and not moment.words else None,
    }  # fmt: skip
    if move.said is None and SLIGHTLY.search(context.clause.text):
        params["slight"] = True
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


def period_move(context: Context, instrument: Instrument, stretch: Stretch, move: Move) -> Draft:
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
