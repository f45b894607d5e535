"""Ranks, records and periods of a series, and the sessions without a row that could hide a record.

Arrays are one-dimensional float64 without NaN, in the order of time. "More extreme" is strict: an equal value is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from analyzer.series import Series, day, to_date

Side = Literal["high", "low"]
Period = Literal["session", "week", "month", "year"]
Precision = Literal["day", "month", "year"]
Measure = Literal["level", "change", "return"]

HARMLESS_GAP = 21
"""Longest run of sessions without a row (a month) whose inside is judged by the rows around it."""
HARMLESS_MOVE = 0.5
"""Within such a run no level is expected more than this fraction beyond the rows around it, nor a larger change."""


def more_extreme(values: np.ndarray, than: float, side: Side) -> np.ndarray:
    """Mask of the values above (high) or below (low) ``than``."""
    mask: np.ndarray = values > than if side == "high" else values < than
    return mask


def rank_at(values: np.ndarray, i: int, side: Side, start: int = 0) -> int:
    """Rank of ``values[i]`` among ``values[start : i + 1]``: 1 is the most extreme, equal values share a rank."""
    return 1 + int(np.count_nonzero(more_extreme(values[start:i], float(values[i]), side)))


def last_more_extreme(values: np.ndarray, i: int, side: Side) -> int | None:
    """Position of the last value before ``i`` that is more extreme than ``values[i]``; None when there is none."""
    found = np.flatnonzero(more_extreme(values[:i], float(values[i]), side))
    return int(found[-1]) if len(found) else None


def bounds(when: date, span: Period | Precision) -> tuple[date, date]:
    """First and last calendar day of the week (Saturday to Friday), month or year of a day; else the day itself."""
    d = day(when)
    if span == "week":
        end = d + (1 - d.astype(int)) % 7  # day 0 of the epoch is a Thursday, so Fridays are 1 modulo 7
        return to_date(end - 6), to_date(end)
    if span in ("month", "year"):
        unit = "M" if span == "month" else "Y"
        start = d.astype(f"datetime64[{unit}]")
        return to_date(start.astype("datetime64[D]")), to_date((start + 1).astype("datetime64[D]") - 1)
    return when, when


def by_period(series: Series, period: Period) -> Series:
    """The series at the last session of each week, month or year.

    Its ``sessions`` are those last sessions, so that a period whose last session has no row is a hole, and returns over
    periods are formed only between neighbours.
    """
    if period == "session":
        return series
    ends = series.sessions[_ends(series.sessions, period)]
    keep = np.isin(series.dates, ends)
    return Series(
        series.symbol, series.field, series.basis, series.dates[keep], series.values[keep], ends, series.currency,
        series.source, series.retrieved, series.sha256, series.caveats,
    )  # fmt: skip


def _ends(sessions: np.ndarray, period: Period) -> np.ndarray:
    if period == "week":
        keys = (sessions.astype(np.int64) + 5) // 7
    else:
        keys = sessions.astype("datetime64[M]" if period == "month" else "datetime64[Y]").astype(np.int64)
    return np.append(keys[1:] != keys[:-1], True)[: len(keys)]


def hiding_sessions(series: Series, value: float, side: Side, measure: Measure) -> int:
    """How many sessions without a row could hide a value more extreme than ``value``.

    ``series`` holds levels. A run of at most ``HARMLESS_GAP`` sessions hides no level that lies more than
    ``HARMLESS_MOVE`` beyond both rows around it, and no change in points larger than that fraction of the greater of
    them. A return can hide in every run, anything in sessions before the first row.
    """
    at = np.searchsorted(series.sessions, series.dates)
    lead = int(at[0]) if len(at) else len(series.sessions)
    lengths = np.diff(at) - 1
    runs = np.flatnonzero(lengths > 0)
    if measure == "return" or value == 0:
        return lead + int(lengths[runs].sum())
    around = np.stack((series.values[runs], series.values[runs + 1]))
    if measure == "change":
        within = HARMLESS_MOVE * np.abs(around).max(axis=0) >= abs(value)
    elif side == "high":
        within = around.max(axis=0) + HARMLESS_MOVE * np.abs(around).max(axis=0) >= value
    else:
        within = around.min(axis=0) - HARMLESS_MOVE * np.abs(around).min(axis=0) <= value
    return lead + int(lengths[runs][within | (lengths[runs] > HARMLESS_GAP)].sum())


@dataclass(frozen=True)
class Ranking:
    """The value at position ``i`` of ``values`` among those before it; ``levels`` are the closes they are formed of."""

    levels: Series
    values: Series
    i: int
    side: Side
    measure: Measure
    begins: date | None
    """From when on the values are known."""
    start: int = 0
    """Position of the first value of the span in which the rank is counted."""

    @property
    def own(self) -> float:
        return float(self.values.values[self.i])

    @property
    def when(self) -> date:
        return to_date(self.values.dates[self.i])

    @property
    def nobs(self) -> int:
        return self.i + 1 - self.start

    @property
    def rank(self) -> int:
        return rank_at(self.values.values, self.i, self.side, self.start)

    @property
    def last(self) -> tuple[date, float] | None:
        """The last value before the own one that is more extreme, wherever it lies."""
        j = last_more_extreme(self.values.values, self.i, self.side)
        return None if j is None else (to_date(self.values.dates[j]), float(self.values.values[j]))

    def hidden(self, since: date) -> int:
        """Sessions without a row from a day to the own one that could hide a more extreme value."""
        return hiding_sessions(self.levels.between(since, self.when), self.own, self.side, self.measure)

    def at(self, session: date) -> Ranking | None:
        """The ranking of another session's value; None where it has none."""
        i = int(np.searchsorted(self.values.dates, day(session)))
        there = i < len(self.values) and self.values.dates[i] == day(session)
        return replace(self, i=i) if there else None
