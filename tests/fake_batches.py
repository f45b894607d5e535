"""The loopback server with OpenAI's files and batches: https://developers.openai.com/api/docs/guides/batch.

    with FakeBatches() as server:
        ... the program uploads a file and makes a batch of it ...
        server.end("completed", {key: GOOD, other: failed_line(500, "sorry")})

A batch stays in the state "validating" until the test says otherwise, so that every state can be met.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fake_openai import Answer, FakeOpenAI, Request, completion, error

Line = dict[str, Any]
PAGE = 2
"""Batches on a page of the list, fewer than are asked for, so that the tests turn pages."""


def failed_line(status: int, message: str, code: str | None = None) -> Line:
    """A request that the model turned down: in the error file, with the error in its body."""
    body = {"error": {"message": message, "type": code, "param": None, "code": code}}
    return {"response": {"status_code": status, "request_id": "r", "body": body}, "error": None}


def not_run(code: str = "batch_expired") -> Line:
    return {"response": None, "error": {"code": code, "message": "This request could not be executed."}}


class FakeBatches(FakeOpenAI):
    """``fault(method, path)`` may give an error to send instead, before anything is done; ``after`` likewise, but once
    it is done: so an answer gets lost on its way."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.done: list[tuple[str, str]] = []
        self.fault: Callable[[str, str], Answer | None] = lambda method, path: None
        self.after: Callable[[str, str], Answer | None] = lambda method, path: None

    # --- what a test says and sees -----------------------------------------------------------------------------------

    @property
    def last(self) -> str:
        return next(reversed(self.batches))

    def sent(self, batch: str | None = None) -> list[Line]:
        """The lines of a batch's file, the last batch's when none is named."""
        file = self.files[self.batches[batch or self.last]["input_file_id"]]
        return [json.loads(line) for line in file.splitlines()]

    def ids(self, batch: str | None = None) -> list[str]:
        return [line["custom_id"] for line in self.sent(batch)]

    def state(self, status: str, batch: str | None = None, **more: Any) -> None:
        self.batches[batch or self.last] |= {"status": status, **more}

    def end(self, status: str, outcomes: Mapping[str, Any], batch: str | None = None, *more: str) -> None:
        """End a batch. An outcome is an error's line, or else an answer as FakeOpenAI takes it; ``more`` are raw lines
        of the output file. Answers stand in the order given."""
        batch = batch or self.last
        asked = {line["custom_id"]: line["body"] for line in self.sent(batch)}
        out, errors = list(more), []
        for key, outcome in outcomes.items():
            if isinstance(outcome, dict) and "response" in outcome:
                errors.append(json.dumps({"id": f"b-{key}", "custom_id": key, **outcome}))
            else:
                out.append(
                    answered_line(key, outcome, asked.get(key, {"model": "m", "messages": [], "response_format": 1}))
                )
        self.state(status, batch, output_file_id=self._file(out), error_file_id=self._file(errors))

    def _file(self, lines: list[str]) -> str:
        """The file's id; the empty text, which the real endpoint has been seen to send, where there is none."""
        if not lines:
            return ""
        return self._keep("\n".join(lines).encode() + b"\n")

    def _keep(self, content: bytes) -> str:
        name = f"file-{len(self.files)}"
        self.files[name] = content
        return name

    # --- what the endpoint does --------------------------------------------------------------------------------------

    def answer_to_other(self, method: str, path: str, headers: Mapping[str, str], raw: bytes) -> Answer | None:
        url = urlsplit(path)
        if not url.path.startswith(("/v1/files", "/v1/batches")):
            return None
        wrong = self.fault(method, url.path)
        if wrong is not None:
            return wrong
        done = self._do(method, url.path, parse_qs(url.query), headers, raw)
        self.done.append((method, url.path))
        lost = self.after(method, url.path)
        if lost is not None and lost.delay_s:
            self.wait(lost.delay_s)
        return lost or done

    def _do(
        self, method: str, path: str, query: dict[str, list[str]], headers: Mapping[str, str], raw: bytes
    ) -> Answer:
        match method, path.removeprefix("/v1/").split("/"):
            case "POST", ["files"]:
                return _json(self._upload(headers, raw))
            case "GET", ["files", file, "content"] if file in self.files:
                return Answer(body=self.files[file].decode(), content_type="application/octet-stream")
            case "POST", ["batches"]:
                return _json(self._create(json.loads(raw)))
            case "GET", ["batches"]:
                return _json(self._list(query.get("after", [None])[0]))
            case "GET", ["batches", batch] if batch in self.batches:
                return _json(self.batches[batch])
            case "POST", ["batches", batch, "cancel"] if batch in self.batches:
                self.batches[batch]["status"] = "cancelling"
                return _json(self.batches[batch])
        return error(404, f"no {method} {path}", "not_found")

    def _upload(self, headers: Mapping[str, str], raw: bytes) -> dict[str, Any]:
        head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
        parts = {p.get_param("name", header="content-disposition"): p for p in BytesParser(policy=HTTP)
                 .parsebytes(head + raw).iter_parts()}  # fmt: skip
        assert parts["purpose"].get_payload(decode=True).strip() == b"batch"
        assert re.fullmatch(r"analyzer-\w+\.jsonl", str(parts["file"].get_filename()))
        content = parts["file"].get_payload(decode=True)
        name = self._keep(content)
        return {"id": name, "object": "file", "bytes": len(content), "created_at": int(time.time()),
                "filename": "x.jsonl", "purpose": "batch", "status": "processed"}  # fmt: skip

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        assert (body["endpoint"], body["completion_window"]) == ("/v1/chat/completions", "24h")
        name = f"batch_{len(self.batches)}"
        self.batches[name] = {
            "id": name, "object": "batch", "status": "validating", "created_at": int(time.time()), "errors": None,
            "output_file_id": None, "error_file_id": None, **body,
        }  # fmt: skip
        return self.batches[name]

    def _list(self, after: str | None) -> dict[str, Any]:
        newest = list(reversed(self.batches.values()))
        begin = next((n for n, b in enumerate(newest, 1) if b["id"] == after), 0)
        page = newest[begin : begin + PAGE]
        return {"object": "list", "data": page, "has_more": begin + PAGE < len(newest),
                "first_id": page[0]["id"] if page else None, "last_id": page[-1]["id"] if page else None}  # fmt: skip


def answered_line(key: str, outcome: Any, body: dict[str, Any]) -> str:
    answer = outcome if isinstance(outcome, Answer) else Answer(json.dumps(outcome, ensure_ascii=False))
    made = completion(answer, Request("", {}, body))
    response = {"status_code": 200, "request_id": "r", "body": made}
    return json.dumps({"id": f"b-{key}", "custom_id": key, "response": response, "error": None}, ensure_ascii=False)


def _json(body: dict[str, Any]) -> Answer:
    return Answer(body=json.dumps(body))
