"""Threads of this process: for a model that is waited for, and for batches too small to start processes for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from analyzer.batch.worker import Outcome, Task, Worker


class Threads:
    def __init__(self, worker: Worker, threads: int) -> None:
        self.worker = worker
        self.threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="article")

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        self.worker.warm()
        running: set[Future[Outcome]] = set()
        for task in tasks:
            running.add(self._pool.submit(self.worker, task))
            if len(running) >= self.threads:
                yield from _finished(running)
        while running:
            yield from _finished(running)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _finished(running: set[Future[Outcome]]) -> Iterator[Outcome]:
    """Give what has finished, at least one, and take it out of what is running."""
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    running -= done
    for one in done:
        yield one.result()
