"""What was known on a day: rows of series, share counts, events.

A price is known on its session. A macro figure is known when it was released, a share count when it was filed; where
that day is not in the data it is assumed, and said. Nothing here looks at a row dated after the day. A macro series
whose source keeps vintages is what had been published by the day, revisions up to it included and none after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np

from analyzer.market.reference import ASSUMED_LAG
from analyzer.market.sources import RawInstrument, Source, Vintages
from analyzer.series import Event, ShareCount, day

LATEST = "latest vintage: later revisions are included, and what was first published may have differed"
WEEKLY_LAG = 7
"""Days from a weekly figure's date to the day on which it counts as known."""


def as_known(raw: RawInstrument, as_of: date) -> tuple[RawInstrument, str]:
    """The rows that were known on a day, and a caveat on how that was found (often empty)."""
    if raw.vintages is not None:
        return _published(raw, raw.vintages, as_of), ""
    dated = int(np.searchsorted(raw.dates, day(as_of), side="right"))
    known, caveat = known_from(raw.dates[:dated]) if raw.basis == "raw" else (raw.dates[:dated], "")
    count = int(np.searchsorted(known, day(as_of), side="right"))
    columns = {name: column[:count] for name, column in raw.columns.items()}
    return replace(raw, dates=raw.dates[:count], columns=columns), caveat


def _published(raw: RawInstrument, vintages: Vintages, as_of: date) -> RawInstrument:
    """Of every period the value that was published last by a day."""
    seen = (vintages.known <= day(as_of)) & (vintages.dates <= day(as_of))
    dates, values = vintages.dates[seen], vintages.values[seen]
    latest = np.append(dates[1:] != dates[:-1], True)[: len(dates)]
    return replace(raw, dates=dates[latest], columns={"value": values[latest]})


def known_from(dates: np.ndarray) -> tuple[np.ndarray, str]:
    """The day on which each row of a macro series counts as known, and a caveat in words (empty for daily series).

    Parameters
    ----------
    dates : (n,) datetime64[D], strictly rising. Their usual distance tells days, weeks, months, quarters and years
        apart; a single row counts as a month. A date on the first of a month stands for the period that begins there.

    Returns
    -------
    (n,) datetime64[D], rising: the date itself for daily series, seven days later for weekly ones, else 45 days after
    the period's end.
    """
    distance = float(np.median(np.diff(dates).astype(np.int64))) if len(dates) > 1 else 31.0
    if distance <= 4:
        return dates, ""
    if distance <= 10:
        return dates + WEEKLY_LAG, f"{LATEST}; taken as known {WEEKLY_LAG} days after its date"
    months = 1 if distance <= 45 else 3 if distance <= 120 else 12
    begins = dates.astype("datetime64[M]")
    end = np.where(dates == begins, (begins + months).astype("datetime64[D]") - 1, dates)
    lag = ASSUMED_LAG.days
    return end + lag, f"{LATEST}; taken as known {lag} days after the end of each period"


def share_counts(symbol: str, as_of: date, sources: Iterable[Source]) -> tuple[ShareCount, ...]:
    """The counts known on a day, from the first source that lists any of the symbol; each on the shares of its date."""
    for source in sources:
        rows = [row for row in source.shares() if row.symbol == symbol]
        if rows:
            return tuple(sorted((r for r in rows if r.known <= as_of), key=lambda r: (r.known, r.as_of)))
    return ()


def events(as_of: date, sources: Iterable[Source]) -> tuple[Event, ...]:
    """All events up to a day, by date; a later source adds only what an earlier one does not have."""
    found: list[Event] = []
    for source in sources:
        new = [e for e in source.events() if e.date <= as_of]
        found += [e for e in new if not any(_same(e, other) for other in found)]
    return tuple(sorted(found, key=lambda e: e.date))


def _same(one: Event, other: Event) -> bool:
    """Same day, same kind by its first word, and a symbol in common unless one of them names none."""
    if one.date != other.date or one.kind.split()[:1] != other.kind.split()[:1]:
        return False
    return not one.symbols or not other.symbols or bool(set(one.symbols) & set(other.symbols))
