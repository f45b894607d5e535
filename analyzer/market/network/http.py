"""One GET, with every way in which it can fail made a FetchError that names the provider, the symbol and no key."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from analyzer import __version__
from analyzer.market.network import FailureCode, FetchError
from analyzer.market.network.retry import Pace, later, seconds_asked

if TYPE_CHECKING:
    import httpx

TIMEOUT = 30.0
HEADERS = {"User-Agent": f"commentary-analyzer/{__version__}"}
BEGINNING = 400
"""Characters of an answer in which a notice is looked for."""
SECRET = re.compile(r"key|token|secret", re.IGNORECASE)


@dataclass(frozen=True)
class Notice:
    """What a service says in words where data should be; some say it with the status of a success."""

    words: re.Pattern[str]
    what: str
    code: FailureCode
    todo: str


@dataclass(frozen=True)
class Request:
    """``url`` and ``params`` may hold a key and are in no message."""

    provider: str
    symbol: str
    url: str = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    notices: tuple[Notice, ...] = field(default=(), repr=False)

    def failed(self, what: str, code: FailureCode, todo: str, retry_after: float | None = None) -> FetchError:
        return FetchError(f"{self.provider}: {self.symbol}: {what}. {todo}", code, retry_after=retry_after)


def get(request: Request, pace: Pace) -> str:
    """The body as text; FetchError for anything but a success with data in it."""
    import httpx

    logging.getLogger("httpx").addFilter(_without_queries)
    pace.wait()
    params = dict(request.params) or None
    try:
        answer = httpx.get(request.url, params=params, headers=HEADERS, timeout=TIMEOUT, follow_redirects=True)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise request.failed("its address cannot be used", "refused", "Check its URL in the settings.") from error
    except httpx.HTTPError as error:
        what = f"no answer ({type(error).__name__})"
        raise request.failed(what, "unreachable", "Check the network, or try later.") from error
    failure = _failure(request, answer)
    if failure is not None:
        raise failure
    return answer.text


def without_keys(url: str) -> str:
    """An address that may be stored and shown."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not SECRET.search(name)]
    return urlunsplit(parts._replace(query=urlencode(kept, safe="^=.")))


def _failure(request: Request, answer: httpx.Response) -> FetchError | None:
    """What is wrong with an answer. The service's own words go first: its status is often only "bad request"."""
    text, status = answer.text.lstrip(), f"HTTP {answer.status_code}"
    notice = next((n for n in request.notices if n.words.search(text[:BEGINNING])), None)
    if notice is not None:
        return request.failed(notice.what, notice.code, notice.todo)
    asked = seconds_asked(answer.headers.get("Retry-After"))
    if answer.status_code == 429:
        return request.failed(f"too many requests ({status})", "throttled", later(asked), asked)
    if answer.status_code >= 500:
        return request.failed(f"the service failed ({status})", "unreachable", later(asked), asked)
    if answer.status_code == 404:
        return request.failed(f"no such series ({status})", "no_data", "Check the symbol.")
    if answer.status_code >= 400:
        return request.failed(f"the request was refused ({status})", "refused", "Check the symbol and the settings.")
    if not text:
        return request.failed("an empty answer", "no_data", "Check the symbol, or try later.")
    if text[0] == "<":
        what = "a web page instead of data"
        return request.failed(what, "changed", "Open its address in a browser: it may want a login, or has changed.")
    return None


def _without_queries(record: logging.LogRecord) -> bool:
    """httpx logs the whole address of each request, and with it the key."""
    import httpx

    if isinstance(record.args, tuple):
        record.args = tuple(a.copy_with(query=None) if isinstance(a, httpx.URL) else a for a in record.args)
    return True
