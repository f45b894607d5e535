"""Put the program's real output into README.md, the codes into docs/report.md, the functions into docs/statistics.md,
and write the package's JSON Schema.

``python docs/refresh.py``; with ``--check`` it only compares.

The block between the two comments is what the command in the first of them prints at 100 columns, cut after so many
lines. A test compares it, so that README never shows what the program does not print.
"""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
REPORT = ROOT / "docs" / "report.md"
STATISTICS = ROOT / "docs" / "statistics.md"
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


FUNCTIONS = re.compile(r"(<!-- statistics -->\n).*?(<!-- statistics end -->)", re.DOTALL)


def with_functions(text: str) -> str:
    """The page of the statistics with the functions of every module of arrays, and the first sentence of each."""
    from analyzer import stats
    from analyzer.series import Series

    named = (f"{stats.__name__}.{one.name}" for one in pkgutil.iter_modules(stats.__path__))
    modules = [module for module in map(import_module, named) if vars(module).get("Series") is not Series]
    return FUNCTIONS.sub(lambda found: found[1] + "".join(map(_functions, modules)) + "\n" + found[2], text)


def _functions(module: ModuleType) -> str:
    own = [one for name, one in vars(module).items() if isinstance(one, FunctionType) and not name.startswith("_")]
    rows = [f"| `{_call(one)}` | {_first_sentence(one)} |" for one in own if one.__module__ == module.__name__]
    head = f"\n**`{module.__name__}`** {_first_sentence(module)}\n"
    return "\n".join([head, "| function | gives |", "| --- | --- |", *rows, ""]) if rows else ""


def _call(function: FunctionType) -> str:
    """The function with the names of its parameters and their defaults."""
    signature = inspect.signature(function)
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in signature.parameters.values()]
    call = str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))
    return f"{function.__name__}{call}".replace("|", "\\|")


def _first_sentence(documented: FunctionType | ModuleType) -> str:
    text = " ".join((inspect.getdoc(documented) or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s+(?=[A-Z`(])", text)[0].replace("``", "`").replace("|", "\\|")


def main() -> None:
    from analyzer.report.formats import json_schema

    wanted = {
        README: refreshed(README.read_text(encoding="utf-8")),
        REPORT: with_codes(REPORT.read_text(encoding="utf-8")),
        STATISTICS: with_functions(STATISTICS.read_text(encoding="utf-8")),
        SCHEMA: json_schema(),
    }
    for path, text in wanted.items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{path.relative_to(ROOT)} is stale: run python docs/refresh.py")


if __name__ == "__main__":
    main()
