"""Figures of the economy: how often a series appears, its rates of change, the period that a text means.

A row stands for a period: the first of a month for that month, the first of a quarter for that quarter. Rates of
change are formed between rows of the same place in the year, never across a hole. Why the vintage matters: Croushore
and Stark 2001, Journal of Econometrics 105; here a series is what it is given as.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from analyzer.series import Series, day, to_date

Frequency = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]
Measure = Literal["level", "on_year", "on_period", "annualised"]
MONTHS: dict[Frequency, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}
PER_YEAR: dict[Frequency, int] = {"daily": 252, "weekly": 52, "monthly": 12, "quarterly": 4, "yearly": 1}


def frequency(dates: np.ndarray) -> Frequency:
    """How often a series has a row, by the usual distance of its dates; one row counts as a month."""
    distance = float(np.median(np.diff(dates).astype(np.int64))) if len(dates) > 1 else 31.0
    for limit, name in ((4.0, "daily"), (10.0, "weekly"), (45.0, "monthly"), (120.0, "quarterly")):
        if distance <= limit:
            return name  # type: ignore[return-value]
    return "yearly"


def period_end(begins: date, often: Frequency) -> date:
    """The last day of the period that a row stands for; a daily or weekly row stands for its own date."""
    months = MONTHS.get(often)
    if months is None or begins.day != 1:
        return begins
    return to_date((day(begins).astype("datetime64[M]") + months).astype("datetime64[D]") - 1)


def period_name(begins: date, often: Frequency) -> str:
    """ "July 2024", "the 2nd quarter of 2024", "2024", or the date itself."""
    if often == "monthly":
        return f"{begins:%B %Y}"
    if often == "quarterly":
        return f"the {('1st', '2nd', '3rd', '4th')[(begins.month - 1) // 3]} quarter of {begins.year}"
    return str(begins.year) if often == "yearly" else f"the week to {begins}" if often == "weekly" else str(begins)


def measured(series: Series, measure: Measure) -> Series:
    """The series as a measure of it, dated by the later period.

    ``level``: as it is. ``on_year``: ``x_t / x_(t - 1 year) - 1``. ``on_period``: ``x_t / x_(t - 1 period) - 1``;
    ``annualised``: the same to the power of the periods of a year. Where the earlier row is missing or not positive
    there is none.
    """
    if measure == "level":
        return series
    often = frequency(series.dates)
    back = _year_before(series, often) if measure == "on_year" else _period_before(series, often)
    base = np.where(back >= 0, series.values[back], np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(base > 0, series.values / base - 1.0, np.nan)
    if measure == "annualised":
        rate = (1.0 + rate) ** PER_YEAR[often] - 1.0
    kept = np.isfinite(rate)
    return replace(series, dates=series.dates[kept], values=rate[kept], sessions=series.dates[kept])


def _period_before(series: Series, often: Frequency) -> np.ndarray:
    """Index of the row one period earlier, -1 where it is missing."""
    months = MONTHS.get(often)
    if months is not None:
        return _found(series, _months_back(series.dates, months))
    index = np.arange(len(series)) - 1
    if often == "weekly":
        near = np.append([False], np.diff(series.dates).astype(np.int64) <= 10)[: len(series)]
        return np.where(near, index, -1)
    return index


def _year_before(series: Series, often: Frequency) -> np.ndarray:
    """Index of the row a year earlier: of the same month, else the nearest row within five days of 364 days before."""
    if often in MONTHS:
        return _found(series, _months_back(series.dates, 12))
    wanted = series.dates - 364
    index = np.clip(np.searchsorted(series.dates, wanted), 0, max(0, len(series) - 1))
    before = np.clip(index - 1, 0, None)
    nearer = np.abs(series.dates[before] - wanted) < np.abs(series.dates[index] - wanted)
    index = np.where(nearer, before, index)
    close = np.abs((series.dates[index] - wanted).astype(np.int64)) <= 5
    return np.where(close, index, -1)


def _months_back(dates: np.ndarray, months: int) -> np.ndarray:
    begins = dates.astype("datetime64[M]")
    earlier: np.ndarray = (begins - months).astype("datetime64[D]") + (dates - begins.astype("datetime64[D]"))
    return earlier


def _found(series: Series, wanted: np.ndarray) -> np.ndarray:
    index = np.searchsorted(series.dates, wanted)
    inside = np.clip(index, 0, max(0, len(series) - 1))
    return np.where((index < len(series)) & (series.dates[inside] == wanted), inside, -1)


def meant(series: Series, published: date, count: int = 2, *, running: bool = False) -> tuple[date, ...]:
    """The periods whose figures a text of a day may call the latest: the last ``count`` that had ended, newest first.

    The newest of them had perhaps not been released: its release is not in the data. A period that the series does not
    hold yet is left out. With ``running`` the period of the day itself comes before them.
    """
    often = frequency(series.dates)
    begun = [d for d in map(to_date, series.dates) if d <= published]
    ended = [d for d in begun if period_end(d, often) <= published]
    now = begun[len(ended) :] if running else []
    return tuple(reversed([*ended[-count:], *now]))


def newest_ended(often: Frequency, published: date) -> date:
    """The beginning of the last period that had ended on a day, whether or not a row of it is known."""
    months = MONTHS.get(often)
    if months is None:
        return published - timedelta(days=7 if often == "weekly" else 1)
    running = day(published).astype("datetime64[M]").astype(int)
    running = running - running % months
    ended = running if period_end(to_date(np.datetime64(int(running), "M")), often) <= published else running - months
    return to_date(np.datetime64(int(ended), "M"))


def more_extreme(series: Series, period: date, highest: bool) -> Series:
    """The rows before a period whose values are beyond its own."""
    value = series.at(period)
    earlier = series.between(None, period - timedelta(days=1))
    if value is None:
        return earlier.between(period, period)
    hits = earlier.values > value if highest else earlier.values < value
    return replace(earlier, dates=earlier.dates[hits], values=earlier.values[hits])
