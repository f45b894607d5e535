"""Runs of moves in one direction, by session, week, month, quarter or year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from analyzer.series import Series, day, to_date

Unit = Literal["session", "week", "month", "quarter", "year"]
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Periods:
    """The last close of each period: ``dates`` (n,) its session, ``closes`` (n,), ``numbers`` (n,) the period's count,
    so that a period without a close leaves a gap."""

    dates: np.ndarray
    closes: np.ndarray
    numbers: np.ndarray


def periods(series: Series, session: date, unit: Unit, known: date) -> Periods:
    """The closes up to ``session`` by period; the last period is left out while it may still go on at ``known``."""
    rows = series.between(None, session)
    numbers = _numbers(series, rows.dates, unit)
    last = np.append(numbers[1:] != numbers[:-1], True) if len(numbers) else np.empty(0, dtype=bool)
    if len(numbers) and unit != "session" and not _is_over(series, session, unit, known):
        last[-1] = False
    return Periods(rows.dates[last], rows.values[last], numbers[last])


def _numbers(series: Series, dates: np.ndarray, unit: Unit) -> np.ndarray:
    if unit == "session":
        return np.asarray(np.searchsorted(series.sessions, dates))
    if unit == "week":
        return np.asarray((dates - np.datetime64("1970-01-05", "D")).astype(int) // 7)
    return np.asarray(dates.astype("datetime64[M]").astype(int) // MONTHS[unit])


def _is_over(series: Series, session: date, unit: Unit, known: date) -> bool:
    """Whether no session of the period was to come: none lies after ``session`` in it, and its last weekday is past."""
    if unit == "week":
        end = session + timedelta(days=6 - session.weekday())
    else:
        count = MONTHS[unit]
        number = int(np.datetime64(session, "M").astype(int)) // count
        end = to_date(np.datetime64((number + 1) * count, "M").astype("datetime64[D]") - 1)
    later = series.sessions[(series.sessions > day(session)) & (series.sessions <= day(end))]
    last_weekday = to_date(np.busday_offset(day(end), 0, roll="backward"))
    return len(later) == 0 and known >= last_weekday


@dataclass(frozen=True)
class Run:
    """A run of ``length`` moves the same way up to the last period. ``way`` is +1, -1, or 0 where the last close was
    unchanged; ``base`` is the session from whose close it counts, ``change`` the whole move as a fraction.
    ``as_long``: the session at which the last earlier run of that length or more the same way stood at that length."""

    way: int
    length: int
    base: date | None
    change: float
    as_long: date | None


def run_at(found: Periods, back: int = 0) -> Run:
    """The run that ends ``back`` periods before the last. An unchanged close, or a missing period, ends a run.

    ValueError where there are fewer than two periods.
    """
    end = len(found.closes) - 1 - back
    if end < 1:
        raise ValueError("a run needs two closes")
    ways = _ways(found)
    lengths = run_lengths(ways)
    length, way = int(lengths[end - 1]), int(ways[end - 1])
    if way == 0:
        return Run(0, 0, None, 0.0, None)
    first = end - length
    earlier = np.flatnonzero((lengths[: max(0, first)] >= length) & (ways[: max(0, first)] == way))
    as_long = to_date(found.dates[earlier[-1] + 1]) if len(earlier) else None
    change = float(found.closes[end] / found.closes[first] - 1.0)
    return Run(way, length, to_date(found.dates[first]), change, as_long)


def _ways(found: Periods) -> np.ndarray:
    ways = np.sign(np.diff(found.closes)).astype(int)
    ways[np.diff(found.numbers) != 1] = 0
    return ways


def run_lengths(ways: np.ndarray) -> np.ndarray:
    """(n,) for each of ``ways`` (n,) of +1, 0, -1: how many in a row, up to it, are the same; 0 for a 0."""
    lengths = np.zeros(len(ways), dtype=int)
    for i, way in enumerate(ways):
        if way != 0:
            lengths[i] = 1 + (lengths[i - 1] if i and ways[i - 1] == way else 0)
    return lengths
