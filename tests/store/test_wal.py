"""Switching to the write-ahead log while another process holds the file."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from analyzer.store.wal import use_wal


def test_a_switch_waits_for_another_one(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None, check_same_thread=False)
    holder.execute("CREATE TABLE t (x)")
    holder.execute("BEGIN EXCLUSIVE")
    waiting = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        use_wal(waiting, 0)
    letting_go = threading.Timer(0.2, holder.execute, ["COMMIT"])
    letting_go.start()
    use_wal(waiting, 10)
    letting_go.join()
    assert waiting.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    waiting.close()
    holder.close()
