"""What becomes of the requests of a batch that ended: to be sent again, or failed for good. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analyzer.llm.batch_lines import LineError, Lines
from analyzer.llm.failures import Endpoint, explain

MAX_TRIES = 3
"""Runs of one request that may end in a failure of the server; a request that was not run is always sent again."""
TOO_MUCH = "token_limit_exceeded"
"""The batches under way hold as many tokens as the account may have in them."""


@dataclass(frozen=True)
class Sent:
    """A request in a batch: its key, its line (from 1), its earlier tries."""

    key: str
    line: int
    tries: int


@dataclass
class Fate:
    """Of the requests without an answer: ``again``, and whether that counts as a try; ``failed`` with code and message.

    ``too_much``: the endpoint's queue was full. ``no_temperature``: the model takes none; later requests go without.
    """

    again: list[tuple[str, int]] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    too_much: bool = False
    no_temperature: bool = False

    def once_more(self, request: Sent, failure: tuple[str, str]) -> None:
        """Again as long as its tries last."""
        if request.tries + 1 < MAX_TRIES:
            self.again.append((request.key, 1))
        else:
            self.failed.append((request.key, *failure))


def fate_of(batch: Any, sent: Sequence[Sent], lines: Lines, at: Endpoint) -> Fate:
    """``batch`` is the endpoint's word on it, with a status that is final; ``lines`` are those of its files."""
    fate = Fate()
    errors = (batch.errors.data if batch.errors else None) or []
    fate.too_much = any(e.code == TOO_MUCH for e in errors)
    why = at.clean("; ".join(f"{e.code}: {e.message}" for e in errors)) or "no reason was given"
    refused = f"{at.host} refused the batch: {why}"
    named = {e.line: f"{e.code}: {e.message}" for e in errors if e.line is not None}
    for request in sent:
        if request.key in lines.answers:
            continue
        error = lines.errors.get(request.key)
        if error is not None:
            _of_line(request, error, fate, at)
        elif batch.status != "failed":
            gone = f"{at.host} gave no answer in {MAX_TRIES} batches, the last of them {batch.id}."
            fate.once_more(request, ("bad_reply", gone))
        elif request.line in named:
            wrong = f"{at.host} refused the request in a batch: {at.clean(named[request.line])}"
            fate.failed.append((request.key, "bad_request", wrong))
        elif named or (fate.too_much and len(sent) > 1):
            fate.again.append((request.key, 0))  # others were wrong, or there was no room for all
        elif fate.too_much:
            fate.once_more(request, ("rate_limited", refused))
        else:
            fate.failed.append((request.key, "bad_request", refused))
    return fate


def _of_line(request: Sent, error: LineError, fate: Fate, at: Endpoint) -> None:
    if error.not_run:
        fate.again.append((request.key, 0))
    elif error.status_code == 400 and "temperature" in str(error).lower():
        fate.no_temperature = True
        fate.once_more(request, _said(error, at))
    elif _passing(error, at):
        fate.once_more(request, _said(error, at))
    else:
        fate.failed.append((request.key, *_said(error, at)))


def _passing(error: LineError, at: Endpoint) -> bool:
    known = explain(error, at)
    return error.status_code is None or (known is not None and known.retryable)


def _said(error: LineError, at: Endpoint) -> tuple[str, str]:
    known = explain(error, at) if error.status_code is not None else None
    if known is not None:
        return known.code, str(known)
    return "bad_reply", f"{at.host} did not run a request: {error.code}: {at.clean(str(error))}"
