"""Vintages of macro series: what was published on each day, one row for each value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from analyzer.errors import DataError
from analyzer.market.reference import Row, read_rows
from analyzer.market.sources import Vintages
from analyzer.market.tables import EMPTY, Table, frozen, read_bytes

COLUMNS = ("date", "known", "value")


def read_vintages(path: Path) -> Vintages:
    """The file's rows, sorted by period and day of publication.

    CSV or Parquet with the columns date, known (the day of publication) and value. Raises DataError, for CSV with the
    line, for a missing column, a cell that is no day or no number, a period published before it began, a pair twice.
    """
    if path.suffix == ".parquet":
        from analyzer.market.parquet import read_columns

        found = read_columns(path, COLUMNS)
        dates, known, values = (found[name] for name in COLUMNS)
    else:
        rows = [row for row in read_rows(path, *COLUMNS) if row.text("value") not in EMPTY]
        cells = [(row.day("date"), _known(row), _value(row)) for row in rows]
        dates, known = (np.array([c[i] for c in cells], dtype="datetime64[D]") for i in (0, 1))
        values = np.array([c[2] for c in cells], dtype=np.float64)
    order = np.lexsort((known, dates))
    dates, known, values = dates[order], known[order], values[order]
    twice = (dates[1:] == dates[:-1]) & (known[1:] == known[:-1])
    if twice.any():
        when = dates[1:][twice][0], known[1:][twice][0]
        raise DataError(f"{path}: the value of {when[0]} published on {when[1]} is there twice. Remove one.")
    return Vintages(frozen(dates), frozen(known), frozen(values))


def latest(vintages: Vintages | None, path: Path | None) -> Table:
    """The values published last, as a table."""
    import hashlib

    assert vintages is not None
    assert path is not None
    last = np.append(vintages.dates[1:] != vintages.dates[:-1], True)[: len(vintages.dates)]
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    return Table(frozen(vintages.dates[last]), {"value": frozen(vintages.values[last])}, digest)


def _known(row: Row) -> date:
    published = row.day("known")
    if published < row.day("date"):
        raise row.complaint("known", "before the period that it is of")
    return published


def _value(row: Row) -> float:
    try:
        value = float(row.text("value"))
    except ValueError as error:
        raise row.complaint("value", "no number") from error
    if not np.isfinite(value):
        raise row.complaint("value", "no finite number")
    return value
