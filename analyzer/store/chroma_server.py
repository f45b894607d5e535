"""Reaching a Chroma server by its URL: ``http://host:8000``, also with ``user:password@`` for a proxy that asks for it.

Chroma's client waits for ever on a server that takes the connection and says nothing, so it is asked for its heartbeat
before, with a limit.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from analyzer.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

PORT = 8000
ANSWER_S = 10
HEARTBEAT = "/api/v2/heartbeat"


def connect(url: str) -> Any:
    """A client; ConfigError for a URL that is none, StoreError when no Chroma server answers there."""
    import chromadb
    from chromadb.config import Settings

    parts, secure = _parts(url), url.lower().startswith("https:")
    _ask(url, parts)
    settings = Settings(anonymized_telemetry=False)
    try:
        return chromadb.HttpClient(
            str(parts.hostname), _port(parts), ssl=secure, headers=_headers(parts), settings=settings
        )
    except ValueError as error:
        raise does_not_answer(url, error) from error


def shown(url: str) -> str:
    """The URL without user and password, for messages."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def does_not_answer(url: str, error: Exception) -> StoreError:
    said, port = str(error).rstrip("."), _port(_parts(url))
    return StoreError(
        f"The Chroma server {shown(url)} does not answer: {said}. Start it with: chroma run --port {port}",
        retryable=True,
    )


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    try:
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/") and parts.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable:
        raise ConfigError(f"The setting chroma_url is {shown(url)}; it looks like http://localhost:8000.")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else PORT)


def _headers(parts: SplitResult) -> dict[str, str]:
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode('ascii')}"}


def _ask(url: str, parts: SplitResult) -> None:
    """StoreError unless what answers is a Chroma server."""
    import httpx

    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    try:
        answer = httpx.get(
            f"{parts.scheme}://{host}:{_port(parts)}{HEARTBEAT}", headers=_headers(parts), timeout=ANSWER_S
        )
    except httpx.HTTPError as error:
        raise does_not_answer(url, error) from error
    if answer.status_code != 200 or b"heartbeat" not in answer.content:
        raise StoreError(
            f"What answers at {shown(url)} is no Chroma server, or refuses the password (HTTP {answer.status_code} to "
            f"{HEARTBEAT}). Check the setting chroma_url.",
        )
