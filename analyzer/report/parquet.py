"""Reports as Parquet: one row a claim, its evidence, its reviews and what people said of its article nested in it,
written by DuckDB.

The types are those of the tables; nested records are structs in lists, so that a query reaches every figure:
``SELECT claim, e.observed FROM 'claims.parquet', UNNEST(evidence) AS t(e)``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analyzer.errors import InputError, MissingExtra
from analyzer.model import Report
from analyzer.report.tables import CLAIMS, EVIDENCE, REVIEWS, RUN, SIGN_OFFS, TABLES, Cell, Column

SQL = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN", "date": "DATE"}
NESTED = {"evidence": EVIDENCE, "reviews": REVIEWS, "sign_offs": SIGN_OFFS}
"""``sign_offs`` are of the article, and stand in every row of it."""
OF_THE_CLAIM = frozenset({"article", "claim", "quote"})
"""Columns of the nested tables that stand in the claim's own row."""
OF_THE_RUN = ("run", "title", "author", "outlet", "language", "model", "analyzer_version", "data_vintage")
"""Columns of the run that stand in every row."""


def to_parquet(reports: Iterable[Report], path: Path) -> None:
    """Write the file. The rows go through a file of JSON lines, so that a batch of any size fits into memory.

    Raises MissingExtra without DuckDB, InputError when the file cannot be written.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra("Writing Parquet", "market") from error
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "rows.jsonl"
        with lines.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in _rows(reports))
        columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in schema().items())
        source = f"read_json({_quoted(lines)}, format = 'newline_delimited', columns = {{{columns}}})"
        with duckdb.connect() as connection:
            try:
                connection.execute(f"COPY (FROM {source}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
            except duckdb.IOException as error:
                raise InputError(f"{path} cannot be written: {error}. Choose another --out.") from error


def schema() -> dict[str, str]:
    """Name and SQL type of every column."""
    run = {column.name: column for column in RUN}
    flat = [column for column in CLAIMS if column.name not in NESTED]
    plain = {column.name: SQL[column.type] for column in (*flat, *(run[name] for name in OF_THE_RUN))}
    return plain | {name: f"STRUCT({_fields(columns)})[]" for name, columns in NESTED.items()}


def _fields(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{c.name}" {SQL[c.type]}' for c in columns if c.name not in OF_THE_CLAIM)


def _rows(reports: Iterable[Report]) -> Iterator[dict[str, Any]]:
    tables = {table.name: table for table in TABLES}
    for report in reports:
        names = [column.name for column in RUN]
        run = dict(zip(names, next(tables["run"].rows(report)), strict=True))
        nested = {name: _by_claim(columns, tables[name].rows(report)) for name, columns in NESTED.items()}
        for cells in tables["claims"].rows(report):
            row = dict(zip([column.name for column in CLAIMS], cells, strict=True))
            yield {
                **row,
                **{name: run[name] for name in OF_THE_RUN},
                **{name: groups.get(row["claim"], groups.get(None, [])) for name, groups in nested.items()},
            }


def _by_claim(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> dict[Cell, list[dict[str, Cell]]]:
    found: dict[Cell, list[dict[str, Cell]]] = {}
    for cells in rows:
        row = dict(zip([column.name for column in columns], cells, strict=True))
        kept = {name: cell for name, cell in row.items() if name not in OF_THE_CLAIM}
        found.setdefault(row.get("claim"), []).append(kept)
    return found


def _quoted(text: object) -> str:
    """A string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"
