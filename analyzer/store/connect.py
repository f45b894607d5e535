"""Opening the ledger's database: the engine, its transactions, its version.

SQLite runs with write-ahead logging, foreign keys and a wait for other writers. Writing transactions take the write
lock when they begin, so that two processes wait for each other instead of failing half-way. In PostgreSQL those of one
article do (``postgres``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, create_engine, event, inspect, select, table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from analyzer.errors import ConfigError, MissingExtra, StoreError, StoreLocked
from analyzer.store import postgres
from analyzer.store.conditions import in_any
from analyzer.store.failures import WAIT_S, Unstorable, explained
from analyzer.store.migrations import HEAD, REVISIONS, upgrade
from analyzer.store.wal import use_wal

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

ON_CONNECT = (
    f"PRAGMA busy_timeout={WAIT_S * 1000}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-32000",
)
"""Secure deletion: a text that is forgotten is overwritten in the file, not merely unlinked. Up to 32 MB of pages are
kept: with the usual 2 MB the index of words is read from the file again and again."""

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
MIGRATION = "migration"
"""What a transaction that changes the tables is about."""


def write_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise Unstorable(str(error)) from error


class Database:
    """An open ledger database that is at this program's version. ``place`` names it in messages, without password."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with explained(self.place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, what: str | None = None) -> Iterator[Connection]:
        """One transaction: all of it is written when the block ends, nothing if it raises. ``what`` it is about (the id
        of an article) has one writer at a time; without it the statements must bear others beside them."""
        with explained(self.place), self.engine.execution_options(writes=True).begin() as connection:
            if self.is_postgres:
                postgres.wait_for_turn(connection, what)
            yield connection

    @property
    def is_postgres(self) -> bool:
        """Where the two databases need different statements: PostgreSQL, else SQLite."""
        return self.engine.dialect.name == "postgresql"

    def empty_log(self) -> None:
        """Of SQLite: empty the write-ahead log, in which what was deleted still stands; StoreLocked while another
        connection is at work. A server frees what was deleted at its own time (VACUUM)."""
        if self.engine.dialect.name != "sqlite":
            return
        with explained(self.place), self.engine.connect() as connection:
            file: Any = connection.connection.driver_connection  # a checkpoint stands in no transaction
            busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreLocked(f"Another process has the ledger {self.place} open.", retryable=True)

    def close(self) -> None:
        self.engine.dispose()


def open_database(home: Path, url: str | None, *, reads_only: bool = False) -> Database:
    """The database at ``url``, else ``ledger.sqlite`` in the home folder; created or migrated where that is needed.
    With ``reads_only`` a file that is there and cannot be written is opened as it is.

    Raises ConfigError for a URL that cannot be used, StoreError for a database that cannot.
    """
    if not url:
        _make(home)
    database = _connected(_address(home, url), reads_only=reads_only)
    try:
        _prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def look(home: Path, url: str | None) -> tuple[str, str | None, bool]:
    """The ledger's place, the revision of its tables (None without any), and whether it is there; nothing is changed.

    Raises as ``open_database``.
    """
    address = _address(home, url)
    if _is_file(address) and not Path(str(address.database)).exists():
        return str(address.database), None, False
    database = _connected(address, reads_only=True)
    try:
        with database.reading() as connection:
            return database.place, _known_version(database, connection), True
    finally:
        database.close()


def _address(home: Path, url: str | None) -> URL:
    if not url:
        return make_url("sqlite://").set(database=str(home / "ledger.sqlite"))
    try:
        address = postgres.with_driver(make_url(url))
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        raise ConfigError(
            "The setting ledger_url is no database URL. It looks like postgresql://user@host/database."
        ) from error
    if address.drivername not in DRIVERS:
        raise ConfigError(
            f"The setting ledger_url names a database that is not known: {address.drivername}. It can be "
            "postgresql://user@host/database or sqlite:////folder/file."
        )
    return address


def _connected(address: URL, *, reads_only: bool) -> Database:
    place = address.database if _is_file(address) else address.render_as_string(hide_password=True)
    if reads_only and _is_file(address) and _cannot_be_written(Path(str(address.database))):
        address = _as_it_is(address)
    return Database(_engine(address), str(place))


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ConfigError(
            f"The home folder {home} is, or lies in, a file. Choose a folder with --home or ANALYZER_HOME.", code="home"
        ) from error
    except OSError as error:
        raise StoreError(
            f"The home folder {home} cannot be made ({error.strerror}). Choose another with --home or ANALYZER_HOME.",
            code="home",
        ) from error


def _cannot_be_written(file: Path) -> bool:
    return file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _as_it_is(address: URL) -> URL:
    """The file without lock and write-ahead log, which could not be made; a log that is there is read."""
    file = Path(str(address.database)).resolve()
    log = file.with_name(file.name + "-wal")
    options = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return make_url("sqlite://").set(database=f"{file.as_uri()}?{options}", query={"uri": "true"})


def _is_file(address: URL) -> bool:
    return address.get_backend_name() == "sqlite" and bool(address.database)


def _engine(address: URL) -> Engine:
    given = postgres.options(address) if address.get_backend_name() == "postgresql" else {}
    try:
        engine = create_engine(address, json_serializer=write_json, hide_parameters=True, **given)
    except ModuleNotFoundError as error:
        raise MissingExtra("A ledger in PostgreSQL", "postgres") from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _on_connect if "uri" not in address.query else _on_connect_to_read)
        event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect_to_read(connection: Any, record: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin late and commit before DDL; _on_begin does it instead
    connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)  # umlauts too
    connection.create_function("says", -1, in_any, deterministic=True)


def _on_connect(connection: Any, record: object) -> None:
    _on_connect_to_read(connection, record)
    for statement in ON_CONNECT:
        connection.execute(statement)
    use_wal(connection, WAIT_S)


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# --- versions -------------------------------------------------------------------------------------------------------


def _prepare(database: Database) -> None:
    """Create or migrate; a ledger that is up to date costs one look."""
    with database.reading() as connection:
        found = _known_version(database, connection)
    if found != HEAD:
        with database.writing(MIGRATION) as connection:
            upgrade(connection)


def _known_version(database: Database, connection: Connection) -> str | None:
    """The revision of the tables, None without any; StoreError for one that is newer than this program."""
    found = _version(connection)
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"The ledger {database.place} was written by a newer version of this program (its tables are at {found}, "
            f'this program knows {HEAD}). Update it: pip install --upgrade "commentary-analyzer".',
            code="ledger_newer",
        )
    return found


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
