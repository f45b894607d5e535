"""The whole suite: no network but loopback, no state outside the test's own folder."""

from __future__ import annotations

import gc
import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from servers import chroma_server, empty_chroma, ledger_template, postgres  # noqa: F401  fixtures for every test

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of tests start the program, which is compiled once

settings.register_profile("untimed", deadline=None)  # a cold start or a busy machine is no failure
settings.load_profile("untimed")


class NetworkBlocked(RuntimeError):
    """A test tried to leave the machine."""


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Any:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def allowed(address: Any) -> bool:
        return not isinstance(address, tuple) or address[0] in LOOPBACK

    def guarded(self: socket.socket, address: Any) -> None:
        if not allowed(address):
            raise NetworkBlocked(f"tests may not connect to {address}")
        return connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        if not allowed(address):
            raise NetworkBlocked(f"tests may not connect to {address}")
        return connect_ex(self, address)

    socket.socket.connect, socket.socket.connect_ex = guarded, guarded_ex  # type: ignore[method-assign]
    yield
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _connections_are_closed_at_the_end() -> Any:
    """Libraries keep a client of each endpoint for as long as the process lives; a suite meets hundreds of them."""
    yield
    if httpx := sys.modules.get("httpx"):
        for client in [kept for kept in gc.get_objects() if isinstance(kept, httpx.Client)]:
            client.close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of the test; no variable of the person who runs the suite reaches it."""
    import os

    for name in list(os.environ):
        if name.startswith(("ANALYZER_", "OPENAI_", "ANTHROPIC_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("ANALYZER_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder beside the project, which users do not have."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder with real market data and articles is not beside the project")
    return SHARED
