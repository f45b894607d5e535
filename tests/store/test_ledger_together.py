"""Many who write to one ledger at once, on both databases: nothing lost, nothing doubled, nobody turned away."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from analyzer.model import Review
from analyzer.store.ledger import Ledger

WRITERS = 50
TAIL = ".\nÖlwerte fielen um 17 Prozent, und die Blase platzt."


def all_at_once(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Every job in a thread of its own, all let go at one moment; the first error is raised."""
    jobs = list(jobs)
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result() for done in [pool.submit(run, job) for job in jobs]]


def make_review(claim: str, number: int) -> Review:
    return Review(id=f"review{number}", claim=claim, reviewer=f"r{number}", at="2025-08-02", decision="agree")


def test_fifty_reviewers_who_decide_at_once_are_all_kept_once(
    open_ledger: Callable[[], Ledger], ledger: Ledger, work: Any
) -> None:
    """Each has the ledger open for himself, and each presses the button twice."""
    ledger.record(*work.all)
    claims = [claim.id for claim in work.report.claims]

    def decide(number: int) -> None:
        with open_ledger() as own:
            for _ in range(2):
                own.add_review(make_review(claims[number % 2], number))

    all_at_once(lambda n=n: decide(n) for n in range(WRITERS))
    found = [review.id for claim in claims for review in ledger.reviews(claim)]
    assert sorted(found) == sorted(f"review{n}" for n in range(WRITERS))
    assert ledger.counts()["reviews"] == WRITERS


def test_one_review_that_arrives_many_times_at_once_is_one(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    review = make_review(work.report.claims[0].id, 1)
    all_at_once([lambda: ledger.add_review(review)] * 20)
    assert ledger.reviews(review.claim) == (review,)


def test_the_same_run_recorded_by_many_at_once_is_recorded_once(
    open_ledger: Callable[[], Ledger], ledger: Ledger, work: Any
) -> None:
    def record() -> None:
        with open_ledger() as own:
            own.record(*work.all)

    all_at_once([record] * 8)
    counts = ledger.counts()
    assert (counts["articles"], counts["texts"], counts["runs"], counts["claims"], counts["evidence"]) == (
        1, 1, 1, 2, 2,
    )  # fmt: skip
    assert ledger.latest_report(work.article.id) == work.report


def test_two_runs_of_one_article_at_once_share_the_article_and_its_claims(ledger: Ledger, make: Any) -> None:
    works = [make(run=f"run{n}") for n in range(8)]
    all_at_once(lambda w=w: ledger.record(*w.all) for w in works)
    counts = ledger.counts()
    assert (counts["articles"], counts["runs"], counts["claims"], counts["evidence"]) == (1, 8, 2, 16)
    assert ledger.latest_report(works[0].article.id) in [work.report for work in works]


def test_an_article_that_is_forgotten_while_it_is_recorded_is_whole_or_without_words(
    ledger: Ledger, work: Any, make: Any
) -> None:
    ledger.record(*work.all)
    again = make(run="run2")
    all_at_once([lambda: ledger.record(*again.all), lambda: ledger.forget(work.article.id)])
    kept = ledger.text_of(work.article.id)
    assert (kept, len(ledger.passages(work.article.id))) in [(None, 0), (work.article.text, 2)]
    assert ledger.latest_report(work.article.id) == again.report


RECORD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from conftest import make_work
from analyzer.store.ledger import Ledger
home, url, worker, articles, tail = sys.argv[2:]
with Ledger.open(Path(home), url or None) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(articles)):
        ledger.record(*make_work(text=f"{worker} {n}{tail}").all)
        ledger.record(*make_work(text=f"all {n}{tail}").all)
        ledger.record(*make_work(text=f"all {n}{tail}", run=worker).all)
"""
PROCESSES, ARTICLES = 8, 12


@pytest.fixture
def process(tmp_path: Path, ledger_url: str | None) -> Callable[[int], subprocess.Popen[str]]:
    """Starts a process that opens the ledger, says "ready", and on a line from us records articles: some of its own,
    and some that all record, once as the same run and once as its own."""

    def start(worker: int) -> subprocess.Popen[str]:
        here, home = str(Path(__file__).parent), str(tmp_path / "state")
        words = [here, home, ledger_url or "", f"worker{worker}", str(ARTICLES), TAIL]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([sys.executable, "-W", "error", "-c", RECORD, *words], text=True, **pipes)

    return start


@pytest.mark.slow
def test_eight_processes_that_record_at_once_lose_and_double_nothing(
    process: Callable[[int], subprocess.Popen[str]], open_ledger: Callable[[], Ledger]
) -> None:
    """They open a ledger that is not there yet, too."""
    running = [process(worker) for worker in range(PROCESSES)]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n", one.communicate()[1]
    said = []
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=300)[1] for one in running]
    assert [one.returncode for one in running] == [0] * PROCESSES, said
    with open_ledger() as ledger:
        counts, articles = ledger.counts(), ledger.articles()
        reports = list(ledger.reports())
    own, common = PROCESSES * ARTICLES, ARTICLES
    assert counts["articles"] == counts["texts"] == len(articles) == own + common
    assert counts["runs"] == own + common + own
    assert counts["claims"] == 2 * (own + common)
    assert counts["verdicts"] == 3 * counts["runs"]
    assert counts["evidence"] == 2 * counts["runs"]
    assert sorted(row.runs for row in articles) == [1] * own + [1 + PROCESSES] * common
    assert all(len(report.claims or ()) == 2 and len(report.failed) == 1 for report in reports)


OPEN_AND_COUNT = """
import sys
from pathlib import Path
from analyzer.store.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), sys.argv[2]) as ledger:
    assert ledger.counts()["articles"] == 0
"""


def test_a_fresh_ledger_may_be_opened_by_several_processes_at_once(tmp_path: Path, empty_url: str) -> None:
    command = [sys.executable, "-W", "error", "-c", OPEN_AND_COUNT, str(tmp_path / "new"), empty_url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    errors = [process.communicate(timeout=60)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, errors
