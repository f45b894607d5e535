"""Fifty reviewers decide at once, each in a browser of his own, on pages that are served by two processes over one
ledger: every decision is there, and once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import ROOT
from review_page import HIDDEN
from servers import Postgres
from test_desk_server import copy

from analyzer.store.ledger import Ledger

pytestmark = pytest.mark.slow

REVIEWERS, PROCESSES = 50, 2
PATIENCE_S = 120.0
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")


@contextmanager
def page(home: Path, url: str | None) -> Iterator[list[str]]:
    """``analyze review`` as a process; gives its links."""
    command = [sys.executable, "-m", "analyzer", "review", "--no-browser", "--home", str(home), "--reviewer", "x"]
    known = {"ANALYZER_LEDGER_URL": url} if url else {}
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **known}
    process = subprocess.Popen(
        [*command, "--links", str(REVIEWERS // PROCESSES)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(REVIEWERS // PROCESSES)]
        yield [found[0] for line in lines if (found := LINK.search(line))]
    finally:
        process.terminate()
        process.communicate(timeout=30)


class Reviewer:
    """A browser that is in, under a name of its own."""

    def __init__(self, number: int, link: str) -> None:
        self.name = f"reviewer {number:02}"
        base = link.partition("/?")[0]
        self.client = httpx.Client(base_url=base, headers={"Origin": base}, trust_env=False, timeout=PATIENCE_S)
        assert self.client.get(link).status_code == 303
        found = HIDDEN.search(self.client.get("/").text)
        assert found is not None
        self.csrf = found[1]
        assert self.client.post("/preferences", data={"csrf": self.csrf, "reviewer": self.name}).status_code == 303

    def decide(self, article: str, claim: str, form: dict[str, str]) -> int:
        where = f"/articles/{article}/claims/{claim}/decisions"
        return self.client.post(where, data={"csrf": self.csrf, **form}).status_code


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        gate.wait(PATIENCE_S)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def form_of(number: int) -> dict[str, str]:
    """A quarter of them agree, a quarter reject, half override, each with words of their own."""
    decision = ("agree", "override", "reject", "override")[number % 4]
    return {"decision": decision, "label": ("mixed", "refuted")[number % 2], "note": f"by {number}", "after": ""}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, filled: Path) -> str | None:
    """Where the ledger is, with the analysed articles in it."""
    if request.param == "sqlite":
        return None
    postgres: Postgres = request.getfixturevalue("postgres")
    made = postgres.new_database(request.getfixturevalue("ledger_template"))
    with Ledger.open(filled) as here, Ledger.open(filled, made) as there:
        copy(here, there)
    return made


def test_fifty_reviewers_at_once_lose_and_double_nothing(filled: Path, url: str | None) -> None:
    with Ledger.open(filled, url) as ledger:
        claims = [(row.article, row.id) for row in ledger.claims()]
    with ExitStack() as stack:
        links = [link for _ in range(PROCESSES) for link in stack.enter_context(page(filled, url))]
        assert len(links) == REVIEWERS
        reviewers = [Reviewer(number, link) for number, link in enumerate(links)]
        for one in reviewers:
            stack.callback(one.client.close)

        def job(number: int) -> Callable[[], int]:
            article, claim = claims[number % len(claims)]
            return lambda: reviewers[number].decide(article, claim, form_of(number))

        numbers = [*range(REVIEWERS), *range(0, REVIEWERS, 2)]  # every second one presses the button twice
        assert Counter(at_once([job(number) for number in numbers])) == {200: len(numbers)}
        with Ledger.open(filled, url) as ledger:
            found = ledger.all_reviews()
        assert [one.note for one in sorted(found, key=lambda one: one.reviewer)] == [
            f"by {number}" for number in range(REVIEWERS)
        ]
        for number, one in enumerate(sorted(found, key=lambda one: one.reviewer)):
            wanted = form_of(number)
            assert (one.reviewer, one.claim, one.decision) == (
                f"reviewer {number:02}", claims[number % len(claims)][1], wanted["decision"],
            )  # fmt: skip

        undo = {"decision": "undo"}
        undone = at_once([lambda n=n: reviewers[n].decide(*claims[n % len(claims)], undo) for n in range(REVIEWERS)])
        assert Counter(undone) == {200: REVIEWERS}
    with Ledger.open(filled, url) as ledger:
        decisions = Counter((one.reviewer, one.decision == "undo") for one in ledger.all_reviews())
        assert set(decisions.values()) == {1}
        assert len(decisions) == 2 * REVIEWERS
