"""The rows that a level is tested on: in its unit, of its session, within its session."""

from __future__ import annotations

from dataclasses import replace

from analyzer.checks.base import (
    Data,
    Finding,
    Series,
    SeriesRequest,
    no_data,
    on_shares_of,
)
from analyzer.checks.levels.params import AsWritten, LevelParams
from analyzer.series import Field, PriceBasis, to_date
from analyzer.stats.figures import inside
from analyzer.stats.levels import Point, Side, crosses, is_beyond, point_at
from analyzer.stats.shares import NO_SPLIT

IN_PER_CENT = ("rate", "macro", "volatility")
"""Kinds of instruments whose series hold per cent."""
SIDES: tuple[Side, Side] = ("low", "high")
UNITS = ("points", "currency", "ratio", "count", "fraction")


def traded_series(params: LevelParams, data: Data) -> Series | None:
    return data.get(SeriesRequest(params.symbol, "close", "as_traded")) or data.get(SeriesRequest(params.symbol))


def series_of(
    params: LevelParams, data: Data, field: Field | None = None, basis: PriceBasis = "as_traded"
) -> Series | None:
    """The series in the unit of the stated level: per cent become fractions."""
    series = data.get(SeriesRequest(params.symbol, field or params.price, basis))
    if isinstance(params, AsWritten) and params.written is not None and basis == "as_traded":
        prices = data.get(SeriesRequest(params.symbol, field or params.price))
        last = prices.session_on_or_before(params.written) if prices is not None else None
        series = on_shares_of(prices, data, last) if prices is not None and last is not None else series
    if series is None or params.figure.unit != "fraction":
        return series
    return replace(series, values=series.values / 100.0)


def unit_problem(params: LevelParams, data: Data, closes: Series) -> Finding | None:
    unit, currency = params.figure.unit, params.figure.currency
    facts, name = data.instruments.get(params.symbol), data.name(params.symbol)
    if unit not in UNITS or (unit == "fraction" and facts is not None and facts.kind not in IN_PER_CENT):
        why = f'"{params.figure.text}" is not in the unit of {name}, whose series holds levels.'
        return no_data(why, reason="unit", used=(closes,))
    if unit == "currency" and currency and currency != closes.currency:
        why = f"{name} is quoted in {closes.currency or 'an unknown currency'}, the level in {currency}."
        return no_data(f"{why} No exchange rate is applied.", reason="currency", used=(closes,))
    return None


def point_of(params: LevelParams, data: Data, closes: Series) -> Point | None:
    """The session; of a period the first one on which the level holds, else the first within which it was reached, else
    the one whose close came nearest to it, or of a threshold the last."""
    last = point_at(closes, params.session or closes.last)
    if params.start is None or last is None:
        return last
    rows = closes.between(params.start, last.session)
    points = [p for d in rows.dates if (p := point_at(closes, to_date(d))) is not None]
    held = next((p for p in points if holds(params, p)), None)
    if params.relation == "at" and points:
        last = min(points, key=lambda p: abs(p.close - params.figure.value))
    return held or next((p for p in points if touched(params, data, p)), last)


def holds(params: LevelParams, point: Point) -> bool:
    if params.relation == "at":
        return inside(params.figure, point.close)
    if not params.crossing:
        return is_beyond(point.close, params.figure.value, params.side)
    return point.before is not None and crosses(point.before, point.close, params.figure.value, params.side)


def extremes_of(params: LevelParams, data: Data, point: Point) -> dict[Side, float | None]:
    prints = {side: series_of(params, data, side) for side in SIDES}
    return {side: series.at(point.session) if series is not None else None for side, series in prints.items()}


def touched(params: LevelParams, data: Data, point: Point) -> bool:
    """Whether the level was reached within the session, and for a crossing from the other side."""
    found, stated = extremes_of(params, data, point), params.figure
    extreme = found[params.side]
    if params.relation == "at":
        low, high = found["low"], found["high"]
        if low is None or high is None:
            return False
        return (stated.low is None or high >= stated.low) and (stated.high is None or low <= stated.high)
    if extreme is None:
        return False
    if params.crossing:
        return point.before is not None and crosses(point.before, extreme, stated.value, params.side)
    return is_beyond(extreme, stated.value, params.side)


def adjusted_close(params: LevelParams, data: Data, point: Point) -> float | None:
    """The close divided by later splits; None when there were none, or when it is not the close that counts."""
    series = series_of(params, data, basis="split_adjusted") if params.price == "close" else None
    value = series.at(point.session) if series is not None else None
    return value if value and abs(point.close / value - 1.0) > NO_SPLIT else None
