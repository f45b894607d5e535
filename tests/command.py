"""The command line as a person meets it: a process of its own, on a machine without settings."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

ENGLISH = """Nvidia fell 17 percent on 27 January 2025 and lost almost 600 billion dollars of market value in one day.

Apple lost 17 percent on 27 January 2025. Investors panicked on 27 January 2025.

The harbour was quiet, and the ships waited for the tide.
"""
GERMAN = """Am 27. Januar 2025 verlor Nvidia 17 Prozent und büßte knapp 600 Milliarden Dollar an Börsenwert ein.

Apple verlor am 27. Januar 2025 ebenfalls 17 Prozent. Die Börse bebte – so stärkt man keine Gemüter.
"""
QUIET = "The garden was still. The cat slept under the apple tree, and nobody said a word until the evening came.\n"
READING_BY_RULES = "Reading by rules, no language model (--model provider:name uses one).\n"


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str


def run(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> Ended:
    """``analyze`` with the arguments, in an environment that holds nothing of the person who runs the suite."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    clean = {**kept, "LANG": "C.UTF-8", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "analyzer", *map(str, arguments)]
    ended = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=clean, timeout=120)
    return Ended(ended.returncode, ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8"))


def invoke(*arguments: object) -> Ended:
    """``analyze`` with the arguments, within this process: quicker, where nothing hangs on a process of its own."""
    from typer.testing import CliRunner

    from analyzer.cli import app

    done = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    return Ended(done.exit_code, done.stdout, done.stderr)


def counts(home: Path) -> dict[str, int]:
    """Rows of the ledger's main tables, after a look at whether the database is sound."""
    with closing(sqlite3.connect(f"file:{home / 'ledger.sqlite'}?mode=ro", uri=True)) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
        names = ("articles", "runs", "claims", "failures")
        return {name: ledger.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def verdicts(report: dict[str, Any]) -> dict[str, str]:
    """The latest label of every claim of a report in JSON, by the claim's id."""
    return {claim["id"]: claim["verdict"]["latest"]["label"] for claim in report["claims"]}


def refused(ended: Ended, *said: str, code: int = 2) -> None:
    """The run was turned down as designed: the exit code, nothing on stdout, a message, and no traceback."""
    assert (ended.code, ended.out) == (code, ""), (ended.code, ended.out, ended.err)
    assert "Traceback" not in ended.err
    for words in said:
        assert words in ended.err, ended.err
