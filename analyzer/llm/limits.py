"""How many requests and tokens a minute a model may be sent, by all threads and all processes of a machine together.

The state is one row of a small SQLite file in the home folder. A process that is killed holds no lock, since the system
lets go of it; what is lost is at most the one turn that was taken and not used. The file may be deleted at any time.
"""

from __future__ import annotations

import random
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from analyzer.sqlite_file import SqliteFile

FILE = "limits.sqlite"
LOOK_S = 1.0
"""A caller that waits looks again at least this often: answers shorter than reckoned with bring its turn forward."""
RESUME_S = 5.0
"""Callers that a pause held back, and no rate spaces out, go on within this time and not all at once."""
SOON_S = 0.001
"""A turn that comes within this is there: floating-point sums of times are no more exact than that for long."""
LONGEST_S = 24 * 3600.0
"""No pause is longer; a state from further in the future is of a clock that was set back, and counts for none."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS limits (
  name TEXT PRIMARY KEY, request_turn REAL NOT NULL, token_turn REAL NOT NULL, credit REAL NOT NULL,
  stopped REAL NOT NULL, paused_until REAL NOT NULL
)
"""


class Limiter(Protocol):
    """Whose turn it is to ask a model. A cluster's engine may bring its own.

    Around every call: ``acquire(estimate)``, the call, ``settle(estimate, used)``. Both counts are tokens of prompt and
    answer together; ``used`` is 0 for a call that was turned away.
    """

    def acquire(self, tokens: int) -> None:
        """Wait until a call of about so many tokens may be made."""
        ...

    def settle(self, estimated: int, used: int) -> None:
        """What the call really took."""
        ...

    def pause(self, seconds: float) -> None:
        """Nobody begins a call for so long. A shorter pause never ends a longer one."""
        ...

    def paused(self) -> float:
        """Seconds that the pause still lasts, 0 without one."""
        ...


@dataclass(frozen=True)
class Turns:
    """The state. Turns are on a clock that stands still in pauses: its time is ``max(now, paused_until) - stopped``.

    ``request_turn`` and ``token_turn`` are when the next call may begin, ``credit`` the seconds by which the tokens'
    clock is ahead, because calls took less than was reckoned (negative: more). So a pause puts off, and an answer that
    was short brings forward, the turns of all who wait, and their order stays.
    """

    request_turn: float = 0.0
    token_turn: float = 0.0
    credit: float = 0.0
    stopped: float = 0.0
    paused_until: float = 0.0

    def clock(self, now: float) -> float:
        return max(now, self.paused_until) - self.stopped

    def wait(self, mine: tuple[float, float], now: float) -> float:
        """Seconds until the turn (of requests, of tokens) has come."""
        request, token = mine
        later = max(request, token - self.credit) - self.clock(now)
        return max(0.0, later) + max(0.0, self.paused_until - now)

    def turn(self, now: float) -> tuple[float, float]:
        """The next turn (of requests, of tokens) that nobody has taken."""
        return max(self.request_turn, self.clock(now)), max(self.token_turn, self.clock(now) + self.credit)

    def after(self, now: float, request_s: float, tokens_s: float) -> Turns:
        """The state once a call has taken the next turn, which fills so many seconds of either clock."""
        request, token = self.turn(now)
        return replace(self, request_turn=request + request_s, token_turn=token + tokens_s)

    def sound(self, now: float) -> bool:
        request, token = self.request_turn + self.stopped, self.token_turn - self.credit + self.stopped
        return max(self.paused_until, request, token) <= now + LONGEST_S

    def paused_for(self, now: float, seconds: float) -> Turns:
        begun, until = max(now, self.paused_until), now + min(seconds, LONGEST_S)
        if until <= begun:
            return self
        return replace(self, paused_until=until, stopped=self.stopped + until - begun)


class TurnLimiter(ABC):
    """A Limiter over a state that somebody keeps: a subclass reads it and changes it, undisturbed by all others.

    Calls are spread evenly, without bursts: endpoints hold their limits over spans shorter than a minute, too. A call
    larger than a whole minute's tokens is let through, and pays with the minutes after it. Limits of None or 0 are
    none; pauses are kept all the same.
    """

    def __init__(
        self,
        *,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.requests_per_minute, self.tokens_per_minute = requests_per_minute, tokens_per_minute
        self._clock, self._sleep = clock, sleep

    def acquire(self, tokens: int) -> None:
        request_s = 60.0 / self.requests_per_minute if self.requests_per_minute else 0.0
        tokens_s = 60.0 * tokens / self.tokens_per_minute if self.tokens_per_minute else 0.0
        now = self._clock()
        if request_s or tokens_s:
            before = self._change(lambda turns: turns.after(now, request_s, tokens_s))
        else:
            before = self._look()
        request, token = before.turn(now)
        if not request_s:
            request += random.uniform(0.0, min(RESUME_S, max(0.0, before.paused_until - now)))
        turns = before
        while (left := turns.wait((request, token), self._clock())) > SOON_S:
            self._sleep(min(left, LOOK_S))
            turns = self._look()

    def settle(self, estimated: int, used: int) -> None:
        if self.tokens_per_minute and estimated != used:
            ahead = 60.0 * (estimated - used) / self.tokens_per_minute
            self._change(lambda turns: replace(turns, credit=turns.credit + ahead))

    def pause(self, seconds: float) -> None:
        self._change(lambda turns: turns.paused_for(self._clock(), seconds))

    def paused(self) -> float:
        return max(0.0, self._look().paused_until - self._clock())

    @abstractmethod
    def _look(self) -> Turns:
        """The state."""

    @abstractmethod
    def _change(self, step: Callable[[Turns], Turns]) -> Turns:
        """Write what the step makes of the state, which nobody else changes meanwhile; the state before it."""


class SharedLimiter(TurnLimiter):
    """For one model of one endpoint, shared through ``<home>/limits.sqlite``. Threads may share one; it can be pickled
    and used after a fork."""

    def __init__(
        self,
        home: Path,
        name: str,
        *,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(
            requests_per_minute=requests_per_minute, tokens_per_minute=tokens_per_minute, clock=clock, sleep=sleep
        )
        self.path, self.name = home / FILE, name
        advice = "Check that the folder is writable and the disk not full; the file itself may be deleted."
        self._file = SqliteFile(self.path, _prepare, "The state of the rate limits", advice, "limits")

    def close(self) -> None:
        self._file.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.path.parent, self.name, self.requests_per_minute, self.tokens_per_minute)

    # --- the row -----------------------------------------------------------------------------------------------------

    def _look(self) -> Turns:
        with self._file.connection() as connection:
            return self._read(connection)

    def _change(self, step: Callable[[Turns], Turns]) -> Turns:
        with self._file.writing() as connection:
            before = self._read(connection)
            self._write(connection, step(before))
            return before

    def _read(self, connection: sqlite3.Connection) -> Turns:
        row = connection.execute(
            "SELECT request_turn, token_turn, credit, stopped, paused_until FROM limits WHERE name = ?", (self.name,)
        ).fetchone()
        turns = Turns(*row) if row else Turns()
        return turns if turns.sound(self._clock()) else Turns()

    def _write(self, connection: sqlite3.Connection, turns: Turns) -> None:
        row = (self.name, turns.request_turn, turns.token_turn, turns.credit, turns.stopped, turns.paused_until)
        connection.execute("INSERT OR REPLACE INTO limits VALUES (?, ?, ?, ?, ?, ?)", row)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # nothing here has to survive a loss of power
    connection.execute(SCHEMA)


def _again(home: Path, name: str, requests_per_minute: int | None, tokens_per_minute: int | None) -> SharedLimiter:
    return SharedLimiter(home, name, requests_per_minute=requests_per_minute, tokens_per_minute=tokens_per_minute)
