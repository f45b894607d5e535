"""Patterns: one instrument against another, moods, turnover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analyzer.extract.binders.common import default_moment, span_of
from analyzer.extract.binders.moves import moves
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.resolve import resolve
from analyzer.extract.roles import parts
from analyzer.extract.subjects import subjects_in
from analyzer.extract.windows import Moment
from analyzer.model import Basis, Stated
from analyzer.text.numbers import Figure, stated
from analyzer.text.times import Day, Duration, RelativeDay, Weekday

WORSE = re.compile(
    r"\b(schlechter|schwächer|hinkt\w*|zurück\w*|underperform\w*|lagg?\w*|trail\w*|worse|weaker|less|hinterher\w*|schlusslicht)\b",
    re.IGNORECASE,
)


def comparisons(context: Context) -> list[Draft]:
    """relative_performance of the first two instruments that the clause names."""
    named = [s for s in context.subjects() if s.instrument]
    if len(named) < 2:
        named = [s for s in subjects_in(context.clause.sentence) if s.instrument]
    if len(named) < 2:
        return moves(context) if parts(context.clause) else []
    first, second = named[0].instrument, named[1].instrument
    if first is None or second is None:
        return []
    span = span_of(context, first)
    if span is None:
        return []
    relation = "worse" if WORSE.search(context.clause.text) else "better"
    params = {"symbol": first.symbol, "other": second.symbol, "base": span.base, "last": span.last,
              "relation": relation}  # fmt: skip
    marks: dict[str, Basis] = {"symbol": named[0].basis, "other": named[1].basis, "base": span.basis,
                               "last": span.basis}  # fmt: skip
    return [Draft("relative_performance", params, marks, why="two instruments over one window")]


MOODS = ("panic", "stress", "nervous", "calm")


def moods(context: Context) -> list[Draft]:
    """volatility_regime on the VIX for words of mood, abnormal_volume for words of turnover."""
    clause = context.clause
    drafts = volumes(context) if clause.has("volume") else []
    words = [m for m in MOODS if clause.has(m)]
    vix = context.instrument("^VIX")
    if clause.has("forecast_strong") or EXPECTED.search(clause.text):
        return drafts  # "analysts expect the swings to go on" is not of today's
    if OVER.search(clause.text):
        return drafts  # "the panic has passed" says that there is none
    if OTHER_THINGS.search(clause.text) and not MARKET.search(clause.text):
        return drafts  # "gold is the quiet casualty" says nothing of the market's mood
    if not words or vix is None:
        return drafts or moves(context)
    moment = context.moment(vix) or default_moment(context, vix)
    if moment is None:
        return drafts
    return [*(_mood(context, word, moment) for word in words), *drafts]


OTHER_THINGS = re.compile(
    r"\b(?:gold|silver|silber|oil|öl|crude|copper|kupfer|bitcoin|euro|dollar|yen|pound|franken)\b", re.IGNORECASE
)
MARKET = re.compile(
    r"\b(?:markets?|stocks?|wall street|investors?|traders?|vix"
    r"|\w*börsen?\w*|\w*märkten?|\w*markt|aktien\w*|anleger\w*)\b",
    re.IGNORECASE,
)
"""What the price of protection of shares speaks of, and what it does not."""
OVER = re.compile(
    r"\b(?:passed|is over|was over|has ended|subsided|faded"
    r"|(?:ist|war) vorbei|vorüber|abgeklungen|gelegt|ausgestanden)\b",
    re.IGNORECASE,
)
"""A mood that is said to have gone."""
EXPECTED = re.compile(r"\b(?:rechne\w* (?:\w+ )?(?:damit|mit)|erwarte\w*|expects?|anticipate\w*)\b", re.IGNORECASE)


def _mood(context: Context, word: str, moment: Moment) -> Draft:
    basket = context.catalogue.basket("big-tech") if word == "panic" else None
    params = {
        "symbol": "^VIX", "session": moment.session, "word": word,
        "members": basket.at(moment.session) if basket else None,
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": "default", "session": moment.basis, "word": "quote"}
    why = "the VIX says how dear protection was, not what people felt"
    return Draft("volatility_regime", params, marks, directness="statistical", why=why)


LOW = re.compile(r"\b(?:dünn\w*|gering\w*|niedrig\w*|halb\w*|thin|light|low|half|halved)\b", re.IGNORECASE)
OF_USUAL = re.compile(
    r"\b(?:usual|normal|average|typical|üblich\w*|gewöhnlich\w*|sonst|durchschnitt\w*|schnitt|mittel\w*)\b",
    re.IGNORECASE,
)
TRADED = re.compile(r"\s*(?:shares|contracts|aktien|papiere|stück|anteile|kontrakte)\b", re.IGNORECASE)
LENGTH = re.compile(r"\b(?:monate|months|wochen|weeks|tagen?|days|jahre|years)\b", re.IGNORECASE)
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
    low = LOW.search(context.clause.text) is not None
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


COMPARED = re.compile(r"\b(?:as|than|wie|als)\s+(?:on|am|in|im|at)?\s*$", re.IGNORECASE)


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
