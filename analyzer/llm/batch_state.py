"""Which requests wait for a batch, which are in one, and what became of the batches: ``<home>/batches.sqlite``.

One transaction for every step, so that a process killed at any moment leaves a state from which the next one goes on.
An answered request is taken out: its answer is in the step cache.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.sqlite_file import SqliteFile

FILE = "batches.sqlite"
SENDING = "sending"
"""A batch of which it is not known yet whether the endpoint has it."""
TAKEN, LOST = "taken", "lost"
SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
  scope TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, tokens INTEGER NOT NULL, batch TEXT, line INTEGER,
  tries INTEGER NOT NULL DEFAULT 0, code TEXT, message TEXT, PRIMARY KEY (scope, key)
);
CREATE INDEX IF NOT EXISTS requests_batch ON requests (batch);
CREATE TABLE IF NOT EXISTS batches (
  id TEXT PRIMARY KEY, scope TEXT NOT NULL, remote TEXT, file TEXT, status TEXT NOT NULL, requests INTEGER NOT NULL,
  tokens INTEGER NOT NULL, begun REAL NOT NULL, prompt_tokens INTEGER NOT NULL DEFAULT 0,
  completion_tokens INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS learned (scope TEXT NOT NULL, name TEXT NOT NULL, value INTEGER, PRIMARY KEY (scope, name));
"""


@dataclass(frozen=True)
class Queued:
    """A request: its key in the step cache, its body, its tokens at most."""

    key: str
    body: dict[str, Any]
    tokens: int
    tries: int


@dataclass(frozen=True)
class Batch:
    """A batch as it is known here. ``remote`` and ``file`` are the endpoint's ids, ``begun`` (Unix seconds) is when
    it was last tried to make it."""

    id: str
    remote: str | None
    file: str | None
    status: str
    requests: int
    tokens: int
    begun: float


@dataclass(frozen=True)
class Outcome:
    """What becomes of the requests of a batch that ended."""

    answered: Iterable[str] = ()
    again: Iterable[tuple[str, int]] = ()
    """Keys that wait anew, and by how much their number of tries grows."""
    failed: Iterable[tuple[str, str, str]] = ()
    """Keys with code and message."""


class BatchState:
    """The state of one ``scope``, a model at an endpoint. Threads and processes may share the file."""

    def __init__(self, home: Path, scope: str) -> None:
        self.path, self.scope = home / FILE, scope
        self._file = _file(home)
        with self._file.connection():
            pass  # what is wrong with it is said at the start

    # --- requests ----------------------------------------------------------------------------------------------------

    def add(self, key: str, body: dict[str, Any], tokens: int) -> tuple[str, str] | None:
        """Queue a request unless it is there already; the code and message of one that failed for good."""
        row = (self.scope, key, json.dumps(body, ensure_ascii=False), tokens)
        with self._file.writing() as connection:
            found = connection.execute(
                "SELECT code, message FROM requests WHERE scope = ? AND key = ?", (self.scope, key)
            ).fetchone()
            if found is None:
                connection.execute("INSERT INTO requests (scope, key, body, tokens) VALUES (?, ?, ?, ?)", row)
                return None
        return found if found[0] else None

    def queued(self) -> Iterator[Queued]:
        """What waits for a batch, in the order in which it came; read in pages, since bodies are long."""
        after = 0
        while True:
            rows = self._rows(
                "SELECT rowid, key, body, tokens, tries FROM requests WHERE scope = ? AND batch IS NULL "
                "AND code IS NULL AND rowid > ? ORDER BY rowid LIMIT 500", after
            )  # fmt: skip
            if not rows:
                return
            for after, key, body, tokens, tries in rows:  # noqa: B007
                yield Queued(key, json.loads(body), tokens, tries)

    def failures(self) -> list[tuple[str, str, str]]:
        """Key, code and message of what failed for good."""
        return self._rows("SELECT key, code, message FROM requests WHERE scope = ? AND code IS NOT NULL ORDER BY rowid")

    def retry_failed(self) -> int:
        with self._file.writing() as connection:
            return connection.execute(
                "UPDATE requests SET code = NULL, message = NULL, batch = NULL, tries = 0 "
                "WHERE scope = ? AND code IS NOT NULL", (self.scope,)
            ).rowcount  # fmt: skip

    def keys_of(self, batch: Batch) -> list[tuple[str, int, int]]:
        """Key, line (from 1) and tries of the requests in a batch."""
        return self._rows("SELECT key, line, tries FROM requests WHERE scope = ? AND batch = ? ORDER BY line", batch.id)

    def counts(self) -> tuple[int, int, int]:
        """Requests that wait, are in a batch, failed for good."""
        (row,) = self._rows(
            "SELECT COUNT(*) FILTER (WHERE batch IS NULL AND code IS NULL), COUNT(*) FILTER (WHERE batch IS NOT NULL), "
            "COUNT(*) FILTER (WHERE code IS NOT NULL) FROM requests WHERE scope = ?"
        )
        return row[0], row[1], row[2]

    # --- batches -----------------------------------------------------------------------------------------------------

    def begin(self, batch: str, keys: Sequence[str], tokens: int) -> None:
        """Note that a batch of these requests is about to be sent, before anything is."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO batches (id, scope, status, requests, tokens, begun) VALUES (?, ?, ?, ?, ?, ?)",
                (batch, self.scope, SENDING, len(keys), tokens, time.time()),
            )
            connection.executemany(
                "UPDATE requests SET batch = ?, line = ? WHERE scope = ? AND key = ?",
                [(batch, line, self.scope, key) for line, key in enumerate(keys, 1)],
            )

    def note(self, batch: str, *, remote: str | None = None, status: str) -> None:
        """What the endpoint says of a batch."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE batches SET remote = COALESCE(?, remote), status = ? WHERE id = ?", (remote, status, batch)
            )

    def tried(self, batch: str, file: str) -> None:
        """The file is there and the batch is being made of it, now: an unsure one is looked for from now on."""
        with self._file.writing() as connection:
            connection.execute("UPDATE batches SET file = ?, begun = ? WHERE id = ?", (file, time.time(), batch))

    def drop(self, keys: Sequence[str]) -> None:
        """Requests that were answered on another way."""
        with self._file.writing() as connection:
            connection.executemany(
                "DELETE FROM requests WHERE scope = ? AND key = ? AND batch IS NULL", [(self.scope, k) for k in keys]
            )

    def give_back(self, batch: str) -> None:
        """A batch that the endpoint does not have: its requests wait anew."""
        with self._file.writing() as connection:
            connection.execute("UPDATE requests SET batch = NULL, line = NULL WHERE batch = ?", (batch,))
            connection.execute("DELETE FROM batches WHERE id = ?", (batch,))

    def under_way(self) -> list[Batch]:
        rows = self._rows(
            "SELECT id, remote, file, status, requests, tokens, begun FROM batches WHERE scope = ? "
            f"AND status NOT IN ('{TAKEN}', '{LOST}') ORDER BY begun"
        )
        return [Batch(*row) for row in rows]

    def end(self, batch: Batch, outcome: Outcome, prompt_tokens: int, completion_tokens: int, status: str) -> None:
        """The whole of what a batch came to, in one transaction: so its usage is counted once."""
        with self._file.writing() as connection:
            connection.executemany(
                "DELETE FROM requests WHERE scope = ? AND key = ?", [(self.scope, key) for key in outcome.answered]
            )
            connection.executemany(
                "UPDATE requests SET batch = NULL, line = NULL, tries = tries + ? WHERE scope = ? AND key = ?",
                [(tries, self.scope, key) for key, tries in outcome.again],
            )
            connection.executemany(
                "UPDATE requests SET batch = NULL, line = NULL, code = ?, message = ? WHERE scope = ? AND key = ?",
                [(code, message, self.scope, key) for key, code, message in outcome.failed],
            )
            connection.execute(
                "UPDATE batches SET status = ?, prompt_tokens = ?, completion_tokens = ? WHERE id = ?",
                (status, prompt_tokens, completion_tokens, batch.id),
            )

    def used(self) -> tuple[int, int]:
        """Tokens of prompts and of answers in all batches that were taken over."""
        (row,) = self._rows(
            "SELECT COALESCE(SUM(prompt_tokens), 0), COALESCE(SUM(completion_tokens), 0) FROM batches WHERE scope = ?"
        )
        return row[0], row[1]

    # --- what was learned ---------------------------------------------------------------------------------------------

    def learn(self, name: str, value: int) -> None:
        with self._file.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO learned VALUES (?, ?, ?)", (self.scope, name, value))

    def learned(self, name: str) -> int | None:
        rows = self._rows("SELECT value FROM learned WHERE scope = ? AND name = ?", name)
        return rows[0][0] if rows else None

    # --- the file -----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        self._file.close()

    def _rows(self, query: str, *more: object) -> list[Any]:
        return self._file.rows(query, self.scope, *more)


def remove_requests(home: Path, unwanted: Callable[[dict[str, Any]], bool]) -> int:
    """Drop the requests, of every scope, whose body the function says yes to, and overwrite them in the file; returns
    how many. An answer that still comes for one belongs to nobody and is not kept."""
    if not (home / FILE).exists():
        return 0
    file = _file(home)
    with file.writing() as connection:
        rows = connection.execute("SELECT rowid, body FROM requests")
        found = [(number,) for number, body in rows if unwanted(json.loads(body))]
        connection.executemany("DELETE FROM requests WHERE rowid = ?", found)
    file.close()
    return len(found)


def _file(home: Path) -> SqliteFile:
    advice = (
        "Check that the folder is writable and the disk not full. Do not delete it while a batch is under way: its "
        "cost would be paid again."
    )
    return SqliteFile(home / FILE, _prepare, "The record of the batches", advice, "batches")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA secure_delete=ON")  # a body holds an article's text
    connection.executescript(SCHEMA)
