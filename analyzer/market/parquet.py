"""Parquet files of series, read and written by DuckDB: the only module that knows it. Needs the extra ``market``."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from analyzer.errors import DataError, MissingExtra
from analyzer.market.tables import Table, frozen, needed, normal_name, read_bytes


@lru_cache(maxsize=1)
def _connection() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra("Reading and writing Parquet", "market") from error
    return duckdb.connect()


def read_parquet(path: Path, wanted: Collection[str]) -> Table:
    """The columns of a Parquet file whose names are in ``wanted``, with its column ``date``, as ``read_table`` of CSV.

    Raises DataError for a file that is none, a missing column, a column that is no number, a date that is none, twice
    there or out of order; MissingExtra without DuckDB.
    """
    raw = read_bytes(path)
    names = {normal_name(name): name for name in _columns(path)}
    needed(str(path), names, wanted)
    kept = [name for name in names if name == "date" or name in wanted]
    listed = ", ".join(f'CAST("{names[n]}" AS {"DATE" if n == "date" else "DOUBLE"}) AS "{n}"' for n in kept)
    found = _asked(path, f"SELECT {listed} FROM read_parquet(?)").fetchnumpy()
    dates = np.ma.filled(found.pop("date").astype("datetime64[D]"), np.datetime64("NaT"))
    steps = np.diff(dates).astype(np.int64)
    if np.isnat(dates).any() or not (np.all(steps > 0) or np.all(steps < 0)):
        raise DataError(f"{path}: its dates are not in order, each once. Write the rows by date, one a session.")
    columns = {name: np.ma.filled(column.astype(np.float64), np.nan) for name, column in found.items()}
    if any(np.isinf(column).any() for column in columns.values()):
        raise DataError(f"{path} holds an infinite number. Write an empty cell where a value is unknown.")
    order = slice(None, None, -1 if len(dates) > 1 and dates[0] > dates[1] else 1)
    return Table(
        dates=frozen(dates[order]), columns={n: frozen(c[order]) for n, c in columns.items()},
        sha256=hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip


def read_columns(path: Path, wanted: Collection[str]) -> dict[str, np.ndarray]:
    """Columns without empty cells, as they stand: dates as datetime64[D], numbers as float64."""
    names = {normal_name(name): name for name in _columns(path)}
    missing = [name for name in wanted if name not in names]
    if missing:
        raise DataError(f"{path}: no column {', '.join(missing)}. Add it or take the file away.")
    listed = ", ".join(f'"{names[n]}" AS "{n}"' for n in wanted)
    filled = " AND ".join(f'"{names[n]}" IS NOT NULL' for n in wanted)
    found = _asked(path, f"SELECT {listed} FROM read_parquet(?) WHERE {filled}").fetchnumpy()
    return {
        n: np.ma.getdata(c).astype("datetime64[D]" if np.ma.getdata(c).dtype.kind == "M" else np.float64)
        for n, c in found.items()
    }


def span_parquet(path: Path) -> tuple[date, date] | None:
    """First and last date, from the file's statistics; None without rows."""
    names = {normal_name(name): name for name in _columns(path)}
    needed(str(path), names, names)
    column = f'CAST("{names["date"]}" AS DATE)'
    first, last = _asked(path, f"SELECT min({column}), max({column}) FROM read_parquet(?)").fetchone()
    return (first, last) if first is not None else None


def write_parquet(path: Path, columns: Mapping[str, np.ndarray]) -> None:
    """Columns of one length as a Parquet file, whole or not at all; datetime64 become dates, NaN become empty."""
    cursor = _connection().cursor()
    import duckdb
    import pandas as pd

    part = path.with_name(f".{path.name}.part")
    frame = pd.DataFrame(
        {n: c.astype("datetime64[s]") if c.dtype.kind == "M" else c for n, c in columns.items()}, copy=False
    )
    days = [name for name, column in columns.items() if column.dtype.kind == "M"]
    typed = ", ".join(f'CAST("{n}" AS DATE) AS "{n}"' if n in days else f'"{n}"' for n in columns)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        cursor.register("frame", frame)
        cursor.execute(f"COPY (SELECT {typed} FROM frame) TO '{_quoted(part)}' (FORMAT parquet, COMPRESSION zstd)")
        part.replace(path)
    except (OSError, duckdb.Error) as error:
        raise DataError(f"{path} cannot be written: {str(error).splitlines()[0]}. Check the folder.") from error
    finally:
        cursor.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _columns(path: Path) -> list[str]:
    return [row[0] for row in _asked(path, "DESCRIBE SELECT * FROM read_parquet(?)").fetchall()]


def _asked(path: Path, query: str) -> Any:
    cursor = _connection().cursor()
    import duckdb

    try:
        return cursor.execute(query, [str(path)])
    except duckdb.Error as error:
        what = str(error).splitlines()[0]
        raise DataError(f"{path} is no Parquet file of a series: {what}. Write it again, or take it away.") from error


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
