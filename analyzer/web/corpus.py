"""What the pages across articles share: groups, scorecards and forecasts as of the ledger's state, and the recheck.

Each is computed in the background and kept until the ledger has more. The market of the list of forecasts is opened
anew with every state, and that of a recheck each time, so that data which came in meanwhile are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TypeVar

from fastapi import Request
from fastapi.responses import Response

from analyzer.errors import AnalyzerError, InputError
from analyzer.examination import dates
from analyzer.memory import groups as memory
from analyzer.memory.groups import ClaimGroup
from analyzer.memory.search import Hit
from analyzer.memory.search import search as search_for
from analyzer.pipeline import Workshop
from analyzer.recheck.judging import Rechecked
from analyzer.recheck.judging import recheck as judge_again
from analyzer.recheck.obligations import Obligation, obligations
from analyzer.scorecard.cards import Scorecard, scorecard
from analyzer.scorecard.counting import By, counted
from analyzer.store.finding import WHATS, Filters
from analyzer.store.ledger import Ledger
from analyzer.store.queries import ClaimFilters
from analyzer.store.standings import Standing, standings
from analyzer.store.state import state
from analyzer.web import pages
from analyzer.web.background import Background, Job, Step

T = TypeVar("T")
AT_ONCE = 0.8
"""Seconds within which a page waits for its result before it shows the progress instead."""


@dataclass(frozen=True)
class Groups:
    """All groups, and those that several articles make or others contradict."""

    shared: tuple[ClaimGroup, ...]
    by_claim: dict[str, ClaimGroup]


@dataclass(frozen=True)
class Pending:
    """What is pending, the earliest end first, with its claims as they stand. ``latest``: to which day data go."""

    found: tuple[Obligation, ...]
    standing: dict[str, Standing]
    latest: date
    names: dict[str, str]
    """What the catalogue calls the instruments that the tests are on, by symbol."""

    @property
    def due(self) -> tuple[Obligation, ...]:
        return tuple(one for one in self.found if one.state == "due")


@dataclass(frozen=True)
class Judged:
    """What a recheck came to, an article each, and which articles could not be judged."""

    results: tuple[Rechecked, ...]
    failed: tuple[str, ...]


class Corpus:
    """Asks the ledger across its articles. Safe to be used from several threads."""

    def __init__(self, ledger: Ledger, workshop: Workshop) -> None:
        self._ledger, self._workshop = ledger, workshop
        self._background, self._opening = Background(), Lock()
        self._judging: Job[Judged] | None = None

    # --- search ----------------------------------------------------------------------------------------------------

    def search(self, words: str, filters: Filters, n: int) -> list[Hit]:
        with self._opening:
            index = self._workshop.index
        return search_for(words, self._ledger.finder, index, filters, n)

    def warm_up(self) -> None:
        """Open the index and load the embedder, so that the first search need not."""
        with self._opening:
            for what in WHATS:
                self._workshop.index.near(what, "market", 1)

    def entries(self) -> int:
        """How many passages and claims can be searched."""
        return self._ledger.finder.entries()

    # --- groups, scorecards ------------------------------------------------------------------------------------------

    def groups(self) -> Job[Groups]:
        """The groups of the ledger as it is now."""
        now = state(self._ledger)
        return self._background.ask(("groups", now.run, now.runs, now.texts), self._grouped)

    def _grouped(self, step: Step) -> Groups:
        with self._opening:
            self._workshop.index  # noqa: B018  opened by one thread
        found = memory.groups(self._workshop, step)
        return Groups(
            tuple(one for one in found if one.articles > 1 or one.contradicted_by),
            {member.claim: one for one in found for member in one.members},
        )

    def scorecard(self, by: By, filters: ClaimFilters) -> Job[Scorecard]:
        key = ("scorecard", state(self._ledger), by, tuple(sorted(filters.items())))
        return self._background.ask(key, lambda step: scorecard(counted(standings(self._ledger, filters), by)))

    # --- forecasts ---------------------------------------------------------------------------------------------------

    def pending(self) -> Job[Pending]:
        return self._background.ask(("pending", state(self._ledger), date.today()), self._awaited)

    def _awaited(self, step: Step) -> Pending:
        workshop = Workshop(self._workshop.settings)
        latest = dates(None, None, workshop.market.last_session).latest
        waiting = {one.claim: one for one in standings(self._ledger, {"label": "pending"})}
        found = tuple(obligations(waiting.values(), latest, date.today()))
        known = {symbol: workshop.catalogue.get(symbol) for one in found for symbol in one.symbols}
        names = {symbol: instrument.name for symbol, instrument in known.items() if instrument is not None}
        return Pending(found, waiting, latest, names)

    @property
    def judging(self) -> Job[Judged] | None:
        """The recheck that goes on, or the last one."""
        return self._judging

    def judge(self, runs: Sequence[str]) -> None:
        """Begin to judge these runs (by id) again; InputError while an earlier recheck goes on."""
        with self._opening:
            if self._judging is not None and not self._judging.ended:
                raise InputError("A recheck goes on. Wait until it has ended.")
            self._judging = self._background.ask(
                ("recheck", tuple(runs), state(self._ledger), object()), lambda step: self._judged(runs, step)
            )

    def _judged(self, runs: Sequence[str], step: Step) -> Judged:
        workshop, results, failed = Workshop(self._workshop.settings), [], []
        try:
            for number, run in enumerate(runs):
                step(number, len(runs))
                try:
                    results.append(judge_again(run, workshop, None))
                except AnalyzerError as error:
                    failed.append(str(error))
        finally:
            workshop.ledger.close()
        return Judged(tuple(results), tuple(failed))


def of(request: Request) -> Corpus:
    """The corpus of the page; InputError for a page that has the desk alone."""
    found: Corpus | None = request.app.state.corpus
    if found is None:
        raise InputError("This page was opened without market data and index: analyze review opens it with both.")
    return found


def when_ready(request: Request, job: Job[T], title: str, draw: Callable[[T], Response]) -> Response:
    """The page of a job's result; until there is one, its progress, which asks again; of one that failed the error."""
    if not job.wait(AT_ONCE):
        return pages.page(request, "computing.html", job=job, heading=title, problem="")
    try:
        found = job.result()
    except AnalyzerError as error:
        return pages.page(request, "computing.html", job=job, heading=title, problem=str(error))
    return draw(found)
