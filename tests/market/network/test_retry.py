"""Patience: how often, how long, and who decides."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from analyzer.errors import MissingExtra
from analyzer.market.network import FailureCode, FetchError
from analyzer.market.network.retry import Pace, Patience, later, patiently, seconds_asked

QUICK = Patience(tries=3, first=0.001, longest=0.06)


def failing(times: int, error: Exception) -> tuple[list[float], Callable[[], str]]:
    """When it was called, and a call that fails so often."""
    asked: list[float] = []

    def call() -> str:
        asked.append(time.monotonic())
        if len(asked) <= times:
            raise error
        return "done"

    return asked, call


def test_it_waits_as_long_as_it_is_asked_to() -> None:
    asked, call = failing(1, FetchError("busy", "throttled", retry_after=0.05))
    assert patiently(call, QUICK) == "done"
    assert asked[1] - asked[0] >= 0.05


def test_a_longer_pause_than_it_grants_ends_it_at_once() -> None:
    asked, call = failing(1, FetchError("busy", "throttled", retry_after=0.07))
    with pytest.raises(FetchError, match="busy"):
        patiently(call, QUICK)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("code", "tries"), [("throttled", 3), ("unreachable", 3), ("no_data", 1), ("changed", 1), ("refused", 1)]
)
def test_only_what_may_get_better_is_tried_again(code: FailureCode, tries: int) -> None:
    asked, call = failing(9, FetchError("no", code))
    with pytest.raises(FetchError, match="no"):
        patiently(call, QUICK)
    assert len(asked) == tries


def test_what_is_no_failure_of_the_service_is_not_tried_again() -> None:
    asked, call = failing(9, KeyError("ours"))
    with pytest.raises(KeyError):
        patiently(call, QUICK)
    assert len(asked) == 1


def test_the_pauses_grow_up_to_the_longest() -> None:
    asked, call = failing(3, FetchError("busy", "throttled"))
    assert patiently(call, Patience(tries=4, first=0.02, longest=0.05)) == "done"
    first, second, third = (after - before for before, after in pairwise(asked))
    assert first >= 0.02
    assert second >= 0.04
    assert third >= 0.05


def test_the_total_ends_it() -> None:
    asked, call = failing(99, FetchError("busy", "throttled", retry_after=0.5))
    with pytest.raises(FetchError, match="busy"):
        patiently(call, Patience(tries=99, first=0.001, total=1.2))
    assert 2 <= len(asked) <= 3


def test_two_requests_are_apart_over_threads_too() -> None:
    pace, begun, start = Pace(0.03), [], time.monotonic()

    def request() -> None:
        pace.wait()
        begun.append(time.monotonic())

    threads = [threading.Thread(target=request) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(begun) >= start + 0.09


def test_the_first_request_waits_for_nobody() -> None:
    pace, start = Pace(5.0), time.monotonic()
    pace.wait()
    assert time.monotonic() - start < 4.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("", None), ("12", 12.0), (" 12 ", 12.0), ("soon", None), ("²", None),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)  # fmt: skip
def test_what_the_header_says(header: str | None, seconds: float | None) -> None:
    assert seconds_asked(header) == seconds


def test_the_header_may_be_a_date() -> None:
    in_half_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    asked = seconds_asked(in_half_a_minute)
    assert asked is not None
    assert 25 < asked <= 30


@pytest.mark.parametrize(
    ("seconds", "todo"), [(None, "Try later."), (0.0, "Try later."), (89.2, "Try again in 90 seconds.")]
)
def test_what_to_do(seconds: float | None, todo: str) -> None:
    assert later(seconds) == todo


def test_without_tenacity_the_line_to_type_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tenacity", None)
    with pytest.raises(MissingExtra, match=r'pip install "commentary-analyzer\[market\]"'):
        patiently(lambda: "never", QUICK)
