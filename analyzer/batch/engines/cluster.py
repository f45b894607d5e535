"""A Ray cluster, or Ray on this machine: one task for a block of articles, whatever node has room.

Tasks for the articles and no actors: of two thousand calls to actors on a node that was killed, six hundred were lost
for good, and no call of a task. What does not come back is submitted again from here, because only the driver knows
what is missing. The one actor holds the limits and the budget, on the driver's own node.
Every node needs this package, the market data under the same path, and sees the model's endpoint.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from analyzer.batch.engines.common_state import CommonState
from analyzer.batch.worker import Job, Outcome, Task, Worker
from analyzer.errors import ConfigError, MissingExtra
from analyzer.model import Failure

BLOCK = 8
"""Articles of a task: few enough that a lost one costs little, many enough that handing out costs nothing."""
AHEAD = 2
"""Blocks given out for each processor of the cluster, so that none waits for the driver."""
MOST_TRIES = 4
"""How often a block is tried; after the second time its articles go one by one."""
CONNECT_S = 5.0
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


class Cluster:
    """``address``: of a running cluster (``auto``, ``ray://head:10001``), None for one of this machine with ``jobs``
    processors. ``threads``: articles at once in one task."""

    def __init__(self, job: Job, address: str | None = None, jobs: int | None = None, threads: int = 1) -> None:
        self.job, self.address, self.jobs, self.threads = job, address, jobs, threads
        self._ray = _imported()
        self._owns = not self._ray.is_initialized()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        self._connect()
        common = CommonState.opened(self._ray) if self.job.settings.model not in (None, "", "rules") else None
        job = self._ray.put(replace(self.job, common=common))
        remote = self._ray.remote(num_cpus=1, max_retries=0)(work_block)
        rest = iter(tasks)
        running: dict[Any, tuple[list[Task], int]] = {}
        again: list[tuple[list[Task], int]] = []
        while True:
            while len(running) < self._room() and (block := again.pop() if again else self._block(rest)):
                running[remote.remote(job, block[0], self.threads)] = block
            if not running:
                return
            done, _ = self._ray.wait(list(running), num_returns=1)
            for reference in done:
                block = running.pop(reference)
                try:
                    yield from self._ray.get(reference)
                except self._ray.exceptions.RayError as error:
                    yield from _lost(block, error, again)

    def close(self) -> None:
        if self._owns:
            self._ray.shutdown()

    def _connect(self) -> None:
        if self._ray.is_initialized():
            return
        if self.address:
            _must_answer(self.address)
        os.environ.update({name: os.environ.get(name, value) for name, value in QUIET.items()})
        options: dict[str, Any] = {"address": self.address} if self.address else {"num_cpus": self.jobs}
        if not self.address:
            options["include_dashboard"] = False
        try:
            self._ray.init(logging_level="error", log_to_driver=False, **options)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise _unreachable(self.address or "on this machine", error) from error

    def _room(self) -> int:
        """Blocks that may be out at once, by the processors that the cluster has now."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1))) * AHEAD

    def _block(self, rest: Iterator[Task]) -> tuple[list[Task], int] | None:
        tasks = list(islice(rest, max(BLOCK, self.threads)))
        return (tasks, 0) if tasks else None


def work_block(job: Job, tasks: list[Task], threads: int) -> list[Outcome]:
    """On a node: the articles of a block, some at once. What a worker opens it keeps for the next block."""
    worker = _worker(job)
    if threads == 1:
        return [worker(task) for task in tasks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(worker, tasks))


_workers: dict[str, Worker] = {}


def _worker(job: Job) -> Worker:
    name = f"{job.settings.model_dump_json()} {job.options}"
    if name not in _workers:
        _workers.clear()
        _workers[name] = Worker(job)
        _workers[name].warm()
    return _workers[name]


def _lost(block: tuple[list[Task], int], error: Exception, again: list[tuple[list[Task], int]]) -> Iterator[Outcome]:
    """What a node or worker took with it is tried again, at last one by one, and then given up."""
    tasks, tries = block[0], block[1] + 1
    if tries >= MOST_TRIES:
        first = str(error).strip().splitlines()
        message = f"The cluster lost this article {tries} times: {first[0] if first else type(error).__name__}"
        failure = Failure(stage="work", code="worker_died", message=message, retryable=True)
        yield from (Outcome(task.key, task.item.source, 0.0, None, failure) for task in tasks)
    elif tries >= 2:
        again += [([task], tries) for task in tasks]
    else:
        again.append((tasks, tries))


def _must_answer(address: str) -> None:
    """Ray itself tries for minutes where nothing listens."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    if parts.port is None:  # "auto", "local" and names are Ray's to find
        return
    try:
        socket.create_connection((parts.hostname or "", parts.port), timeout=CONNECT_S).close()
    except OSError as error:
        raise _unreachable(address, error) from error


def _unreachable(where: str, error: Exception) -> ConfigError:
    return ConfigError(
        f"No Ray cluster could be reached at {where}: {error}. Start one with: ray start --head, and give its address "
        "with --ray-address.",
        code="ray",
    )


def _imported() -> Any:
    try:
        import ray
    except ModuleNotFoundError as error:
        raise MissingExtra("--engine ray", "ray") from error
    return ray
