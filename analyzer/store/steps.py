"""The step cache: what a step of the way gave, by a key of all that it depends on.

Replies of models, embeddings, evidence: written as they finish, so that a killed run continues and nothing is paid for
twice. It is no record: the file may be deleted at any time. One SQLite file, safe for several processes and threads.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from analyzer.sqlite_file import WAIT_S, SqliteFile
from analyzer.store.wal import use_wal

SCHEMA = """
CREATE TABLE IF NOT EXISTS steps (step TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (step, key))
"""


def key(*parts: object) -> str:
    """The whole SHA-256 of the parts (content, prompt version, model, data vintage …) in a canonical JSON form."""
    blob = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(blob.encode("utf-8")).hexdigest()


class StepCache:
    """Values by step and key in ``<home>/cache.sqlite``. A put is on the file when it returns, and survives a kill."""

    def __init__(self, home: Path) -> None:
        self.path = home / "cache.sqlite"
        advice = (
            "Check that the folder is writable and the disk not full; the file may be deleted, at the price of doing "
            "and paying its steps again."
        )
        self._file = SqliteFile(self.path, _prepare, "The step cache", advice, "cache")
        with self._file.connection():
            pass  # what is wrong with it is said at the start

    def get(self, step: str, key: str) -> dict[str, Any] | None:
        found = self._file.rows("SELECT value FROM steps WHERE step = ? AND key = ?", step, key)
        return json.loads(found[0][0]) if found else None

    def put(self, step: str, key: str, value: dict[str, Any]) -> None:
        """Keep a value of JSON types; an earlier one of the same key is replaced."""
        text = json.dumps(value, ensure_ascii=False)
        with self._file.connection() as connection:
            connection.execute("INSERT OR REPLACE INTO steps VALUES (?, ?, ?)", (step, key, text))

    def remove(self, unwanted: Callable[[dict[str, Any]], bool]) -> int:
        """Drop every value that the function says yes to, and overwrite it in the file; returns how many."""
        with self._file.connection() as connection:
            connection.execute("PRAGMA secure_delete=ON")
            rows = connection.execute("SELECT step, key, value FROM steps")
            found = [(step, key) for step, key, value in rows if unwanted(json.loads(value))]
            connection.executemany("DELETE FROM steps WHERE step = ? AND key = ?", found)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # in the log it still stands
        return len(found)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _prepare(connection: sqlite3.Connection) -> None:
    use_wal(connection, WAIT_S)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(SCHEMA)
