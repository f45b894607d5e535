"""The list of work: who may do what, and what is left when somebody dies."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import update

from analyzer.store import tables
from analyzer.store.ledger import Ledger
from analyzer.store.work import WorkList

SOURCES = {"k1": "a.txt", "k2": "b.txt", "k3": "c.txt"}


@pytest.fixture
def ledger(home: Path) -> Ledger:
    return Ledger.open(home)


def other(ledger: Ledger, owner: str = "elsewhere:1:1") -> WorkList:
    return WorkList(ledger._database, owner)


def test_what_one_has_taken_the_other_does_not_get(ledger: Ledger) -> None:
    assert ledger.work.take({"k1": "a.txt", "k2": "b.txt"}) == {"k1", "k2"}
    assert other(ledger).take(SOURCES) == {"k3"}
    assert {k: t.state for k, t in ledger.work.tasks(SOURCES).items()} == dict.fromkeys(SOURCES, "taken")


def test_a_lease_runs_out_unless_it_is_renewed(ledger: Ledger) -> None:
    away = other(ledger)
    away.take(SOURCES)
    with ledger._database.writing() as connection:
        connection.execute(update(tables.work).values(until=time.time() - 1))
    away.renew(["k2"])
    assert ledger.work.take(SOURCES) == {"k1", "k3"}


def test_what_a_dead_process_of_this_machine_had_is_free_at_once(ledger: Ledger, home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from analyzer.store.ledger import Ledger\n"
        f"Ledger.open(Path({str(home)!r})).work.take({SOURCES!r})"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert ledger.work.take(SOURCES) == set(SOURCES)
    assert {t.attempts for t in ledger.work.tasks(SOURCES).values()} == {2}


def test_what_failed_is_left_alone_until_it_is_wanted(ledger: Ledger) -> None:
    ledger.work.take(SOURCES)
    ledger.work.fail("k1", "endpoint_down", "it is down")
    ledger.work.give_back(SOURCES)
    assert ledger.work.take(SOURCES) == {"k2", "k3"}
    (failed,) = (t for t in ledger.work.tasks(SOURCES).values() if t.state == "failed")
    assert (failed.key, failed.code, failed.message, failed.source) == ("k1", "endpoint_down", "it is down", "a.txt")
    assert ledger.work.take(SOURCES, failed=True) == set(SOURCES)


def test_what_failed_and_is_given_back_untried_has_failed_as_before(ledger: Ledger) -> None:
    ledger.work.take(SOURCES)
    ledger.work.fail("k1", "bug", "an error")
    ledger.work.take(SOURCES, failed=True)
    ledger.work.give_back(SOURCES)
    assert {k: (t.state, t.code) for k, t in ledger.work.tasks(SOURCES).items()} == {"k1": ("failed", "bug")}


def test_ten_at_once_take_each_article_once(home: Path, ledger: Ledger) -> None:
    keys = {f"k{i}": f"{i}.txt" for i in range(200)}
    got: list[set[str]] = []

    def take(number: int) -> None:
        with Ledger.open(home) as mine:
            work = WorkList(mine._database, f"machine{number}:1:1")
            for start in range(0, 200, 20):
                got.append(work.take(dict(list(keys.items())[start : start + 20])))

    threads = [threading.Thread(target=take, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(k for some in got for k in some) == sorted(keys)
