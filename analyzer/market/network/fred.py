"""FRED, the macro series of the Federal Reserve Bank of St. Louis, and ALFRED, what they said on each day.

Without a key the latest values come from the CSV behind FRED's graphs. With one, every value that was ever published
comes from the API (``output_type`` 1): it is known from the start of its real-time period. One request may span 2000
vintages, so that the API is first asked for their dates and then for one span of them after the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from urllib.parse import urljoin

import numpy as np

from analyzer.market.network import Fetched
from analyzer.market.network.http import Notice, Request, get
from analyzer.market.network.retry import Pace, Patience, patiently
from analyzer.market.network.table import CHANGED, read_table, unknown_columns
from analyzer.market.sources import Vintages

T = TypeVar("T")
Row = tuple[date, date, float]
"""Period, start of the real-time period and value; NaN where there was none."""

CODE = re.compile(r"[A-Z][A-Z0-9]{2,}")
TICKER = re.compile(r"[A-Z]{1,5}")
ELSEWHERE = ("equity", "etf", "crypto")
EARLIEST, LATEST = "1776-07-04", "9999-12-31"
"""All real-time periods that the API knows."""
OBSERVATIONS, VINTAGE_DATES = 100_000, 10_000
"""The longest pages that the API gives."""
SPAN = 2000
"""The most vintages that the API lets one request span."""
NOTICES = (
    Notice(re.compile(r"series does not exist", re.IGNORECASE), "no such series", "no_data", "Check the symbol."),
    Notice(
        re.compile(r"variable api_key", re.IGNORECASE), "the key was refused", "refused",
        "Check ANALYZER_FRED_API_KEY, or take it away: the latest values need none.",
    ),
)  # fmt: skip
PACE = Pace(0.5)
"""A key may be used 120 times a minute."""


class Fred:
    name = "fred"

    def __init__(
        self, url: str, alfred_url: str, key: str | None = None, patience: Patience = Patience(), pace: Pace = PACE,
        *, page: int | None = None, span: int = SPAN,
    ) -> None:  # fmt: skip
        """``page`` and ``span``: fewer rows a page and fewer vintages a request than the API allows."""
        self._url, self._alfred_url, self._key = url, alfred_url, key
        self._patience, self._pace, self._page, self._span = patience, pace, page, span

    def serves(self, symbol: str, kind: str | None) -> bool:
        """What is in no catalogue may be a code of FRED's where it cannot be a ticker."""
        if kind is None and TICKER.fullmatch(symbol):
            return False
        return CODE.fullmatch(symbol) is not None and kind not in ELSEWHERE

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        """The series, whole. FetchError when FRED does not have it, does not answer or answers something else."""
        return self._latest(symbol) if self._key is None else self._with_vintages(symbol)

    def _latest(self, symbol: str) -> Fetched:
        request = Request(self.name, symbol, self._url, {"id": symbol})
        dates, columns = read_table(request, self._asked(request), ("observation_date", "date"))
        if len(columns) != 1:
            raise unknown_columns(request, columns)
        return _fetched(symbol, dates, next(iter(columns.values())), f"{self._url}?id={symbol}")

    def _with_vintages(self, symbol: str) -> Fetched:
        request = Request(self.name, symbol, self._alfred_url, notices=NOTICES)
        rows = [row for first, last in self._spans(symbol) for row in self._published(symbol, first, last)]
        if not rows:
            raise request.failed("no rows", "no_data", "Check the symbol.")
        dates, known, values = _without_repeats(rows)
        latest, stated = np.append(dates[1:] != dates[:-1], True), ~np.isnan(values)
        vintages = Vintages(dates[stated], known[stated], values[stated])
        url = f"{self._alfred_url}?series_id={symbol}"
        return _fetched(symbol, dates[latest], values[latest], url, vintages)

    def _spans(self, symbol: str) -> list[tuple[str, str]]:
        """First and last day of real-time periods that hold all vintages together, none more than one may."""
        url = urljoin(self._alfred_url, "vintagedates")
        asked = {"realtime_start": EARLIEST, "realtime_end": LATEST}
        vintages = self._pages(symbol, url, "vintage_dates", VINTAGE_DATES, asked, date.fromisoformat)
        begins = vintages[self._span :: self._span]
        ends = [str(begin - timedelta(days=1)) for begin in begins]
        return list(zip([EARLIEST, *map(str, begins)], [*ends, LATEST], strict=True))

    def _published(self, symbol: str, first: str, last: str) -> list[Row]:
        asked = {"realtime_start": first, "realtime_end": last, "output_type": "1"}
        return self._pages(symbol, self._alfred_url, "observations", OBSERVATIONS, asked, _row)

    def _pages(
        self, symbol: str, url: str, name: str, limit: int, asked: dict[str, str], read: Callable[[Any], T]
    ) -> list[T]:  # fmt: skip
        """The rows of all pages of an answer; FetchError for a page, or a row, that is none."""
        found: list[T] = []
        limit, offset, count = self._page or limit, 0, 1
        while offset < count:
            params = {
                "series_id": symbol, "api_key": self._key or "", "file_type": "json", "limit": str(limit),
                "offset": str(offset), **asked,
            }  # fmt: skip
            request = Request(self.name, symbol, url, params, NOTICES)
            text = self._asked(request)
            try:
                page = json.loads(text)
                found += [read(row) for row in page[name]]
                count, offset = int(page["count"]), offset + limit
            except (ValueError, KeyError, TypeError) as error:
                raise request.failed(f"an answer that is no page of {name}", "changed", CHANGED) from error
        return found

    def _asked(self, request: Request) -> str:
        return patiently(lambda: get(request, self._pace), self._patience)


def _fetched(
    symbol: str, dates: np.ndarray, values: np.ndarray, url: str, vintages: Vintages | None = None
) -> Fetched:  # fmt: skip
    return Fetched(symbol, dates, {"value": values}, "raw", None, url, vintages=vintages)


def _row(row: Any) -> Row:
    value = np.nan if row["value"] in ("", ".") else float(row["value"])
    return date.fromisoformat(row["date"]), date.fromisoformat(row["realtime_start"]), value


def _without_repeats(rows: list[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """By period and day of publication. The API cuts a real-time period where the span asked for begins, so that a
    value is given again with the first day of a later span: what repeats the value before it was not published anew.
    """
    dates, known = (np.array([row[i] for row in rows], dtype="datetime64[D]") for i in (0, 1))
    values = np.array([row[2] for row in rows], dtype=np.float64)
    order = np.lexsort((known, dates))
    dates, known, values = dates[order], known[order], values[order]
    kept = np.append(True, (dates[1:] != dates[:-1]) | (values[1:] != values[:-1]))
    return dates[kept], known[kept], values[kept]
