"""Real servers for the tests, on loopback, one of each a session: PostgreSQL, Chroma.

A program that is absent skips the tests that need it, with what to install; on CI (``CI`` is set) it fails them.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

START_S = 30


def absent(what: str, remedy: str, required: str = "CI") -> None:
    """Skip the test, or fail it where the variable ``required`` is set: on CI everything has to be there."""
    (pytest.fail if os.environ.get(required) else pytest.skip)(f"{what} is absent. Install it with: {remedy}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], answers: Callable[[], bool], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that answers when the block begins and is gone when it ends."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            until = time.monotonic() + START_S
            while not answers():
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"{command[0]} did not start: {log.read_text(errors='replace')[-1000:]}")
                time.sleep(0.05)
            yield process
        finally:
            process.kill()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# --- PostgreSQL --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Postgres:
    """A server with a superuser ``postgres`` who needs no password."""

    port: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """One statement outside of any transaction."""
        import psycopg

        with psycopg.connect(f"host=127.0.0.1 port={self.port} user=postgres", autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self, template: str = "template1") -> str:
        """The URL of a database of its own, a copy of the template."""
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs: Debian keeps them off the PATH."""
    on_path = shutil.which("postgres")
    there = [Path(on_path).resolve().parent] if on_path else []
    there += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    needed = ("postgres", "initdb", "pg_isready")
    return next((folder for folder in there if all((folder / name).is_file() for name in needed)), None)


def _as_nobody(folder: Path) -> list[str]:
    """The server refuses the superuser: how a command runs without his rights, and a folder that it may write."""
    if os.getuid() != 0:
        return []
    folder.chmod(0o777)
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    programs = postgres_programs()
    if programs is None:
        absent("PostgreSQL", "apt-get install -y --no-install-recommends postgresql")
        return
    pytest.importorskip("psycopg") if not os.environ.get("CI") else __import__("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # the parents of pytest's own folders are closed to nobody
    try:
        user, data, port = _as_nobody(folder), folder / "data", free_port()
        options = ("-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        subprocess.run([*user, programs / "initdb", "-D", data, *options], check=True, stdout=subprocess.DEVNULL)
        settings = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off",
            "max_connections": 200,
        }  # fmt: skip
        given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        command = [*user, str(programs / "postgres"), "-D", str(data), *given]
        with serving(command, lambda: subprocess.run(ready).returncode == 0, folder / "log"):
            yield Postgres(port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def ledger_template(postgres: Postgres) -> str:
    """The name of a database with the ledger's tables, for copies."""
    from analyzer.store.ledger import Ledger

    url = postgres.new_database()
    Ledger.open(Path("unused"), url).close()
    return url.rpartition("/")[2]


# --- Chroma ------------------------------------------------------------------------------------------------------


@contextmanager
def running_chroma(folder: Path, port: int) -> Iterator[str]:
    """A Chroma server over the folder; gives its URL."""
    program = shutil.which("chroma", path=os.path.dirname(sys.executable)) or shutil.which("chroma")
    if program is None:
        absent("The program chroma", "pip install chromadb")
        return
    folder.mkdir(parents=True, exist_ok=True)
    command = [program, "run", "--path", str(folder / "data"), "--host", "127.0.0.1", "--port", str(port)]
    with serving(command, lambda: listens(port), folder / "log"):
        yield f"http://127.0.0.1:{port}"
    with warnings.catch_warnings():  # Chroma's client never closes its connections; they end here, not in a later test
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server for the session."""
    with running_chroma(tmp_path_factory.mktemp("chroma"), free_port()) as url:
        yield url


@pytest.fixture
def empty_chroma(chroma_server: str) -> str:
    """The URL of the server, without any collection."""
    import httpx

    collections = f"{chroma_server}/api/v2/tenants/default_tenant/databases/default_database/collections"
    for one in httpx.get(collections).json():
        httpx.delete(f"{collections}/{one['name']}").raise_for_status()
    return chroma_server
