"""A close at, above or below a level."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from analyzer.extract.binders.common import (
    default_moment,
    intraday,
    is_running,
    moment_of_now,
    named_of,
    of_now,
    other_prices,
    within_session,
)
from analyzer.extract.binders.spans import Beginning, beginning
from analyzer.extract.calendar_spans import shift
from analyzer.extract.contracts import of_another_contract
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.length_words import PERFECT
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import resolve
from analyzer.extract.roles import DOWN, UP, Part, is_market_value, parts
from analyzer.extract.sessions import session_back, session_upto
from analyzer.extract.time_words import ENDED, UNITS, turning_spans
from analyzer.extract.turning import turning
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text import times as t
from analyzer.text.numbers import Figure, stated
from analyzer.text.patterns import Pattern


def levels(context: Context) -> list[Draft]:
    """A level trial for every figure of the clause that is no change."""
    found: list[Draft] = []
    for part in parts(context.clause):
        if part.role == "start":
            found += level_at_start(context, part) or level_at_turn(context, part)
        elif part.role != "change":
            found += (level_at_turn if is_of_turn(context.clause, part.figure) else level_of)(context, part)
    return found


FIRST_TIME = phrases("first_time")


HUNDREDS = 100
"""A level in hundreds ("stood at 18,400 points") is as round as it looks."""


FUTURE = phrases("level_to_come")

CLOSED_AT, PASSES = phrases("closed_at"), phrases("passes_a_level")


def level_of(context: Context, part: Part) -> list[Draft]:
    """A close at, above or below a level; "for the first time" on request of the words."""
    clause, figure = context.clause, part.figure
    subject = named_of(context, figure.core_start)
    named = single(subject and subject.priced)
    if named is None:
        return []
    instrument, basis = named
    if is_market_value(clause, figure):
        return _worth(context, part, instrument, basis)
    if _is_no_level(context, instrument, figure):
        return []
    first, threshold = FIRST_TIME.search(clause.text) is not None, part.role in ("above", "below")
    start, moment = _reached(context, instrument, figure, lately=first and threshold)
    if moment is None or of_another_contract(clause, instrument, moment.session):
        return []
    moment = of_now(context, moment)
    begins = beginning(context) if first else Beginning(None)
    if begins.open:
        return []
    relation: str = part.role if threshold else "at"
    if first and threshold:
        relation = f"crossed_{part.role}"
    params = {
        "symbol": instrument.symbol, "session": moment.session, "relation": relation,
        "stated": _stated(clause, figure, threshold), "first_time": first,
        "since": _since(begins, context.clock.published), "named_day": moment.named,
        "or_session": moment.other, "or_said": moment.words or None, "start": start,
        "written": _looking_back(context, instrument, moment.session),
        "also": (other_prices(context, instrument) or None) if first else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "stated": "quote", "threshold": "quote", "session": moment.basis,
    }  # fmt: skip
    if relation == "at" and is_running(context, context.clock.published):
        params["running"] = context.clock.published
    passed = threshold and (clause.has(*UP, *DOWN) or PASSES.search(clause.text) is not None)
    if passed and CLOSED_AT.search(clause.text) is None:
        params["passed"] = True
    why = "a threshold that was passed" if passed else "a level that was reached"
    return [Draft("level", params, marks, why=why)]


COUNTED = Pattern(
    rf"\d+\s+(?:{any_phrase('new')}\s+)?{any_phrase('record_noun')}\w*|\d+\s+{any_phrase('records_counted')}\b",
    re.IGNORECASE,
)
""" "Hit 57 record highs in 2024"."""


def _is_no_level(context: Context, instrument: Instrument, figure: Figure) -> bool:
    """Whether it is one to come, of another thing than the instrument, a count of records, or of an hour of the
    session."""
    clause = context.clause
    if COUNTED.match(clause.view.article.text, figure.core_start, clause.end):
        return True
    if FUTURE.search(clause.text) and context.claim.kind != "prediction":
        return True
    if figure.unit == "points" and instrument.kind == "equity":
        return True  # a share stands at no points: the index that "er" means was not read
    if figure.unit == "currency" and instrument.kind in ("index", "volatility", "rate"):
        return True
    return within_session(clause) and not intraday(clause)


def _reached(
    context: Context, instrument: Instrument, figure: Figure, *, lately: bool
) -> tuple[date | None, Moment | None]:
    """When a level was reached: in a span that begins with the day, where there is one, else in a session."""
    span = reached_within(context, instrument, figure.start) or _about_a_day(context, instrument)
    span = span or _on_the_way(context, instrument, figure)
    span = span or (_lately(context, instrument) if lately else None)
    if span is not None:
        return span
    moment = _at_the_start(context, instrument, figure) or context.moment(instrument, figure.start)
    return None, moment or default_moment(context, instrument) or moment_of_now(context, instrument)


EXTREME_OF = Pattern(rf"\b{any_phrase('extreme_at_a_level')}\s+(?:\w+\s+){{0,2}}[$€£]?\s*$", re.IGNORECASE)


def _on_the_way(context: Context, instrument: Instrument, figure: Figure) -> tuple[date, Moment] | None:
    """ "Since September it rose, from 60,000 to 109,000": told in the past, the second level is one that was reached on
    some day since, and need not be that of the writing; so is the low that it has sunk to."""
    clause = context.clause
    begins = any(p.role == "start" and p.figure.end <= figure.start for p in parts(clause))
    told = begins and PERFECT.search(clause.text) is None
    extreme = EXTREME_OF.search(clause.view.article.text[clause.start : figure.start]) is not None
    if not (told or extreme):
        return None
    read = context.clock.period(context.clause, figure.start)
    stretch = context.stretch(instrument, figure.start)
    if read is None or read[0].shape != "since" or stretch is None or stretch.last is None:
        return None
    return stretch.base + timedelta(days=1), Moment(stretch.last, stretch.basis, stretch.text, other=stretch.other)


def _stated(clause: Clause, figure: Figure, threshold: bool) -> Stated:
    direction: Direction = "down" if figure.signed and figure.value < 0 else "up"
    to_the_point = figure.unit == "points" and figure.value % HUNDREDS != 0
    about = to_the_point and not threshold and figure.qualifier in ("about", "almost")
    said = _about(figure) if about else stated(figure, direction, exact=threshold or to_the_point)
    if said.low is None and said.high is None:  # "as low as 3.65 percent": reached to the digit
        said = stated(figure, direction, exact=True).model_copy(update={"qualifier": "up_to"})
    return said.model_copy(update={"qualifier": "up_to"}) if intraday(clause) else said


def _about(figure: Figure) -> Stated:
    """ "Near 2,050 points": by one of its last digit that is not zero, on the side that is said."""
    said = stated(figure, "up", exact=True)
    width = 10.0 if figure.value % 10 == 0 else figure.digit
    high = figure.value if figure.qualifier == "almost" else figure.value + width
    return said.model_copy(update={"low": figure.value - width, "high": high, "qualifier": "about"})


def _since(begins: Beginning, published: date | None) -> date | None:
    """Where the span of a first time begins; a round length may be a tenth shorter. Of a season or a quarter, which the
    check does not know, it is the last day: within it something was last so."""
    rounded = begins.length and begins.precision != "day"
    of_a_season = begins.precision == "year" and begins.since is not None and begins.since.month != 1
    if begins.since is not None and of_a_season and not begins.length:
        behind = shift(begins.since, 3, "month")
        return behind - timedelta(days=1) if behind is not None else None
    if begins.since is None or published is None or not rounded:
        return begins.since
    return begins.since + (published - begins.since) / 10


LONG_AGO = timedelta(days=60)


def _looking_back(context: Context, instrument: Instrument, session: date) -> date | None:
    """The day of a text that tells of a share's price of long ago: it may have been split since."""
    published = context.clock.published
    if instrument.kind != "equity" or published is None or published - session < LONG_AGO:
        return None
    return published


CAP = phrases("is_worth")


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


def reached_within(context: Context, instrument: Instrument, position: int | None = None) -> tuple[date, Moment] | None:
    """The month, quarter or year in which something is said to have been reached: its first day and last session."""
    read = context.clock.period(context.clause, position)
    stretch = context.clock.stretch(context.clause, instrument, position)
    if read is None or read[0].shape != "period" or stretch is None or stretch.last is None or ends(context.clause):
        return None
    moment = Moment(stretch.last, stretch.basis, stretch.text, other=None if stretch.other_base else stretch.other)
    return stretch.base + timedelta(days=1), moment


def _about_a_day(context: Context, instrument: Instrument) -> tuple[date, Moment] | None:
    """ "Half a year ago the DAX stood at": on any session about then."""
    found = context.clock.about(context.clause)
    if found is None:
        return None
    first, last, text = found
    return first, Moment(session_upto(instrument, last), "context", text)


BEGAN = Pattern(
    rf"\b{any_phrase('began_a_period')} (?:the|this) (?:\w+ )?(?P<unit>year|month|quarter|week)\W+(?:\w+\W+){{0,3}}$",
    re.IGNORECASE,
)
LATELY = phrases("lately")
LATELY_DAYS = 31
"""How far back something that has happened "recently" is looked for."""


def _at_the_start(context: Context, instrument: Instrument, figure: Figure) -> Moment | None:
    """ "Began the year at 3.88 percent": the last close before it."""
    text, published = context.clause.view.article.text, context.clock.published
    found = BEGAN.search(text[context.clause.start : figure.core_start])
    read = resolve(t.RelativePeriod(UNITS[found["unit"][0].lower()], 0), published) if found else None
    return (
        Moment(session_upto(instrument, read.first - timedelta(days=1)), "quote", found.group())
        if read and found
        else None
    )


def _lately(context: Context, instrument: Instrument) -> tuple[date, Moment] | None:
    """ "Has recently passed": on any session of the month up to the writing."""
    published = context.clock.published
    last = context.clock.last_session(instrument)
    times = [e for e in context.clause.times if not isinstance(e.value, t.Ever)]
    if published is None or last is None or times or LATELY.search(context.clause.text) is None:
        return None
    other = published if published > last and session_upto(instrument, published) == published else None
    return last - timedelta(days=LATELY_DAYS), Moment(last, "context", "recently", other=other)


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


REACHED = Pattern(rf"\b{any_phrase('reached_behind')}\W+(?:\w+\W+)?$", re.IGNORECASE)


def is_of_turn(clause: Clause, figure: Figure) -> bool:
    """Whether a level is that of the high or the low which a move is measured from: "its record high of 6,118"."""
    before = clause.view.article.text[clause.start : figure.start]
    turns = turning_spans(clause)
    return any(first <= figure.start <= end + 4 for first, end in turns) and REACHED.search(before) is None


def level_at_turn(context: Context, part: Part) -> list[Draft]:
    """ "From the low of 8 April (4,982.77 points)", "since its peak of 107 dollars in June": the level on the day that
    a move is measured from, or on any day of the month that is named."""
    clause, figure = context.clause, part.figure
    named = single(named_of(context, figure.core_start))
    if named is None or figure.unit not in ("points", "currency") or is_market_value(clause, figure):
        return []
    instrument, basis = named
    day = context.clock.trough_day(clause) or context.clock.peak_day(clause)
    turned = turning(clause, context.clock.published) if day is None else None
    if day is None and (turned is None or _is_no_level(context, instrument, figure)):
        return []
    last = day or (turned.last if turned is not None else None)
    assert last is not None
    session = session_upto(instrument, last)
    params = {
        "symbol": instrument.symbol, "session": session, "relation": "at",
        "stated": stated(figure, "up", exact=figure.unit == "points"), "first_time": False,
        "start": turned.first if turned is not None else None,
        "written": _looking_back(context, instrument, session),
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "stated": "quote", "threshold": "quote", "session": "quote"}
    return [Draft("level", params, marks, why="the level of the day that a move is measured from")]


NEVER = Pattern(rf"\b{any_phrase('never')}\b(?!\s+{any_phrase('earlier_than_now')}\b)", re.IGNORECASE)
"""A universal denial; "never before" is of what has just come about for the first time."""
CONCEDED = Pattern(rf"\b{any_phrase('even_then')}\b", re.IGNORECASE)


def says_never(clause: Clause) -> bool:
    return NEVER.search(clause.text) is not None and any(p.role in ("above", "below") for p in parts(clause))


def nevers(context: Context) -> list[Draft]:
    """ "Has never gone below 10.75 dollars": no close beyond the one level of the clause, ever or in its span."""
    clause = context.clause
    sides = [p for p in parts(clause) if p.role in ("above", "below")]
    told = FUTURE.search(clause.text) is None and context.claim.modality in ("asserted", "hedged")
    if len(sides) != 1 or len(parts(clause)) != 1 or not told or context.claim.kind == "prediction":
        return []
    figure = sides[0].figure
    subject = named_of(context, figure.core_start)
    named = single(subject)
    if named is None or (subject is not None and subject.other_price) or is_market_value(clause, figure):
        return []
    instrument, basis = named
    begins, last = beginning(context), context.clock.last_session(instrument)
    if last is None or begins.open or of_another_contract(clause, instrument, last) or within_session(clause):
        return []
    since, when = begins.since, begins.basis
    ended = _before(context)
    if ended is not None:
        return [_never(context, figure, (instrument, basis), sides[0].role, session_upto(instrument, ended))]
    span = context.clock.period(clause)
    if since is None and span is not None and span[1] == "quote" and CONCEDED.search(clause.text) is None:
        stretch = context.stretch(instrument, figure.start)
        if stretch is None or stretch.last is None or stretch.vague:
            return []
        since, last, when = stretch.base + timedelta(days=1), stretch.last, stretch.basis
    draft = _never(context, figure, (instrument, basis), sides[0].role, last)
    if since is None:
        return [draft]
    return [replace(draft, params={**draft.params, "since": since}, basis={**draft.basis, "since": when})]


def _never(context: Context, figure: Figure, named: tuple[Instrument, Basis], side: str, last: date) -> Draft:
    """Up to a session no close lay beyond the level."""
    instrument, basis = named
    params = {
        "symbol": instrument.symbol, "session": last, "relation": side, "never": True,
        "stated": stated(figure, "up", exact=True), "also": other_prices(context, instrument) or None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "stated": "quote", "threshold": "quote", "session": "context"}
    return Draft("level", params, marks, why="that it never was beyond a level shows in the extreme close")


BEFORE = Pattern(rf"\b{any_phrase('before_a_time')}\s+$", re.IGNORECASE)


def _before(context: Context) -> date | None:
    """The day before a time up to whose beginning it never was so: "never exceeded 50 before October"."""
    text = context.clause.view.article.text
    for expression in context.clause.times:
        period = resolve(expression.value, context.clock.published)
        if period is not None and BEFORE.search(text[context.clause.start : expression.start]):
            return period.first - timedelta(days=1)
    return None
