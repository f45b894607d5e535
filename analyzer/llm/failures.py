"""What an endpoint's error means, in our codes and words.

Clients' libraries differ, their errors do not: a status, a timeout, a connection that failed, a body that is no chat
completion. They are told apart by status and by the names of their classes, so that no library is imported for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from analyzer.errors import ModelError
from analyzer.llm.patience import Failure, said_to_wait, whole_again

TIMEOUTS = frozenset({"APITimeoutError", "ModelTimeoutError", "TimeoutException", "TimeoutError"})
CONNECTIONS = frozenset({"APIConnectionError", "ModelConnectionError", "TransportError", "ConnectionError"})
TOO_LONG = re.compile(r"context.{0,3}(length|size|window)|prompt is too long|input tokens exceed", re.IGNORECASE)
MALFORMED = (ValueError, KeyError, TypeError, IndexError, AttributeError)
"""What the libraries raise for a body that is no chat completion."""
MAX_WORDS = 300
FOR_EVERYBODY = (429, 503, 529)
"""Too many requests, overloaded: whoever else asks is turned away as well."""
NO_CREDIT = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")


@dataclass(frozen=True)
class Endpoint:
    """Where a model is served, and the key that must never be shown."""

    host: str
    model: str
    secret: str = field(default="", repr=False)

    def clean(self, text: str) -> str:
        """The text on one line, cut to a readable length, without the key."""
        line = " ".join(text.split())
        if self.secret:
            line = line.replace(self.secret, "…")
        return line if len(line) <= MAX_WORDS else line[:MAX_WORDS] + " …"


def explain(error: BaseException, at: Endpoint) -> ModelError | None:
    """The ModelError that a call's error amounts to; None for what is no endpoint's doing."""
    names = {c.__name__ for c in type(error).__mro__}
    status = status_of(error)
    if names & TIMEOUTS or status == 408:
        return _timeout(at)
    if status is not None:
        return _of_status(status, error, at)
    if "ContextOverflowError" in names:
        return _too_long(at)
    if names & CONNECTIONS or isinstance(error, OSError):
        return _unreachable(at)
    if isinstance(error, MALFORMED):
        return _malformed(at)
    return None


def failure_of(error: BaseException, at: Endpoint) -> Failure | None:
    """What a call's error amounts to, and when to come back; None for what is no endpoint's doing."""
    known = explain(error, at)
    if known is None:
        return None
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    status = status_of(error)
    return Failure(
        known, again=known.retryable and headers.get("x-should-retry") != "false", everybody=status in FOR_EVERYBODY,
        silent=status is None and known.code == "endpoint_down", after_s=said_to_wait(headers, str(error)),
        at_most_s=whole_again(headers),
    )  # fmt: skip


def status_of(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _of_status(status: int, error: BaseException, at: Endpoint) -> ModelError:
    said = f"{getattr(error, 'code', '')} {error}"
    if status == 413 or (status < 500 and TOO_LONG.search(said)):
        return _too_long(at)
    if status == 402 or any(code in said for code in NO_CREDIT):
        return _quota(at)
    known: dict[int, Callable[[Endpoint], ModelError]] = {
        401: _unauthorised, 403: _unauthorised, 404: _unknown_model, 429: _rate_limited,
    }  # fmt: skip
    if status in known:
        return known[status](at)
    words = at.clean(str(error)).removeprefix(f"Error code: {status} - ").rstrip(".")
    if status >= 500 or status == 409:
        message = f"{at.host} failed on {at.model} (HTTP {status}): {words}. Try again later; what is done is kept."
        return ModelError(message, code="endpoint_down", retryable=True)
    message = f"{at.host} refused the request for {at.model} (HTTP {status}): {words}. Choose another --model."
    return ModelError(message, code="bad_request")


def _timeout(at: Endpoint) -> ModelError:
    message = f"{at.host} did not answer for {at.model} in time. Try again, or set ANALYZER_TIMEOUT_S higher."
    return ModelError(message, code="timeout", retryable=True)


def _unreachable(at: Endpoint) -> ModelError:
    message = (
        f"{at.host} cannot be reached for {at.model}. Is the server running and the address right (ANALYZER_BASE_URL)? "
        "Try again, or use --model rules."
    )
    return ModelError(message, code="endpoint_down", retryable=True)


def _unauthorised(at: Endpoint) -> ModelError:
    message = f"{at.host} refused the key for {at.model}. Check ANALYZER_API_KEY, or the provider's own variable."
    return ModelError(message, code="unauthorised")


def _unknown_model(at: Endpoint) -> ModelError:
    message = (
        f"{at.host} knows no model {at.model!r}, or has no chat completions at this address. Check --model and "
        "ANALYZER_BASE_URL (for OpenAI-compatible servers it mostly ends in /v1)."
    )
    return ModelError(message, code="unknown_model")


def _rate_limited(at: Endpoint) -> ModelError:
    message = f"{at.host} takes no more requests for {at.model} at the moment. Try again later; what is done is kept."
    return ModelError(message, code="rate_limited", retryable=True)


def _quota(at: Endpoint) -> ModelError:
    message = f"The account's credit at {at.host} is used up. Add credit there, or use --model rules."
    return ModelError(message, code="rate_limited")


def _too_long(at: Endpoint) -> ModelError:
    message = f"The text is longer than {at.model} at {at.host} can read. Choose a --model with a larger context."
    return ModelError(message, code="too_long")


def _malformed(at: Endpoint) -> ModelError:
    message = (
        f"{at.host} answered something that is no chat completion of {at.model}. "
        "Check ANALYZER_BASE_URL (for OpenAI-compatible servers it mostly ends in /v1)."
    )
    return ModelError(message, code="bad_reply")
