"""Patience with a service: growing pauses with some chance in them, what it asks for, and an end.

tenacity does the counting; here stands what is worth another try and how long to wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from analyzer.errors import MissingExtra
from analyzer.market.network import FetchError

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """Seconds, but for ``tries``. ``longest`` is the longest pause, also where the service asks for a longer one."""

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


def patiently(call: Callable[[], T], patience: Patience, pace: Pace) -> T:
    """The answer of ``call``, asked again while it raises a FetchError that is retryable; the last one when it ends."""
    try:
        import tenacity
    except ImportError as error:
        raise MissingExtra("Fetching series", "market") from error

    growing = tenacity.wait_exponential_jitter(multiplier=patience.first, max=patience.longest, jitter=patience.first)

    def pause(state: Any) -> float:
        asked = getattr(state.outcome.exception(), "retry_after", None) or 0.0
        return min(patience.longest, max(asked, growing(state)))

    def paced() -> T:
        pace.wait()
        return call()

    attempts = tenacity.Retrying(
        retry=tenacity.retry_if_exception(lambda e: isinstance(e, FetchError) and e.retryable),
        stop=tenacity.stop_after_attempt(patience.tries) | tenacity.stop_before_delay(patience.total),
        wait=pause, reraise=True,
    )  # fmt: skip
    return attempts(paced)


def seconds_asked(header: str | None) -> float | None:
    """What Retry-After says, as seconds or as a date; None where it says nothing that can be read."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
