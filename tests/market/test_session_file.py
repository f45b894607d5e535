"""The sessions that ship are those of exchange_calendars."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.market import session_file
from analyzer.market.calendars import built, sessions
from analyzer.market.regions import REGION_OF_EXCHANGE
from analyzer.series import to_date


@pytest.mark.parametrize("exchange", ["XNYS", "XFRA", "XHKG"])
def test_they_are_those_of_the_library(exchange: str) -> None:
    kept = session_file.read(exchange)
    assert kept is not None
    assert np.array_equal(kept, built(exchange))


@pytest.mark.slow
def test_every_exchange_is_as_the_library_has_it() -> None:
    for exchange in REGION_OF_EXCHANGE:
        kept = session_file.read(exchange)
        assert kept is not None, f"{exchange}: write the file anew: python -m analyzer.market.session_file"
        assert np.array_equal(kept, built(exchange)), exchange


def test_with_another_version_of_the_library_calendars_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    session_file._contents.cache_clear()
    monkeypatch.setattr(session_file, "version", lambda name: "0.0")
    try:
        assert session_file.read("XNYS") is None
    finally:
        session_file._contents.cache_clear()


def test_what_is_packed_is_read_again() -> None:
    days = np.array(["1969-12-31", "1970-01-02", "1970-01-12"], dtype="datetime64[D]")
    held = session_file.packed(days)
    first = np.datetime64(int(held[:4].view("<i4")[0]), "D")
    assert (first + np.flatnonzero(np.unpackbits(held[4:]))).tolist() == days.tolist()


def test_a_holiday_is_none() -> None:
    found = sessions("XNYS", to_date(np.datetime64("2025-01-17")), to_date(np.datetime64("2025-01-21")))
    assert found.astype(str).tolist() == ["2025-01-17", "2025-01-21"]
