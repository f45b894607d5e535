"""A level at the close of one session, or within it; else where it is true nearby."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analyzer.checks.base import (
    LAST_MINUTES,
    NEAREST_FIRST,
    OTHER_SOURCE,
    Data,
    Finding,
    Series,
    SeriesRequest,
    closed_day,
    judge_figure,
    missing_series,
    missing_sessions,
    no_data,
    nothing_before,
    observed,
    statistic,
)
from analyzer.checks.levels.first import first_time
from analyzer.checks.levels.params import AsWritten, LevelParams
from analyzer.checks.levels.rows import (
    adjusted_close,
    extremes_of,
    holds,
    point_of,
    series_of,
    touched,
    traded_series,
    unit_problem,
)
from analyzer.checks.levels.wording import chart_of, said, sentence_of
from analyzer.model import Label, NearMiss, Window
from analyzer.stats.levels import Point, Side, is_beyond, point_at
from analyzer.stats.shares import NO_SPLIT


def on_either_basis(params: LevelParams, data: Data) -> Finding:
    """As traded on the day; where that does not fit and the shares were split before the day of writing, on the shares
    of that day, in which a text that looks back may count."""
    first = one_session(params, data)
    traded = traded_series(params, data)
    if params.written is None or params.session is None or first.outcome == "supported" or traded is None:
        return first
    adjusted = data.get(SeriesRequest(params.symbol))
    then, now = (_split_factor(traded, adjusted, day_of) for day_of in (params.session, params.written))
    if then is None or now is None or abs(then / now - 1.0) <= NO_SPLIT:
        return first
    second = one_session(AsWritten(**dict(params)), data)
    if second.outcome != "supported":
        return first
    return replace(second, summary=f"On the shares of {params.written}, after a split: {second.summary}")


def _split_factor(traded: Series, adjusted: Series | None, day_of: date) -> float | None:
    """How many later shares one of that day has become."""
    session = traded.session_on_or_before(day_of)
    if adjusted is None or session is None:
        return None
    price, close = traded.at(session), adjusted.at(session)
    return price / close if price and close else None


def one_session(params: LevelParams, data: Data) -> Finding:
    if params.session and params.session > data.as_of:
        return no_data(f"{params.session} lies after the as-of date {data.as_of}.", reason="not_yet")
    closes = series_of(params, data)
    if closes is None or closes.last is None:
        return missing_series(data, params.symbol)
    wrong = unit_problem(params, data, closes)
    if wrong:
        return wrong
    point = point_of(params, data, closes)
    if point is None:
        return missing_sessions(closes, data, params.session or closes.last)
    if params.crossing and point.before is None:
        if point.before_session is None:
            return nothing_before(closes, data, point.session)
        return missing_sessions(closes, data, point.before_session)
    within = params.figure.qualifier == "up_to"
    outcome, reason, text, misses = (_within if within else _at_close)(params, data, closes, point)
    if outcome == "supported" and params.first_time:
        tested = (series_of(params, data, params.side) if within else None) or closes
        outcome, reason, note = first_time(params, data, tested, point.session)
        text = f"{text} {note}"
    outcome, reason, text = _on_a_closed_day(params, outcome, reason, text)
    prints = series_of(params, data, params.side) if within or any(m.change == "intraday" for m in misses) else None
    return Finding(
        outcome=outcome, reason=reason, summary=" ".join([text, *(m.sentence for m in misses[:1])]),
        used=(closes, prints) if prints is not None else (closes,),
        window=Window(base=point.before_session, first=point.session, last=point.session), near_misses=misses,
        statistic=statistic("close", point.close), nobs=1, chart=chart_of(params, data, closes, point.session),
        observed=observed(point.close, params.figure.unit, params.figure.currency),
        reach=closes.first if params.first_time else None,
    )  # fmt: skip


def _on_a_closed_day(params: LevelParams, outcome: Label, reason: str, text: str) -> tuple[Label, str, str]:
    """A level on a day without a session is that of the last one before: right, it is of another day than is said."""
    if params.named_day is None or params.session is None:
        return outcome, reason, text
    if outcome == "supported":
        outcome, reason = "mixed", "wrong_period"
    return outcome, reason, f"{closed_day(params.named_day, params.session)} {text}"


Judged = tuple[Label, str, str, tuple[NearMiss, ...]]


def _at_close(params: LevelParams, data: Data, closes: Series, point: Point) -> Judged:
    text = sentence_of(params, data, point)
    if params.relation == "at":
        outcome, reason = judge_figure(params.figure, point.close)
    elif holds(params, point):
        outcome, reason = "supported", "exact"
    else:
        crossed = params.crossing and is_beyond(point.close, params.figure.value, params.side)
        outcome, reason = "refuted", "not_crossed" if crossed else "wrong_side"
    if outcome == "supported":
        return outcome, reason, text, ()
    if _is_another_source(params, data, point):
        return "supported", "rounded", text, ()
    misses = _near_misses(params, data, closes, point)
    if misses and misses[0].change == "intraday" and _is_of_another_hour(params, data, point):
        return "supported", "rounded", text, misses
    if not misses and _may_have_been(params, data, point):
        return "inconclusive", "intraday", f"{text} {CLOSES_ONLY}", ()
    reasons = {"intraday": "intraday", "session": "wrong_period", "basis": "split_adjusted"}
    return ("mixed", reasons[misses[0].change], text, misses) if misses else (outcome, reason, text, ())


FIXINGS = 0.0025
"""By how much the fixings of a currency differ within a day, as a share of the rate."""


def _is_of_another_hour(params: LevelParams, data: Data, point: Point) -> bool:
    """Whether a rate of exchange, which no auction closes, may be that of another source's hour, or a price of the very
    day that of the last minutes: one within the session's range that differs from the close by little."""
    facts = data.instruments.get(params.symbol)
    most = (
        FIXINGS
        if facts is not None and facts.kind == "currency"
        else LAST_MINUTES
        if params.running == point.session
        else 0.0
    )
    return params.relation == "at" and abs(params.figure.value / point.close - 1.0) <= most


def _is_another_source(params: LevelParams, data: Data, point: Point) -> bool:
    """Whether a yield is one or two hundredths of a point beside that of our source."""
    facts = data.instruments.get(params.symbol)
    is_rate = facts is not None and facts.kind == "rate" and params.relation == "at"
    most = OTHER_SOURCE / 100 if params.figure.unit == "fraction" else OTHER_SOURCE
    return is_rate and abs(params.figure.value - point.close) <= most


WITHIN_REACH = 0.05
"""How far beyond a close, as a share of it, a price may have been within the session where only closes are known."""
CLOSES_ONLY = "There are closing prices only: whether it was so within the session is open."


def _may_have_been(params: LevelParams, data: Data, point: Point) -> bool:
    """ "Dipped below 100,000" with a close of 102,000 and no low."""
    if not params.passed or extremes_of(params, data, point)[params.side] is not None:
        return False
    return abs(params.figure.value - point.close) <= WITHIN_REACH * abs(point.close)


def _within(params: LevelParams, data: Data, closes: Series, point: Point) -> Judged:
    """ "Briefly above L": the session's low or high; without them the close can only support it."""
    text = sentence_of(params, data, point)
    extreme = extremes_of(params, data, point)[params.side]
    if holds(params, point):
        return "supported", "exact", text, ()
    if extreme is None:
        why = f'{text} "{params.figure.text}" speaks of a price within the session; there are closing prices only.'
        return "no_data", "intraday", why, ()
    text = f"{text} The session's {params.side} was {said(params, extreme)}."
    return ("supported", "exact", text, ()) if touched(params, data, point) else ("refuted", "not_reached", text, ())


def _near_misses(params: LevelParams, data: Data, closes: Series, point: Point) -> tuple[NearMiss, ...]:
    """Where the level is true: within the session, at a neighbouring close, on another share basis."""
    found = []
    side: Side = "low" if params.relation == "at" and params.figure.value < point.close else params.side
    extreme = extremes_of(params, data, point)[side]
    if extreme is not None and touched(params, data, point):
        sentence = f"Within the session it did: its {side} was {said(params, extreme)}."
        found.append(_miss("intraday", params, point.session, extreme, sentence))
    for steps in NEAREST_FIRST:
        near = point_at(closes, closes.session_offset(point.session, steps))
        if near is not None and data.may_mean(near.session) and holds(params, near):
            sentence = f"Nearest true statement: {sentence_of(params, data, near)}"
            found.append(_miss("session", params, near.session, near.close, sentence))
            break
    adjusted = adjusted_close(params, data, point)
    if adjusted is not None and not params.crossing and holds(params, replace(point, close=adjusted)):
        sentence = "Only the price after later splits fits."
        found.append(_miss("basis", params, point.session, adjusted, sentence))
    return tuple(found)


def _miss(change: str, params: LevelParams, session: date, value: float, sentence: str) -> NearMiss:
    return NearMiss(
        change=change, symbol=params.symbol, window=Window(first=session, last=session), value=value,
        unit=params.figure.unit, currency=params.figure.currency, sentence=sentence,
    )  # fmt: skip
