"""The list of work: which articles batches have done, are doing, and could not do.

A row stands for one article under one set of settings (its key). Who takes one has it for a while, and says so again
while the work goes on; when the owner has died the next one takes it. What is done is written in the transaction that
records the article, so that the two can never differ.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, insert, select, update

from analyzer.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from analyzer.store.connect import Database

State = Literal["taken", "done", "failed"]
LEASE_S = 900.0
"""How long a taken article stays its owner's without a word of it: longer than any model takes to answer."""
AT_ONCE = 500
"""Keys in one query; SQLite takes no more than 32,766 parameters, PostgreSQL plans short lists better."""
T = tables.work.c


@dataclass(frozen=True)
class Task:
    """A row of the list. ``code`` and ``message`` say why it failed, ``run`` what recorded it."""

    key: str
    source: str
    state: State
    run: str | None
    code: str | None
    message: str | None
    attempts: int


class WorkList:
    """The list within an open ledger; any method raises StoreError when the database fails."""

    def __init__(self, database: Database, owner: str | None = None) -> None:
        self._database = database
        self.owner = owner or f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"

    def tasks(self, keys: Iterable[str]) -> dict[str, Task]:
        """What is known of these keys."""
        found: dict[str, Task] = {}
        with self._database.reading() as connection:
            for some in _portions(keys):
                rows = connection.execute(select(tables.work).where(T.key.in_(some))).mappings()
                found.update((row["key"], _task(row)) for row in rows)
        return found

    def in_order(self, keys: Iterable[str]) -> Iterator[Task]:
        """What is known of these keys, in their order."""
        for some in _portions(keys):
            known = self.tasks(some)
            yield from (known[key] for key in some if key in known)

    def take(self, sources: Mapping[str, str], *, failed: bool = False, done: bool = False) -> set[str]:
        """Take what is free of these keys (with their sources) for this owner; returns what it got.

        Free is what nobody has done, failed at or taken, and what somebody has taken who is dead or silent too long;
        with ``failed`` and ``done`` also what failed, or was done, before.
        """
        if not sources:
            return set()
        until, got = time.time() + LEASE_S, set()
        with self._database.writing() as connection:
            # Everybody locks rows in the order of their keys, so that two batches wait for each other and never both.
            query = select(tables.work).where(T.key.in_(list(sources))).order_by(T.key).with_for_update()
            known = {row["key"]: row for row in connection.execute(query).mappings()}
            new = sorted(key for key in sources if key not in known)
            got = _insert(connection, [self._row(key, sources[key], until) for key in new])
            free = [key for key, row in known.items() if self._is_free(row, failed, done)]
            if free:
                again = {"state": "taken", "owner": self.owner, "until": until, "at": _now()}
                connection.execute(update(tables.work).where(T.key.in_(free)).values(**again, attempts=T.attempts + 1))
        return got | set(free)

    def renew(self, keys: Iterable[str]) -> None:
        """Say that these are still worked on."""
        with self._database.writing() as connection:
            for some in _portions(keys):
                mine = T.key.in_(some) & (T.owner == self.owner)
                connection.execute(update(tables.work).where(mine).values(until=time.time() + LEASE_S))

    def fail(self, key: str, code: str, message: str) -> None:
        """It could not be done; it is left alone until somebody wants what failed tried again."""
        values = {"state": "failed", "code": code, "message": message, "owner": None, "until": None, "at": _now()}
        with self._database.writing() as connection:
            connection.execute(update(tables.work).where(T.key == key).values(**values))

    def give_back(self, keys: Iterable[str]) -> None:
        """What was taken and not done: it is as if it had never been taken, or had failed as it did before."""
        with self._database.writing() as connection:
            for some in _portions(keys):
                mine = T.key.in_(some) & (T.owner == self.owner) & (T.state == "taken")
                connection.execute(delete(tables.work).where(mine & T.code.is_(None) & T.run.is_(None)))
                connection.execute(
                    update(tables.work).where(mine & T.run.is_not(None)).values(state="done", owner=None, until=None)
                )
                connection.execute(update(tables.work).where(mine).values(state="failed", owner=None, until=None))

    def _row(self, key: str, source: str, until: float) -> dict[str, object]:
        return {
            "key": key, "source": source, "state": "taken", "owner": self.owner, "until": until, "attempts": 1,
            "at": _now(),
        }  # fmt: skip

    def _is_free(self, row: RowMapping, failed: bool, done: bool) -> bool:
        if row["state"] == "taken":
            return row["owner"] == self.owner or row["until"] < time.time() or _is_dead(row["owner"])
        return failed if row["state"] == "failed" else done


def write_done(connection: Connection, key: str, run: str) -> None:
    """Say within the transaction that records a run that this was the work."""
    values = {
        "state": "done", "run": run, "code": None, "message": None, "owner": None, "until": None, "at": _now(),
    }  # fmt: skip
    connection.execute(update(tables.work).where(T.key == key).values(**values))


def _insert(connection: Connection, rows: Sequence[dict[str, object]]) -> set[str]:
    """Insert what nobody has inserted meanwhile; returns the keys that went in."""
    if not rows:
        return set()
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_or_not

        statement = insert_or_not(tables.work).on_conflict_do_nothing().returning(T.key)
        return set(connection.scalars(statement, rows))
    connection.execute(insert(tables.work), rows)  # SQLite: the transaction holds the write lock
    return {str(row["key"]) for row in rows}


def _portions(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _is_dead(owner: str) -> bool:
    """Whether the owner was a process of this machine and is no more."""
    host, pid, _ = owner.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _task(row: RowMapping) -> Task:
    return Task(**{name: row[name] for name in Task.__dataclass_fields__})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
