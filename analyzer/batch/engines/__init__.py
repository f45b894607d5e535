"""Who does the work: threads of this process, processes of this machine, or a cluster. All take tasks from an iterator
as they have room, and give outcomes as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from analyzer.batch.worker import Outcome, Task


class Engine(Protocol):
    """``run`` takes no more from the tasks than it can begin with soon, and ends when every task it took has its
    outcome, in any order. ``close`` stops what is still running."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]: ...
    def close(self) -> None: ...
