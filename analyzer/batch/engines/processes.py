"""Processes of this machine, each with a pipe of its own and threads within.

The driver's side knows which worker has which task. A worker that dies loses nothing: what it had goes to another one,
and an article that kills its worker again and again is given up as a failure. Pipes and no queue: a queue's lock dies
with the process that holds it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from analyzer.batch.worker import Job, Outcome, Task, Worker
from analyzer.model import Failure

AHEAD = 1
"""Tasks that a worker is given beyond those it has threads for, so that none waits for the driver."""
MOST_TRIES = 3
"""How many workers an article may take with it before it is given up."""
CONTEXT = multiprocessing.get_context("spawn")
"""Not fork: the driver has threads and open databases by then."""


@dataclass
class _Hand:
    """A worker process as the driver sees it."""

    process: BaseProcess
    pipe: Connection
    tasks: dict[str, Task] = field(default_factory=dict)


class Processes:
    """``jobs`` worker processes of ``threads`` threads each."""

    def __init__(self, job: Job, jobs: int, threads: int = 1) -> None:
        self.job, self.jobs, self.threads = job, jobs, threads
        self._hands: list[_Hand] = []
        self._again: list[Task] = []
        self._tries: dict[str, int] = {}

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        rest = iter(tasks)
        while True:
            self._hand_out(rest)
            busy = [hand for hand in self._hands if hand.tasks]
            if not busy:
                return
            for ready in wait([hand.pipe for hand in busy]):
                yield from self._take(next(hand for hand in busy if hand.pipe is ready))

    def close(self) -> None:
        for hand in self._hands:
            hand.pipe.close()
            hand.process.terminate()
        for hand in self._hands:
            hand.process.join()
        self._hands.clear()

    def _hand_out(self, rest: Iterator[Task]) -> None:
        """Give every worker what it has room for; the first tasks of all start the workers."""
        while task := self._next(rest):
            hand = self._idlest()
            hand.tasks[task.key] = task
            with contextlib.suppress(OSError):  # it has died: its pipe says so when it is read
                hand.pipe.send(task)

    def _next(self, rest: Iterator[Task]) -> Task | None:
        full = len(self._hands) == self.jobs and all(self._is_full(hand) for hand in self._hands)
        if full:
            return None
        return self._again.pop() if self._again else next(rest, None)

    def _idlest(self) -> _Hand:
        if len(self._hands) < self.jobs and all(hand.tasks for hand in self._hands):
            self._hands.append(self._started())
        return min(self._hands, key=lambda hand: len(hand.tasks))

    def _is_full(self, hand: _Hand) -> bool:
        return len(hand.tasks) >= self.threads + AHEAD

    def _started(self) -> _Hand:
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=_serve, args=(theirs, self.job, self.threads), daemon=True)
        process.start()
        theirs.close()
        return _Hand(process, ours)

    def _take(self, hand: _Hand) -> Iterator[Outcome]:
        try:
            outcome: Outcome | Exception = hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(hand)
            return
        if isinstance(outcome, Exception):  # the worker could not even begin
            raise outcome
        del hand.tasks[outcome.key]
        self._tries.pop(outcome.key, None)
        yield outcome

    def _bury(self, hand: _Hand) -> Iterator[Outcome]:
        """What a dead worker had is done again by another one, the likely culprits only so often."""
        self._hands.remove(hand)
        hand.pipe.close()
        hand.process.join()
        for task in hand.tasks.values():
            tries = self._tries[task.key] = self._tries.get(task.key, 0) + 1
            if tries < MOST_TRIES:
                self._again.append(task)
                continue
            code = hand.process.exitcode
            message = f"{tries} workers ended while they had this article, the last with exit code {code}."
            failure = Failure(stage="work", code="worker_died", message=message, retryable=True)
            yield Outcome(task.key, task.item.source, 0.0, None, failure)


def _serve(pipe: Connection, job: Job, threads: int) -> None:
    """A worker process: tasks in, outcomes out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's: what is in flight is finished
    threading.Thread(target=_end_with_parent, daemon=True).start()
    worker, lock = Worker(job), threading.Lock()
    try:
        worker.warm()
    except Exception as error:
        pipe.send(error)
        return

    def work(task: Task) -> None:
        outcome = worker(task)
        with lock, contextlib.suppress(OSError):
            pipe.send(outcome)

    with ThreadPoolExecutor(threads) as pool, contextlib.suppress(EOFError, OSError):
        while True:
            pool.submit(work, pipe.recv())


def _end_with_parent() -> None:
    """A driver that is killed leaves no worker behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


__all__ = ["Processes"]
