"""Moves of several series over the same stretches of time: days, weeks or months.

A price moves by its simple return, a yield by its change in percentage points. Both are taken between dates that all
series have, so that a holiday of one exchange makes no lead and no lag.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from analyzer.model import ChartLine
from analyzer.series import Data, PriceBasis, Series, SeriesRequest, common_days, day, to_date

Every = Literal["day", "week", "month"]
LONGEST_GAP = {"day": 7, "week": 12, "month": 45}
"""Calendar days from one row to the next; a longer stretch is a hole and gives no move."""
MONDAY = np.datetime64("1970-01-05")
BASES: tuple[PriceBasis, PriceBasis] = ("total_return", "split_adjusted")
PER_YEAR = {"day": 252, "week": 52, "month": 12}


def requests(*symbols: str) -> tuple[SeriesRequest, ...]:
    """The series with dividends, and the one without for what has none."""
    return tuple(SeriesRequest(symbol, basis=basis) for symbol in symbols for basis in BASES)


def series_of(data: Data, symbol: str) -> Series | None:
    """With dividends where there are such prices, else without."""
    found = (data.get(SeriesRequest(symbol, basis=basis)) for basis in BASES)
    return next((series for series in found if series is not None), None)


def is_yield(data: Data, symbol: str) -> bool:
    """Whether the series is a yield in per cent, which moves against the price of its bond."""
    facts = data.instruments.get(symbol)
    return facts is not None and facts.kind == "rate"


@dataclass(frozen=True)
class Moves:
    """``values`` (n, k): one column a series; ``dates`` (n,): the last day of each stretch."""

    dates: np.ndarray
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.dates)

    def between(self, after: date | None, last: date | None) -> Moves:
        """Those that end after ``after`` and up to and with ``last``; None is open."""
        keep = np.ones(len(self.dates), dtype=bool)
        if after is not None:
            keep &= self.dates > day(after)
        if last is not None:
            keep &= self.dates <= day(last)
        return Moves(self.dates[keep], self.values[keep])

    @property
    def first(self) -> date | None:
        return to_date(self.dates[0]) if len(self.dates) else None

    @property
    def last(self) -> date | None:
        return to_date(self.dates[-1]) if len(self.dates) else None


def moves(
    series: Sequence[Series],
    every: Every,
    yields: Collection[str] = (),
    turned: Collection[str] = (),
    last: date | None = None,
) -> Moves:
    """The moves of all series between the last common rows of each day, week or month.

    Nothing after ``last`` counts: the stretch that it cuts ends on it. ``yields`` names the symbols that move by
    changes, ``turned`` those whose sign is turned round: the price of a bond by its yield, a currency by the rate of
    the other one.
    """
    common = series[0].dates
    for one in series[1:]:
        common = common_days(common, one.dates)
    if last is not None:
        common = common[common <= day(last)]
    ends = common[_last_of_each(common, every)]
    if len(ends) < 2:
        return Moves(ends[:0], np.empty((0, len(series))))
    gap = np.diff(ends).astype(np.int64) <= LONGEST_GAP[every]
    columns = []
    for one in series:
        values = one.values[np.searchsorted(one.dates, ends)]
        move = np.diff(values) if one.symbol in yields else _returns(values)
        columns.append(-move if one.symbol in turned else move)
    found = np.column_stack(columns)
    keep = gap & np.isfinite(found).all(axis=1)
    return Moves(ends[1:][keep], found[keep])


def _returns(values: np.ndarray) -> np.ndarray:
    """Simple returns; NaN to and from a price that is not positive, as that of the oil future of 2020-04-20."""
    positive = np.where(values > 0, values, np.nan)
    return np.asarray(positive[1:] / positive[:-1] - 1.0)


def _last_of_each(dates: np.ndarray, every: Every) -> np.ndarray:
    """Which rows are the last of their day, week or month."""
    if every == "day":
        return np.ones(len(dates), dtype=bool)
    key = (dates - MONDAY).astype(np.int64) // 7 if every == "week" else dates.astype("datetime64[M]").astype(np.int64)
    return np.append(key[1:] != key[:-1], True)[: len(dates)]


def chart_line(name: str, dates: np.ndarray, values: np.ndarray, limit: int = 300) -> ChartLine:
    """At most ``limit`` of the points, every n-th and the last."""
    steps = max(1, -(-len(dates) // (limit - 1)))
    shown = sorted({*range(0, len(dates), steps), len(dates) - 1}) if len(dates) else []
    return ChartLine(
        name=name, dates=tuple(to_date(dates[i]) for i in shown), values=tuple(float(values[i]) for i in shown)
    )
