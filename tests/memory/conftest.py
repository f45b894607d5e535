"""A home with three small articles in it, analysed as a person would: a real ledger, a real index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Postgres
from three_articles import analysed, opened

from analyzer.pipeline import Workshop


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only: tests that change it take a copy."""
    return analysed(tmp_path_factory.mktemp("memory"))


@pytest.fixture(scope="session")
def server_home(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, ledger_template: str) -> tuple[Path, str]:
    """The same with the ledger in PostgreSQL, and its URL; read only."""
    url = postgres.new_database(ledger_template)
    return analysed(tmp_path_factory.mktemp("memory_server"), ledger_url=url), url


@pytest.fixture
def workshop(home: Path) -> Iterator[Workshop]:
    yield from opened(home)
