"""A server on loopback that answers as Yahoo, FRED, ALFRED and stooq do, and as they fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """Whether the connection ends in the middle of the body."""


@dataclass
class Services:
    """``answers`` are given one after the other, the last one for ever; ``asked`` are the paths with their queries."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def next(self, path: str) -> Answer:
        parts = urlsplit(path)
        if parts.path == "/v1/test/getcrumb":
            return Answer("crumb")
        if parts.path == "/":
            return Answer(headers={"Set-Cookie": "A3=d; Domain=127.0.0.1; Path=/"}, status=404)
        self.asked.append(path)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def queries(self) -> list[dict[str, str]]:
        return [{k: v[0] for k, v in parse_qs(urlsplit(path).query).items()} for path in self.asked]


@contextmanager
def serving() -> Iterator[Services]:
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = services.next(self.path)
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (1000 if answer.cut else 0)))
            self.end_headers()
            self.wfile.write(body)
            if answer.cut:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the suite's output is for its failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    services.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chart(days: list[str], closes: list[float], **more: Any) -> str:
    """Yahoo's answer: closes of days in New York; ``splits`` {day: factor}, ``currency``, ``end`` of the session."""
    stamps = [int(datetime.fromisoformat(f"{d}T14:30:00+00:00").timestamp()) for d in days]
    splits = {
        str(at): {"date": at, "numerator": f, "denominator": 1, "splitRatio": f"{f}:1"}
        for d, f in more.get("splits", {}).items()
        for at in [int(datetime.fromisoformat(f"{d}T13:30:00+00:00").timestamp())]
    }
    end = more.get("end", int(datetime(2024, 6, 11, 20, tzinfo=UTC).timestamp()))
    regular = {"timezone": "EDT", "start": end - 23400, "end": end, "gmtoffset": -14400}
    quote = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": [100] * len(days)}
    result = {
        "meta": {
            "currency": more.get("currency", "USD"), "symbol": "NVDA", "exchangeName": "NMS",
            "instrumentType": "EQUITY",
            "firstTradeDate": stamps[0] if stamps else 0, "gmtoffset": -14400, "timezone": "EDT",
            "exchangeTimezoneName": "America/New_York", "regularMarketPrice": 1.0, "priceHint": 2,
            "currentTradingPeriod": {"pre": regular, "regular": regular, "post": regular}, "dataGranularity": "1d",
            "range": "max", "validRanges": ["1d", "max"],
        },
        "timestamp": stamps, "events": {"splits": splits} if splits else {},
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": [c * 0.99 for c in closes]}]},
    }  # fmt: skip
    return json.dumps({"chart": {"result": [result], "error": None}})


NOT_FOUND = json.dumps(
    {"chart": {"result": None, "error": {"code": "Not Found", "description": "No data found, symbol may be delisted"}}}
)
