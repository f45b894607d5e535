"""Rows into a file of CSV or Parquet, one after the other; a file appears complete or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from analyzer.errors import InputError, MissingExtra, StoreError
from analyzer.report.formats import neutral

Format = Literal["csv", "parquet"]
Columns = Mapping[str, str]
Rows = Iterable[list[Any]]
LONGEST_ROW = 1 << 25
"""Bytes of the longest row that DuckDB reads; it takes twice that much memory for it."""
GROUP = 20_000
"""Rows that it holds in memory until they are written."""


def require(format: Format) -> None:
    """MissingExtra when nothing is installed that writes the format."""
    if format == "parquet":
        _duckdb()


def write(path: Path, columns: Columns, rows: Rows, format: Format) -> int:
    """Write the rows, whose cells are in the order of ``columns`` (names to SQL types); returns how many.

    InputError for a place that cannot be written, StoreError for a disk that is full.
    """
    writer: Callable[[Path, Columns, Rows], int] = _to_parquet if format == "parquet" else _to_csv
    with _complete(path) as part:
        return writer(part, columns, rows)


@contextmanager
def _complete(path: Path) -> Iterator[Path]:
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        what = f"{path} cannot be written: {error.strerror or error}."
        raise StoreError(f"{what} Free some space, or choose another --out.", code="export") from error
    finally:
        part.unlink(missing_ok=True)


def _to_csv(path: Path, columns: Columns, rows: Rows) -> int:
    """Text that a spreadsheet would take for a formula is neutralised; numbers stay numbers, unknown is empty."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([neutral(value) for value in row])
            count += 1
    return count


def _to_parquet(path: Path, columns: Columns, rows: Rows) -> int:
    """By DuckDB, over a file of JSON lines beside it, so that the rows are never all in memory."""
    lines, count = path.with_name(f"{path.name}.jsonl"), 0
    try:
        with lines.open("w", encoding="utf-8") as stream:
            for row in rows:
                stream.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str) + "\n")
                count += 1
        _copied(lines, columns, path)
    finally:
        lines.unlink(missing_ok=True)
    return count


def _copied(lines: Path, columns: Columns, path: Path) -> None:
    """One thread, so that the same rows give the same bytes."""
    duckdb = _duckdb()
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    options = f"format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = {LONGEST_ROW}"
    target = str(path).replace("'", "''")
    copy = f"COPY (SELECT * FROM read_json(?, {options})) TO '{target}' (FORMAT parquet, ROW_GROUP_SIZE {GROUP})"
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as connection:
            connection.execute(copy, [str(lines)])
    except duckdb.Error as error:
        raise StoreError(f"{path} cannot be written as Parquet: {error}. Try: --format csv.", code="export") from error


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra("Writing Parquet", "market") from error
    return duckdb


def folder_to_fill(out: Path) -> None:
    """Make the folder; InputError where that cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{out} is no folder and cannot be made one: {error.strerror}. Choose another --out."
        ) from error
