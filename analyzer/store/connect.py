"""Opening the ledger's database: the engine, its transactions, its version, and what its errors mean.

SQLite runs with write-ahead logging, foreign keys and a wait for other writers. Writing transactions take the write
lock when they begin, so that two processes wait for each other instead of failing half-way.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, create_engine, event, inspect, select, table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from analyzer.errors import ConfigError, MissingExtra, StoreError, StoreLocked
from analyzer.store.migrations import HEAD, REVISIONS, upgrade
from analyzer.store.wal import use_wal

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

WAIT_S = 30
"""How long a writer waits for another one before it gives up."""

ON_CONNECT = (
    f"PRAGMA busy_timeout={WAIT_S * 1000}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
"""Secure deletion: a text that is forgotten is overwritten in the file, not merely unlinked."""

write_json = partial(json.dumps, ensure_ascii=False, allow_nan=False)


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
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is written when the block ends, nothing if it raises."""
        with explained(self.place), self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_database(home: Path, url: str | None, *, reads_only: bool = False) -> Database:
    """The database at ``url``, else ``ledger.sqlite`` in the home folder; created or migrated where that is needed.
    With ``reads_only`` a file that is there and cannot be written is opened as it is.

    Raises ConfigError for a URL that cannot be used, StoreError for a database that cannot.
    """
    address = _address(home, url)
    place = address.database if _is_file(address) else address.render_as_string(hide_password=True)
    if reads_only and _is_file(address) and _cannot_be_written(Path(str(address.database))):
        address = _as_it_is(address)
    database = Database(_engine(address), str(place))
    try:
        _prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def _address(home: Path, url: str | None) -> URL:
    if url is None:
        _make(home)
        return make_url("sqlite://").set(database=str(home / "ledger.sqlite"))
    try:
        return make_url(url)
    except ArgumentError as error:
        raise ConfigError(
            "The setting ledger_url is no database URL. It looks like postgresql+psycopg://user@host/database."
        ) from error


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
    try:
        engine = create_engine(address, json_serializer=write_json, hide_parameters=True)
    except NoSuchModuleError as error:
        raise ConfigError(
            f"The setting ledger_url names a database that is not known: {address.drivername}."
        ) from error
    except ModuleNotFoundError as error:
        if address.get_backend_name() == "postgresql":
            raise MissingExtra("A ledger in PostgreSQL", "postgres") from error
        raise ConfigError(f"The setting ledger_url needs the package {error.name}: pip install {error.name}") from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _on_connect if "uri" not in address.query else _on_connect_to_read)
        event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect_to_read(connection: Any, record: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin late and commit before DDL; _on_begin does it instead
    connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)  # umlauts too


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
        found = _version(connection)
    if found == HEAD:
        return
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"The ledger {database.place} was written by a newer version of this program (its tables are at {found}, "
            f'this program knows {HEAD}). Update it: pip install --upgrade "commentary-analyzer".',
            code="ledger_newer",
        )
    with database.writing() as connection:
        upgrade(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))


# --- errors ---------------------------------------------------------------------------------------------------------


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn the database's errors into StoreError: what happened, to which ledger, what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _explain(error, place) from error


def _explain(error: Exception, place: str) -> StoreError:
    cause = getattr(error, "orig", None) or error
    name = str(getattr(cause, "sqlite_errorname", "") or "")
    for prefixes, code, message in SQLITE_ERRORS:
        if name.startswith(prefixes):
            kind = StoreLocked if code == StoreLocked.code else StoreError
            return kind(message.format(place=place, cause=cause), code=code, retryable=kind is StoreLocked)
    if isinstance(cause, ValueError):
        return StoreError(f"A record for the ledger {place} holds a value that cannot be stored: {cause}", code="value")
    if isinstance(error, IntegrityError):
        return StoreError(f"The ledger {place} refused a record that contradicts it: {cause}", code="store_conflict")
    return StoreError(f"The ledger {place} cannot be used: {cause}. Check ledger_url and that the server answers.")


SQLITE_ERRORS = (
    (
        ("SQLITE_FULL",), "disk_full",
        "The disk is full: the ledger {place} could not be written. Nothing of this article was recorded, what was "
        "there is unharmed. Free some space and run the same again.",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"), "store_read_only",
        "The ledger {place} cannot be opened for writing ({cause}). Make the folder and the file writable for you, or "
        "choose another folder with --home or ANALYZER_HOME.",
    ),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB"), "store_damaged",
        "The ledger {place} is damaged ({cause}). Put back a copy, or save what can be saved with: sqlite3 {place} "
        '".recover" | sqlite3 saved.sqlite. Moved out of the way, a new one is begun.',
    ),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"), StoreLocked.code,
        f"Another process has been writing to the ledger {{place}} for over {WAIT_S} seconds. Wait for it, or end it, "
        "and run the same again.",
    ),
    (
        ("SQLITE_IOERR",), "store_io",
        "Reading or writing the ledger {place} failed ({cause}). Nothing of this article was recorded. Check the disk, "
        "its space and your quota on it, and run the same again.",
    ),
)  # fmt: skip
