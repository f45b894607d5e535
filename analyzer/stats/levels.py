"""Levels and thresholds: on which side a value lies, and which rows lie beyond.

Prices as traded are split-adjusted prices times factors, and yields are per cent divided by 100, so a value within one
part in a thousand million of a threshold is on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from analyzer.series import Series, day, to_date
from analyzer.stats.records import hiding_sessions

Side = Literal["high", "low"]
EQUAL = 1e-9


def beyond(values: np.ndarray, level: float, side: Side, *, touching: bool = False) -> np.ndarray:
    """Mask of the values above (high) or below (low) the level; with ``touching`` also those on it."""
    distance = values - level if side == "high" else level - values
    margin = EQUAL * abs(level)
    mask: np.ndarray = distance >= -margin if touching else distance > margin
    return mask


def is_beyond(value: float, level: float, side: Side) -> bool:
    """The same of one value."""
    return bool(beyond(np.array([value]), level, side)[0])


def crosses(before: float, now: float, level: float, side: Side) -> bool:
    """From a value not beyond the level to one beyond it."""
    return is_beyond(now, level, side) and not is_beyond(before, level, side)


@dataclass(frozen=True)
class Point:
    """One session: its close, and the close of the session before it where that is known."""

    session: date
    close: float
    before_session: date | None
    before: float | None


def point_at(closes: Series, session: date | None) -> Point | None:
    """The session with its neighbour; None where it has no row."""
    close = closes.at(session) if session else None
    if session is None or close is None:
        return None
    before = closes.session_offset(session, -1)
    return Point(session, close, before, closes.at(before) if before else None)


@dataclass(frozen=True)
class Passage:
    """The rows before a session that lie beyond a level, and what could hide further ones.

    ``first`` and ``last`` such rows within the scope, ``sessions_ago`` of the first; ``before_scope`` the last one
    before it. The scope holds ``nobs`` rows from ``begins`` on and ``hidden`` sessions without a row that could lie
    beyond.
    """

    nobs: int
    begins: date | None
    first: date | None
    last: date | None
    sessions_ago: int
    before_scope: date | None
    hidden: int


def earlier_passage(
    rows: Series, session: date, level: tuple[float, Side], since: date | None = None, *, touching: bool = False
) -> Passage:
    """Rows before ``session`` beyond the level; with ``since``, only those after that day are in scope."""
    value, side = level
    earlier = rows.between(None, session - timedelta(days=1))
    scope = earlier.between(since + timedelta(days=1), None) if since else earlier
    hits = scope.dates[beyond(scope.values, value, side, touching=touching)]
    outside = earlier.dates[: len(earlier) - len(scope)]
    before = outside[beyond(earlier.values[: len(outside)], value, side, touching=touching)]
    ago = np.searchsorted(rows.sessions, day(session)) - np.searchsorted(rows.sessions, hits[0]) if len(hits) else 0
    return Passage(
        nobs=len(scope), begins=scope.first, first=to_date(hits[0]) if len(hits) else None,
        last=to_date(hits[-1]) if len(hits) else None, sessions_ago=int(ago),
        before_scope=to_date(before[-1]) if len(before) else None,
        hidden=hiding_sessions(rows.between(None, session), since, value, side, "level"),
    )  # fmt: skip
