"""FRED, the macro series of the Federal Reserve Bank of St. Louis, and ALFRED, what they said on each day.

Without a key the latest values come from the CSV behind FRED's graphs. With one, every value that was ever published
comes from the API (``output_type`` 1 with all real-time periods): it is known from the start of its real-time period.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import numpy as np

from analyzer.market.network import Fetched
from analyzer.market.network.http import Request, get
from analyzer.market.network.retry import Pace, Patience, patiently
from analyzer.market.sources import Vintages

CODE = re.compile(r"[A-Z][A-Z0-9]{2,}")
ELSEWHERE = ("equity", "etf", "crypto", "currency", None)
EARLIEST, LATEST = "1776-07-04", "9999-12-31"
"""All real-time periods that the API knows."""
PAGE = 100_000
CHANGED = "The service may have changed: report it."
PACE = Pace(0.5)


class Fred:
    name = "fred"

    def __init__(
        self, url: str, alfred_url: str, key: str | None = None, patience: Patience = Patience(), pace: Pace = PACE,
        page: int = PAGE,
    ) -> None:  # fmt: skip
        self._url, self._alfred_url, self._key = url, alfred_url, key
        self._patience, self._pace, self._page = patience, pace, page

    def serves(self, symbol: str, kind: str | None) -> bool:
        return CODE.fullmatch(symbol) is not None and kind not in ELSEWHERE

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        """The series, whole. FetchError when FRED does not have it, does not answer or answers something else."""
        if self._key is None:
            request = Request(self.name, symbol, self._url, {"id": symbol})
            dates, values = _read_csv(request, self._asked(request))
            return _series(symbol, dates, values, f"{self._url}?id={symbol}")
        vintages = self._vintages(symbol)
        last = np.append(vintages.dates[1:] != vintages.dates[:-1], True)[: len(vintages.dates)]
        url = f"{self._alfred_url}?series_id={symbol}"
        return _series(symbol, vintages.dates[last], vintages.values[last], url, vintages)

    def _asked(self, request: Request) -> str:
        return patiently(lambda: get(request), self._patience, self._pace)

    def _vintages(self, symbol: str) -> Vintages:
        """All pages of the API."""
        rows: list[tuple[date, date, float]] = []
        offset, count = 0, 1
        while offset < count:
            params = {
                "series_id": symbol, "api_key": self._key or "", "file_type": "json", "realtime_start": EARLIEST,
                "realtime_end": LATEST, "output_type": "1", "limit": str(self._page), "offset": str(offset),
            }  # fmt: skip
            request = Request(self.name, symbol, self._alfred_url, params)
            page = _read_json(request, self._asked(request))
            rows += _published(request, page)
            count, offset = int(page["count"]), offset + self._page
        return _sorted(rows)


def _series(
    symbol: str, dates: np.ndarray, values: np.ndarray, url: str, vintages: Vintages | None = None
) -> Fetched:  # fmt: skip
    return Fetched(symbol, dates, {"value": values}, "raw", None, url, vintages=vintages)


def _read_csv(request: Request, text: str) -> tuple[np.ndarray, np.ndarray]:
    """Dates and values; a point is an empty value."""
    head, *rows = list(csv.reader(io.StringIO(text)))
    if len(head) != 2 or head[0].lower() not in ("observation_date", "date"):
        raise request.failed(f"unknown columns {', '.join(head)[:60]!r}", "changed", CHANGED)
    try:
        dates = np.array([row[0] for row in rows], dtype="datetime64[D]")
        values = np.array([np.nan if row[1] in ("", ".") else float(row[1]) for row in rows])
    except (ValueError, IndexError) as error:
        raise request.failed("a line that is no date and number", "changed", CHANGED) from error
    if not len(dates):
        raise request.failed("no rows", "no_data", "Check the symbol.")
    return dates, values


def _read_json(request: Request, text: str) -> dict[str, Any]:
    try:
        page = json.loads(text)
        page["count"], page["observations"]
    except (ValueError, KeyError, TypeError) as error:
        raise request.failed("an answer that is no page of observations", "changed", CHANGED) from error
    return page  # type: ignore[no-any-return]


def _published(request: Request, page: dict[str, Any]) -> list[tuple[date, date, float]]:
    try:
        return [
            (date.fromisoformat(o["date"]), date.fromisoformat(o["realtime_start"]), float(o["value"]))
            for o in page["observations"]
            if o["value"] not in ("", ".")
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise request.failed("an observation without date and value", "changed", CHANGED) from error


def _sorted(rows: list[tuple[date, date, float]]) -> Vintages:
    """By period and day of publication, each pair once."""
    by_day = {(dated, known): value for dated, known, value in rows}
    keys = sorted(by_day)
    dates, known = (np.array([key[i] for key in keys], dtype="datetime64[D]") for i in (0, 1))
    return Vintages(dates, known, np.array([by_day[key] for key in keys], dtype=np.float64))
