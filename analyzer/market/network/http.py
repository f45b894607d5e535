"""One GET, with every way in which it can fail made a FetchError that names the provider, the symbol and no key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analyzer.market.network import FailureCode, FetchError
from analyzer.market.network.retry import seconds_asked

TIMEOUT = 30.0


@dataclass(frozen=True)
class Request:
    provider: str
    symbol: str
    url: str
    params: Mapping[str, str]

    def failed(self, what: str, code: FailureCode, todo: str, retry_after: float | None = None) -> FetchError:
        return FetchError(f"{self.provider}: {self.symbol}: {what}. {todo}", code, retry_after=retry_after)


def get(request: Request) -> str:
    """The body as text; FetchError for anything but a success with a body."""
    import httpx

    try:
        answer = httpx.get(request.url, params=request.params or None, timeout=TIMEOUT, follow_redirects=True)
    except httpx.TransportError as error:
        what = f"no answer ({type(error).__name__})"
        raise request.failed(what, "unreachable", "Check the network, or try later.") from error
    status = f"HTTP {answer.status_code}"
    if answer.status_code in (429, 503):
        asked = seconds_asked(answer.headers.get("Retry-After"))
        raise request.failed(f"too many requests ({status})", "throttled", "Try later.", asked)
    if answer.status_code >= 500:
        raise request.failed(f"the service failed ({status})", "unreachable", "Try later.")
    if answer.status_code == 404:
        raise request.failed(f"no such series ({status})", "no_data", "Check the symbol.")
    if answer.status_code >= 400:
        raise request.failed(f"the request was refused ({status})", "refused", "Check the symbol and the key.")
    if not answer.text.strip():
        raise request.failed("an empty answer", "no_data", "Check the symbol, or try later.")
    if answer.text.lstrip()[:1] == "<":
        raise request.failed("a web page instead of data", "changed", "The service may want a login, or has changed.")
    return answer.text
