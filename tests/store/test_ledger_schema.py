"""Migrations build exactly the tables, open fast, and everything compiles for PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from analyzer.model import Review
from analyzer.store import connect, tables
from analyzer.store.ledger import Ledger
from analyzer.store.migrations import HEAD, REVISIONS, upgrade


def test_the_migrations_build_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    database = connect.open_database(tmp_path, None)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    database.close()


def test_the_written_list_of_revisions_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", "analyzer.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS
    assert scripts.get_current_head() == HEAD


def test_a_ledger_of_the_first_version_keeps_its_readings(tmp_path: Path) -> None:
    """Written with the tables of then, opened by the program of today."""
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with engine.begin() as connection:
        upgrade(connection, "0001")
        for table, row in FIRST.items():
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    engine.dispose()
    ledger = Ledger.open(tmp_path)
    report = ledger.latest_report("a1")
    ledger.close()
    assert report is not None
    assert report.claims is not None
    assert [(c.quote, c.untested, c.verdict.latest.label) for c in report.claims] == [("Es fiel.", (), "no_data")]


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


def test_the_tables_compile_for_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in tables.metadata.sorted_tables:
        ddl = str(CreateTable(table).compile(dialect=dialect))
        ddl += "".join(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
        assert f"CREATE TABLE {table.name}" in ddl
        assert "WITHOUT ROWID" not in ddl


def test_every_statement_of_the_ledger_compiles_for_postgresql(ledger: Ledger, work: Any, make: Any) -> None:
    """Everything that a full round executes is caught on its way to SQLite and compiled for the other dialect."""
    seen: set[str] = set()
    dialect = postgresql.dialect()

    def compile_it(connection: object, statement: Any, *rest: object) -> None:
        seen.add(str(statement.compile(dialect=dialect)))

    event.listen(ledger._database.engine, "before_execute", compile_it)
    use_everything(ledger, work, make)
    for verb in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        assert any(statement.startswith(verb) for statement in seen), verb
    assert not any("PRAGMA" in statement or "OR IGNORE" in statement for statement in seen)


def use_everything(ledger: Ledger, work: Any, make: Any) -> None:
    claim = work.report.claims[0].id
    ledger.record(*work.all)
    ledger.record(*make(run="run2").all)
    ledger.add_review(Review(id="r", claim=claim, reviewer="eva", at="2025-08-02", decision="agree"))
    filters = {"article": "a", "kind": "level", "label": "mixed", "symbol": "S", "check": "c", "author": "a"}
    ledger.claims(**filters, outlet="o", since=work.article.published, until=work.article.published, text="t")
    ledger.claim(claim[:8])
    ledger.latest_report("article.txt")
    list(ledger.reports([work.article.id], extracted=True))
    assert ledger.texts_of("passages", [work.passages[0].id])
    assert ledger.texts_of("claims", [claim])
    for one in (ledger.articles, ledger.counts, ledger.reports):
        assert list(one())
    for many, of in ((ledger.reviews, claim), (ledger.trials, work.report.run.id)):
        assert many(of)
    for many in (ledger.text_of, ledger.passages):
        assert many(work.article.id)
    ledger.forget(work.article.id)
