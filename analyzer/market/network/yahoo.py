"""Yahoo Finance, by yfinance: daily bars, dividends and splits.

``close`` is adjusted for splits, ``adj_close`` also for dividends. Prices in pence (GBp), cents or agorot are turned
into the currency's main unit, and the currency with them: 70 GBp is 0.70 GBP. The bar of a session that is not over,
or that may still change, is left out.
"""

from __future__ import annotations

import threading
import warnings
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from importlib.util import find_spec
from typing import Any

import numpy as np

from analyzer.errors import MissingExtra
from analyzer.market.network import Fetched
from analyzer.market.network.http import TIMEOUT, Request
from analyzer.market.network.retry import Pace, Patience, patiently
from analyzer.market.network.yahoo_session import CHART, HOME, LASTING, explained, library, open_session
from analyzer.market.sources import Split
from analyzer.series import to_date

COLUMNS = {
    "Open": "open", "High": "high", "Low": "low", "Close": "close", "Adj Close": "adj_close", "Volume": "volume",
}  # fmt: skip
HUNDREDTHS = {"GBp": "GBP", "GBX": "GBP", "ZAc": "ZAR", "ILA": "ILS"}
SETTLING = timedelta(minutes=30)
"""Quotes of some exchanges come twenty minutes late, and the closing auction after the close."""
MARKS = frozenset("^=.-")
PACE = Pace(0.5)
ONE_AT_A_TIME = threading.Lock()
"""yfinance has one session, one cookie and one crumb for the whole process."""


class Yahoo:
    name = "yahoo"

    def __init__(self, url: str = HOME, patience: Patience = Patience(), pace: Pace = PACE) -> None:
        """``url``: where Yahoo's requests are sent, for a mirror of it. MissingExtra without yfinance."""
        if find_spec("yfinance") is None:
            raise MissingExtra("Yahoo Finance", "market")
        self._url, self._patience, self._pace = url.rstrip("/"), patience, pace

    def serves(self, symbol: str, kind: str | None) -> bool:
        return kind in ("equity", "etf", "crypto", None) or bool(MARKS & set(symbol))

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        """The series, whole. FetchError when Yahoo does not have it, does not answer or answers something else."""
        request = Request(self.name, symbol, f"{self._url}{CHART}{symbol}")
        frame, meta = patiently(lambda: self._history(request), self._patience)
        return _fetched(request, frame, meta)

    @cached_property
    def _session(self) -> Any:
        return open_session(self._url, self._pace)

    def _history(self, request: Request) -> tuple[Any, dict[str, Any]]:
        """yfinance's frame and what of its metadata is needed."""
        yfinance, session = library(), self._session
        with ONE_AT_A_TIME, warnings.catch_warnings():
            # yfinance 1.7 uses what pandas 3 has deprecated; its results are right.
            warnings.simplefilter("ignore")
            yfinance.data.YfData.cache_get.cache_clear()  # it keeps bad answers as well as good ones
            session.status = session.retry_after = None
            try:
                ticker = yfinance.Ticker(request.symbol, session=session)
                frame = ticker.history(period="max", interval="1d", auto_adjust=False, actions=True, timeout=TIMEOUT)
                meta = ticker.history_metadata or {}
            except Exception as error:  # what its libraries raise, and its own of many kinds
                raise explained(request, session, error) from error
        return frame, {n: meta[n] for n in ("currency", "currentTradingPeriod", "instrumentType") if n in meta}


def _fetched(request: Request, frame: Any, meta: dict[str, Any]) -> Fetched:
    if not len(frame):
        raise request.failed("no rows", "no_data", "Check the symbol.")
    missing = [name for name in ("Close", "Adj Close", "Stock Splits") if name not in frame]
    if missing:
        raise request.failed(f"no column {', '.join(missing)}", "changed", LASTING)
    dates = frame.index.tz_localize(None).to_numpy().astype("datetime64[D]")
    kept = np.append(dates[1:] != dates[:-1], True) & ~_unfinished(dates, meta, frame.index.tz)
    if not kept.any():
        raise request.failed("no finished session yet", "no_data", "Try after the close.")
    columns = {ours: frame[name].to_numpy(dtype=np.float64)[kept] for name, ours in COLUMNS.items() if name in frame}
    columns, currency = _in_main_unit(columns, meta)
    splits = tuple(
        Split(request.symbol, to_date(day), float(factor), "yahoo")
        for day, factor in zip(dates, frame["Stock Splits"], strict=True)
        if factor
    )
    return Fetched(request.symbol, dates[kept], columns, "split_adjusted", currency, request.url, splits)


def _in_main_unit(
    columns: dict[str, np.ndarray], meta: dict[str, Any]
) -> tuple[dict[str, np.ndarray], str | None]:  # fmt: skip
    """Prices in pounds where they are in pence. An index has points, whatever its currency is called."""
    currency = meta.get("currency")
    if currency not in HUNDREDTHS:
        return columns, currency
    if meta.get("instrumentType") != "INDEX":
        columns = {name: column if name == "volume" else column / 100.0 for name, column in columns.items()}
    return columns, HUNDREDTHS[currency]


def _unfinished(dates: np.ndarray, meta: dict[str, Any], zone: tzinfo) -> np.ndarray:
    """Whether a row is of a session that may still change; of today's, where the end of the session is unknown."""
    now = datetime.now(UTC)
    end = ((meta.get("currentTradingPeriod") or {}).get("regular") or {}).get("end")
    stamp = end.timestamp() if isinstance(end, datetime) else end
    last = datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int | float) else now
    if now >= last + SETTLING:
        return np.zeros(len(dates), dtype=bool)
    return np.asarray(dates >= np.datetime64(last.astimezone(zone).date(), "D"))
