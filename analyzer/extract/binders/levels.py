"""A close at, above or below a level."""

from __future__ import annotations

import re
from datetime import date, timedelta

from analyzer.extract.binders.common import default_moment, intraday, moment_of_now, named_of, of_now, within_session
from analyzer.extract.binders.spans import Beginning, beginning
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.roles import DOWN, UP, Part, is_market_value, parts
from analyzer.extract.sessions import session_back, session_upto
from analyzer.extract.time_words import ENDED, turning_spans
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction
from analyzer.text.numbers import Figure, stated


def levels(context: Context) -> list[Draft]:
    """A level trial for every figure of the clause that is no change."""
    found: list[Draft] = []
    for part in parts(context.clause):
        if part.role == "start":
            found += level_at_start(context, part) or level_at_turn(context, part)
        elif part.role != "change":
            found += (level_at_turn if is_of_turn(context.clause, part.figure) else level_of)(context, part)
    return found


CONTRACT_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?: \w+){0,2} (?:futures|contract)|\b\w+[- ]kontrakt",
    re.IGNORECASE,
)
"""A delivery month other than the front one: a price that a front series does not hold."""

FIRST_TIME = re.compile(
    r"\b(erstmals|zum ersten mal|for the first time|first time|noch nie|nie zuvor|never before)\b", re.IGNORECASE
)


HUNDREDS = 100
"""A level in hundreds ("stood at 18,400 points") is as round as it looks."""


FUTURE = re.compile(r"\b(?:wird|werden|will|won't|going to|kann|könnten?|could|might)\b", re.IGNORECASE)


def level_of(context: Context, part: Part) -> list[Draft]:
    """A close at, above or below a level; "for the first time" on request of the words."""
    clause, figure = context.clause, part.figure
    subject = named_of(context, figure.core_start)
    named = single(subject)
    if named is None or (subject is not None and subject.other_price):
        return []
    instrument, basis = named
    threshold = part.role in ("above", "below")
    direction: Direction = "down" if figure.signed and figure.value < 0 else "up"
    to_the_point = figure.unit == "points" and figure.value % HUNDREDS != 0
    said = stated(figure, direction, exact=threshold or to_the_point)
    if is_market_value(clause, figure):
        return _worth(context, part, instrument, basis)
    if FUTURE.search(clause.text) and context.claim.kind != "prediction":
        return []
    priced = instrument.kind not in ("index", "volatility", "rate")
    if (figure.unit == "currency" and not priced) or CONTRACT_MONTH.search(clause.text):
        return []
    if within_session(clause) and not intraday(clause):
        return []
    first = FIRST_TIME.search(clause.text) is not None
    period = _period(context, instrument, figure.start) or _about(context, instrument)
    moment = period[1] if period else context.moment(instrument, figure.start) or default_moment(context, instrument)
    moment = moment or moment_of_now(context, instrument)
    if moment is None:
        return []
    moment = of_now(context, moment)
    if intraday(clause):
        said = said.model_copy(update={"qualifier": "up_to"})
    begins = beginning(context) if first else Beginning(None)
    if begins.open:
        return []
    since = begins.since
    published = context.clock.published
    if since is not None and published is not None and begins.length and begins.precision != "day":
        since += (published - since) / 10
    moved = clause.has(*UP, *DOWN) and threshold
    relation: str = part.role if threshold else "at"
    if first and threshold:
        relation = f"crossed_{part.role}"
    params = {
        "symbol": instrument.symbol, "session": moment.session, "relation": relation,
        "stated": said, "first_time": first,
        "since": since, "named_day": moment.named, "or_session": moment.other, "or_said": moment.words or None,
        "start": period[0] if period else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "stated": "quote", "threshold": "quote", "session": moment.basis,
    }  # fmt: skip
    why = "a level that was reached" if not moved else "a threshold that was passed"
    return [Draft("level", params, marks, why=why)]


CAP = re.compile(
    r"\b(?:worth|valued|valuation|market (?:value|cap\w*)|wert|bewertet|bewertung|börsenwert\w*|marktwert\w*|"
    r"marktkapitalisierung\w*|kapitalisierung|börsenwaage)\b",
    re.IGNORECASE,
)


def _worth(context: Context, part: Part, instrument: Instrument, basis: Basis) -> list[Draft]:
    """ "Is worth almost 3.9 trillion dollars": the market value at the close."""
    clause, figure = context.clause, part.figure
    if instrument.kind != "equity" or CAP.search(clause.text) is None or FUTURE.search(clause.text):
        return []
    moment = context.moment(instrument, figure.start) or moment_of_now(context, instrument)
    if moment is None:
        return []
    moment = of_now(context, moment)
    said = stated(figure, "up")
    params = {
        "symbols": (instrument.symbol,), "base": session_back(instrument, moment.session), "last": moment.session,
        "stated": said, "worth": True,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "stated": "quote", "base": moment.basis, "last": moment.basis}
    return [Draft("market_value_change", params, marks, why="what a company is worth is its price times its shares")]


def ends(clause: Clause) -> bool:
    """Whether it speaks of the last session of a period: "ended the month above"."""
    return ENDED.search(clause.text) is not None


def _period(context: Context, instrument: Instrument, position: int) -> tuple[date, Moment] | None:
    """The month, quarter or year in which something is said to have been reached "for the first time"."""
    read = context.clock.period(context.clause, position)
    stretch = context.clock.stretch(context.clause, instrument, position)
    if read is None or read[0].shape != "period" or stretch is None or stretch.last is None or ends(context.clause):
        return None
    return stretch.base + timedelta(days=1), Moment(stretch.last, stretch.basis, stretch.text)


def _about(context: Context, instrument: Instrument) -> tuple[date, Moment] | None:
    """ "Half a year ago the DAX stood at": on any session about then."""
    found = context.clock.about(context.clause)
    if found is None:
        return None
    first, last, text = found
    return first, Moment(session_upto(instrument, last), "context", text)


def level_at_start(context: Context, part: Part) -> list[Draft]:
    """ "Climbed from 5.8 to 7.8 per cent in 1994": the level at which the window begins."""
    clause, figure = context.clause, part.figure
    named = single(named_of(context, figure.core_start))
    if named is None or figure.unit == "count" or is_market_value(clause, figure):
        return []
    instrument, basis = named
    stretch = context.stretch(instrument, figure.start)
    moment = context.moment(instrument, figure.start) if stretch is None else None
    if stretch is not None:
        base, known = stretch.base, stretch.basis
    elif moment is not None:
        base, known = session_back(instrument, moment.session), moment.basis
    else:
        return []
    exact = figure.unit == "points"
    params = {
        "symbol": instrument.symbol, "session": base, "relation": "at",
        "stated": stated(figure, "up", exact=exact), "first_time": False,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "stated": "quote", "threshold": "quote", "session": known}
    return [Draft("level", params, marks, why="the level from which a move began")]


REACHED = re.compile(r"\b(?:to|auf)\W+(?:\w+\W+)?$", re.IGNORECASE)


def is_of_turn(clause: Clause, figure: Figure) -> bool:
    """Whether a level is that of the high or the low which a move is measured from: "its record high of 6,118"."""
    before = clause.view.article.text[clause.start : figure.start]
    turns = turning_spans(clause)
    return any(first <= figure.start <= end + 4 for first, end in turns) and REACHED.search(before) is None


def level_at_turn(context: Context, part: Part) -> list[Draft]:
    """ "From the low of 8 April (4,982.77 points)": the level on the day that a move is measured from."""
    clause, figure = context.clause, part.figure
    named = single(named_of(context, figure.core_start))
    day = context.clock.trough_day(clause) or context.clock.peak_day(clause)
    if named is None or day is None or figure.unit != "points":
        return []
    instrument, basis = named
    said = stated(figure, "up", exact=True)
    params = {
        "symbol": instrument.symbol, "session": session_upto(instrument, day), "relation": "at", "stated": said,
        "first_time": False,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "stated": "quote", "threshold": "quote", "session": "quote"}
    return [Draft("level", params, marks, why="the level of the day that a move is measured from")]
