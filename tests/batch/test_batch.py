"""Batches as a person runs them: processes of their own over a real ledger, index and endpoint on loopback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from command import ENGLISH, QUIET, ROOT, Ended, counts, run
from fake_openai import FakeOpenAI, closed_url, error
from ledgers import contents

CLAIM = {
    "quote": "Apple lost 17 percent on 27 January 2025", "statement": "Apple lost 17 percent on 27 January 2025.",
    "kind": "quantitative_move", "cited": None, "modality": "asserted", "checkable": "yes", "why_not": None,
}  # fmt: skip


def corpus(folder: Path, articles: int) -> Path:
    folder.mkdir()
    for i in range(articles):
        (folder / f"{i:03}.txt").write_text(f"{ENGLISH}\nThis is the letter number {i}.\n", encoding="utf-8")
    return folder


def by_model(server: str) -> dict[str, str]:
    return {"ANALYZER_BASE_URL": server, "ANALYZER_API_KEY": "k", "ANALYZER_MODEL": "openai:tester"}


def answering() -> FakeOpenAI:
    return FakeOpenAI().answers("extract", {"claims": [CLAIM]}).answers("bind", {"trials": []})


def events(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_folder_ends_in_a_summary_and_an_unchanged_one_costs_nothing(tmp_path: Path) -> None:
    folder, home = corpus(tmp_path / "in", 3), tmp_path / "home"
    (folder / "quiet.txt").write_text(QUIET)
    first = run(folder, "--home", home, "--log-json", tmp_path / "log")
    assert first.code == 0
    assert "done now" in first.out
    again = run(folder, "--home", home, "--log-json", tmp_path / "log2")
    assert again.code == 0
    assert "done before" in again.out
    assert counts(home)["runs"] == 4
    assert [e["event"] for e in events(tmp_path / "log")] == ["started", "first", *["done"] * 4, "ended"]
    assert [e["event"] for e in events(tmp_path / "log2")] == ["started", "ended"]
    ended = events(tmp_path / "log")[-1]
    assert (ended["done"], ended["claims"], sum(ended["labels"].values())) == (4, 12, 12)
    named = {
        e["batch"] for log in ("log", "log2") for e in events(tmp_path / log) if e["event"] in ("started", "ended")
    }
    assert len(named) == 1  # the same articles under the same settings
    assert f"Batch {named.pop()}: 4 articles." in first.err
    (folder / "001.txt").write_text(ENGLISH + "\nChanged.\n")
    assert events_of(run(folder, "--home", home, "--log-json", tmp_path / "log3"), tmp_path / "log3")["done"] == 1


def events_of(ended: Ended, log: Path) -> dict[str, Any]:
    assert "Traceback" not in ended.err
    return events(log)[-1]


@pytest.mark.slow
def test_processes_and_threads_give_the_same_and_jsonl_comes_in_order(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 5)
    one = run(folder, "--home", tmp_path / "h1", "--jobs", "1", "-f", "jsonl")
    two = run(folder, "--home", tmp_path / "h2", "--jobs", "2", "-f", "jsonl")
    assert contents(tmp_path / "h1") == contents(tmp_path / "h2")
    sources = [json.loads(line)["article"]["source"] for line in two.out.splitlines()]
    assert sources == [str(folder / f"{i:03}.txt") for i in range(5)]
    assert len(one.out.splitlines()) == 5


@pytest.mark.slow
def test_a_table_of_articles_and_its_bad_rows(tmp_path: Path) -> None:
    table, home = tmp_path / "all.jsonl", tmp_path / "home"
    rows = [json.dumps({"id": f"n{i}", "body": ENGLISH, "date": f"2025-02-0{i}"}) for i in (1, 2)]
    table.write_text("\n".join([rows[0], "{broken", rows[1]]) + "\n", encoding="utf-8")
    ended = run(table, "--home", home)
    assert ended.code == 3
    assert "all.jsonl#2" in ended.err
    assert "no JSON" in ended.err
    assert counts(home)["articles"] == 2
    assert run(table, "--home", home).code == 3
    assert "failed before" in run(table, "--home", home).out


@pytest.mark.slow
def test_what_failed_is_tried_again_on_request_and_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    folder, home = corpus(tmp_path / "in", 3), tmp_path / "home"
    with FakeOpenAI() as server:
        server.answers("extract", {"claims": [CLAIM]}).answers("bind", error(400, "no"), {"trials": []})
        first = run(folder, "--home", home, "--in-flight", "1", **by_model(server.url))
        assert first.code == 3
        plain = run(folder, "--home", home, **by_model(server.url))
        assert "failed before" in plain.out
        asked = server.calls()
        again = run(folder, "--home", home, "--retry-failed", **by_model(server.url))
        assert again.code == 0, again.err
        assert server.calls() == asked + 1
    assert counts(home)["articles"] == 3


@pytest.mark.slow
def test_an_endpoint_that_is_down_ends_the_batch_early_and_the_rest_is_not_begun(tmp_path: Path) -> None:
    folder, home = corpus(tmp_path / "in", 20), tmp_path / "home"
    ended = run(folder, "--home", home, "--in-flight", "1", "--log-json", tmp_path / "log", **by_model(closed_url()))
    assert ended.code == 3
    assert "in a row" in ended.err
    last = events(tmp_path / "log")[-1]
    assert last["failed"] < 20
    assert last["stopped"]


@pytest.mark.slow
def test_a_key_that_is_refused_fails_no_article(tmp_path: Path) -> None:
    folder, home = corpus(tmp_path / "in", 4), tmp_path / "home"
    with FakeOpenAI(key="right").answers("extract", {"claims": [CLAIM]}).answers("bind", {"trials": []}) as server:
        ended = run(folder, "--home", home, "--log-json", tmp_path / "log", **by_model(server.url))
        assert ended.code == 3
        assert (events(tmp_path / "log")[-1]["failed"], counts(home)["articles"]) == (0, 0)
        right = {**by_model(server.url), "ANALYZER_API_KEY": "right"}
        assert run(folder, "--home", home, **right).code == 0
    assert counts(home)["articles"] == 4


# --- interrupted and killed -------------------------------------------------------------------------------------------


@contextmanager
def started(folder: Path, home: Path, *more: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "analyzer", str(folder), "--home", str(home), *more]
    kept = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(log: Path, done: int, process: subprocess.Popen[bytes], seconds: float = 60.0) -> None:
    """Until so many articles are done, or the process has ended because there were no more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if log.exists() and sum(e["event"] == "done" for e in events(log)) >= done:
            return
        if process.poll() is not None:
            return
        time.sleep(0.05)
    raise AssertionError(f"fewer than {done} articles were done in {seconds} s")


def test_ctrl_c_finishes_what_is_in_flight_and_the_same_command_goes_on(tmp_path: Path) -> None:
    folder, home, log = corpus(tmp_path / "in", 60), tmp_path / "home", tmp_path / "log"
    with answering() as server:
        with started(folder, home, "--in-flight", "2", "--log-json", str(log), **by_model(server.url)) as process:
            wait_for(log, 1, process)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert b"The same command goes on" in err
        done = counts(home)["articles"]
        assert 0 < done < 60
        asked = server.calls()
        assert asked == 2 * done
        assert run(folder, "--home", home, **by_model(server.url)).code == 0
        assert server.calls() == 120
    assert counts(home)["articles"] == counts(home)["runs"] == 60


@pytest.mark.slow
def test_killed_again_and_again_the_ledger_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    folder, home, calm = corpus(tmp_path / "in", 200), tmp_path / "home", tmp_path / "calm"
    with answering() as server:
        ended = 0
        for kill in range(6):
            log = tmp_path / f"log{kill}"
            with started(
                folder, home, "--jobs", "2", "--in-flight", "4", "--log-json", str(log), **by_model(server.url)
            ) as process:
                wait_for(log, 1, process)
                time.sleep(0.07 * kill)
                ended += process.poll() is not None
                process.kill()
                process.wait()
        assert ended < 3, "it was over before it could be killed"
        assert run(folder, "--home", home, "--jobs", "2", **by_model(server.url)).code == 0
        assert server.calls() <= 400 + 6 * 4
        asked = server.calls()
        assert run(folder, "--home", calm, "--jobs", "1", **by_model(server.url)).code == 0
        assert server.calls() == asked + 400
    assert counts(home)["articles"] == counts(home)["runs"] == 200
    assert contents(home) == contents(calm)
