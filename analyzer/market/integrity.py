"""What is wrong, or looks wrong, with series: named with the symbol, the source, the days and the figures.

Pure functions on what sources give; nothing is mended. What is said is what a person has to look at: a session without
a row, a jump that looks like a split nobody lists, a series that ends too early, two sources that differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from analyzer.market import calendars
from analyzer.market.serving import Listing
from analyzer.market.sources import RawInstrument, Split
from analyzer.series import day, to_date

Kind = Literal["missing_sessions", "extra_sessions", "split_like", "impossible_bar", "stale_tail", "disagreement"]
FACTORS = (2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0, 50.0)
NEAR = 0.015
"""How near a ratio of two closes must be to a factor of a split."""
FLAT = 5
"""Equal closes with equal volume at the end of a series that look like a feed which has stopped."""
STALE = 10
"""Sessions that a series may end before the others of its source."""
APART = 1e-3
"""Relative difference of two closes of one day from which two sources differ."""
MOST_RUNS = 8
"""Runs of missing sessions of one series that are listed one by one."""
SPARSE = 0.5
"""Share of sessions with a row below which a series is sparse on purpose, and said to be that in one line."""
NO_CALENDAR = ("macro",)


@dataclass(frozen=True)
class Finding:
    """``first`` and ``last`` are the days concerned; ``count`` how many of them; ``detail`` the figures, in words."""

    symbol: str
    source: str
    kind: Kind
    first: date
    last: date
    count: int
    detail: str


def examine(raw: RawInstrument, source: str, listing: Listing | None, splits: Sequence[Split]) -> list[Finding]:
    """What one series shows by itself."""
    if not len(raw.dates):
        return []
    found = [*_sessions(raw, source, listing), *_bars(raw, source, listing), *_flat_tail(raw, source)]
    if raw.basis != "raw" and (listing is None or listing.kind in ("equity", "etf")):
        found += _jumps(raw, source, splits)
    return found


# --- sessions -------------------------------------------------------------------------------------------------------


def _sessions(raw: RawInstrument, source: str, listing: Listing | None) -> Iterator[Finding]:
    """Sessions without a row and rows without a session, between the first and the last row."""
    if listing is None or listing.kind in NO_CALENDAR or listing.exchange in NO_CALENDAR or raw.basis == "raw":
        return
    dates = raw.dates[raw.dates >= day(calendars.START)]
    if not len(dates):
        return
    own = calendars.sessions(listing.exchange, to_date(dates[0]), to_date(dates[-1]))
    dates = dates[dates >= own[0]] if len(own) else dates[:0]  # before it the exchange's holidays are not known
    missing, extra = np.setdiff1d(own, dates), np.setdiff1d(dates, own)
    if len(missing) > (1 - SPARSE) * len(own):
        text = f"a sparse series: rows on {len(dates):,} of {len(own):,} sessions"
        yield _finding(raw, source, "missing_sessions", missing, text)
        missing = missing[:0]
    runs = _runs(missing, own)
    if len(runs) > MOST_RUNS:
        longest = max(runs, key=len)
        text = f"{len(missing):,} sessions of {listing.exchange} without a row, in {len(runs)} runs; the longest, "
        yield _finding(
            raw, source, "missing_sessions", missing, f"{text}{longest[0]} to {longest[-1]}, has {len(longest)}"
        )
        runs = []
    for run in runs:
        sessions = "session" if len(run) == 1 else "sessions"
        yield _finding(
            raw, source, "missing_sessions", run, f"{len(run)} {sessions} of {listing.exchange} without a row"
        )
    if len(extra):
        shown = ", ".join(str(d) for d in extra[:3]) + (" …" if len(extra) > 3 else "")
        yield _finding(
            raw, source, "extra_sessions", extra, f"rows on days that {listing.exchange} was closed: {shown}"
        )


def _runs(days: np.ndarray, sessions: np.ndarray) -> list[np.ndarray]:
    """The days in runs of neighbouring sessions."""
    if not len(days):
        return []
    position = np.searchsorted(sessions, days)
    return np.split(days, np.flatnonzero(np.diff(position) > 1) + 1)


# --- prices ---------------------------------------------------------------------------------------------------------


def _bars(raw: RawInstrument, source: str, listing: Listing | None) -> Iterator[Finding]:
    """High below low, a close outside of them, a price that is not positive where a price must be."""
    columns = raw.columns
    low, high, close = (columns.get(n) for n in ("low", "high", "close"))
    if low is not None and high is not None:
        room = 1e-6 * np.abs(high)
        wrong = high < low - room
        if close is not None:
            wrong |= (close > high + room) | (close < low - room)
        if wrong.any():
            text = "low, high and close do not fit each other"
            yield _finding(raw, source, "impossible_bar", raw.dates[wrong], text)
    if close is not None and (listing is None or listing.kind in ("equity", "etf", "index", "crypto", "currency")):
        negative = close <= 0
        if negative.any():
            yield _finding(raw, source, "impossible_bar", raw.dates[negative], "a close that is not positive")


def _jumps(raw: RawInstrument, source: str, splits: Sequence[Split]) -> Iterator[Finding]:
    """Jumps like those of a split in prices that are said to be adjusted for splits."""
    close, opened = raw.columns.get("close"), raw.columns.get("open")
    if close is None or len(close) < 2:
        return
    there = np.flatnonzero(np.isfinite(close))
    before, now = close[there[:-1]], close[there[1:]]
    ratio = np.divide(before, now, out=np.ones(len(now)), where=now > 0)
    listed = {s.ex_date for s in splits if s.symbol == raw.symbol}
    for k in np.flatnonzero((ratio > FACTORS[0] - 0.1) | (ratio < 1 / (FACTORS[0] - 0.1))):
        factor = next((f for f in FACTORS if abs(max(ratio[k], 1 / ratio[k]) / f - 1) < NEAR), None)
        row = there[k + 1]
        fell = ratio[k] > 1
        at_open = opened is None or not np.isfinite(opened[row]) or abs(opened[row] / now[k] - 1) < 0.1
        if factor is None or not at_open:
            continue
        when = to_date(raw.dates[row])
        known = "listed as a split, but the prices are not adjusted for it" if when in listed else "no split is listed"
        text = f"{before[k]:,.2f} to {now[k]:,.2f}: like a {factor:g}:1 split{'' if fell else ' turned round'}; {known}"
        yield _finding(raw, source, "split_like", raw.dates[row : row + 1], text)


def _flat_tail(raw: RawInstrument, source: str) -> Iterator[Finding]:
    """A run of equal closes with equal volume at the end: a feed that has stopped."""
    close, volume = raw.columns.get("close"), raw.columns.get("volume")
    if close is None or len(close) < FLAT or raw.basis == "raw":
        return
    same = close == close[-1]
    if volume is not None:
        same &= (volume == volume[-1]) | np.isnan(volume)
    changed = np.flatnonzero(~same)
    start = int(changed[-1]) + 1 if len(changed) else 0
    if len(close) - start >= FLAT:
        text = f"the last {len(close) - start} closes are all {close[-1]:,.2f}"
        yield _finding(raw, source, "stale_tail", raw.dates[start:], text)


# --- several series -------------------------------------------------------------------------------------------------


def ends_early(raw: RawInstrument, source: str, listing: Listing | None, until: date) -> list[Finding]:
    """A series that ends more than ``STALE`` sessions before the last session of its source."""
    if listing is None or listing.kind in NO_CALENDAR or raw.basis == "raw" or not len(raw.dates):
        return []
    last = to_date(raw.dates[-1])
    if last >= until:
        return []
    behind = calendars.sessions(listing.exchange, last, until)
    if len(behind) - 1 <= STALE:
        return []
    text = f"ends {len(behind) - 1:,} sessions before {until}, the last day of the source"
    return [_finding(raw, source, "stale_tail", raw.dates[-1:], text)]


def compare(one: RawInstrument, source: str, other: RawInstrument, beside: str) -> list[Finding]:
    """Days on which two sources give different closes of one symbol; a constant factor is another share basis."""
    mine, theirs = one.columns.get("close"), other.columns.get("close")
    if mine is None or theirs is None:
        return []
    dates, i, j = np.intersect1d(one.dates, other.dates, return_indices=True)
    a, b = mine[i], theirs[j]
    both = np.isfinite(a) & np.isfinite(b) & (b != 0)
    dates, ratio = dates[both], a[both] / b[both]
    apart = np.abs(ratio - 1) > APART
    if not apart.any():
        return []
    if len(ratio) > 1 and np.ptp(ratio) < APART * abs(ratio[0]):
        text = f"{ratio[0]:.4g} times the closes of {beside} on all {len(dates):,} days: another share basis"
        return [_finding(one, source, "disagreement", dates, text)]
    worst = int(np.argmax(np.abs(ratio - 1)))
    text = (
        f"differs from {beside} on {int(apart.sum()):,} of {len(dates):,} days, most on {dates[worst]}: "
        f"{a[both][worst]:,.2f} against {b[both][worst]:,.2f} ({100 * (ratio[worst] - 1):+.2f} %)"
    )
    return [_finding(one, source, "disagreement", dates[apart], text)]


def _finding(raw: RawInstrument, source: str, kind: Kind, days: np.ndarray, detail: str) -> Finding:
    return Finding(raw.symbol, source, kind, to_date(days[0]), to_date(days[-1]), len(days), detail)


def by_kind(found: Iterable[Finding]) -> dict[Kind, list[Finding]]:
    """The findings of each kind, in the order of the kinds."""
    kinds: tuple[Kind, ...] = (
        "split_like", "impossible_bar", "disagreement", "missing_sessions", "extra_sessions", "stale_tail",
    )  # fmt: skip
    listed = list(found)
    return {kind: mine for kind in kinds if (mine := [f for f in listed if f.kind == kind])}
