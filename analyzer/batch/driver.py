"""The driver: what is missing is handed to an engine, what comes back is written, what fails is noted.

What is done, failed or in the hands of another batch is known from the work list, so the same command goes on after
anything: Ctrl-C, a killed process, an empty account. An unchanged corpus costs a look at the list.
"""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice, takewhile
from types import FrameType

from analyzer.batch.engines import Engine
from analyzer.batch.items import Item
from analyzer.batch.keys import key_maker
from analyzer.batch.worker import Outcome, Task
from analyzer.batch.writer import Writer
from analyzer.model import Failure, Label
from analyzer.pipeline import Options, Workshop
from analyzer.store.work import LEASE_S, WorkList

MANY = 32
"""Missing articles that are looked for before the engine is opened, which depends on how many there are."""
LOOK_AHEAD = 64
"""Items whose keys are looked up and taken together."""
HOPELESS = frozenset({"budget", "no_key", "unauthorised", "unknown_model", "quota"})
"""Codes after which no other article can fare better: the batch ends there, and the article is as if never begun."""
WAITING = "waiting"
"""The code of an article whose answers have been ordered and will come later."""
IN_A_ROW = 8
"""Failures of the endpoint one after the other, from which on it is taken to be down for all."""


@dataclass
class Tally:
    """What a batch has come to so far. ``earlier`` were done before, ``elsewhere`` are another batch's,
    ``failed_before`` are left alone. Tokens and dollars are of the calls of this run; ``cost_usd`` is None when a price
    is not known."""

    total: int
    done: int = 0
    failed: int = 0
    earlier: int = 0
    failed_before: int = 0
    elsewhere: int = 0
    waiting: int = 0
    claims: int = 0
    refused: int = 0
    calls: int = 0
    cached_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0
    labels: Counter[Label] = field(default_factory=Counter)
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    stopped: str | None = None
    """Why the batch ended before its end."""
    interrupted: bool = False

    @property
    def seen(self) -> int:
        return self.done + self.failed + self.earlier + self.failed_before + self.elsewhere + self.waiting

    def add(self, outcome: Outcome) -> None:
        """Count an article that has been written."""
        assert outcome.result is not None
        report, run = outcome.result.report, outcome.result.report.run
        self.claims += len(report.claims or ())
        self.refused += len(report.refused)
        self.labels.update(claim.verdict.latest.label for claim in report.claims or ())
        self.calls += run.llm_calls
        self.cached_calls += run.cached_calls
        self.prompt_tokens += run.prompt_tokens
        self.completion_tokens += run.completion_tokens
        unknown = self.cost_usd is None or run.cost_usd is None
        self.cost_usd = None if unknown else (self.cost_usd or 0.0) + (run.cost_usd or 0.0)


Told = Callable[[str, Outcome | None, Tally], None]
"""Called with what happened (first: there is work; done, failed, waiting, skipped, interrupted), the outcome if any
and the tally."""


@dataclass
class Batch:
    """One pass over a corpus. ``open_engine`` is called with how many articles are missing at least, if any is.
    ``retry_failed``: try again what failed before; ``redo``: do again what is done. ``keys``: those of all articles, in
    order."""

    workshop: Workshop
    options: Options
    open_engine: Callable[[int], Engine]
    told: Told = lambda what, outcome, tally: None
    retry_failed: bool = False
    redo: bool = False

    def run(self, items: Iterable[Item], total: int) -> Tally:
        """Work through the items; StoreError when the ledger fails, for then nothing could be kept."""
        tally = Tally(total)
        self.keys: dict[str, None] = {}
        self._stop = threading.Event()
        self._taken: set[str] = set()
        self._row = 0
        work = self.workshop.ledger.work
        with self._interruptible(tally), _renewing(work, self._taken):
            try:
                self._work_through(self._missing(items, tally, work), tally, work)
            finally:
                work.give_back(list(self._taken))
        return tally

    def _work_through(self, missing: Iterator[Task], tally: Tally, work: WorkList) -> None:
        first = list(islice(missing, MANY))
        if not first:
            return
        engine, writer = self.open_engine(len(first)), Writer(self.workshop)
        self.told("first", None, tally)
        try:
            going_on = takewhile(lambda task: not self._stop.is_set(), chain(first, missing))
            for outcome in engine.run(going_on):
                self._receive(outcome, tally, work, writer)
            self._written(writer.flush(), tally)
        finally:
            engine.close()

    # --- what is missing ----------------------------------------------------------------------------------------------

    def _missing(self, items: Iterable[Item], tally: Tally, work: WorkList) -> Iterator[Task]:
        key_of = key_maker(self.workshop, self.options)
        rest = iter(items)
        while not self._stop.is_set() and (some := list(islice(rest, LOOK_AHEAD))):
            keyed = {key: item for item in some if (key := key_of(item)) not in self.keys}
            self.keys.update(dict.fromkeys(keyed))
            got = self._take(keyed, tally, work)
            tally.earlier += len(some) - len(keyed)  # the same article twice in one corpus
            self.told("skipped", None, tally)
            yield from (Task(key, item) for key, item in keyed.items() if key in got)

    def _take(self, keyed: dict[str, Item], tally: Tally, work: WorkList) -> set[str]:
        """Take what nobody has done; count the rest."""
        known = work.tasks(keyed)
        done = {k for k, task in known.items() if task.state == "done" and not self.redo}
        failed = {k for k, task in known.items() if task.state == "failed" and not self.retry_failed}
        open_ = {key: item.source for key, item in keyed.items() if key not in done | failed}
        got = work.take(open_, failed=self.retry_failed, done=self.redo)
        self._taken |= got
        tally.earlier += len(done)
        tally.failed_before += len(failed)
        tally.elsewhere += len(open_) - len(got)
        return got

    # --- what came back -----------------------------------------------------------------------------------------------

    def _receive(self, outcome: Outcome, tally: Tally, work: WorkList, writer: Writer) -> None:
        failure = outcome.failure or _fatal(outcome)
        if failure is None and outcome.result is not None:
            self._written(writer.add(outcome, outcome.result), tally)
            return
        assert failure is not None
        if failure.code == WAITING:
            tally.waiting += 1
            self.told("waiting", outcome, tally)
        elif failure.code in HOPELESS:
            self._end(tally, failure.message)
        else:
            work.fail(outcome.key, failure.code, failure.message)
            self._taken.discard(outcome.key)
            self._failed(replace(outcome, failure=failure), failure, tally)

    def _failed(self, outcome: Outcome, failure: Failure, tally: Tally) -> None:
        tally.failed += 1
        tally.failures.append((outcome.source, failure))
        self.told("failed", outcome, tally)
        self._row = self._row + 1 if failure.retryable else 0
        if self._row >= IN_A_ROW:
            self._end(tally, f"{self._row} articles in a row failed the same way; the last: {failure.message}")

    def _written(self, outcomes: Iterable[Outcome], tally: Tally) -> None:
        for outcome in outcomes:
            self._taken.discard(outcome.key)
            tally.add(outcome)
            assert outcome.result is not None
            failed = outcome.result.report.failed
            if failed:
                self._failed(outcome, failed[0], tally)
                continue
            self._row = 0
            tally.done += 1
            self.told("done", outcome, tally)

    # --- ending early -------------------------------------------------------------------------------------------------

    def _end(self, tally: Tally, why: str) -> None:
        tally.stopped = tally.stopped or why
        self._stop.set()

    @contextmanager
    def _interruptible(self, tally: Tally) -> Iterator[None]:
        """The first Ctrl-C ends the handing out and lets what is in flight finish; the second ends at once."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.getsignal(signal.SIGINT)

        def stop(signum: int, frame: FrameType | None) -> None:
            tally.interrupted = True
            self._stop.set()
            signal.signal(signal.SIGINT, before)
            self.told("interrupted", None, tally)

        signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


def _fatal(outcome: Outcome) -> Failure | None:
    """The failure of an article of which nothing could be read, or whose model's answer is still to come."""
    if outcome.result is None:
        return outcome.failure
    failed = outcome.result.report.failed
    special = next((f for f in failed if f.code == WAITING or f.code in HOPELESS), None)
    if special is not None or outcome.result.report.claims is not None:
        return special
    return failed[0]


@contextmanager
def _renewing(work: WorkList, taken: set[str]) -> Iterator[None]:
    """Say now and then that what is taken is still worked on."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE_S / 3):
            work.renew(list(taken))

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


__all__ = ["Batch", "Tally", "Told"]
