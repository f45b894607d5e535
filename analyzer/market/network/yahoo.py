"""Yahoo Finance, by yfinance: daily bars, dividends and splits.

``close`` is adjusted for splits, ``adj_close`` also for dividends. Prices in pence, cents or agorot are turned into the
currency's main unit. The bar of a session that is not over is left out.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from analyzer.errors import MissingExtra
from analyzer.market.network import Fetched, FetchError
from analyzer.market.network.http import TIMEOUT, Request
from analyzer.market.network.retry import Pace, Patience, patiently
from analyzer.market.sources import Split
from analyzer.series import to_date

HOME = "https://query2.finance.yahoo.com"
COLUMNS = {
    "Open": "open", "High": "high", "Low": "low", "Close": "close", "Adj Close": "adj_close", "Volume": "volume",
}  # fmt: skip
HUNDREDTHS = {"GBp": "GBP", "GBX": "GBP", "ZAc": "ZAR", "ILA": "ILS"}
MARKS = frozenset("^=.-")
PACE = Pace(0.5)


class Yahoo:
    name = "yahoo"

    def __init__(self, url: str = HOME, patience: Patience = Patience(), pace: Pace = PACE) -> None:
        """``url``: where Yahoo's requests are sent, for a mirror of it. MissingExtra without yfinance."""
        self._url, self._patience, self._pace = url.rstrip("/"), patience, pace
        _library()

    def serves(self, symbol: str, kind: str | None) -> bool:
        return kind in ("equity", "etf", "crypto", None) or bool(MARKS & set(symbol))

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        """The series, whole. FetchError when Yahoo does not have it, does not answer or answers something else."""
        request = Request(self.name, symbol, f"{self._url}/v8/finance/chart/{symbol}", {})
        frame, meta = patiently(lambda: self._history(request), self._patience, self._pace)
        return _fetched(request, frame, meta)

    def _history(self, request: Request) -> tuple[Any, dict[str, Any]]:
        yfinance = _library()
        ticker = yfinance.Ticker(request.symbol, session=_session(self._url))
        try:
            with warnings.catch_warnings():
                # yfinance 1.7 uses what pandas 3.1 has deprecated; its results are right.
                warnings.simplefilter("ignore")
                frame = ticker.history(period="max", interval="1d", auto_adjust=False, actions=True, timeout=TIMEOUT)
                meta = ticker.history_metadata or {}
            return frame, {name: meta[name] for name in ("currency", "currentTradingPeriod") if name in meta}
        except Exception as error:  # yfinance raises what its libraries raise, and its own of many kinds
            raise _explained(request, error) from error


@lru_cache(maxsize=1)
def _library() -> Any:
    try:
        import yfinance
    except ImportError as error:
        raise MissingExtra("Yahoo Finance", "market") from error
    # Its own cache and its chatter are not for the user: what it fetches is kept by us, and its errors are explained.
    yfinance.set_tz_cache_location(tempfile.mkdtemp(prefix="analyzer-yahoo-"))
    logging.getLogger("yfinance").setLevel(logging.CRITICAL)
    yfinance.config.debug.hide_exceptions = False
    return yfinance


@lru_cache(maxsize=8)
def _session(home: str) -> Any:
    """A session like a browser's that sends what is for Yahoo's hosts to ``home``."""
    from curl_cffi import requests

    class Session(requests.Session):  # type: ignore[type-arg]
        def request(self, method: Any, url: str, *args: Any, **more: Any) -> Any:
            parts = urlsplit(url)
            if home != HOME and (parts.hostname or "").endswith("yahoo.com"):
                url = home + parts.path
            return super().request(method, url, *args, **more)

    return Session(impersonate="chrome")


def _explained(request: Request, error: Exception) -> FetchError:
    """What went wrong, by the library's name for it; the message of the library may hold an address."""
    kind = type(error).__name__
    if kind == "YFRateLimitError":
        return request.failed("too many requests (HTTP 429)", "throttled", "Try later.")
    if kind in ("YFPricesMissingError", "YFTzMissingError", "YFTickerMissingError"):
        return request.failed("no such series", "no_data", "Check the symbol.")
    if isinstance(error, OSError) or "curl" in type(error).__module__:
        return request.failed(f"no answer ({kind})", "unreachable", "Check the network, or try later.")
    return request.failed(f"an answer that yfinance cannot read ({kind})", "changed", "Update yfinance.")


def _fetched(request: Request, frame: Any, meta: dict[str, Any]) -> Fetched:
    if not len(frame):
        raise request.failed("no rows", "no_data", "Check the symbol.")
    missing = [name for name in ("Close", "Adj Close") if name not in frame]
    if missing:
        raise request.failed(f"no column {', '.join(missing)}", "changed", "Update yfinance.")
    dates = frame.index.tz_localize(None).to_numpy().astype("datetime64[D]")
    keep = np.append(dates[1:] != dates[:-1], True) & ~_unfinished(dates, meta)
    currency = meta.get("currency")
    part = 100.0 if currency in HUNDREDTHS else 1.0
    columns = {
        ours: frame[name].to_numpy(dtype=np.float64)[keep] / (1.0 if ours == "volume" else part)
        for name, ours in COLUMNS.items()
        if name in frame
    }
    splits = frame["Stock Splits"].to_numpy(dtype=np.float64) if "Stock Splits" in frame else np.zeros(len(dates))
    found = tuple(Split(request.symbol, to_date(d), float(f), "yahoo") for d, f in zip(dates, splits, strict=True) if f)
    currency = HUNDREDTHS.get(str(currency), currency)
    return Fetched(request.symbol, dates[keep], columns, "split_adjusted", currency, request.url, found)


def _unfinished(dates: np.ndarray, meta: dict[str, Any]) -> np.ndarray:
    """Whether a row is of the session that is going on."""
    end = ((meta.get("currentTradingPeriod") or {}).get("regular") or {}).get("end")
    stamp = end.timestamp() if isinstance(end, datetime) else end
    if not isinstance(stamp, int | float) or datetime.now(UTC).timestamp() >= stamp:
        return np.zeros(len(dates), dtype=bool)
    today = np.datetime64(datetime.fromtimestamp(stamp, UTC).date(), "D")
    return np.asarray(dates >= today)
