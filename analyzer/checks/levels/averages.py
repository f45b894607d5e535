"""A price against its moving average: on which side of it, and how far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analyzer.checks.base import (
    NEAREST_FIRST,
    Data,
    Finding,
    Series,
    SeriesRequest,
    either,
    judge_figure,
    missing_series,
    missing_sessions,
    no_data,
    number,
    observed,
    only_the_second,
    percent,
    statistic,
)
from analyzer.checks.levels.params import LevelParams
from analyzer.checks.levels.rows import (
    traded_series,
)
from analyzer.checks.levels.sessions import one_session
from analyzer.model import NearMiss, Stated, Window
from analyzer.stats import figures


def against_average(params: LevelParams, data: Data) -> Finding:
    """The same with the average of the session in the place of a figure; of two readings each has its own."""
    first = _at_average(params, data, params.session)
    if params.or_session is None:
        return first
    note = only_the_second(params.or_said, str(params.session), str(params.or_session))
    second = params.or_session
    return either(first, lambda: _at_average(params, data, second), note, ambiguous=params.or_said is not None)


def _at_average(params: LevelParams, data: Data, session: date | None) -> Finding:
    """The average is formed of split-adjusted closes, and told on the price basis of the session."""
    adjusted, traded = data.get(SeriesRequest(params.symbol)), traded_series(params, data)
    if adjusted is None or traded is None or traded.last is None:
        return missing_series(data, params.symbol)
    day_of = session or traded.last
    if day_of > data.as_of:
        return no_data(f"{day_of} lies after the as-of date {data.as_of}.", reason="not_yet")
    rows = adjusted.between(None, day_of)
    close, price = adjusted.at(day_of), traded.at(day_of)
    if close is None or price is None:
        return missing_sessions(traded, data, day_of)
    length = params.average or 0
    if len(rows) < length:
        why = (
            f"{data.name(params.symbol)} has {len(rows)} of the {length} closes up to {day_of} that the average needs."
        )
        return no_data(f"{why} Try: --data FOLDER with earlier dates.", reason="span", used=(adjusted,))
    mean = float(rows.values[-length:].mean()) * price / close
    figure = Stated(
        text=f"average of {length} sessions", value=mean, low=mean, high=mean, unit="points", qualifier="exact"
    )
    fixed = params.model_copy(update={"stated": figure, "average": None, "session": day_of, "or_session": None})
    found = one_session(fixed, data)
    if params.stated is not None:
        return _distance(params, data, adjusted, day_of, found)
    return replace(found, summary=f"{found.summary} The average of {length} sessions stood at {number(mean)}.")


def _distance(params: LevelParams, data: Data, rows: Series, day_of: date, at_average: Finding) -> Finding:
    """How far from it, counted to the side that is stated; else the nearest session at which that fits."""
    assert params.stated is not None
    here = distance(rows, day_of, params.average or 0)
    assert here is not None
    side = 1.0 if params.relation == "above" else -1.0
    size = _unsigned(params.stated)
    outcome, reason = judge_figure(size, side * here)
    misses: tuple[NearMiss, ...] = ()
    for steps in () if outcome == "supported" else NEAREST_FIRST:
        near = rows.session_offset(day_of, steps)
        there = distance(rows, near, params.average or 0) if near is not None and data.may_mean(near) else None
        if near is not None and there is not None and figures.fits(size, side * there):
            misses = (_miss(params, near, there),)
            outcome, reason = "mixed", "wrong_period"
            break
    text = (
        f"{data.name(params.symbol)} {percent(here)} from its average of {params.average} sessions at the close of "
        f"{day_of}."
    )
    return replace(
        at_average, outcome=outcome, reason=reason, summary=" ".join([text, *(m.sentence for m in misses)]),
        near_misses=misses, used=(rows,), statistic=statistic("distance", here),
        observed=observed(here, "fraction", None),
    )  # fmt: skip


def distance(rows: Series, day_of: date, length: int) -> float | None:
    """``x_t`` over the mean of so many closes up to it, less one."""
    close, closes = rows.at(day_of), rows.between(None, day_of).values[-length:]
    return None if close is None or len(closes) < length else close / float(closes.mean()) - 1.0


def _unsigned(said: Stated) -> Stated:
    """The share by its size: the relation says on which side."""
    if said.value >= 0:
        return said
    low, high = (None if b is None else -b for b in (said.high, said.low))
    return said.model_copy(update={"value": -said.value, "low": low, "high": high})


def _miss(params: LevelParams, session: date, value: float) -> NearMiss:
    sentence = f"Nearest true statement: {percent(value)} at the close of {session}."
    return NearMiss(
        change="session", symbol=params.symbol, window=Window(first=session, last=session), value=value,
        unit="fraction", sentence=sentence,
    )  # fmt: skip
