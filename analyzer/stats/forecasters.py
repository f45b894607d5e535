"""Forecasts of one series by several people: which are of the same day, who knew more, what one says without skill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, model_validator

from analyzer.series import Series
from analyzer.stats.rows import row_on_or_before

LATE = 45
"""Days before an end on which its value may be dated."""
APART = 31
"""Days between two forecasts of one end from which on the later one knew more."""
ALL = "The mean of all"
LINE = re.compile(
    r"(?P<made>-|\d{4}-\d\d-\d\d)[\s,;]+(?P<end>\d{4}-\d\d-\d\d)[\s,;]+(?P<value>-?\d+(?:\.\d+)?)[\s,;]+(?P<by>\D.*)"
)


class PointForecast(BaseModel):
    """``value`` was forecast ``by`` somebody for the day ``end``, on the day ``made`` where it is known.

    Also as one line, "2023-12-29 2024-12-31 5200 Bank A", with "-" for a day that is not known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    made: date | None = None
    end: date
    value: float
    text: str = ""
    """The figure as it stands in a text that names it."""

    @model_validator(mode="before")
    @classmethod
    def _from_a_line(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        line = LINE.fullmatch(given.strip())
        if line is None:
            raise ValueError(f"a forecast is written as MADE END VALUE WHO, its value as 5200; got {given!r}")
        return {**line.groupdict(), "made": None if line["made"] == "-" else line["made"]}

    @model_validator(mode="after")
    def _is_of_a_later_day(self) -> PointForecast:
        if self.made is not None and self.made >= self.end:
            raise ValueError(f"the end ({self.end}) must lie after the day of the forecast ({self.made})")
        return self


def by_end(forecasts: Sequence[PointForecast], by: str) -> dict[date, PointForecast]:
    """The last forecast of somebody for each end."""
    own = sorted((f for f in forecasts if f.by == by), key=lambda f: f.made or date.min)
    return {f.end: f for f in own}


def mean_by_end(forecasts: Sequence[PointForecast]) -> dict[date, PointForecast]:
    """The mean of all forecasts of each end, known on the day of the last of them."""
    found = {}
    for end in {f.end for f in forecasts}:
        of_end = [f for f in forecasts if f.end == end]
        days = [f.made for f in of_end if f.made is not None]
        made = max(days) if len(days) == len(of_end) else None
        found[end] = PointForecast(by=ALL, made=made, end=end, value=sum(f.value for f in of_end) / len(of_end))
    return found


def value_at(series: Series, day: date) -> float | None:
    """The last value on or before a day, if it is not long before it."""
    row = row_on_or_before(series, day)
    return series.at(row) if row is not None and (day - row).days <= LATE else None


def without_skill(series: Series, own: Sequence[PointForecast], *, rising: bool) -> np.ndarray | date:
    """(n,) what one would have said on the days of the forecasts: the last value, or with the average rise up to then;
    else the first day on which the series has none. ValueError for a forecast without its day."""
    found = []
    for forecast in own:
        if forecast.made is None:
            raise ValueError(f"the day of the forecast of {forecast.by} for {forecast.end} is not known")
        last = value_at(series, forecast.made)
        if last is None:
            return forecast.made
        found.append(_risen(series, forecast.made, forecast.end) if rising else last)
    return np.array(found)


def _risen(series: Series, made: date, end: date) -> float:
    """What the series would stand at on ``end`` if it rose from ``made`` as it did on average before."""
    past = series.between(None, made)
    first, last = float(past.values[0]), float(past.values[-1])
    days = float((past.dates[-1] - past.dates[0]).astype(int))
    daily = np.log(last / first) / days if days and first > 0.0 < last else 0.0
    return last * float(np.exp(daily * (end - made).days))


def open_at_once(made: Sequence[date | None], ends: Sequence[date]) -> int:
    """The most forecasts that are open at a time, by the order of their ends; 1 where their days are not known."""
    later = [sum(m is not None and m < end for m in made[i + 1 :]) for i, end in enumerate(ends)]
    return 1 + max(later, default=0)


def apart(made: Sequence[date | None], ends: Sequence[date]) -> int:
    """How many of the forecasts, in the order of their ends, do not overlap."""
    count, last = 0, date.min
    for begin, end in zip(made, ends, strict=True):
        if begin is None or begin >= last:
            count, last = count + 1, end
    return count


def who_knew_more(first: str, other: str, chosen: Mapping[str, Sequence[PointForecast]]) -> str:
    """A note where the days of two forecasters are far apart, else nothing."""
    gaps = [(a.made - b.made).days for a, b in zip(chosen[first], chosen[other], strict=True) if a.made and b.made]
    typical = float(np.median(gaps)) if gaps else 0.0
    if abs(typical) < APART:
        return ""
    return f"{first if typical > 0 else other} forecast {abs(typical):.0f} days later, and knew more"
