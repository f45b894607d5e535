"""A small OpenAI-compatible server for the suite: real HTTP on loopback, answers written by the test.

    with FakeOpenAI() as server:
        server.answers("extract", {"claims": []})
        ... base_url=server.url ...
        assert server.calls("extract") == 1

Standard library only. A request's kind is "extract", "bind" or "repair", told from what the program asks for. Answers
of a kind are used in order, the last one again and again. Every request is kept.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

USAGE = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: a chat completion that holds ``text``, or an error ``status`` with its ``message``."""

    text: str = ""
    status: int = 200
    message: str = ""
    code: str | None = None
    finish: str = "stop"
    refusal: str | None = None
    body: str | None = None
    """Sent instead of a completion, as it is."""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    usage: bool = True


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    at: float = field(default_factory=time.monotonic)
    """When it came, in seconds."""

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.body["messages"]

    @property
    def text(self) -> str:
        return "\n".join(str(m["content"]) for m in self.messages)

    @property
    def mode(self) -> str:
        """json_schema, function_calling or text."""
        if "response_format" in self.body:
            return "json_schema"
        return "function_calling" if self.body.get("tools") else "text"

    @property
    def kind(self) -> str:
        if self.messages[-2]["role"] == "assistant":
            return "repair"
        return "bind" if "propose how claims" in self.text else "extract"


def error(status: int, message: str = "", code: str | None = None, **headers: str) -> Answer:
    """An error answer; header names are written with underscores: ``retry_after_ms="10"``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, message=message or f"status {status}", code=code, headers=named)


def rate_limited(after_ms: int = 10) -> Answer:
    return error(429, "slow down", "rate_limit_exceeded", retry_after_ms=str(after_ms))


def server_error(after_ms: int = 10) -> Answer:
    return error(500, "the server had an error", retry_after_ms=str(after_ms))


def closed_url() -> str:
    """An address on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    fake: FakeOpenAI

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep open, and with them the threads that wait for their next request."""
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"] or 0)))

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, raw: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        other = self.server.fake.answer_to_other(self.command, self.path, headers, raw)
        if other is not None:
            self._send(other, _body(other, None))
            return
        request = Request(self.path, headers, json.loads(raw))
        answer = self.server.fake.answer_to(request)
        if answer.delay_s:
            self.server.fake.wait(answer.delay_s)
        self._send(answer, _body(answer, request))

    def _send(self, answer: Answer, body: str) -> None:
        data = body.encode("utf-8")
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(data)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the suite's output stays clean."""


class FakeOpenAI:
    """The server. ``modes``: what it supports of json_schema, function_calling, text; anything else is a 400.

    ``models`` (None: any) makes others a 404, ``key`` (None: any) makes others a 401.
    """

    def __init__(
        self,
        modes: tuple[str, ...] = ("json_schema", "function_calling", "text"),
        models: tuple[str, ...] | None = None,
        key: str | None = None,
        mode_status: int = 400,
    ) -> None:
        self.modes, self.models, self.key, self.mode_status = modes, models, key, mode_status
        self.requests: list[Request] = []
        self.times: list[float] = []
        """When each of them came, in seconds since the epoch."""
        self._answers: dict[str, deque[Answer]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def answers(self, kind: str, *answers: Answer | str | dict[str, Any]) -> Self:
        """What requests of a kind get: an Answer, a text, or an object that is sent as JSON."""
        self._answers[kind] = deque(_answer(a) for a in answers)
        return self

    def calls(self, kind: str | None = None) -> int:
        return sum(1 for r in self.requests if kind in (None, r.kind))

    def answer_to(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            self.times.append(time.time())
            wrong = self._turned_down(request)
            if wrong is not None:
                return wrong
            queue = self._answers[request.kind]
            if not queue:
                return error(400, f"the test wrote no answer for {request.kind}")
            return queue.popleft() if len(queue) > 1 else queue[0]

    def answer_to_other(self, method: str, path: str, headers: Mapping[str, str], raw: bytes) -> Answer | None:
        """What else than chat completions a server may have; None for those."""
        return None

    def _turned_down(self, request: Request) -> Answer | None:
        if self.key is not None and request.headers.get("authorization") != f"Bearer {self.key}":
            return error(401, f"Incorrect API key provided: {request.headers.get('authorization')}", "invalid_api_key")
        if self.models is not None and request.body["model"] not in self.models:
            return error(404, f"The model `{request.body['model']}` does not exist", "model_not_found")
        if request.mode not in self.modes:
            what = {"json_schema": "response_format of type json_schema", "function_calling": "tools"}[request.mode]
            return error(self.mode_status, f"{what} is not supported by this server", "invalid_request_error")
        return None

    def wait(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join(5)


def _answer(given: Answer | str | dict[str, Any]) -> Answer:
    if isinstance(given, Answer):
        return given
    return Answer(given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))


def _body(answer: Answer, request: Request | None) -> str:
    if answer.body is not None:
        return answer.body
    if answer.status != 200 or request is None:
        return json.dumps({"error": {"message": answer.message, "code": answer.code, "type": answer.code}})
    return json.dumps(completion(answer, request), ensure_ascii=False)


def completion(answer: Answer, request: Request) -> dict[str, Any]:
    """A chat completion as the server sends it, and as a batch holds it."""
    made = {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": request.body["model"],
        "choices": [{"index": 0, "finish_reason": answer.finish, "message": _message(answer, request)}],
    }  # fmt: skip
    return made | ({"usage": USAGE} if answer.usage else {})


def _message(answer: Answer, request: Request) -> dict[str, Any]:
    if answer.refusal:
        return {"role": "assistant", "content": None, "refusal": answer.refusal}
    if request.mode == "function_calling":
        name = request.body["tools"][0]["function"]["name"]
        call = {"id": "call-1", "type": "function", "function": {"name": name, "arguments": answer.text}}
        return {"role": "assistant", "content": None, "tool_calls": [call]}
    return {"role": "assistant", "content": answer.text}
