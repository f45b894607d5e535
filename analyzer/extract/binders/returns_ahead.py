"""Forecasts of a return a year over some years: resolved by what they come to over all of them."""

from __future__ import annotations

from analyzer.extract.binders.common import index_of
from analyzer.extract.drafts import Context, Draft, single
from analyzer.extract.fortunes import SHARES_OF_ALL
from analyzer.extract.returns_ahead import YearlyReturn, yearly_return
from analyzer.market.instruments import Instrument
from analyzer.model import Basis, Stated

STOCKS = "^GSPC"
DAYS_A_YEAR = 365.25
FEWEST_YEARS = 2
DIVIDENDS = 0.02
"""What dividends may add a year to a return, which the series is without: the lower bound is lower by so much."""


def returns_ahead(context: Context) -> list[Draft]:
    """forecast of a total return between two bounds; nothing where the years are not counted."""
    clause, published, expected = context.clause, context.clock.published, yearly_return(context.clause)
    read = context.clock.horizon(clause) if expected is not None else None
    named = _named(context)
    if expected is None or published is None or read is None or read[3] or named is None:
        return []
    end, horizon, _, _ = read
    years = (end - published).days / DAYS_A_YEAR
    if years < FEWEST_YEARS - 0.5:
        return []
    instrument, basis = named
    params = {
        "symbol": instrument.symbol, "made": published, "end": end, "horizon_basis": "text", "mode": "at_horizon",
        "direction": "up", "stated": _over_all(expected, years),
    }  # fmt: skip
    marks: dict[str, Basis] = {
        "symbol": basis,
        "made": "article",
        "end": horizon,
        "direction": "quote",
        "stated": "quote",
    }
    assumed = (
        f"{expected.low:.0%} to {expected.high:.0%} a year, of which dividends may be two",
        *((f"no market is named: {instrument.name}",) if basis == "default" else ()),
    )
    return [Draft("forecast", params, marks, assumed=assumed, why="a return a year is resolved over all the years")]


def _over_all(expected: YearlyReturn, years: float) -> Stated:
    low, high = ((1 + rate) ** years - 1 for rate in (expected.low - DIVIDENDS, expected.high))
    return Stated(text=expected.text, value=(low + high) / 2, low=low, high=high, unit="fraction", qualifier="between")


def _named(context: Context) -> tuple[Instrument, Basis] | None:
    """The index or the shares that the clause names, else those of America at large."""
    clause = context.clause
    if clause.mentions:
        return single(context.subject()) or index_of(context)
    stocks = context.instrument(STOCKS)
    at_large = clause.view.article.language == "en" and SHARES_OF_ALL.search(clause.text) is not None
    return (stocks, "default") if stocks is not None and at_large else None
