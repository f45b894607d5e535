"""Limits of requests and tokens hold over threads and processes, and a killed process leaves no lock behind."""

from __future__ import annotations

import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analyzer.errors import StoreError
from analyzer.llm.limits import RESUME_S, SharedLimiter, Turns


class FakeClock:
    """A clock that only goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def limiter(home: Path, clock: FakeClock, **limits: int | None) -> SharedLimiter:
    return SharedLimiter(home, "host model", clock=clock, sleep=clock.sleep, **limits)


def begun(of: SharedLimiter, clock: FakeClock, calls: int, tokens: int = 0) -> list[float]:
    """Seconds from the start at which each of the calls may begin."""
    start, times = clock.now, []
    for _ in range(calls):
        of.acquire(tokens)
        times.append(clock.now - start)
    return times


def test_requests_are_spread_evenly_over_the_minute(home: Path, clock: FakeClock) -> None:
    times = begun(limiter(home, clock, requests_per_minute=30), clock, 5)
    assert times == pytest.approx([0, 2, 4, 6, 8])


def test_tokens_are_limited_and_a_call_larger_than_a_minute_passes_and_pays(home: Path, clock: FakeClock) -> None:
    limited = limiter(home, clock, tokens_per_minute=60_000)
    assert begun(limited, clock, 3, tokens=5_000) == pytest.approx([0, 5, 10])
    clock.now += 100
    assert begun(limited, clock, 2, tokens=120_000) == pytest.approx([0, 120])


def test_the_stricter_of_both_limits_decides(home: Path, clock: FakeClock) -> None:
    both = limiter(home, clock, requests_per_minute=60, tokens_per_minute=60_000)
    assert begun(both, clock, 3, tokens=100) == pytest.approx([0, 1, 2])
    clock.now += 1
    assert begun(both, clock, 3, tokens=4_000) == pytest.approx([0, 4, 8])


@pytest.mark.parametrize("none", [None, 0])
def test_without_limits_nobody_waits(home: Path, clock: FakeClock, none: int | None) -> None:
    free = limiter(home, clock, requests_per_minute=none, tokens_per_minute=none)
    assert begun(free, clock, 100, tokens=10_000) == [0.0] * 100


def test_what_a_call_did_not_use_brings_the_next_one_forward(home: Path, clock: FakeClock) -> None:
    limited = limiter(home, clock, tokens_per_minute=60_000)
    begun(limited, clock, 1, tokens=10_000)
    limited.settle(10_000, 4_000)
    assert begun(limited, clock, 2, tokens=1_000) == pytest.approx([4, 5])
    limited.settle(1_000, 3_000)
    assert begun(limited, clock, 1, tokens=1_000) == pytest.approx([3]), "and what it used beyond puts the next one off"


def test_rest_is_not_saved_up_for_a_burst(home: Path, clock: FakeClock) -> None:
    limited = limiter(home, clock, tokens_per_minute=60_000)
    begun(limited, clock, 1, tokens=10_000)
    clock.now += 3600
    limited.settle(10_000, 0)
    assert begun(limited, clock, 3, tokens=1_000) == pytest.approx([0, 1, 2])


def test_a_pause_holds_all_and_a_shorter_one_does_not_end_it(home: Path, clock: FakeClock) -> None:
    limited = limiter(home, clock, requests_per_minute=60)
    limited.pause(20)
    limited.pause(5)
    assert limiter(home, clock).paused() == pytest.approx(20), "whatever object asks"
    assert begun(limited, clock, 3) == pytest.approx([20, 21, 22])
    assert limited.paused() == 0


def test_another_model_has_limits_of_its_own(home: Path, clock: FakeClock) -> None:
    limiter(home, clock).pause(60)
    other = SharedLimiter(home, "host other", clock=clock, sleep=clock.sleep)
    assert begun(other, clock, 1) == [0.0]


def test_a_pause_puts_off_all_who_wait_and_keeps_their_order() -> None:
    turns, mine = Turns(), []
    for _ in range(4):
        mine.append(turns.turn(100.0))
        turns = turns.after(100.0, 2.0, 0.0)
    assert [turns.wait(m, 100.0) for m in mine] == pytest.approx([0, 2, 4, 6])
    turns = turns.paused_for(103.0, 10.0)
    assert [turns.wait(m, 103.0) for m in mine[2:]] == pytest.approx([11, 13])
    turns = turns.paused_for(108.0, 10.0)
    assert [turns.wait(m, 113.0) for m in mine[2:]] == pytest.approx([6, 8])
    assert turns.wait(mine[2], 119.0) == 0


def test_after_a_pause_not_everybody_begins_at_once(home: Path) -> None:
    random.seed(7)
    starts = []
    for _ in range(50):
        clock = FakeClock()
        one = limiter(home, clock)
        one.pause(60)
        one.acquire(0)
        starts.append(clock.now - 1060)
        one.path.unlink()
        one.close()
    assert min(starts) >= 0
    assert max(starts) <= RESUME_S
    assert len({round(s, 1) for s in starts}) > 20


def test_a_clock_that_was_set_back_keeps_nobody_waiting(home: Path, clock: FakeClock) -> None:
    limited = limiter(home, clock, requests_per_minute=60)
    clock.now += 10 * 24 * 3600
    begun(limited, clock, 5)
    clock.now -= 9 * 24 * 3600
    assert begun(limited, clock, 2) == pytest.approx([0, 1])


def test_no_pause_is_longer_than_a_day(home: Path, clock: FakeClock) -> None:
    limited = limiter(home, clock)
    limited.pause(1e9)
    assert limited.paused() == pytest.approx(24 * 3600)


# --- threads and processes ------------------------------------------------------------------------------------------


def test_threads_keep_the_limit_together(home: Path) -> None:
    shared = SharedLimiter(home, "m", requests_per_minute=1200)  # one every 50 ms
    times: list[float] = []

    def ask() -> None:
        for _ in range(3):
            shared.acquire(0)
            times.append(time.time())

    threads = [threading.Thread(target=ask) for _ in range(6)]
    begun_at = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(times) == 18
    assert begun_at + 17 * 0.05 - 0.01 <= max(times) < begun_at + 20


ASK = """
import sys, time
from pathlib import Path
from analyzer.llm.limits import SharedLimiter
limiter = SharedLimiter(Path(sys.argv[1]), "m", requests_per_minute=600)
print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    limiter.acquire(0)
    print(time.time(), flush=True)
"""


def asking(home: Path, calls: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", ASK, str(home), str(calls)], stdout=subprocess.PIPE, text=True)


def times_of(process: subprocess.Popen[str]) -> list[float]:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return [float(line) for line in out.split() if line != "ready"]


def test_processes_keep_the_limit_together_and_take_turns(home: Path) -> None:
    one, other = times_of_both = [times_of(p) for p in [asking(home, 8), asking(home, 8)]]
    times = sorted(one + other)
    late = 0.3  # by which the first may be behind its turn; 15 calls that did not share the limit would take 0.7 s
    assert all(t >= times[0] + n * 0.1 - late for n, t in enumerate(times))
    assert all(len(t) == 8 for t in times_of_both)


def test_a_pause_in_one_process_holds_another(home: Path) -> None:
    here = SharedLimiter(home, "m", requests_per_minute=600)
    here.pause(1.5)
    until = time.time() + here.paused()
    assert min(times_of(asking(home, 1))) >= until - 0.01


def test_a_killed_process_leaves_no_lock(home: Path) -> None:
    for _ in range(3):
        process = asking(home, 100_000)
        assert process.stdout is not None
        for line in process.stdout:
            if line != "ready\n":
                process.send_signal(signal.SIGKILL)
                break
        process.communicate(timeout=20)
    begun_at = time.monotonic()
    SharedLimiter(home, "m", requests_per_minute=600).acquire(0)
    assert time.monotonic() - begun_at < 20


def test_it_can_be_handed_to_a_worker(home: Path) -> None:
    first = SharedLimiter(home, "m", requests_per_minute=60, tokens_per_minute=1000)
    first.pause(30)
    handed = pickle.loads(pickle.dumps(first))
    assert (handed.requests_per_minute, handed.tokens_per_minute) == (60, 1000)
    assert handed.paused() == pytest.approx(30, abs=2)


def test_a_file_that_cannot_be_used_is_named(home: Path) -> None:
    home.mkdir()
    (home / "limits.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match=r"limits\.sqlite.*may be deleted") as caught:
        SharedLimiter(home, "m", requests_per_minute=1).acquire(0)
    assert caught.value.code == "limits"
