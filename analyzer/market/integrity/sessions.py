"""Rows compared with the sessions of the instrument's own exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from analyzer.market import calendars
from analyzer.market.integrity.findings import Finding, Held, counted
from analyzer.series import to_date

FEW = 5
"""So many runs of missing sessions are told one by one; more are one finding."""
SPARSE = 2 / 3
"""Share of sessions with a row below which a series is called sparse."""
NAMED = 3
"""Days that are named where there are more of them."""


def missing_sessions(held: Held) -> Iterator[Finding]:
    """Sessions from the first row to the last that have no row, by runs; many runs, or a sparse series, as one."""
    own, rows = _own_sessions(held)
    gone = np.flatnonzero(~np.isin(own, rows))
    if not len(gone):
        return
    runs = [own[run] for run in np.split(gone, np.flatnonzero(np.diff(gone) > 1) + 1)]
    if len(runs) > FEW:
        yield _as_one(held, own, runs)
        return
    for run in runs:
        yield held.found("missing_sessions", f"{counted(len(run), 'session')} without a row", *_ends(run))


def extra_sessions(held: Held) -> Iterator[Finding]:
    """Rows on days on which the exchange was closed, as one finding; none before its holidays are known."""
    own, rows = _own_sessions(held)
    extra = np.setdiff1d(rows[rows >= own[0]], own) if len(own) else own
    if len(extra):
        where = "days that are no sessions" if len(extra) > 1 else "a day that is no session"
        what = f"{counted(len(extra), 'row')} on {where} of {held.exchange}"
        yield held.found("extra_sessions", what, *_ends(extra), _named(extra) if len(extra) > 1 else "")


def _own_sessions(held: Held) -> tuple[np.ndarray, np.ndarray]:
    """The exchange's sessions over the span of the rows, and the days of the rows."""
    rows = held.raw.dates[held.filled]
    if not held.has_sessions or held.exchange is None or not len(rows):
        return rows[:0], rows
    return calendars.sessions(held.exchange, to_date(rows[0]), to_date(rows[-1])), rows


def _as_one(held: Held, own: np.ndarray, runs: list[np.ndarray]) -> Finding:
    gone = np.concatenate(runs)
    longest = max(runs, key=len)
    what = f"{len(gone)} of {len(own)} sessions without a row, in {len(runs)} runs"
    if len(own) - len(gone) < SPARSE * len(own):
        what = f"sparse: {what}"
    weekend = int(np.sum(~np.is_busday(gone)))
    detail = f"the longest from {longest[0]} to {longest[-1]} ({len(longest)})" if len(longest) > 1 else _named(gone)
    if weekend:
        detail = f"{weekend} of them Saturdays and Sundays; {detail}"
    return held.found("missing_sessions", what, *_ends(gone), detail)


def _named(days: np.ndarray) -> str:
    more = f" and {len(days) - NAMED} more" if len(days) > NAMED else ""
    return f"{', '.join(map(str, days[:NAMED]))}{more}"


def _ends(days: np.ndarray) -> tuple[date, date]:
    return to_date(days[0]), to_date(days[-1])
