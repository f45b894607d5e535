"""Sessions of an instrument's own exchange."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.market import calendars
from analyzer.market.instruments import Instrument


def exchange_of(instrument: Instrument) -> str:
    """The calendar of an instrument; official rates have none of their own and are dated by working days."""
    return "24/5" if instrument.exchange == "macro" else instrument.exchange


def session_upto(instrument: Instrument, when: date) -> date:
    """The last session on or before a day; the day itself where the calendar does not reach."""
    return calendars.session_on_or_before(exchange_of(instrument), when) or when


def session_back(instrument: Instrument, session: date) -> date:
    """The session before: the close that a one-session change is measured from."""
    return calendars.session_offset(exchange_of(instrument), session, -1) or session - timedelta(days=1)
