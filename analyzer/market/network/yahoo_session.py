"""yfinance as it is used here: paced, without a word to the user, without a trace in the user's home.

For one series it asks for a cookie, a crumb, a time zone and a chart, and asks again in another way what was refused;
its exceptions do not always tell why a series is not there. A session of our own sees every answer, and tells.
"""

from __future__ import annotations

import atexit
import logging
import shutil
import tempfile
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from analyzer.errors import MissingExtra
from analyzer.market.network import FetchError
from analyzer.market.network.http import Request
from analyzer.market.network.retry import Pace, later, seconds_asked

HOME = "https://query2.finance.yahoo.com"
CHART = "/v8/finance/chart/"
MISSING = ("YFPricesMissingError", "YFTzMissingError", "YFTickerMissingError")
LASTING = "Try later; if it lasts, update yfinance."


class NotServed(OSError):
    """A chart that Yahoo does not have, or a service that failed: nothing that another cookie would mend."""


@lru_cache(maxsize=1)
def library() -> Any:
    """yfinance, silenced. MissingExtra where it is absent."""
    try:
        import yfinance
    except ImportError as error:
        raise MissingExtra("Yahoo Finance", "market") from error
    folder = tempfile.mkdtemp(prefix="analyzer-yahoo-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    yfinance.set_tz_cache_location(folder)
    logging.getLogger("yfinance").setLevel(logging.CRITICAL)
    yfinance.config.debug.hide_exceptions = False
    return yfinance


def open_session(home: str, pace: Pace) -> Any:
    """A session like a browser's that keeps the pace and sends what is for Yahoo to ``home``.

    ``status`` and ``retry_after`` are those of the last answer about a chart; None before there was one.
    """
    from curl_cffi import requests

    class Session(requests.Session):  # type: ignore[type-arg]
        status: int | None = None
        retry_after: float | None = None

        def request(self, method: Any, url: str, *args: Any, **more: Any) -> Any:
            pace.wait()
            answer = super().request(method, sent_to(home, url), *args, **more)
            if CHART in url:
                self.status, self.retry_after = answer.status_code, seconds_asked(answer.headers.get("Retry-After"))
                if answer.status_code == 404 or answer.status_code >= 500:
                    raise NotServed(f"HTTP {answer.status_code}")
            return answer

    return Session(impersonate="chrome")


def sent_to(home: str, url: str) -> str:
    """The address at ``home`` that stands for one of Yahoo's."""
    parts = urlsplit(url)
    if home == HOME or not (parts.hostname or "").endswith("yahoo.com"):
        return url
    return f"{home}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def explained(request: Request, session: Any, error: Exception) -> FetchError:
    """What went wrong, by Yahoo's status and the library's name for it; its message may hold an address."""
    kind, status, asked = type(error).__name__, session.status, session.retry_after
    if kind == "YFRateLimitError":
        return request.failed("too many requests (HTTP 429)", "throttled", later(asked), asked)
    if status in (401, 403):
        return request.failed(f"the request was refused (HTTP {status})", "refused", LASTING)
    if status == 404 or kind in MISSING:
        return request.failed("no such series", "no_data", "Check the symbol.")
    if isinstance(error, NotServed):
        return request.failed(f"the service failed (HTTP {status})", "unreachable", later(asked), asked)
    if isinstance(error, OSError):
        return request.failed(f"no answer ({kind})", "unreachable", "Check the network, or try later.")
    return request.failed(f"an answer that yfinance cannot read ({kind})", "changed", LASTING)
