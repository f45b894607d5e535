"""The step cache: what a step of the way gave, by a key of all that it depends on.

Replies of models, embeddings, evidence: written as they finish, so that a killed run continues and nothing is paid for
twice. It is no record: the file may be deleted at any time. One SQLite file, safe for several processes and threads.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from analyzer.errors import StoreError
from analyzer.store.wal import use_wal

WAIT_S = 30
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
        self._lock = threading.Lock()
        with self._explained():
            home.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def get(self, step: str, key: str) -> dict[str, Any] | None:
        with self._explained(), self._lock:
            query = "SELECT value FROM steps WHERE step = ? AND key = ?"
            found = self._connection.execute(query, (step, key)).fetchone()
        return None if found is None else json.loads(found[0])

    def put(self, step: str, key: str, value: dict[str, Any]) -> None:
        """Keep a value of JSON types; an earlier one of the same key is replaced."""
        text = json.dumps(value, ensure_ascii=False)
        with self._explained(), self._lock:
            self._connection.execute("INSERT OR REPLACE INTO steps VALUES (?, ?, ?)", (step, key, text))

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _prepare(self) -> None:
        with self._explained():
            use_wal(self._connection, WAIT_S)
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(SCHEMA)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"The step cache {self.path} cannot be used: {error}. Check that the folder is writable and the disk "
                "not full; the file may be deleted, at the price of doing and paying its steps again.",
                code="cache",
            ) from error
