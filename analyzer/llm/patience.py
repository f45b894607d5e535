"""Asking again: which failures pass, how long to wait, and when to give up.

What an endpoint says of waiting is its word to everybody who asks it, so it pauses the limiter that all share. Without
a word the wait is drawn from a growing span ("full jitter"), so that those who failed together do not return together:
https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
"""

from __future__ import annotations

import logging
import math
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from analyzer.errors import ModelError
from analyzer.llm.limits import Limiter

BASE_S = 1.0
"""The first wait is drawn from up to so long; every further one from twice as long."""
CAP_S = 60.0
LONG_S = 60.0
"""A wait that is worth telling."""
DURATION = r"(?:\d+(?:\.\d+)?(?:ms|h|m|s))+"
PART = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
IN_WORDS = re.compile(rf"try again in ({DURATION})")
"""OpenAI's "Please try again in 6m1.5s" stands in the message, and not always in a header as well."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """A failed call: what it amounts to, and what the endpoint said of when to come back.

    ``again``: asking again may help. ``everybody``: all who ask are turned away, not this call alone. ``silent``: there
    was no answer at all. ``after_s`` is the endpoint's word (None: it said nothing); ``at_most_s`` is when its limits
    are whole again, beyond which no wait is of use.
    """

    error: ModelError
    again: bool = False
    everybody: bool = False
    silent: bool = False
    after_s: float | None = None
    at_most_s: float = math.inf

    def given_up(self) -> ModelError:
        """The error, with how long the endpoint wants to be left alone where that is long."""
        if self.after_s is None or self.after_s < LONG_S:
            return self.error
        said = f"{self.error} It wants no calls for {in_words(self.after_s)}."
        longer = ModelError(said, code=self.error.code, retryable=self.error.retryable)
        longer.__cause__ = self.error.__cause__
        return longer


@dataclass
class Trying:
    """One call, asked again until it is answered or given up.

    ``retries`` are allowed after the first try, and ``wait_s`` seconds from the first failure to the last try. Waiting
    for one's turn by the limits a minute is the limiter's matter and not counted.
    """

    limiter: Limiter
    retries: int
    wait_s: float
    sleep: Callable[[float], None] = field(default=time.sleep)
    clock: Callable[[], float] = field(default=time.monotonic)
    failed: int = 0
    _since: float = 0.0

    def begin(self, tokens: int) -> None:
        """Wait for the turn of a call; ModelError where the endpoint keeps everybody away for longer than we wait."""
        held = self.limiter.paused()
        if held > self.wait_s:
            raise ModelError(
                f"The endpoint wants no calls for another {in_words(held)}, and ANALYZER_MAX_WAIT_S is "
                f"{self.wait_s:g}: nothing was asked. Run the same again then; what is done is kept.",
                code="rate_limited", retryable=True,
            )  # fmt: skip
        self.limiter.acquire(tokens)

    def after(self, failure: Failure) -> None:
        """Wait until the call may be tried again; its error is raised when it may not."""
        self.failed += 1
        now = self.clock()
        if self.failed == 1:
            self._since = now
        if not failure.again:
            raise failure.error
        wait = failure.after_s if failure.after_s is not None else self._drawn(failure.at_most_s)
        shared = failure.everybody or failure.after_s is not None
        if shared:
            self.limiter.pause(wait)
        if self.failed > self.retries or now - self._since + wait > self.wait_s:
            raise failure.given_up()
        logger.debug("asked again in %.3f s, after %d tries: %s", wait, self.failed, failure.error)
        if not shared:
            self.sleep(wait)

    def _drawn(self, at_most_s: float) -> float:
        return random.uniform(0.0, min(CAP_S, BASE_S * 2 ** (self.failed - 1), at_most_s))


def said_to_wait(headers: Mapping[str, str], words: str, now: datetime | None = None) -> float | None:
    """Seconds after which the endpoint wants to be asked again; None where it does not say, or says nothing of use.

    ``retry-after-ms``, ``Retry-After`` in seconds or as a date (against the answer's own ``Date``, so that a clock that
    is wrong here does no harm), else the words of its message.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _number(headers.get(name))
        if seconds:  # "at once" is no word to hold thousands of calls by
            return seconds * unit
    until = _date(headers.get("retry-after"))
    if until is not None:
        seconds = (until - (now or _date(headers.get("date")) or datetime.now(UTC))).total_seconds()
        return seconds if seconds > 0 else None
    found = IN_WORDS.search(words)
    return duration(found[1]) if found else None


def whole_again(headers: Mapping[str, str]) -> float:
    """Seconds until the limits that are used up are whole again; infinite where the endpoint does not say.

    ``x-ratelimit-reset-requests`` and ``-tokens`` tell when nothing of a limit is used any more, not when one more call
    fits: a bound for a wait, and no wait by itself.
    """
    resets = [
        duration(headers.get(f"x-ratelimit-reset-{what}") or "")
        for what in ("requests", "tokens")
        if _number(headers.get(f"x-ratelimit-remaining-{what}")) == 0
    ]
    known = [seconds for seconds in resets if seconds]
    return max(known) if known and len(known) == len(resets) else math.inf


def duration(text: str) -> float | None:
    """Seconds of ``6m0s``, ``1.5s``, ``12ms`` or a plain number; None for anything else."""
    if re.fullmatch(DURATION, text):
        return sum(float(number) * SECONDS[unit] for number, unit in PART.findall(text))
    return _number(text)


def in_words(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
