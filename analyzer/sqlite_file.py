"""A small SQLite file that threads and processes share: opened, locked, and its failures explained, in one place."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analyzer.errors import StoreError

WAIT_S = 30.0
"""How long another process that writes is waited for."""


@dataclass
class SqliteFile:
    """One connection a process, opened at its first use; one that came along through a fork is left alone, as SQLite
    asks. ``prepare`` sets up a connection and makes the tables. StoreError with ``code`` when the file cannot be used:
    ``what`` names it and ``advice`` says what to do.
    """

    path: Path
    prepare: Callable[[sqlite3.Connection], object]
    what: str
    advice: str
    code: str
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _connection: sqlite3.Connection | None = field(default=None, init=False, repr=False)
    _process: int = field(default=0, init=False, repr=False)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time; each statement is a transaction of its own."""
        with self._explained(), self._lock:
            yield self._open()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that nobody else writes beside; undone when the block raises."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    def rows(self, query: str, *values: object) -> list[Any]:
        with self.connection() as connection:
            return connection.execute(query, values).fetchall()

    def close(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            opened = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
            try:
                self.prepare(opened)
            except BaseException:
                opened.close()
                raise
            self._connection, self._process = opened, os.getpid()
        return self._connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self.what}, {self.path}, cannot be used: {error}. {self.advice}", code=self.code
            ) from error
