"""Patience with a service: growing pauses with some chance in them, what it asks for, and an end.

tenacity does the counting; here stands what is worth another try and how long to wait for it. A service that asks for
a longer pause than we grant is not asked again before that: the fetch ends and says how long it wants to be left alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Any, TypeVar

from analyzer.errors import MissingExtra
from analyzer.market.network import FetchError

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """Seconds, but for ``tries``. ``longest`` is the longest pause, ``total`` the time after which no try begins."""

    tries: int = 4
    first: float = 1.0
    longest: float = 30.0
    total: float = 120.0


class Pace:
    """At least ``distance`` seconds between two requests of one provider, over the threads of this process."""

    def __init__(self, distance: float) -> None:
        self._distance = distance
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        with self._lock:
            pause = self._next - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            self._next = time.monotonic() + self._distance


def patiently(call: Callable[[], T], patience: Patience) -> T:
    """The answer of ``call``, asked again while it raises a FetchError that may pass; the last one when it ends."""
    try:
        import tenacity
    except ImportError as error:
        raise MissingExtra("Fetching series", "market") from error

    growing = tenacity.wait_exponential_jitter(multiplier=patience.first, max=patience.longest, jitter=patience.first)

    def may_pass(error: BaseException) -> bool:
        return isinstance(error, FetchError) and error.retryable and (error.retry_after or 0.0) <= patience.longest

    def pause(state: Any) -> float:
        return max(state.outcome.exception().retry_after or 0.0, min(patience.longest, growing(state)))

    attempts = tenacity.Retrying(
        retry=tenacity.retry_if_exception(may_pass),
        stop=tenacity.stop_after_attempt(patience.tries) | tenacity.stop_before_delay(patience.total),
        wait=pause, reraise=True,
    )  # fmt: skip
    return attempts(call)


def seconds_asked(header: str | None) -> float | None:
    """What Retry-After says, as seconds or as a date; None where it says nothing that can be read."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def later(seconds: float | None) -> str:
    """What to do about a service that wants a pause of that length."""
    return "Try later." if not seconds else f"Try again in {ceil(seconds)} seconds."
