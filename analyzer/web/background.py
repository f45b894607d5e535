"""What takes longer than a page may: done in a thread, one thing at a time, its result kept while its key is asked for.

A key names what is computed and of which state of the ledger, so that nothing stale is shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock, Thread
from typing import Any, Generic, TypeVar

from analyzer.errors import AnalyzerError

T = TypeVar("T")
Step = Callable[[int, int], None]
"""Told how many of how many are done."""
KEPT = 12
"""Results that are kept."""


class Job(Generic[T]):
    """Something that is being done. ``done`` of ``of`` steps, 0 of 0 while it cannot be said."""

    def __init__(self, work: Callable[[Step], T]) -> None:
        self.done, self.of = 0, 0
        self.error: AnalyzerError | None = None
        self.told = False
        """Whether somebody has been told of the error."""
        self._work = work
        self._ended = Event()
        self._result: T | None = None

    @property
    def ended(self) -> bool:
        return self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it ends within so many seconds."""
        return self._ended.wait(seconds)

    def result(self) -> T:
        """What came out of a job that has ended; raises what went wrong."""
        if self.error is not None:
            self.told = True
            raise self.error
        return self._result  # type: ignore[return-value]  # set, since it ended without an error

    def run(self, turn: Lock) -> None:
        try:
            with turn:
                self._result = self._work(self._step)
        except AnalyzerError as error:
            self.error = error
        except BaseException as error:
            self.error = AnalyzerError(f"This could not be computed ({type(error).__name__}: {error}).")
            raise
        finally:
            self._ended.set()

    def _step(self, done: int, of: int) -> None:
        self.done, self.of = done, of


class Background:
    """Runs jobs in threads that end with the program. Safe to be asked from several threads."""

    def __init__(self) -> None:
        self._turn, self._asking = Lock(), Lock()
        self._jobs: OrderedDict[Hashable, Job[Any]] = OrderedDict()

    def ask(self, key: Hashable, work: Callable[[Step], T]) -> Job[T]:
        """The job of this key: begun now, still going on, or done. One that failed, of which somebody has been told,
        is begun anew."""
        with self._asking:
            job = self._jobs.get(key)
            if job is None or job.told:
                job = self._jobs[key] = Job(work)
                Thread(target=job.run, args=(self._turn,), daemon=True, name="corpus").start()
            self._jobs.move_to_end(key)
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
            return job
