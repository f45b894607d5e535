"""Ledgers with analysed articles, and the page over them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import chromium  # noqa: F401  a fixture for every test
from review_page import Served, serving, write_articles


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with three analysed articles; copied, never written."""
    from analyzer.config import load
    from analyzer.pipeline import Options, Workshop, analyze_source

    folder = tmp_path_factory.mktemp("analysed")
    workshop = Workshop(load(home=folder / "home"))
    for path in write_articles(folder):
        analyze_source(str(path), workshop, Options())
    workshop.ledger.close()
    return folder / "home"


@pytest.fixture
def filled(analysed: Path, tmp_path: Path) -> Path:
    """A home folder of the test's own with the analysed articles."""
    folder = tmp_path / "filled"
    folder.mkdir()
    for file in analysed.glob("ledger.sqlite*"):
        shutil.copy(file, folder)
    return folder


@pytest.fixture
def served(filled: Path) -> Iterator[Served]:
    with serving(filled) as running:
        yield running
