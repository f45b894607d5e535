"""Patterns: one instrument against another, moods, turnover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from analyzer.extract.binders.common import default_moment, span_of
from analyzer.extract.binders.moves import moves
from analyzer.extract.classify import CALM_AS_NOW
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.mood_words import market_moods
from analyzer.extract.phrases import any_phrase, phrases
from analyzer.extract.resolve import resolve
from analyzer.extract.roles import DOWN, UP, parts
from analyzer.extract.subjects import subjects_in
from analyzer.extract.view import Clause
from analyzer.extract.windows import Moment, Stretch
from analyzer.model import Basis, Stated
from analyzer.text.numbers import Figure, stated
from analyzer.text.patterns import Pattern
from analyzer.text.times import Day, Duration, RelativeDay, Weekday

WORSE = phrases("does_worse")

OF_SIZE = phrases("compares_sizes")
"""What two things are worth, cost or earn, not how they fared."""


def comparisons(context: Context) -> list[Draft]:
    """relative_performance of the first two instruments that the clause names, unless it weighs something else."""
    if OF_SIZE.search(context.clause.text):
        return []
    named = [s for s in context.subjects() if s.instrument]
    if len(named) < 2:
        named = [s for s in subjects_in(context.clause.sentence) if s.instrument]
    if len(named) < 2:
        return moves(context) if parts(context.clause) else []
    first, second = named[0].instrument, named[1].instrument
    if first is None or second is None or first == second:
        return []  # "Wall Street fared worse only when the S&P 500 …": the same, of another time
    span = span_of(context, first)
    if span is None:
        return []
    relation = "worse" if WORSE.search(context.clause.text) else "better"
    params = {"symbol": first.symbol, "other": second.symbol, "base": span.base, "last": span.last,
              "relation": relation}  # fmt: skip
    marks: dict[str, Basis] = {"symbol": named[0].basis, "other": named[1].basis, "base": span.basis,
                               "last": span.basis}  # fmt: skip
    return [Draft("relative_performance", params, marks, why="two instruments over one window")]


A_FORTNIGHT = timedelta(days=14)
MOODS = ("panic", "stress", "nervous", "calm")


def moods(context: Context) -> list[Draft]:
    """volatility_regime on the VIX for words of mood, abnormal_volume for words of turnover."""
    clause = context.clause
    drafts = volumes(context) if clause.has("volume") else []
    of_a_market = market_moods(clause)
    words = [m for m in MOODS if m in of_a_market and not _only_named(clause, m)] or (
        ["calm"] if CALM_AS_NOW.search(clause.text) else []
    )
    vix = context.instrument("^VIX")
    if clause.has("forecast_strong") or EXPECTED.search(clause.text):
        return drafts  # "analysts expect the swings to go on" is not of today's
    if OVER.search(clause.text):
        return drafts  # "the panic has passed" says that there is none
    if OTHER_THINGS.search(clause.text) and not MARKET.search(clause.text):
        return drafts  # "gold is the quiet casualty" says nothing of the market's mood
    if MARKET.search(ANOTHER_MARKET.sub(" ", clause.text)) is None and ANOTHER_MARKET.search(clause.text):
        return drafts  # "panic among oil traders" is not that of shares
    if not words or vix is None:
        return drafts or moves(context)
    moment = context.moment(vix) or default_moment(context, vix)
    if moment is None:
        return drafts
    stretch = context.stretch(vix)
    return [*(_mood(context, word, moment, stretch) for word in words), *drafts]


ONLY_NAMED = phrases("mood_only_named")


def _only_named(clause: Clause, mood: str) -> bool:
    """Whether words that only name what a mood is measured by stand alone: "a word on sentiment"."""
    cues = [c for c in clause.cues if c.heading == mood]
    return all(ONLY_NAMED.fullmatch(c.text) for c in cues) and not clause.has(*DOWN, *UP, "record")


ANOTHER_MARKET = phrases("another_market")
OTHER_THINGS = phrases("things_with_a_price_of_their_own")
MARKET = phrases("says_the_market")
"""What the price of protection of shares speaks of, and what it does not."""
OVER = phrases("mood_is_over")
"""A mood that is said to have gone."""
EXPECTED = phrases("somebody_expects")


def _mood(context: Context, word: str, moment: Moment, stretch: Stretch | None) -> Draft:
    """Of a session, or of the longer time that is named ("the panic of 2008", "a calm year")."""
    params: dict[str, Any] = {"session": moment.session, "or_session": moment.other}
    marks: dict[str, Basis] = {"symbol": "default", "session": moment.basis, "word": "quote"}
    long = stretch is not None and stretch.last is not None and stretch.last - stretch.base > A_FORTNIGHT
    if stretch is not None and long and stretch.basis == "quote":
        params = {"first": stretch.base + timedelta(days=1), "session": stretch.last}
        marks |= {"first": "quote", "session": "quote"}
    basket = context.catalogue.basket("big-tech") if word == "panic" else None
    members = basket.at(params["session"]) if basket else None
    why = "the VIX says how dear protection was, not what people felt"
    params = {"symbol": "^VIX", "word": word, "members": members, **params}
    return Draft("volatility_regime", params, marks, directness="statistical", why=why)


LOW = phrases("thin_turnover")
LOWEST = phrases("record_low")
OF_USUAL = phrases("usual_turnover")
TRADED = Pattern(rf"\s*{any_phrase('units_traded')}\b", re.IGNORECASE)
LENGTH = phrases("unit_of_a_length")
SHORTEST, LONGEST = 60, 1000
SESSIONS = {"day": 1, "session": 1, "week": 5, "month": 21, "quarter": 63, "half_year": 126, "year": 250}


def volumes(context: Context) -> list[Draft]:
    """Turnover: each of its figures as a number of shares or a multiple, else that it was unusual."""
    named = single(context.subject())
    instrument, basis = named if named else (context.instrument("SPY"), "default")
    if instrument is None:
        return []
    moment = context.moment(instrument, context.clause.start) or context.day(instrument)
    if moment is not None and moment.basis == "quote" and _is_compared(context):
        last = context.clock.last_session(instrument)  # "three times as many as on Friday" is not of Friday
        moment = Moment(last, "default") if last else None
    if moment is None:
        return []
    low = any(words.search(context.clause.text) for words in (LOW, LOWEST))
    params = {"symbol": instrument.symbol, "session": moment.session, "direction": "low" if low else "high"}
    marks: dict[str, Basis] = {"symbol": basis, "session": moment.basis}  # type: ignore[dict-item]
    said = [] if named is None else list(_turnover(context))
    figures = [
        Draft("abnormal_volume", {**params, **figure}, {**marks, "stated": "quote"}, assumed=assumed,
              why="turnover that is put in a figure")
        for figure, assumed in said
    ]  # fmt: skip
    if figures:
        return figures
    return [Draft("abnormal_volume", params, marks, directness="statistical", why="turnover against its usual size")]


COMPARED = Pattern(rf"\b{any_phrase('compared_day')}\s+{any_phrase('compared_day_at')}?\s*$", re.IGNORECASE)


def _is_compared(context: Context) -> bool:
    """Whether every day of the clause is one that the turnover is set against."""
    text = context.clause.view.article.text
    days = [e for e in context.clause.times if isinstance(e.value, (Day, Weekday, RelativeDay))]
    return bool(days) and all(COMPARED.search(text[max(0, e.start - 12) : e.start]) for e in days)


def _turnover(context: Context) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """What the figures of a clause on turnover state, and what is assumed of each."""
    text = context.clause.view.article.text
    for figure in context.clause.figures:
        if figure.unit == "count" and TRADED.match(text[figure.end :]):
            yield {"stated": stated(figure, None)}, ()
        elif figure.unit == "ratio" and OF_USUAL.search(text[figure.end : context.clause.end]):
            usual = _usual(context, figure.end)
            if usual is not None:
                yield {"stated": stated(figure, None), **usual}, ()
        elif figure.unit == "ratio" or (figure.unit == "fraction" and figure.signed and figure.value > -1):
            note = f"{figure.text!r} does not say of what: of the session before"
            yield {"stated": _as_multiple(figure), "against": "before"}, (note,)


def _as_multiple(figure: Figure) -> Stated:
    """ "Tripled" is a change of +2.0 and three times as much."""
    said = stated(figure, None)
    if figure.unit == "ratio":
        return said
    shift = {name: None if bound is None else bound + 1 for name, bound in (("low", said.low), ("high", said.high))}
    return said.model_copy(update={"value": said.value + 1, "unit": "ratio", **shift})


def _usual(context: Context, position: int) -> dict[str, Any] | None:
    """What is usual: a year's sessions, the length ("of the preceding three months") or the period ("in July") that the
    text names behind the figure; None for a length that is too short, and for a time that is not read."""
    named = [e.value for e in context.clause.times if e.start >= position]
    if not named:
        behind = context.clause.view.article.text[position : context.clause.end]
        return None if LENGTH.search(behind) else {}
    value = named[0]
    if isinstance(value, Duration):
        sessions = round((value.count or 0) * SESSIONS.get(value.unit, 0))
        return {"window": sessions} if SHORTEST <= sessions <= LONGEST else None
    period = resolve(value, context.clock.published)
    if period is None or period.shape != "period":
        return None
    return {"usual_from": period.first, "usual_to": period.last}
