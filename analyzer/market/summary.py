"""A series in a few figures: its ends, its extremes, what it did between, and how complete it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

from analyzer.errors import InputError
from analyzer.market.market import MarketView
from analyzer.series import Field, PriceBasis, Series, SeriesRequest, to_date


@dataclass(frozen=True)
class Row:
    date: date
    value: float


@dataclass(frozen=True)
class Summary:
    """``simple_return`` is a fraction from the first row to the last, None from a base that is not positive.

    ``sessions`` counts the exchange's from the first row to the last, ``missing`` those of them without a row.
    """

    first: Row
    last: Row
    lowest: Row
    highest: Row
    change: float
    simple_return: float | None
    sessions: int
    missing: int


def summary(series: Series) -> Summary:
    """Of a series with at least one row. Of equal extremes the first one is given."""
    first, last = _row(series, 0), _row(series, len(series) - 1)
    return Summary(
        first=first, last=last, lowest=Row(*series.most_extreme("low")), highest=Row(*series.most_extreme("high")),
        change=last.value - first.value, simple_return=last.value / first.value - 1 if first.value > 0 else None,
        sessions=len(series.sessions), missing=len(series.sessions) - len(series),
    )  # fmt: skip


def _row(series: Series, i: int) -> Row:
    return Row(to_date(series.dates[i]), float(series.values[i]))


def served(view: MarketView, request: SeriesRequest) -> Series:
    """The series as a check would get it; InputError names the fields and bases that there are instead."""
    made = view.data([request]).get(request)
    if made is not None:
        return made
    every = [SeriesRequest(request.symbol, name, basis) for name in get_args(Field) for basis in get_args(PriceBasis)]
    there = view.data(every).series
    if not there:
        known = f" that was known by {view.as_of}. Choose a later --as-of." if view.as_of < date.max else "."
        raise InputError(f"{request.symbol} has no row{known}")
    listed = "; ".join(f"--field {r.field} --basis {r.basis}" for r in every if r in there and r.basis != "raw")
    raise InputError(f"{request.symbol} has no {request.field} {request.basis.replace('_', ' ')}. There are: {listed}.")
