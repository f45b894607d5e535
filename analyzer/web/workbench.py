"""Articles that are analysed from the page: a queue, and one process that works through it.

A process and no thread, so that the page answers while an article is worked on, and so that one can be stopped at any
moment: an article is recorded in one transaction or not at all. What waits is lost with the program, and only that.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Literal

from analyzer.config import Settings
from analyzer.text.metadata import Metadata
from analyzer.web.workbench_process import serve

State = Literal["waiting", "working", "done", "known", "failed", "cancelled"]
STEPS = ("read", "extract", "bind", "check", "record")
MOST_WAITING = 50
MOST_KEPT = 100
"""What is over is listed so long; the oldest go first."""
CONTEXT = multiprocessing.get_context("spawn")
"""Not fork: the page has threads and an open database."""


@dataclass(frozen=True)
class Submission:
    """What somebody gave in: the bytes of a file, or a text with what was said of it. ``name`` is shown and never
    opened; ``anew``: also when the ledger has the article."""

    name: str
    content: bytes | str
    published: date | None = None
    language: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    anew: bool = False


@dataclass
class Work:
    """A submission and what has become of it. ``article``: its id, once it is recorded or known; ``message``: what went
    wrong, in the tool's words."""

    submission: Submission
    reviewer: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = "waiting"
    step: str = ""
    article: str | None = None
    claims: int = 0
    dated: bool = True
    message: str = ""

    @property
    def over(self) -> bool:
        return self.state not in ("waiting", "working")


class Full(Exception):
    """More is waiting than a person would have given in."""


class Workbench:
    """``settings`` are those of the page: home, data, model. The process is started with the first article."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._works: dict[str, Work] = {}
        self._waiting: deque[Work] = deque()
        self._changed = threading.Condition()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, submission: Submission, reviewer: str) -> Work:
        """Put something at the end of the queue. Full when too much is waiting."""
        work = Work(submission, reviewer)
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                raise Full
            self._works[work.id] = work
            self._waiting.append(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            self._changed.notify()
            self._forget_oldest()
        return work

    @property
    def works(self) -> list[Work]:
        """All of them, the newest first."""
        with self._changed:
            return list(reversed(self._works.values()))

    @property
    def busy(self) -> bool:
        return any(not work.over for work in self.works)

    def get(self, id: str) -> Work | None:
        with self._changed:
            return self._works.get(id)

    def cancel(self, id: str) -> None:
        """Take what waits out of the queue, and end the process that works on it; what is over stays as it is."""
        with self._changed:
            work = self._works.get(id)
            if work is None or work.over:
                return
            if work.state == "waiting":
                self._waiting.remove(work)
            elif self._process is not None:
                self._process.terminate()
            work.state = "cancelled"

    def dismiss(self, id: str) -> None:
        """Take what is over off the list."""
        with self._changed:
            if id in self._works and self._works[id].over:
                del self._works[id]

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
            process = self._process
        if process is not None:
            process.terminate()
            process.join(5)

    # --- the thread that speaks with the process --------------------------------------------------------------------

    def _run(self) -> None:
        while (work := self._next()) is not None:
            try:
                pipe = self._started()
                pipe.send(work.submission)
                while not work.over:
                    self._take(work, pipe.recv())
            except (EOFError, OSError):
                self._lost(work)

    def _next(self) -> Work | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            work = self._waiting.popleft()
            work.state = "working"
            return work

    def _started(self) -> Connection:
        with self._changed:
            if self._pipe is None:
                self._pipe, theirs = CONTEXT.Pipe()
                self._process = CONTEXT.Process(target=serve, args=(theirs, self.settings), daemon=True)
                self._process.start()
                theirs.close()
            return self._pipe

    def _take(self, work: Work, said: tuple[str, dict[str, object]]) -> None:
        """What the process says: a step has begun, or the article is over."""
        what, values = said
        with self._changed:
            if work.over:
                return
            if what == "step":
                work.step = str(values["name"])
                return
            work.article = values.get("article")  # type: ignore[assignment]
            work.claims = int(values.get("claims", 0))  # type: ignore[call-overload]
            work.dated = bool(values.get("dated", True))
            work.message = str(values.get("message", ""))
            work.state = what  # type: ignore[assignment]

    def _lost(self, work: Work) -> None:
        """The process ended: it was stopped, or the machine took it away."""
        with self._changed:
            process, self._process = self._process, None
            with suppress(OSError):
                if self._pipe is not None:
                    self._pipe.close()
            self._pipe = None
            if not work.over:
                work.state = "failed"
                code = process.exitcode if process is not None else None
                work.message = f"The process that worked on it ended (exit code {code}); nothing was recorded."
        if process is not None:
            process.join(5)

    def _forget_oldest(self) -> None:
        over = [id for id, work in self._works.items() if work.over]
        for id in over[: max(0, len(self._works) - MOST_KEPT)]:
            del self._works[id]
