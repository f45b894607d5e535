"""A ledger in PostgreSQL: how it is connected to, and how the writers of one article wait for each other.

SQLite has one writer at a time. PostgreSQL has many, and two that record the same article would each find it missing
and then stand in each other's way, so a transaction that writes takes an advisory lock of the article's name first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from analyzer.store.failures import WAIT_S

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

CONNECT_S = 10
"""How long a server may take to answer, where the URL does not say otherwise (``?connect_timeout=``)."""
SHORT = ("postgres", "postgresql")
"""URLs that name no driver."""


def with_driver(address: URL) -> URL:
    return address.set(drivername="postgresql+psycopg") if address.drivername in SHORT else address


def options(address: URL) -> dict[str, Any]:
    """What ``create_engine`` is told. A connection that the server closed meanwhile is noticed and opened again."""
    wait = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_S}
    return {"connect_args": wait, "pool_pre_ping": True, "pool_timeout": WAIT_S}


def wait_for_turn(connection: Connection, name: str | None) -> None:
    """Until the end of the transaction nobody else who asks for this name writes. This and any other lock is waited for
    ``WAIT_S``."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_S}s'"))
    if name is not None:
        taken = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        connection.execute(taken, {"name": f"analyzer {name}"})
