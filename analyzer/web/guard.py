"""What stands before every page: the host, session, origin and size of a request, and the headers of an answer.

An ASGI middleware, so that no route can be reached past it. A page of another site cannot read or write here: its
requests name another host or origin, or lack the cookie, or the secret of the form.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response

from analyzer.web.sessions import Session, Sessions

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MAX_BODY = 64 * 1024
"""Bytes of a form: a note of 10 000 characters fits, nobody types more."""
MAX_FIELDS = 40
MAX_TEXT = 4 * 1024 * 1024
"""Bytes of a form with a pasted article, in which every letter that is not ASCII takes three to nine."""
LARGE = {"/analyses/text": MAX_TEXT}
UPLOAD = "/analyses/file"
"""Takes the bytes of a file as its body; what else belongs to it stands in headers, which no form of another page can
send: ``X-Csrf``, ``X-Name`` (percent-encoded), ``X-Date``, ``X-Language``."""
IN_HEADERS = ("csrf", "name", "date", "language")
MAX_HEAD = 32 * 1024
"""Bytes of a request's headers. The server's own limit holds only for a head that comes in pieces."""
PUBLIC = ("/static/", "/favicon.ico")
"""What needs no session: files of the package, which hold nothing of anybody's."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""``same-origin`` for the referrer: under ``no-referrer`` browsers send our own forms with a null origin."""


@dataclass(frozen=True)
class Address:
    """Where the page is served. ``open`` to other machines: any address of this one will do, but no foreign name."""

    host: str
    port: int
    open: bool = False

    def is_named_by(self, host: str) -> bool:
        """Whether a Host header means this server. A foreign name that resolves to it (DNS rebinding) does not."""
        try:
            parts = urlsplit(f"//{host}")
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self.port:
            return False
        return name in {"127.0.0.1", "localhost", "::1", self.host.lower()} or (self.open and _is_ip(name))

    @property
    def cookie(self) -> str:
        """Browsers keep the cookies of all ports of a host together."""
        return f"analyze-review-{self.port}"


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Refusal(Exception):
    """A request that is not answered: its status, and the key of the sentence that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


RefusalPage = Callable[[Headers, Refusal], Response]


class Guard:
    """Lets through what has a session and comes from our own page. ``refusal_page`` draws the others' answer.

    Behind it ``request.state`` has ``session`` and, for a POST, ``form``: the first value of each field; for a file
    also ``body``, of ``max_file`` bytes at most.
    """

    def __init__(
        self, app: App, address: Address, sessions: Sessions, refusal_page: RefusalPage, max_file: int = MAX_BODY
    ) -> None:
        self.app, self.address, self.sessions, self.refusal_page = app, address, sessions, refusal_page
        self.max_file = max_file

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no websockets, and nothing to do when the server starts or stops
        headers = Headers(scope=scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            answer = await self._answer(scope, headers, receive)
        except Refusal as refusal:
            answer = self.refusal_page(headers, refusal)
        await (answer or self.app)(scope, receive, sending)

    async def _answer(self, scope: MutableMapping[str, Any], headers: Headers, receive: Receive) -> Response | None:
        """What is answered here; None lets the request through. Raises Refusal."""
        if sum(len(name) + len(value) for name, value in headers.raw) > MAX_HEAD:
            raise Refusal(431, "refused_size")
        if not self.address.is_named_by(headers.get("host", "")):
            raise Refusal(421, "refused_host")
        if scope["path"].startswith(PUBLIC):
            return None
        token = _query(scope).get("token")
        if token and scope["method"] == "GET" and scope["path"] == "/":
            return self._enter(token, headers)
        session = self._session(headers)
        if session is None:
            raise Refusal(401, "refused_session")
        scope.setdefault("state", {})["session"] = session
        if scope["method"] not in ("GET", "HEAD"):
            _check_origin(headers)
            is_file = scope["path"] == UPLOAD
            form = (
                _in_headers(headers) if is_file else await _form(headers, receive, LARGE.get(scope["path"], MAX_BODY))
            )
            if not secrets.compare_digest(form.get("csrf", "").encode(), session.csrf.encode()):
                raise Refusal(403, "refused_form")
            scope["state"]["form"] = form
            if is_file:
                scope["state"]["body"] = await _body(headers, receive, self.max_file)
        return None

    def _enter(self, token: str, headers: Headers) -> Response:
        """The link, once: a cookie, and on to the page. A link that was used does no harm to who is in already."""
        session = self.sessions.enter(token)
        if session is None and self._session(headers) is None:
            raise Refusal(401, "refused_link")
        answer = RedirectResponse("/", status_code=303)
        if session is not None:
            answer.set_cookie(self.address.cookie, session.id, httponly=True, samesite="strict", path="/")
        return answer

    def _session(self, headers: Headers) -> Session | None:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return None
        found = cookies.get(self.address.cookie)
        return self.sessions.get(found.value if found else None)


def _check_origin(headers: Headers) -> None:
    """The page's own requests name where they come from; every browser sends it with a POST."""
    if headers.get("origin") != f"http://{headers.get('host')}":
        raise Refusal(403, "refused_origin")


async def _form(headers: Headers, receive: Receive, limit: int) -> dict[str, str]:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refusal(415, "refused_kind")
    body = await _body(headers, receive, limit)
    return _first(body.decode("utf-8", errors="replace"))


def _in_headers(headers: Headers) -> dict[str, str]:
    return {name: headers.get(f"x-{name}", "") for name in IN_HEADERS}


async def _body(headers: Headers, receive: Receive, limit: int) -> bytes:
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > limit:
        raise Refusal(413, "refused_size")
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise Refusal(413, "refused_size")
    return bytes(body)


def _query(scope: MutableMapping[str, Any]) -> dict[str, str]:
    return _first(scope.get("query_string", b"").decode("latin-1"))


def _first(encoded: str) -> dict[str, str]:
    try:
        fields: Iterable[tuple[str, list[str]]] = parse_qs(
            encoded, keep_blank_values=True, max_num_fields=MAX_FIELDS
        ).items()
    except ValueError as error:
        raise Refusal(400, "refused_kind") from error
    return {name: values[0] for name, values in fields}


def _add_headers(headers: MutableHeaders, path: str) -> None:
    headers.update(HEADERS)
    headers["Cache-Control"] = "no-cache" if path.startswith(PUBLIC) else "no-store"
    if "server" in headers:
        del headers["server"]
