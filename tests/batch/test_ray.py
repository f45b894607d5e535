"""A cluster of two nodes on one machine, one of them killed while it works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import ENGLISH, ROOT, Ended, run
from fake_openai import FakeOpenAI
from ledgers import contents
from test_batch import CLAIM, by_model

pytest.importorskip("ray", reason="the extra ray is not installed")
pytestmark = pytest.mark.slow

CLUSTER = """
import sys, ray
from ray.cluster_utils import Cluster
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 10**8})
other = cluster.add_node(num_cpus=1, object_store_memory=10**8)
cluster.wait_for_nodes()
print(cluster.address, flush=True)
sys.stdin.readline()
cluster.remove_node(other, allow_graceful=False)
print("killed", flush=True)
sys.stdin.readline()
"""
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


@pytest.fixture
def cluster() -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, **QUIET, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env=env,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            subprocess.run([sys.executable, "-m", "ray.scripts.scripts", "stop", "--force"], capture_output=True)


def corpus(folder: Path, articles: int) -> Path:
    folder.mkdir()
    for i in range(articles):
        (folder / f"{i:03}.txt").write_text(f"{ENGLISH}\nThis is the letter number {i}.\n", encoding="utf-8")
    return folder


def done(log: Path) -> int:
    return log.read_text().count('"event": "done"') if log.exists() else 0


def test_a_killed_node_loses_nothing(cluster: subprocess.Popen[str], tmp_path: Path) -> None:
    assert cluster.stdin is not None
    assert cluster.stdout is not None
    address = cluster.stdout.readline().strip()
    folder, home, log = corpus(tmp_path / "in", 200), tmp_path / "home", tmp_path / "log"
    command = [sys.executable, "-m", "analyzer", str(folder), "--home", str(home), "--ray-address", address,
               "--log-json", str(log)]  # fmt: skip
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), **QUIET}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as batch:
        end = time.monotonic() + 120
        while done(log) < 8 and time.monotonic() < end:
            assert batch.poll() is None, batch.stderr and batch.stderr.read()
            time.sleep(0.05)
        cluster.stdin.write("kill\n")
        cluster.stdin.flush()
        assert cluster.stdout.readline().strip() == "killed"
        assert done(log) < 200
        _, err = batch.communicate(timeout=240)
    assert batch.returncode == 0, err
    last = json.loads(log.read_text().splitlines()[-1])
    assert (last["done"], last["failed"]) == (200, 0)
    assert local(folder, tmp_path / "calm").code == 0
    assert contents(home) == contents(tmp_path / "calm")


TURNS = """
import json, sys, time, ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy
from analyzer.batch.engines.common_state import CommonState
from analyzer.config import Settings
ray.init(address=sys.argv[1], logging_level="error", log_to_driver=False)

@ray.remote
def turns(state, settings, calls):
    limiter = state.limiter(settings)
    taken = []
    for _ in range(calls):
        limiter.acquire(10)
        taken.append(time.time())
    return taken

state, settings = CommonState.opened(ray), Settings(requests_per_minute=240)
nodes = [node["NodeID"] for node in ray.nodes()]
work = [turns.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=False)) for node in nodes]
ray.get([one.remote(state, settings, 1) for one in work])  # both nodes have a worker that is there
print(json.dumps(ray.get([one.remote(state, settings, 8) for one in work])))
"""


def test_turns_are_taken_by_all_nodes_together(cluster: subprocess.Popen[str]) -> None:
    assert cluster.stdout is not None
    address = cluster.stdout.readline().strip()
    env = {**os.environ, **QUIET, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", TURNS, address], capture_output=True, text=True, env=env, timeout=120)
    assert ended.returncode == 0, ended.stderr
    each = json.loads(ended.stdout)
    assert [len(times) for times in each] == [8, 8]
    taken = sorted(time for times in each for time in times)
    assert taken[-1] - taken[0] > 15 * 0.25 * 0.85
    assert max(min(times) for times in each) < min(max(times) for times in each), "one node had to wait for the other"


def test_limits_and_a_budget_are_kept_for_the_cluster_and_not_by_a_node(
    cluster: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert cluster.stdout is not None
    address = cluster.stdout.readline().strip()
    folder, home = corpus(tmp_path / "in", 20), tmp_path / "home"
    with FakeOpenAI() as server:
        server.answers("extract", {"claims": [CLAIM]}).answers("bind", {"trials": []})
        given = ("--ray-address", address, "--jobs", "2", "--budget-usd", "9")
        ended = run(folder, "--home", home, *given, **by_model(server.url), **QUIET, ANALYZER_PRICE="[0, 1000]")
        assert ended.code == 3
        assert "budget of 9 USD" in ended.err
        assert 0 < 0.2 * len(server.requests) <= 9
    assert not (home / "limits.sqlite").exists()


def local(folder: Path, home: Path) -> Ended:
    return run(folder, "--home", home, "--jobs", "2")


def test_an_address_without_a_cluster_is_said(tmp_path: Path) -> None:
    ended = run(corpus(tmp_path / "in", 2), "--home", tmp_path / "home", "--ray-address", "127.0.0.1:1")
    assert ended.code == 2
    assert "ray start --head" in ended.err
