"""Sessions of exchanges: those of the catalogue from a file that ships, which ``session_file`` makes of
exchange_calendars; the others from exchange_calendars itself, which is imported when the first of them is asked for.

An exchange is a code of exchange_calendars ("XNYS"); "24/7" has every day and "24/5" every weekday. Dates before an
exchange's holidays are known (``START`` or later) are no sessions here; after the end of what is known every weekday
is one, so that a date in the future never raises.
"""

from __future__ import annotations

import threading
import warnings
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from analyzer.errors import DataError
from analyzer.market import session_file
from analyzer.series import day, to_date

START, END = "1970-01-01", "2040-12-31"
"""The holidays of New York are complete from 1970 on. Building 70 years costs what building two does: about 0.1 s."""
ONE_DAY = np.timedelta64(1, "D")


def sessions(exchange: str, first: date, last: date) -> np.ndarray:
    """Sessions from ``first`` to ``last``, both included: (n,) datetime64[D]. DataError for an unknown exchange."""
    if exchange in ("24/7", "24/5"):
        days = np.arange(day(first), day(last) + ONE_DAY)
        return days if exchange == "24/7" else days[np.is_busday(days)]
    known = _known(exchange)
    inside = known[np.searchsorted(known, day(first)) : np.searchsorted(known, day(last), side="right")]
    after = np.arange(max(day(first), known[-1] + ONE_DAY), day(last) + ONE_DAY)
    return np.concatenate([inside, after[np.is_busday(after)]]) if len(after) else inside


def is_session(exchange: str, when: date) -> bool:
    return len(sessions(exchange, when, when)) == 1


def session_on_or_before(exchange: str, when: date) -> date | None:
    """The day itself if it is a session, else the last one before it; None before the calendar begins."""
    found = sessions(exchange, when - timedelta(days=40), when)
    return to_date(found[-1]) if len(found) else None


def session_offset(exchange: str, when: date, steps: int) -> date | None:
    """The session ``steps`` after (negative: before) a day; 0 steps is the day itself or the next session.

    From a day that is no session, one step forward is the next session and one step back the last one. None before the
    calendar begins.
    """
    reach = timedelta(days=2 * abs(steps) + 40)
    found = sessions(exchange, when - reach, when + reach)
    if steps > 0:
        i = int(np.searchsorted(found, day(when), side="right")) + steps - 1
    else:
        i = int(np.searchsorted(found, day(when))) + steps
    return to_date(found[i]) if 0 <= i < len(found) else None


BUILDING = threading.Lock()
"""The filters of warnings are the whole process's: two threads that change them at once would undo each other's."""


@lru_cache(maxsize=64)
def _known(exchange: str) -> np.ndarray:
    kept = session_file.read(exchange)
    if kept is not None:
        kept.setflags(write=False)
        return kept
    from exchange_calendars.errors import InvalidCalendarName

    try:
        known = built(exchange)
    except InvalidCalendarName as error:
        raise DataError(
            f"There is no exchange calendar {exchange!r}. Use a code of exchange_calendars (XNYS, XFRA, XTKS), 24/7 or "
            "24/5 in the catalogue of instruments."
        ) from error
    known.setflags(write=False)
    return known


def built(exchange: str) -> np.ndarray:
    """All known sessions of an exchange, between START and END as far as its holidays are recorded."""
    import exchange_calendars as xcals
    import pandas as pd

    first, last = pd.Timestamp(START), pd.Timestamp(END)
    with BUILDING, warnings.catch_warnings():
        # exchange_calendars 4.13 uses what pandas 3.1 has deprecated; its results are right.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            calendar = xcals.get_calendar(exchange, start=first, end=last)
        except ValueError:
            bounds = xcals.get_calendar(exchange)
            first, last = max(first, bounds.bound_min() or first), min(last, bounds.bound_max() or last)
            calendar = xcals.get_calendar(exchange, start=first, end=last)
    return np.array(calendar.sessions, dtype="datetime64[D]")
