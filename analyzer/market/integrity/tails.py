"""Series that have ended without saying so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from analyzer.market import calendars
from analyzer.market.integrity.findings import Finding, Held
from analyzer.market.reference import ASSUMED_LAG
from analyzer.series import to_date

LATE_SESSIONS = 5
"""Sessions that a series may end before the others of its source."""
LATE_PERIODS = 3
"""Periods, and the usual lag of publication, that a weekly, monthly or rarer figure may."""
DAILY = 4
"""Median days between rows up to which a series is daily."""
REPEATED = 5
"""So many equal rows at the end are no market: a vendor goes on writing the last price."""


def stale_tail(held: Held, reach: date) -> Iterator[Finding]:
    """A last row long before ``reach``, the last session that the data as a whole hold; a last price repeated."""
    dates = held.raw.dates[held.filled]
    if not len(dates):
        return
    last = to_date(dates[-1])
    late = _late(held, dates, reach)
    if late:
        yield held.found("stale_tail", f"ends {late} before {reach}", last, last)
    if held.raw.basis != "raw":
        yield from _repeated(held)


def _late(held: Held, dates: np.ndarray, reach: date) -> str:
    """How much too early the last row is, in words; empty when it is not."""
    last = to_date(dates[-1])
    if reach <= last:
        return ""
    distance = float(np.median(np.diff(dates).astype(np.int64))) if len(dates) > 1 else 1.0
    if not held.has_sessions and distance > DAILY:
        days = (reach - last).days
        return f"{days} days" if days > LATE_PERIODS * distance + ASSUMED_LAG.days else ""
    exchange = held.exchange if held.has_sessions and held.exchange else "24/5"
    behind = len(calendars.sessions(exchange, last, reach)) - int(calendars.is_session(exchange, last))
    return f"{behind} sessions" if behind > LATE_SESSIONS else ""


def _repeated(held: Held) -> Iterator[Finding]:
    """The last close again and again, with the same volume; where no volume is known the close alone decides."""
    rows = np.flatnonzero(np.isfinite(held.closes))
    closes, volume = held.closes[rows], held.column("volume")[rows]
    same = (closes == closes[-1:]) & ((volume == volume[-1:]) | ~np.isfinite(volume))
    count = int(np.argmin(same[::-1])) if not same.all() else len(same)
    if count >= REPEATED:
        first, last = (to_date(held.raw.dates[rows[i]]) for i in (len(rows) - count, len(rows) - 1))
        yield held.found("stale_tail", f"the last close {closes[-1]:g} stands {count} times", first, last)
