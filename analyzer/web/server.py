"""Binding the address and serving the page until it is interrupted."""

from __future__ import annotations

import ipaddress
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from analyzer.config import environment
from analyzer.errors import AnalyzerError, InputError
from analyzer.web.guard import MAX_HEAD, Address

if TYPE_CHECKING:
    from threading import Event

    import uvicorn
    from fastapi import FastAPI

    from analyzer.pipeline import Workshop
    from analyzer.web.corpus import Corpus

ALLOW = "--allow-network"
KEEP_S = 75
"""How long an idle connection is kept: closed after uvicorn's five seconds it may meet a request on its way."""


def bind(host: str, port: int, *, allow_network: bool) -> tuple[socket.socket, Address]:
    """A listening socket and its address; port 0 takes a free one.

    InputError for a host that other machines can reach, without ``allow_network``, and for one that cannot be had.
    """
    family, where = _resolved(host, port)
    is_open = not ipaddress.ip_address(where[0].partition("%")[0]).is_loopback
    if is_open and not allow_network:
        raise InputError(
            f"--host {host} would open the page to other machines, unencrypted. If that is meant, add {ALLOW}; "
            "else leave --host away, or reach this machine through an SSH tunnel."
        )
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise InputError(f"{host} port {port} cannot be had: {error.strerror}. Choose another --port.") from error
    return listening, Address(host, listening.getsockname()[1], is_open)


def _resolved(host: str, port: int) -> tuple[int, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise InputError(f"--host {host!r} is no address of this machine. Leave it away for 127.0.0.1.") from error
    family, _, _, _, where = found[0]
    return family, (str(where[0]), port)


def link(address: Address, token: str) -> str:
    """The address that opens the page, once."""
    unspecified = address.host in ("0.0.0.0", "::", "")
    host = "127.0.0.1" if unspecified else f"[{address.host}]" if ":" in address.host else address.host
    return f"http://{host}:{address.port}/?{urlencode({'token': token})}"


def make_server(app: FastAPI, announce: Callable[[], None]) -> uvicorn.Server:
    """A server whose ``run(sockets=[listening])`` serves until SIGINT or SIGTERM. ``announce`` is called once requests
    are answered."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            announce()

    # h11: the parser in Python keeps the limit on heads, and needs nothing more. No log: addresses hold the token.
    settings = uvicorn.Config(
        app, http="h11", loop="asyncio", ws="none", lifespan="off", log_config=None, access_log=False,
        server_header=False, h11_max_incomplete_event_size=MAX_HEAD, timeout_graceful_shutdown=2,
        timeout_keep_alive=KEEP_S,
    )  # fmt: skip
    return Server(settings)


def warm_up(workshop: Workshop, corpus: Corpus, closing: Event) -> None:
    """Load what the first search and the first claim that is opened need, and the market, while their reader still
    looks at the list; no further once the page is closing."""
    with suppress(AnalyzerError):  # said to whoever searches
        corpus.warm_up()
    if closing.is_set():
        return
    import analyzer.checks  # noqa: F401

    with suppress(AnalyzerError):  # said to whoever tests something
        if not closing.is_set():
            workshop.market.open()


def open_browser(url: str) -> None:
    """Open the user's browser, where there is a screen: elsewhere a browser for terminals would take this one."""
    from sys import platform

    if platform in ("darwin", "win32") or environment("DISPLAY") or environment("WAYLAND_DISPLAY"):
        webbrowser.open(url)
