"""SQLite's write-ahead log, switched on by several processes at once."""

from __future__ import annotations

import sqlite3
import time

STEP_S = 0.05


def use_wal(connection: sqlite3.Connection, wait_s: float) -> None:
    """Switch a database to its write-ahead log, once for its life; sqlite3.OperationalError after ``wait_s`` seconds.

    The switch needs the file for itself, and SQLite answers "database is locked" at once, whatever ``busy_timeout``
    says, where waiting could end in a deadlock of two that switch: https://www.sqlite.org/c3ref/busy_handler.html
    """
    until = time.monotonic() + wait_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(STEP_S)
