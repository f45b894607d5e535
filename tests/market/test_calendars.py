"""Sessions of exchanges."""

from __future__ import annotations

import sys
from datetime import date
from subprocess import run

import numpy as np
import pytest

from analyzer.errors import DataError
from analyzer.market import calendars


def test_new_york_was_closed_on_known_days() -> None:
    for closed in (date(2001, 9, 11), date(2012, 10, 29), date(2025, 1, 9), date(2025, 1, 20), date(2025, 1, 25)):
        assert not calendars.is_session("XNYS", closed)
    assert calendars.is_session("XNYS", date(2025, 1, 27))
    assert len(calendars.sessions("XNYS", date(2024, 1, 1), date(2024, 12, 31))) == 252
    assert len(calendars.sessions("XNYS", date(1985, 1, 1), date(1985, 12, 31))) == 252


def test_other_exchanges_keep_their_own_days() -> None:
    assert calendars.is_session("XFRA", date(2025, 1, 20))
    assert not calendars.is_session("XFRA", date(2025, 5, 1))
    assert not calendars.is_session("XHKG", date(2025, 1, 29))
    assert not calendars.is_session("XTKS", date(2025, 1, 2))
    assert calendars.is_session("24/7", date(2025, 1, 25))
    assert not calendars.is_session("24/5", date(2025, 1, 25))
    assert calendars.is_session("24/5", date(2025, 12, 25))


def test_a_day_before_the_calendar_begins_is_no_session() -> None:
    assert len(calendars.sessions("XTKS", date(1949, 1, 1), date(1990, 1, 1))) == 0
    assert calendars.session_on_or_before("XTKS", date(1990, 1, 1)) is None
    assert calendars.session_offset("XTKS", date(1990, 1, 1), -1) is None


@pytest.mark.parametrize("exchange", ["XNYS", "XSHG", "XHKG", "24/7"])
def test_a_day_after_the_calendar_ends_never_raises(exchange: str) -> None:
    found = calendars.sessions(exchange, date(2060, 1, 1), date(2060, 1, 31))
    assert len(found) == (31 if exchange == "24/7" else 22)
    assert calendars.session_on_or_before(exchange, date(2060, 1, 31)) is not None
    bridged = calendars.sessions(exchange, date(2020, 1, 1), date(2060, 1, 31))
    assert np.all(np.diff(bridged) > np.timedelta64(0, "D"))


def test_steps_are_counted_as_a_series_counts_them() -> None:
    saturday, friday, monday = date(2025, 1, 25), date(2025, 1, 24), date(2025, 1, 27)
    assert calendars.session_on_or_before("XNYS", saturday) == friday
    assert calendars.session_on_or_before("XNYS", monday) == monday
    assert calendars.session_offset("XNYS", saturday, 1) == monday
    assert calendars.session_offset("XNYS", saturday, -1) == friday
    assert calendars.session_offset("XNYS", monday, 0) == monday
    assert calendars.session_offset("XNYS", monday, -1) == friday
    assert calendars.session_offset("XNYS", date(2024, 1, 2), 251) == date(2024, 12, 31)


def test_an_unknown_exchange_is_named() -> None:
    with pytest.raises(DataError, match="XNOPE"):
        calendars.sessions("XNOPE", date(2025, 1, 1), date(2025, 1, 31))


def test_importing_the_market_loads_neither_pandas_nor_calendars() -> None:
    code = "import sys, analyzer.market.market; print(sorted({'pandas', 'exchange_calendars'} & set(sys.modules)))"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
