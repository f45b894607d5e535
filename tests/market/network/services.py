"""A server on loopback that answers as Yahoo, FRED, ALFRED and stooq do, and as they fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

Query = dict[str, str]
NEW_YORK = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Answer:
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """Whether the connection ends in the middle of the body."""


YAHOO = {
    "/": Answer(status=404, headers={"Set-Cookie": "A3=d; Domain=127.0.0.1; Path=/"}),
    "/v1/test/getcrumb": Answer("crumb"),
    "/consent": Answer("<html>no form here</html>"),
}
"""What yfinance asks beside the chart: a cookie, a crumb, the page of consent."""


@dataclass(frozen=True)
class Archive:
    """ALFRED of one series: every value ever published, (period, day of publication, value).

    As the real one it refuses to span more than ``most`` vintages, cuts real-time periods where the span asked for
    begins and ends, and gives one page at a time.
    """

    rows: list[tuple[str, str, str]]
    most: int = 2000

    def vintage_dates(self, query: Query) -> Answer:
        return self._page(sorted({known for _, known, _ in self.rows}), "vintage_dates", query)

    def observations(self, query: Query) -> Answer:
        first, last = query["realtime_start"], query["realtime_end"]
        vintages = {known for _, known, _ in self.rows if first <= known <= last}
        if len(vintages) > self.most:
            message = f"Bad Request.  There are {len(vintages)} vintage dates in the specified real-time period."
            return Answer(json.dumps({"error_code": 400, "error_message": message}), 400)
        found = [
            {"realtime_start": max(first, begins), "realtime_end": min(last, ends), "date": period, "value": value}
            for period, begins, ends, value in self._periods()
            if begins <= last and first <= ends
        ]
        return self._page(found, "observations", query)

    def _periods(self) -> Iterator[tuple[str, str, str, str]]:
        """Period, first and last day of a real-time period, value."""
        for (period, known, value), (next_period, next_known, _) in pairwise([*sorted(self.rows), ("", "", "")]):
            replaced = next_period == period
            ends = date.fromisoformat(next_known) - timedelta(days=1) if replaced else date.max
            yield period, known, str(ends), value

    @staticmethod
    def _page(found: list[Any], name: str, query: Query) -> Answer:
        offset, limit = int(query["offset"]), int(query["limit"])
        page = {"count": len(found), "offset": offset, "limit": limit, name: found[offset : offset + limit]}
        return Answer(json.dumps(page))


@dataclass
class Services:
    """``answers`` are given one after the other, the last one for ever; ``archive`` answers where there is one.

    ``asked`` are the paths of the requests for data, with their queries, ``beside`` those of what Yahoo wants first.
    """

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    archive: Archive | None = None
    asked: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def next(self, target: str) -> Answer:
        parts = urlsplit(target)
        if parts.path in YAHOO:
            self.beside.append(parts.path)
            return YAHOO[parts.path]
        self.asked.append(target)
        if self.archive is not None and not self.answers:
            wanted = self.archive.vintage_dates if parts.path.endswith("/vintagedates") else self.archive.observations
            return wanted(self.queries()[-1])
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def queries(self) -> list[Query]:
        return [{k: v[0] for k, v in parse_qs(urlsplit(path).query).items()} for path in self.asked]


@contextmanager
def serving() -> Iterator[Services]:
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            services.agents.append(self.headers.get("User-Agent", ""))
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
    """Yahoo's answer: closes of days in New York; ``splits`` and ``dividends`` by day, ``currency``, ``instrument``,
    ``end`` of the session as a time stamp (None: not told)."""
    stamps = [_midnight(day) for day in days]
    splits = {
        str(_midnight(day)): {
            "date": _midnight(day),
            "numerator": factor,
            "denominator": 1,
            "splitRatio": f"{factor}:1",
        }
        for day, factor in more.get("splits", {}).items()
    }
    dividends = {
        str(_midnight(day)): {"date": _midnight(day), "amount": amount}
        for day, amount in more.get("dividends", {}).items()
    }
    end = more.get("end", _midnight("2024-06-11"))
    quote = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": [100] * len(days)}
    result = {
        "meta": {
            "currency": more.get("currency", "USD"), "symbol": "NVDA", "exchangeName": "NMS",
            "instrumentType": more.get("instrument", "EQUITY"),
            "firstTradeDate": stamps[0] if stamps else 0, "gmtoffset": -14400, "timezone": "EDT",
            "exchangeTimezoneName": "America/New_York", "regularMarketPrice": 1.0, "priceHint": 2,
            "dataGranularity": "1d", "range": "max", "validRanges": ["1d", "max"],
            **({} if end is None else {"currentTradingPeriod": _periods(end)}),
        },
        "timestamp": stamps, "events": {"splits": splits, "dividends": dividends},
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": [c * 0.99 for c in closes]}]},
    }  # fmt: skip
    return json.dumps({"chart": {"result": [result], "error": None}})


def _periods(end: int) -> dict[str, Any]:
    regular = {"timezone": "EDT", "start": end - 23400, "end": end, "gmtoffset": -14400}
    return {name: dict(regular) for name in ("pre", "regular", "post")}


def _midnight(day: str) -> int:
    """When a day begins in New York; yfinance drops rows that lie ahead, whatever their day."""
    return int(datetime.fromisoformat(day).replace(tzinfo=NEW_YORK).timestamp())


NOT_FOUND = json.dumps(
    {"chart": {"result": None, "error": {"code": "Not Found", "description": "No data found, symbol may be delisted"}}}
)
NOT_ALLOWED = json.dumps(
    {"finance": {"result": None, "error": {"code": "Unauthorized", "description": "Invalid Crumb"}}}
)
