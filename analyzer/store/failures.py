"""What a database's errors mean for a person: what happened, to which ledger, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from analyzer.errors import StoreError, StoreLocked

WAIT_S = 30
"""How long a writer waits for another one before it gives up."""


class Unstorable(ValueError):
    """A value that JSON has no form for."""


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn the database's errors into StoreError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, Unstorable) as error:
        raise explain(error, place) from error


def explain(error: Exception, place: str) -> StoreError:
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split()).rstrip(" .?")
    known = _known(error, cause)
    if known is not None:
        kind = StoreLocked if known.code == StoreLocked.code else StoreError
        return kind(known.message.format(place=place, cause=said), code=known.code, retryable=known.retryable)
    if isinstance(error, IntegrityError):
        return StoreError(f"The ledger {place} refused a record that contradicts it: {said}", code="store_conflict")
    # a connection that was refused or broke off has no state of its own
    return StoreError(
        f"The ledger {place} cannot be used: {said}. Check ledger_url and that the server answers.",
        retryable=getattr(cause, "sqlstate", "") is None,
    )


def _known(error: Exception, cause: BaseException) -> _Failure | None:
    if isinstance(error, PoolTimeout):
        return LOCKED
    if isinstance(cause, ValueError):
        return VALUE
    name = str(getattr(cause, "sqlite_errorname", "") or "")
    state = str(getattr(cause, "sqlstate", "") or "")
    table = [(name, SQLITE), (state, POSTGRESQL)]
    return next((f for said, known in table if said for start, f in known.items() if said.startswith(start)), None)


class _Failure(NamedTuple):
    code: str
    message: str
    retryable: bool = False


LOCKED = _Failure(
    StoreLocked.code,
    f"Another process has been writing to the ledger {{place}} for over {WAIT_S} seconds. Wait for it, or end it, "
    "and run the same again.",
    retryable=True,
)
FULL = _Failure(
    "disk_full",
    "The disk is full: the ledger {place} could not be written. Nothing of this article was recorded, what was "
    "there is unharmed. Free some space and run the same again.",
)
READ_ONLY = _Failure(
    "store_read_only",
    "The ledger {place} cannot be opened for writing ({cause}). Make the folder and the file writable for you, or "
    "choose another folder with --home or ANALYZER_HOME.",
)
DAMAGED = _Failure(
    "store_damaged",
    "The ledger {place} is damaged ({cause}). Put back a copy, or save what can be saved with: sqlite3 {place} "
    '".recover" | sqlite3 saved.sqlite. Moved out of the way, a new one is begun.',
)
IO = _Failure(
    "store_io",
    "Reading or writing the ledger {place} failed ({cause}). Nothing of this article was recorded. Check the disk, "
    "its space and your quota on it, and run the same again.",
)
VALUE = _Failure("value", "A record for the ledger {place} holds a value that cannot be stored: {cause}")
NOT_ALLOWED = _Failure(
    "store_read_only",
    "The server does not let this user write to the ledger {place} ({cause}). Grant him the tables and their sequences "
    "(the first to open the ledger must be allowed to create tables), or write to the primary server.",
)
AWAY = _Failure(
    "store",
    "The server of the ledger {place} went away ({cause}). Nothing of this article was recorded. Run the same again "
    "when it answers.",
    retryable=True,
)

SQLITE = {
    "SQLITE_FULL": FULL, "SQLITE_READONLY": READ_ONLY, "SQLITE_CANTOPEN": READ_ONLY, "SQLITE_PERM": READ_ONLY,
    "SQLITE_CORRUPT": DAMAGED, "SQLITE_NOTADB": DAMAGED, "SQLITE_BUSY": LOCKED, "SQLITE_LOCKED": LOCKED,
    "SQLITE_IOERR": IO,
}  # fmt: skip
"""By the beginning of SQLite's name of an error."""
POSTGRESQL = {
    "55P03": LOCKED, "40": LOCKED, "53100": FULL, "25006": NOT_ALLOWED, "42501": NOT_ALLOWED,
    "57P": AWAY, "22": VALUE,
}  # fmt: skip
"""By the beginning of the SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html"""
