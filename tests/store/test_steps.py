"""The step cache survives a kill, several writers, and its own deletion."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from analyzer.errors import StoreError
from analyzer.store.steps import StepCache, key


def test_a_value_comes_back_and_another_key_does_not(home: Path) -> None:
    with StepCache(home) as cache:
        cache.put("extract", "k", {"text": "Öl", "n": [1, 2.5, None]})
        assert cache.get("extract", "k") == {"text": "Öl", "n": [1, 2.5, None]}
        assert cache.get("bind", "k") is None
        assert cache.get("extract", "other") is None


def test_a_second_value_of_a_key_replaces_the_first(home: Path) -> None:
    with StepCache(home) as cache:
        cache.put("extract", "k", {"n": 1})
        cache.put("extract", "k", {"n": 2})
        assert cache.get("extract", "k") == {"n": 2}


def test_a_key_is_the_same_for_the_same_parts_in_any_order_of_names() -> None:
    assert key("m", {"a": 1, "b": 2}) == key("m", {"b": 2, "a": 1})
    assert key("m", "ab") != key("ma", "b")
    assert len(key()) == 64


WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from analyzer.store.steps import StepCache
cache = StepCache(Path(sys.argv[1]))
for n in itertools.count():
    cache.put("step", str(n), {"n": n, "text": "x" * 1000})
    print(n, flush=True)
"""


def test_what_was_put_is_there_after_a_kill(home: Path) -> None:
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) == 200:
                process.send_signal(signal.SIGKILL)
        last = int(line)
    with StepCache(home) as cache:
        assert all((cache.get("step", str(n)) or {}).get("n") == n for n in range(last + 1))


WRITE_A_HUNDRED = """
import sys
from pathlib import Path
from analyzer.store.steps import StepCache
with StepCache(Path(sys.argv[1])) as cache:
    for n in range(100):
        cache.put(sys.argv[2], str(n), {"n": n})
"""


def test_several_processes_write_side_by_side(home: Path) -> None:
    commands = [[sys.executable, "-c", WRITE_A_HUNDRED, str(home), f"step{i}"] for i in range(3)]
    running = [subprocess.Popen(command) for command in commands]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    with StepCache(home) as cache:
        assert all(cache.get(f"step{i}", str(n)) == {"n": n} for i in range(3) for n in range(100))


def test_threads_share_a_cache(home: Path) -> None:
    with StepCache(home) as cache:
        threads = [threading.Thread(target=cache.put, args=("step", str(n), {"n": n})) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [cache.get("step", str(n)) for n in range(20)] == [{"n": n} for n in range(20)]


def test_a_deleted_file_is_begun_anew_even_beside_an_old_log(home: Path) -> None:
    cache = StepCache(home)
    cache.put("step", "k", {"n": 1})
    (home / "cache.sqlite").unlink()
    with StepCache(home) as fresh:
        assert fresh.get("step", "k") is None
        fresh.put("step", "k", {"n": 2})
        assert fresh.get("step", "k") == {"n": 2}
    cache.close()


def test_a_damaged_file_says_that_it_may_be_deleted(home: Path) -> None:
    home.mkdir()
    (home / "cache.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="may be deleted"):
        StepCache(home)


def test_a_full_disk_is_named(small_disk: Path) -> None:
    with StepCache(small_disk) as cache, pytest.raises(StoreError, match="full"):
        cache.put("step", "k", {"text": "x" * 2_000_000})
