"""Put the program's real output into README.md, the codes into docs/report.md, and write the package's JSON Schema.

``python docs/refresh.py``; with ``--check`` it only compares.

The block between the two comments is what the command in the first of them prints at 100 columns, cut after so many
lines. A test compares it, so that README never shows what the program does not print.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
REPORT = ROOT / "docs" / "report.md"
SCHEMA = ROOT / "analyzer" / "report" / "report.schema.json"
BLOCK = re.compile(r"(<!-- output: (analyze [^>]+?), first (\d+) lines -->\n).*?(<!-- output end -->)", re.DOTALL)


def printed(command: str, lines: int) -> str:
    """The first lines that the command prints, without colour, in a home of its own."""
    words = command.split()[1:]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "ANALYZER_HOME": home}
        run = [sys.executable, "-m", "analyzer", *words, "--quiet"]
        done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()[:lines])


def refreshed(text: str) -> str:
    def block(found: re.Match[str]) -> str:
        return f"{found[1]}\n```\n{printed(found[2], int(found[3]))}\n…\n```\n\n{found[4]}"

    new, count = BLOCK.subn(block, text)
    if not count:
        raise SystemExit(f"{README} has no output block")
    return new


CODES = re.compile(r"(<!-- codes -->\n).*?(<!-- codes end -->)", re.DOTALL)


def with_codes(text: str) -> str:
    """The page of the report's JSON with the tables of the codes known today."""
    from analyzer.codes import FAILURES, REASONS, REFUSALS

    tables = (("Reasons of verdicts and evidence", REASONS), ("Refusals", REFUSALS), ("Failures", FAILURES))
    parts = [
        "\n".join(
            [f"\n### {title}\n", "| code | means |", "| --- | --- |", *(f"| `{c}` | {m} |" for c, m in codes.items())]
        )
        for title, codes in tables
    ]
    return CODES.sub(lambda found: found[1] + "\n".join(parts) + "\n\n" + found[2], text)


def main() -> None:
    from analyzer.report.formats import json_schema

    wanted = {
        README: refreshed(README.read_text(encoding="utf-8")),
        REPORT: with_codes(REPORT.read_text(encoding="utf-8")),
        SCHEMA: json_schema(),
    }
    for path, text in wanted.items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{path.relative_to(ROOT)} is stale: run python docs/refresh.py")


if __name__ == "__main__":
    main()
