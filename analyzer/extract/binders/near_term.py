"""Forecasts of a price without a figure: the day or the week ahead, or a way that it is seen to go, by a default
horizon that is written down."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.extract.binders.common import index_of, names_another
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.forecast_words import is_house
from analyzer.extract.outlook_words import (
    A_YEAR,
    Outlook,
    SessionAhead,
    fall_ahead,
    outlook_ahead,
    session_ahead,
)
from analyzer.extract.phrases import phrases
from analyzer.extract.plain_forecasts import plain_forecast, year_ahead
from analyzer.extract.sessions import session_back, session_upto
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Direction, Stated
from analyzer.text import times as t

A_MONTH = 30.4375
STOCKS, YIELD = "^GSPC", "DGS10"
"""What is meant where a text sees returns, or interest rates, ahead and names no market."""
WHOLE_MARKET, OF_RETURNS = phrases("whole_market"), phrases("of_returns")
FRIDAY = 4


def near_term(context: Context) -> list[Draft]:
    """forecast of the session or the week ahead, else of an outlook; nothing where the text names a time of its own."""
    clause, published = context.clause, context.clock.published
    if published is None:
        return []
    ahead = session_ahead(clause)
    if ahead is not None:
        return _session(context, published, ahead)
    outlook = outlook_ahead(clause)
    return [] if outlook is None or clause.times else _outlook(context, published, outlook)


def falls_ahead(context: Context) -> list[Draft]:
    """forecast of a fall that is seen ahead ("a correction"): of the size that the word is taken for, within the
    horizon that is stated, else within twelve months."""
    clause, published = context.clause, context.clock.published
    fall = fall_ahead(clause)
    named = single(context.subject()) or index_of(context)
    if fall is None or published is None or named is None or not (clause.mentions or clause.view.only_subject):
        return []
    instrument, basis = named
    read = context.clock.horizon(clause)
    if instrument.kind in ("macro", "rate", "volatility") or (read is None and clause.times):
        return []
    end = read[0] if read else published + timedelta(days=round(A_YEAR * A_MONTH))
    size = f"{fall.size:.0%}"
    params = {
        "symbol": instrument.symbol, "made": published, "end": end, "horizon_basis": "text" if read else "default",
        "direction": "down", "mode": "touch",
        "stated": Stated(text=fall.word, value=-fall.size, low=None, high=-fall.size, unit="fraction",
                         qualifier="at_least"),
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis, "made": "article", "end": read[1] if read else "default", "direction": "quote",
        "stated": "context" if fall.agreed else "default",
    }  # fmt: skip
    assumed: tuple[str, ...] = (f'"{fall.word}" is taken for a fall of {size}, by close',)
    if read is None:
        assumed = (*assumed, f"no horizon is stated: {A_YEAR} months")
    return [Draft("forecast", params, marks, assumed=assumed, why="a fall ahead is resolved by its size")]


def plainly_ahead(context: Context) -> list[Draft]:
    """forecast of the one price that the clause sees to rise or to fall: within twelve months, a written default."""
    published, seen = context.clock.published, plain_forecast(context.clause)
    if published is None or seen is None:
        return []
    named = single(context.subject(seen.mention.end)) or index_of(context)
    if named is None:
        return []
    instrument, basis = named
    way = turned(seen.direction) if seen.mention.inverse else seen.direction
    params = {
        "symbol": instrument.symbol, "made": published, "end": published + timedelta(days=round(A_YEAR * A_MONTH)),
        "horizon_basis": "default", "direction": way, "mode": "at_horizon",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "made": "article", "end": "default", "direction": "quote"}
    assumed = (f"no horizon is stated: {A_YEAR} months",)
    return [Draft("forecast", params, marks, assumed=assumed, why="a plain forecast is resolved by its direction")]


def turned(direction: Direction) -> Direction:
    return "down" if direction == "up" else "up"


def years_ahead(context: Context) -> list[Draft]:
    """forecast of a year that is to end below, or above, its start: "gehen von einem Verlustjahr aus"."""
    clause, published, way = context.clause, context.clock.published, year_ahead(context.clause)
    named = _of_a_year(context)
    if way is None or published is None or named is None:
        return []
    read = context.clock.horizon(clause)
    if read is None and clause.times and not all(isinstance(e.value, t.YearStart) for e in clause.times):
        return []
    year = read[0].year if read else published.year
    instrument, basis = named
    params = {
        "symbol": instrument.symbol, "made": date(year - 1, 12, 31), "end": date(year, 12, 31),
        "horizon_basis": "text", "direction": way, "mode": "at_horizon",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "made": "article", "end": "context", "direction": "quote"}
    assumed = (f"the year {year} is meant, from the last close of the year before",)
    return [Draft("forecast", params, marks, assumed=assumed, why="the year decides it")]


def _of_a_year(context: Context) -> tuple[Instrument, Basis] | None:
    """Of what it is the year: what is named and does not forecast, else the index that was named last before."""
    clause = context.clause
    if any(not is_house(m.text) for m in clause.mentions):
        return single(context.subject()) or index_of(context)
    for mention in reversed([m for m in clause.view.mentions if m.end <= clause.start]):
        if isinstance(mention.target, Instrument) and mention.target.kind == "index":
            return mention.target, "context" if mention.start >= clause.paragraph.start else "article"
    return None


def _session(context: Context, published: date, ahead: SessionAhead) -> list[Draft]:
    """Of the day of publication while its close is not told, else of the next one; of the week up to its Friday."""
    named = _named(context)
    if named is None or _names_a_time(context):
        return []
    instrument, basis = named
    if ahead.unit == "week":
        friday = published + timedelta(days=(FRIDAY - published.weekday()) % 7)
        made, end = published, friday if published.weekday() < FRIDAY else friday + timedelta(days=7)
        end = end if end > published else published + timedelta(days=7)
    elif session_upto(instrument, published) == published and context.may_precede_the_close(published):
        made, end = session_back(instrument, published), published
    else:
        made = session_upto(instrument, published)
        end = _next_session(instrument, made)
    params = {
        "symbol": instrument.symbol, "made": made, "end": end, "horizon_basis": "text",
        "direction": ahead.direction, "mode": "at_horizon",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "made": "article", "end": "context", "direction": "quote"}
    assumed = (f"the {ahead.unit} ahead is taken to end on {end}, and a close {_WAY[ahead.direction]} to make it so",)
    return [Draft("forecast", params, marks, assumed=assumed, why="the session ahead decides it")]


def _named(context: Context) -> tuple[Instrument, Basis] | None:
    """What the clause names: an instrument, else the shares of Wall Street."""
    if context.clause.mentions:
        return single(context.subject()) or index_of(context)
    stocks = context.instrument(STOCKS)
    at_large = stocks is not None and WHOLE_MARKET.search(context.clause.text)
    return (stocks, "quote") if stocks is not None and at_large else None


_WAY = {"up": "higher than before", "down": "lower than before"}


def _names_a_time(context: Context) -> bool:
    """A weekday or a date beside it: which session is meant then is read elsewhere, or not at all."""
    return any(isinstance(e.value, (t.Weekday, t.Day, t.RelativeDay)) for e in context.clause.times)


def _next_session(instrument: Instrument, session: date) -> date:
    day = session + timedelta(days=1)
    while session_upto(instrument, day) == session:
        day += timedelta(days=1)
    return day


def _outlook(context: Context, published: date, outlook: Outlook) -> list[Draft]:
    named = _seen(context, outlook)
    if named is None:
        return []
    instrument, basis = named
    end = published + timedelta(days=round(outlook.months * A_MONTH))
    params = {
        "symbol": instrument.symbol, "made": published, "end": end,
        "horizon_basis": "default", "direction": outlook.direction, "mode": "at_horizon",
    }  # fmt: skip
    marks: dict[str, Basis] = {"symbol": basis, "made": "article", "end": "default", "direction": "quote"}
    assumed = [f"no horizon is stated: {outlook.months} months"]
    if basis == "default":
        assumed.append(f"no market is named: {instrument.name}")
    return [Draft("forecast", params, marks, assumed=tuple(assumed), why="an outlook is resolved by its direction")]


def _seen(context: Context, outlook: Outlook) -> tuple[Instrument, Basis] | None:
    """What is seen to rise or fall: what the clause or its paragraph names, interest rates, else shares at large."""
    clause = context.clause
    if outlook.of_rates and not clause.mentions:
        rate = context.instrument(YIELD)
        return (rate, "default") if rate is not None else None
    at_large = not clause.mentions and OF_RETURNS.search(clause.text) is not None
    subject = None if at_large else context.subject()
    named = None if subject is None else single(subject) or index_of(context)
    if named is not None and (clause.mentions or not names_another(clause)):
        return named
    only = clause.view.only_subject
    if only is not None:
        return only, "article"
    stocks, speaks = context.instrument(STOCKS), OF_RETURNS.search(clause.text)
    return (stocks, "default") if stocks is not None and speaks and clause.view.article.language == "en" else None
