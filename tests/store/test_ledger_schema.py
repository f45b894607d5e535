"""Migrations build exactly the tables, open fast, and everything compiles for PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from analyzer.store import connect, tables
from analyzer.store.ledger import Ledger
from analyzer.store.migrations import HEAD, REVISIONS, upgrade


def is_declared(name: str | None, kind: str, parents: Any) -> bool:
    """All but the index of words, which is each database's own."""
    return not str(name).startswith(("words_fts", "ix_words_search"))


def test_the_migrations_build_the_tables_that_the_program_uses(tmp_path: Path, empty_url: str) -> None:
    database = connect.open_database(tmp_path, empty_url)
    with database.reading() as connection:
        seen = MigrationContext.configure(connection, opts={"include_name": is_declared})
        assert compare_metadata(seen, tables.metadata) == []
    database.close()


def test_the_written_list_of_revisions_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", "analyzer.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS
    assert scripts.get_current_head() == HEAD


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_ledger_of_every_version_keeps_its_readings(tmp_path: Path, empty_url: str, revision: str) -> None:
    """Written with the tables of then, opened by the program of today."""
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        upgrade(connection, revision)
        for table, row in FIRST.items():
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    engine.dispose()
    with Ledger.open(tmp_path, empty_url) as ledger:
        report = ledger.latest_report("a1")
    assert report is not None
    assert report.claims is not None
    assert [(c.quote, c.untested, c.verdict.latest.label) for c in report.claims] == [("Es fiel.", (), "no_data")]
    database = connect.open_database(tmp_path, empty_url)
    with database.reading() as connection:
        seen = MigrationContext.configure(connection, opts={"include_name": is_declared})
        assert compare_metadata(seen, tables.metadata) == []
    database.close()


HEAD_OF_THEN = {
    "id": "a1", "language": "de", "title": None, "author": None, "outlet": None, "published": None,
    "published_basis": "unknown", "source": "a.txt",
    "characters": 8, "text_sha256": "t", "raw_sha256": "r",
}  # fmt: skip
FIRST: dict[str, dict[str, Any]] = {
    "articles": HEAD_OF_THEN,
    "texts": {"article": "a1", "sha256": "t", "text": "Es fiel."},
    "claims": {"id": "c1", "article": "a1", "start": 0, "end": 8, "kind": "quantitative_move", "figures": "[]"},
    "runs": {
        "number": 1, "id": "r1", "article": "a1", "text_sha256": "t", "started": "2026-01-01", "recorded": "2026-01-01",
        "analyzer_version": "0.1.0", "reader": "rules", "schema_version": 1, "extracted": True, "with_text": False,
        "head": json.dumps(HEAD_OF_THEN), "advice": "[]",
        "record": json.dumps({
            "id": "r1", "started": "2026-01-01", "analyzer_version": "0.1.0", "reader": "rules", "seconds": 1.0,
            "data_vintage": "v", "market": {"sources": ["facts"], "last_session": "2025-07-31"},
        }),
    },
    "readings": {
        "run": "r1", "claim": "c1", "position": 0, "quote": "Es fiel.", "statement": "It fell.",
        "attributed_to": "author", "modality": "asserted", "checkable": "yes", "reader": "rules",
    },
    "verdicts": {
        "run": "r1", "claim": "c1", "stage": "latest", "label": "no_data", "summary": "No.", "as_of": "2025-07-31",
    },
}  # fmt: skip


OPEN = """
import sys
from pathlib import Path
from analyzer.store.ledger import Ledger
Ledger.open(Path(sys.argv[1])).close()
sys.exit("alembic" in sys.modules)
"""


def test_a_ledger_that_is_up_to_date_opens_without_alembic(tmp_path: Path) -> None:
    Ledger.open(tmp_path).close()
    assert subprocess.run([sys.executable, "-c", OPEN, str(tmp_path)]).returncode == 0


def test_the_ledger_runs_with_a_log_foreign_keys_and_secure_deletion(tmp_path: Path) -> None:
    database = connect.open_database(tmp_path, None)
    with database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    database.close()
    assert found == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 30000}
