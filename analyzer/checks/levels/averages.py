"""A price against its moving average."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analyzer.checks.base import (
    Data,
    Finding,
    SeriesRequest,
    either,
    missing_series,
    missing_sessions,
    no_data,
    number,
    only_the_second,
)
from analyzer.checks.levels.params import LevelParams
from analyzer.checks.levels.rows import (
    traded_series,
)
from analyzer.checks.levels.sessions import one_session
from analyzer.model import Stated


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
    return replace(found, summary=f"{found.summary} The average of {length} sessions stood at {number(mean)}.")
