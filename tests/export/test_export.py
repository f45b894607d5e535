"""The ledger as files: what they hold, that they are the same for the same results, and the queries of the page."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from command import ROOT, invoke, refused
from sqlalchemy import func, insert, select

from analyzer.config import load
from analyzer.errors import MissingExtra, StoreError
from analyzer.export.contents import ORDERED
from analyzer.export.files import write
from analyzer.export.running import export
from analyzer.model import Review
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store import tables
from analyzer.store.ledger import Ledger

FIRST = """---
title: =HYPERLINK("quay")
author: -Anna Berg
date: 2025-01-28
---
Nvidia fell 17 percent on 27 January 2025. Apple lost 17 percent on 27 January 2025.
"""
SECOND = "---\ndate: 2025-01-28\n---\nDer S&P 500 verlor am 27. Januar 2025 1,5 Prozent. Die Börse bebte.\n"


def worked(home: Path, folder: Path, *names: str) -> Path:
    workshop = Workshop(load(home=home))
    for name in names:
        analyze_source(str(folder / name), workshop)
    workshop.index.close()
    workshop.ledger.close()
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same two articles worked out in one order, and in the other with one of them twice."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "1.md").write_text(FIRST, encoding="utf-8")
    (folder / "2.md").write_text(SECOND, encoding="utf-8")
    return worked(folder / "one", folder, "1.md", "2.md"), worked(folder / "other", folder, "2.md", "1.md", "2.md")


@pytest.fixture
def ledger(homes: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(shutil.copytree(homes[0], tmp_path_factory.mktemp("copy") / "home")) as opened:
        yield opened


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_the_same_results_are_the_same_bytes_whatever_the_order_of_work(
    homes: tuple[Path, Path], tmp_path: Path, format: str
) -> None:
    for home, name in zip(homes, ("a", "b"), strict=True):
        assert invoke("export", "--canonical", "--out", tmp_path / name, "-f", format, "--home", home).code == 0
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == sorted(f"{name}.{format}" for name in ("claims", "trials", "evidence", "verdicts"))
    for name in files:
        one, other = (tmp_path / folder / name for folder in ("a", "b"))
        assert one.stat().st_size > 200
        assert one.read_bytes() == other.read_bytes(), name


def test_the_canonical_files_hold_no_run_no_time_and_no_cost(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, tmp_path / "out", "csv", canonical=True)
    rows = read(tmp_path / "out" / "evidence.csv")
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert all("retrieved" not in used for row in rows for used in json.loads(row["record"])["data"])
    runs = [report.run.id for report in ledger.reports()]
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(run in text for run in runs), path
        assert not {"run", "cost_usd", "started", "recorded"} & set(text.partition("\n")[0].split(","))


def test_every_table_is_there_with_every_row(homes: tuple[Path, Path], tmp_path: Path) -> None:
    with Ledger.open(homes[1]) as opened, opened.reading() as connection:
        rows = export(opened, tmp_path / "out", "csv")
        there = {table.name: connection.scalar(select(func.count()).select_from(table)) for table, _ in ORDERED}
    assert there["runs"] == 3
    assert {path.stem: number for path, number in rows.items()} == there
    assert {path.stem: len(read(path)) for path in rows} == there
    runs = read(tmp_path / "out" / "runs.csv")
    assert sorted(row["in_force"] for row in runs) == ["False", "True", "True"]
    for path in rows:
        assert "Die Börse bebte. " not in path.read_text(encoding="utf-8")


def test_a_cell_that_a_spreadsheet_would_obey_is_neutralised_in_csv_and_plain_in_parquet(
    ledger: Ledger, tmp_path: Path
) -> None:
    export(ledger, tmp_path, "csv")
    export(ledger, tmp_path, "parquet")
    (row,) = [row for row in read(tmp_path / "articles.csv") if row["title"]]
    assert (row["title"], row["author"]) == ('\'=HYPERLINK("quay")', "'-Anna Berg")
    found = duckdb.sql(f"SELECT title, author FROM '{tmp_path}/articles.parquet' WHERE title IS NOT NULL").fetchall()
    assert found == [('=HYPERLINK("quay")', "-Anna Berg")]
    observed = {row["observed"] for row in read(tmp_path / "evidence.csv")}
    assert any(value.startswith("-0.") for value in observed)  # a number is none


def test_a_review_is_in_force_beside_what_the_machine_said(ledger: Ledger, tmp_path: Path) -> None:
    claim = next(row for row in ledger.claims() if row.label == "refuted")
    said = Review(id="r1", claim=claim.id, reviewer="r", at="2025-08-01", decision="override", label="mixed")
    ledger.add_review(said)
    export(ledger, tmp_path, "csv")
    rows = {row["stage"]: row for row in read(tmp_path / "verdicts.csv") if row["claim"] == claim.id}
    assert (rows["latest"]["label"], rows["latest"]["effective"]) == ("refuted", "mixed")
    assert rows["when_written"]["effective"] == rows["when_written"]["label"]


def test_the_queries_of_the_page_run_over_an_export(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "export.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) == 4
    export(ledger, tmp_path, "parquet")
    monkeypatch.chdir(tmp_path)
    of_authors, refutations, changed, symbols = (duckdb.sql(query).fetchall() for query in queries)
    assert ("-Anna Berg", "supported", 1) in of_authors
    assert [quote for quote, _ in refutations] == ["Apple lost 17 percent on 27 January 2025."]
    assert all(old != new for old, new, _ in changed)
    assert {"NVDA", "AAPL"} <= {symbol for symbol, _, _ in symbols}


def test_parquet_keeps_the_types(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, tmp_path, "parquet")
    types = dict(row[:2] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{tmp_path}/evidence.parquet'").fetchall())
    assert (types["as_of"], types["observed"], types["nobs"], types["record"]) == (
        "DATE",
        "DOUBLE",
        "BIGINT",
        "VARCHAR",
    )


def test_without_duckdb_parquet_says_what_to_install(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r'pip install "commentary-analyzer\[market\]"'):
        export(ledger, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()
    assert export(ledger, tmp_path / "out", "csv")


def test_a_file_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old", encoding="utf-8")

    def rows() -> Iterator[list[object]]:
        yield ["a"]
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        write(path, {"name": "VARCHAR"}, rows(), "csv")
    assert (path.read_text(encoding="utf-8"), list(tmp_path.iterdir())) == ("old", [path])


def test_a_place_that_is_no_folder_is_refused(homes: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(invoke("export", "--out", tmp_path / "file", "--home", homes[0]), "is no folder")


@pytest.mark.slow
def test_memory_is_flat_over_a_hundred_thousand_claims(tmp_path: Path) -> None:
    """The rows that Python holds at a time; what SQLite and DuckDB hold is bounded by their own limits."""
    with Ledger.open(tmp_path / "home") as big:
        fill(big, articles=1000, claims=100)
        tracemalloc.start()
        try:
            rows = export(big, tmp_path / "out", "csv", canonical=True)
            whole = export(big, tmp_path / "out", "csv")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert rows[tmp_path / "out" / "claims.csv"] == whole[tmp_path / "out" / "readings.csv"] == 100_000
    assert peak < 30e6, f"{peak / 1e6:.0f} MB"


def fill(ledger: Ledger, articles: int, claims: int) -> None:
    """Rows as a batch would leave them, without working out any."""
    head = {
        "language": "en",
        "published": date(2025, 1, 28),
        "published_basis": "given",
        "source": "x",
        "characters": 9,
    }
    reading = {
        "quote": "It fell. " * 10, "statement": "It fell. " * 10, "attributed_to": "author", "modality": "asserted",
        "checkable": "yes", "reader": "rules",
    }  # fmt: skip
    with ledger._database.writing() as connection:
        for a in range(articles):
            article, of_run = f"{a:016x}", f"r{a:015x}"
            connection.execute(insert(tables.articles), {"id": article, **head, "text_sha256": "t", "raw_sha256": "r"})
            connection.execute(insert(tables.runs), {
                "id": of_run, "article": article, "text_sha256": "t", "started": "s", "recorded": "r",
                "analyzer_version": "0", "reader": "rules", "schema_version": 1, "extracted": True, "with_text": False,
                "head": {}, "record": {}, "advice": [],
            })  # fmt: skip
            ids = [f"{a:08x}{c:08x}" for c in range(claims)]
            connection.execute(insert(tables.claims), [
                {"id": i, "article": article, "start": 0, "end": 9, "kind": "level", "figures": ["17 percent"]}
                for i in ids
            ])  # fmt: skip
            connection.execute(insert(tables.readings), [
                {"run": of_run, "claim": i, "position": n, **reading} for n, i in enumerate(ids)
            ])  # fmt: skip
            connection.execute(insert(tables.verdicts), [
                {"run": of_run, "claim": i, "stage": "latest", "label": "supported", "summary": "So. " * 20,
                 "as_of": date(2025, 7, 31)} for i in ids
            ])  # fmt: skip


def test_the_articles_say_how_far_their_review_is(ledger: Ledger, tmp_path: Path) -> None:
    from analyzer.model import SignOff

    first, second = ledger.articles()
    said = {"reviewer": "ada", "at": "2025-08-02T09:00:00+00:00", "decision": "missing"}
    ledger.add_sign_off(SignOff.model_validate({"id": "s1", "article": first.id, **said}))
    export(ledger, tmp_path, "csv")
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as stream:
        found = {row["id"]: row["review"] for row in csv.DictReader(stream)}
    assert found == {first.id: "something is missing", second.id: "not yet reviewed"}
