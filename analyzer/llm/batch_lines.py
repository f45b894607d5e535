"""The lines of a batch's files: a request as it goes in, an answer or an error as it comes out.

The form is OpenAI's: https://developers.openai.com/api/docs/guides/batch. A request that the model turned down stands
in the error file with the HTTP status and the error in ``response.body``; one that never ran has a code in ``error``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analyzer.llm.raw import Answer, answer_of_body

ENDPOINT = "/v1/chat/completions"
NOT_RUN = ("batch_expired", "batch_cancelled")
"""Codes of requests that were never run, and cost nothing."""


class LineError(Exception):
    """What went wrong with one request, in the form of the errors that clients raise."""

    def __init__(self, status: int | None, code: str, message: str) -> None:
        super().__init__(message)
        self.status_code, self.code = status, code

    @property
    def not_run(self) -> bool:
        return self.code in NOT_RUN


@dataclass
class Lines:
    """What the files of a batch say of each key; an answer wins over an error of the same key."""

    answers: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, LineError] = field(default_factory=dict)
    unreadable: int = 0
    strange: int = 0
    """Lines of keys that are not in the batch."""


def request_line(key: str, body: dict[str, Any]) -> bytes:
    line = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def read_lines(lines: Iterable[bytes], keys: set[str]) -> Lines:
    """Lines in any order, some of them twice, unreadable or of unknown keys."""
    found = Lines()
    for line in lines:
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            key = entry["custom_id"]
            out = _outcome(entry)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            found.unreadable += 1
            continue
        if key not in keys:
            found.strange += 1
        elif isinstance(out, LineError):
            found.errors.setdefault(key, out)
        else:
            found.answers.setdefault(key, out)
    for key in found.answers.keys() & found.errors.keys():
        del found.errors[key]
    return found


def _outcome(entry: dict[str, Any]) -> Answer | LineError:
    response, error = entry.get("response"), entry.get("error") or {}
    if response is None:
        return LineError(None, str(error.get("code") or ""), str(error.get("message") or ""))
    status, body = int(response["status_code"]), response["body"]
    if status == 200:
        return answer_of_body(body)
    said = body.get("error") if isinstance(body, dict) else None
    said = said if isinstance(said, dict) else {"message": body}
    return LineError(status, str(said.get("code") or ""), str(said.get("message") or ""))
