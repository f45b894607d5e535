"""Full disks, read-only homes, damaged files, newer programs, unknown servers: a clear message, and nothing lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import ConfigError, MissingExtra, StoreError, StoreLocked
from analyzer.store import connect
from analyzer.store.ledger import Ledger


def fill(ledger: Ledger, make: Any) -> StoreError:
    """Record articles until the ledger refuses one."""
    tail = ".\nÖlwerte fielen um 17 Prozent, die Blase platzt." + " Nein." * 2000
    for number in range(1000):
        try:
            ledger.record(*make(text=f"{number}{tail}").all)
        except StoreError as error:
            return error
    raise AssertionError("the disk never became full")


def test_a_full_disk_is_named_and_what_was_recorded_stays(small_disk: Path, work: Any, make: Any) -> None:
    with Ledger.open(small_disk) as ledger:
        ledger.record(*work.all)
        error = fill(ledger, make)
        counts = ledger.counts()
        assert ledger.latest_report(work.article.id) == work.report
    assert error.code == "disk_full"
    assert "Free some space" in str(error)
    assert counts["articles"] == counts["runs"] == counts["texts"] > 1
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    with Ledger.open(small_disk) as ledger:
        assert ledger.counts() == counts
        ledger.record(*make(run="run2").all)
        assert ledger.counts()["runs"] == counts["runs"] + 1
    with sqlite3.connect(small_disk / "ledger.sqlite") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()


def test_a_disk_too_full_to_begin_is_named(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=16k", str(small_disk)], check=True)
    with pytest.raises(StoreError) as caught:
        Ledger.open(small_disk / "home")
    assert caught.value.code in ("disk_full", "store_io")
    assert "space" in str(caught.value)


WRITE_UNDER_A_LIMIT = """
import resource, signal, sys
from pathlib import Path
from analyzer.errors import StoreError
from analyzer.model import Article
from analyzer.store.ledger import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
with Ledger.open(Path(sys.argv[1])) as ledger:
    report = next(ledger.reports())
    article = Article(id=report.article.id, text="x" * 900_000, language="de")
    run = report.run.model_copy(update={"id": "another"})
    try:
        ledger.record(article, report.model_copy(update={"run": run, "claims": ()}), (), ())
    except StoreError as error:
        sys.exit(f"{error.code}: {error}")
"""


def test_a_write_over_the_quota_leaves_the_ledger_as_it_was(tmp_path: Path, work: Any) -> None:
    with Ledger.open(tmp_path) as ledger:
        ledger.record(*work.all)
        before = ledger.counts()
    command = [sys.executable, "-c", WRITE_UNDER_A_LIMIT, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.stderr.startswith(("store_io:", "disk_full:")), ended.stderr
    with Ledger.open(tmp_path) as ledger:
        assert ledger.counts() == before
        assert ledger.latest_report(work.article.id) == work.report


def test_a_read_only_home_is_named(small_disk: Path, freeze: Callable[[], None], work: Any) -> None:
    with Ledger.open(small_disk / "old") as ledger:
        ledger.record(*work.all)
    freeze()
    with pytest.raises(StoreError, match="--home") as caught:
        Ledger.open(small_disk / "old")
    assert caught.value.code == "store_read_only"
    with pytest.raises(StoreError, match="cannot be made"):
        Ledger.open(small_disk / "new")


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(ConfigError, match="is, or lies in, a file"):
        Ledger.open(tmp_path / "home")


def test_a_file_that_is_no_ledger_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(StoreError, match="is damaged") as caught:
        Ledger.open(tmp_path)
    assert caught.value.code == "store_damaged"
    assert path.read_bytes() == b"not a database " * 100


def test_a_damaged_page_is_named_when_it_is_read(tmp_path: Path, make: Any) -> None:
    with Ledger.open(tmp_path) as ledger:
        for number in range(8):
            ledger.record(*make(text=f"{number}.\nÖlwerte fielen um 17 Prozent, die Blase platzt.").all)
    path = tmp_path / "ledger.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreError, match="is damaged"), Ledger.open(tmp_path) as ledger:
        list(ledger.reports())


def test_a_ledger_newer_than_the_program_is_refused_in_one_sentence(tmp_path: Path) -> None:
    Ledger.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StoreError, match="newer version") as caught:
        Ledger.open(tmp_path)
    assert caught.value.code == "ledger_newer"


def test_a_writer_waits_for_another_and_then_says_who_is_in_the_way(
    tmp_path: Path, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "ON_CONNECT", ("PRAGMA busy_timeout=50", *connect.ON_CONNECT[1:]))
    with Ledger.open(tmp_path) as ledger:
        other = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="Another process") as caught:
            ledger.record(*work.all)
        assert caught.value.retryable
        assert ledger.counts()["runs"] == 0
        other.execute("ROLLBACK")
        other.close()
        ledger.record(*work.all)
        assert ledger.counts()["runs"] == 1


def test_threads_record_side_by_side(tmp_path: Path, make: Any) -> None:
    works = [make(text=f"{n}.\nÖlwerte fielen um 17 Prozent, die Blase platzt.") for n in range(8)]
    with Ledger.open(tmp_path) as ledger:
        threads = [threading.Thread(target=ledger.record, args=work.all) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {report.article.id for report in ledger.reports()} == {work.article.id for work in works}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no url", "no database URL"),
        ("postgresql://u@h:port/d", "no database URL"),
        ("pigeon://host/db", "pigeon"),
        ("mysql://host/db", "mysql"),
    ],
)
def test_a_ledger_url_that_cannot_be_used_says_why(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Ledger.open(tmp_path, url)


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    """Without the driver the message holds the install line, with it the address."""
    with pytest.raises((MissingExtra, StoreError)) as caught:
        Ledger.open(tmp_path, "postgresql+psycopg://me:secret@127.0.0.1:1/db")
    assert "postgres" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_empty_url_means_the_home_folder(tmp_path: Path, work: Any) -> None:
    with Ledger.open(tmp_path, "") as ledger:
        ledger.record(*work.all)
    assert (tmp_path / "ledger.sqlite").is_file()


def test_a_sqlite_url_is_a_ledger_too(tmp_path: Path, work: Any) -> None:
    url = f"sqlite:///{tmp_path}/elsewhere.sqlite"
    with Ledger.open(tmp_path / "unused", url) as ledger:
        ledger.record(*work.all)
        assert ledger.place == f"{tmp_path}/elsewhere.sqlite"
    assert (tmp_path / "elsewhere.sqlite").is_file()
    assert not (tmp_path / "unused").exists()
