"""The measuring set is matched no worse than the page ``docs/memory.md`` says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
def test_the_pairs_are_matched_as_well_as_the_page_says() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "matching.py"), "--held-out"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)})
    means = dict(re.findall(r"^([a-z -]+?) +\d+ pairs .*macro ([\d.]+)", ended.stdout, re.MULTILINE))
    page = (ROOT / "docs" / "memory.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([a-z -]+), \d+ \|.*\| ([\d.]+) \|$", page, re.MULTILINE))
    assert {"first open", "first held out", "second open", "second held out", "open", "held out", "all"} <= set(told)
    for name, mean in told.items():
        assert float(means[name]) == pytest.approx(float(mean), abs=0.02), name
