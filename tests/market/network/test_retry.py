"""Patience: how often, how long, and who decides."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from analyzer.market.network import FetchError
from analyzer.market.network.retry import Pace, Patience, patiently, seconds_asked


def failing(times: int, error: FetchError) -> tuple[list[float], object]:
    asked: list[float] = []

    def call() -> str:
        asked.append(time.monotonic())
        if len(asked) <= times:
            raise error
        return "done"

    return asked, call


def test_it_waits_as_long_as_it_is_asked_to() -> None:
    asked, call = failing(1, FetchError("busy", "throttled", retry_after=0.1))
    assert patiently(call, Patience(first=0.001), Pace(0.0)) == "done"  # type: ignore[arg-type]
    assert asked[1] - asked[0] >= 0.1


def test_but_no_longer_than_it_may() -> None:
    _, call = failing(1, FetchError("busy", "throttled", retry_after=3600))
    start = time.monotonic()
    assert patiently(call, Patience(first=0.001, longest=0.05), Pace(0.0)) == "done"  # type: ignore[arg-type]
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(("code", "tries"), [("throttled", 3), ("unreachable", 3), ("no_data", 1), ("changed", 1)])
def test_only_what_may_get_better_is_tried_again(code: str, tries: int) -> None:
    asked, call = failing(9, FetchError("no", code))  # type: ignore[arg-type]
    with pytest.raises(FetchError, match="no"):
        patiently(call, Patience(tries=3, first=0.001, longest=0.01), Pace(0.0))  # type: ignore[arg-type]
    assert len(asked) == tries


def test_the_total_ends_it() -> None:
    asked, call = failing(99, FetchError("busy", "throttled", retry_after=0.05))
    with pytest.raises(FetchError):
        patiently(call, Patience(tries=99, first=0.001, total=0.12), Pace(0.0))  # type: ignore[arg-type]
    assert len(asked) <= 4


def test_two_requests_are_apart() -> None:
    pace, start = Pace(0.05), time.monotonic()
    for _ in range(3):
        pace.wait()
    assert time.monotonic() - start >= 0.1


@pytest.mark.parametrize(("header", "seconds"), [(None, None), ("", None), ("12", 12.0), ("soon", None)])
def test_what_the_header_says(header: str | None, seconds: float | None) -> None:
    assert seconds_asked(header) == seconds


def test_the_header_may_be_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    asked = seconds_asked(later)
    assert asked is not None
    assert 25 < asked <= 30
