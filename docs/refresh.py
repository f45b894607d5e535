"""Put the program's real output into README.md: ``python docs/refresh.py``; ``--check`` only compares.

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


def main() -> None:
    text = README.read_text(encoding="utf-8")
    new = refreshed(text)
    if "--check" in sys.argv:
        raise SystemExit(0 if new == text else "README.md is stale: run python docs/refresh.py")
    README.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
