"""The documents say what the program does."""

from __future__ import annotations

import doctest
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np

from analyzer import stats
from analyzer.checks import CHECKS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_output_in_the_readme_and_the_schema_are_what_the_program_makes() -> None:
    done = subprocess.run([sys.executable, "docs/refresh.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_word_of_the_command_line_stands_in_the_readme() -> None:
    from analyzer.cli import DEFAULT, app

    words = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback} - {DEFAULT}
    missing = {word for word in words if f"`analyze {word}" not in README}
    assert not missing


def test_every_file_that_the_documents_name_is_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        folders = r"`((?:docs|corpus|prompts|analyzer|benchmarks|tests)/[\w./-]*)`"
        for name in re.findall(folders, page.read_text(encoding="utf-8")):
            assert (ROOT / name).exists(), f"{page.name} names {name}"


def test_the_changelog_names_every_check() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in CHECKS if name not in changelog] == []


def test_the_examples_of_the_statistics_give_what_stands_beside_them() -> None:
    page = doctest.testfile(str(ROOT / "docs" / "statistics.md"), module_relative=False)
    assert (page.failed, page.attempted > 40) == (0, True)
    modules = [import_module(f"{stats.__name__}.{one.name}") for one in pkgutil.iter_modules(stats.__path__)]
    found = [doctest.testmod(module, extraglobs={"np": np}) for module in modules]
    assert sum(one.failed for one in found) == 0
    assert sum(one.attempted for one in found) > 10
