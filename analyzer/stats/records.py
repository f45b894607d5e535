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
Period = Literal["session", "week", "month", "quarter", "year"]
Precision = Literal["day", "month", "year"]
Measure = Literal["level", "change", "return"]

LONGEST_GAP = 21
"""Longest run of sessions without a row (a month) whose inside is judged by the rows around it."""
ROWS_TO_JUDGE = 250
"""Rows (a year) from which it can be said how far the series moves in a few sessions."""


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
    """First and last calendar day of the week (Saturday to Friday), month, quarter or year of a day; else the day."""
    d = day(when)
    if span == "week":
        end = d + (1 - d.astype(int)) % 7  # day 0 of the epoch is a Thursday, so Fridays are 1 modulo 7
        return to_date(end - 6), to_date(end)
    if span == "quarter":
        month = 3 * ((when.month - 1) // 3) + 1
        return date(when.year, month, 1), bounds(date(when.year, month + 2, 1), "month")[1]
    if span in ("month", "year"):
        unit = "M" if span == "month" else "Y"
        start = d.astype(f"datetime64[{unit}]")
        return to_date(start.astype("datetime64[D]")), to_date((start + 1).astype("datetime64[D]") - 1)
    return when, when


def by_period(series: Series, period: Period) -> Series:
    """The series at the last session of each week, month, quarter or year.

    Its ``sessions`` are those last sessions, so that a period whose last session has no row is a hole, and returns over
    periods are formed only between neighbours.
    """
    if period == "session":
        return series
    ends = series.sessions[_ends(series.sessions, period)]
    keep = np.isin(series.dates, ends)
    return replace(series, dates=series.dates[keep], values=series.values[keep], sessions=ends)


def _ends(sessions: np.ndarray, period: Period) -> np.ndarray:
    if period == "week":
        keys = (sessions.astype(np.int64) + 5) // 7
    elif period == "quarter":
        keys = sessions.astype("datetime64[M]").astype(np.int64) // 3
    else:
        keys = sessions.astype("datetime64[M]" if period == "month" else "datetime64[Y]").astype(np.int64)
    return np.append(keys[1:] != keys[:-1], True)[: len(keys)]


def hiding_sessions(series: Series, since: date | None, value: float, side: Side, measure: Measure) -> int:
    """How many sessions without a row, from a day on, could hide a value more extreme than ``value``.

    ``series`` holds levels. A run of them hides no level that the series could only have reached, and come back from,
    by moving further than it ever did in as many sessions, and no change in points that would have been more than its
    largest one-session return from the highest level within reach. A return can hide in every run; so can anything in
    a run longer than ``LONGEST_GAP``, or in a series that is shorter than ``ROWS_TO_JUDGE`` or not positive.
    """
    lengths = np.diff(np.searchsorted(series.sessions, series.dates)) - 1
    runs = np.flatnonzero(lengths if since is None else lengths * (series.dates[1:] > day(since)))
    if measure == "return" or not len(runs) or len(series) < ROWS_TO_JUDGE or series.values.min() <= 0:
        return int(lengths[runs].sum())
    low = measure == "level" and side == "low"
    values, target = (1.0 / series.values, 1.0 / value if value > 0 else np.inf) if low else (series.values, abs(value))
    rise, fall = _largest_moves(values, min(int(lengths[runs].max()), LONGEST_GAP))
    share = max(rise[1], fall[1]) - 1.0 if measure == "change" else 1.0
    peaks = [_peak(values[i : i + 2], rise[: lengths[i] + 1], fall[: lengths[i] + 1]) * share for i in runs]
    hiding = (np.array(peaks) >= target) | (lengths[runs] > LONGEST_GAP)
    return int(lengths[runs][hiding].sum())


LONGEST_BEGINNING = 520
"""Sessions, of two years, that may be missing at the beginning for what they held to be bounded at all."""


def beginning_could_hide(series: Series, since: date, value: float, side: Side) -> bool:
    """Whether the sessions from a day to the first row could hold a level more extreme than ``value``: only where the
    series could have come from there to its first row by no larger move than it ever made in as many sessions."""
    first = series.first
    missing = int(np.busday_count(day(since), day(first))) if first is not None else 0
    rows = series.values
    if first is None or missing > LONGEST_BEGINNING or len(rows) < ROWS_TO_JUDGE or rows.min() <= 0 or value <= 0:
        return True
    rise, fall = _largest_moves(rows, missing)
    extreme = rows[0] * fall[-1] if side == "high" else rows[0] / rise[-1]
    return bool(extreme >= value) if side == "high" else bool(extreme <= value)


def _largest_moves(values: np.ndarray, sessions: int) -> tuple[np.ndarray, np.ndarray]:
    """Largest factors by which the values rose and fell within 0, 1, ... ``sessions`` rows; each at least 1."""
    rise, fall = np.ones(sessions + 1), np.ones(sessions + 1)
    for j in range(1, sessions + 1):
        ratio = values[j:] / values[:-j]
        rise[j], fall[j] = ratio.max(), 1.0 / ratio.min()
    return np.maximum.accumulate(rise), np.maximum.accumulate(fall)


def _peak(around: np.ndarray, rise: np.ndarray, fall: np.ndarray) -> float:
    """The highest value within reach in a run of sessions between two rows: up to it in j, down again in the rest."""
    inside = np.minimum(around[0] * rise[1:], around[1] * fall[1:][::-1])
    return float(max(inside.max(), around.max()))


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

    @property
    def before(self) -> date | None:
        """The day of the record that a new one broke: the most extreme value before the own one in its span."""
        earlier = self.values.values[self.start : self.i]
        if not len(earlier):
            return None
        j = earlier.argmax() if self.side == "high" else earlier.argmin()
        return to_date(self.values.dates[self.start + int(j)])

    def hidden(self, since: date) -> int:
        """Sessions without a row from a day to the own one that could hide a more extreme value."""
        return hiding_sessions(self.levels.between(None, self.when), since, self.own, self.side, self.measure)

    def beginning_could_hide(self, since: date) -> bool:
        """Whether what is missing between a day and the first row could hold a more extreme level."""
        rows = self.levels.between(None, self.when)
        return self.measure != "level" or beginning_could_hide(rows, since, self.own, self.side)

    def at(self, session: date) -> Ranking | None:
        """The ranking of another session's value; None where it has none."""
        i = int(np.searchsorted(self.values.dates, day(session)))
        there = i < len(self.values) and self.values.dates[i] == day(session)
        return replace(self, i=i) if there else None
