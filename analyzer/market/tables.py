"""CSV files of series: fast when they are well formed, exact about file and line when they are not."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from analyzer.errors import DataError

EMPTY = ("", "nan", "NaN", "null", "NA", "N/A", "None", ".")
"""Cells that say that a value is unknown."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T].*)?")
EDGE_BYTES = 512
"""Enough of a file's beginning or end to hold its first or last row."""


@dataclass(frozen=True, eq=False)
class Table:
    """``dates`` (n,) datetime64[D], strictly rising; columns (n,) float64, NaN where a cell is empty; read-only."""

    dates: np.ndarray
    columns: Mapping[str, np.ndarray]
    sha256: str


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}. Check the file and its permissions.") from error


def normal_name(heading: str) -> str:
    """A column's name in our spelling: "Adj Close" is ``adj_close``."""
    return re.sub(r"[ _]+", "_", heading.strip().strip('"').lower())


def read_table(path: Path, wanted: Collection[str]) -> Table:
    """The columns of a CSV file with a column ``date`` whose names are in ``wanted``; others are ignored.

    Dates are ISO days (a time of day after them is cut off), rising or falling. Raises DataError with file and line for
    a missing column, a cell that is no number, an infinite number, a row too short or too long, a date that is none,
    twice there or out of order.
    """
    raw = read_bytes(path)
    names = _heading(path, raw, wanted)
    try:
        frame = _frame(raw, names, wanted)
        dates = _days(frame["date"])
        columns = {n: np.asarray(frame[n], dtype=np.float64) for n in names if n in wanted}
        if not _well_formed(raw, len(names), dates, columns):
            raise ValueError("malformed")
    except (ValueError, TypeError) as error:
        raise _complaint(path, raw, names, wanted) from error
    order = slice(None, None, -1 if len(dates) > 1 and dates[0] > dates[1] else 1)
    return Table(
        dates=frozen(dates[order]), columns={n: frozen(c[order]) for n, c in columns.items()},
        sha256=hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip


def span(path: Path, wanted: Collection[str]) -> tuple[date, date] | None:
    """First and last date, from the ends of the file where its first column holds the dates; None without rows."""
    try:
        with path.open("rb") as file:
            head = file.read(EDGE_BYTES)
            size = file.seek(0, io.SEEK_END)
            file.seek(max(0, size - EDGE_BYTES))
            tail = file.read()
        rows = head.decode("ascii").splitlines()[1:2] + tail.decode("ascii").splitlines()[-1:]
        ends = [date.fromisoformat(row[:10]) for row in rows]
        return min(ends), max(ends)
    except (ValueError, OSError):
        dates = read_table(path, wanted).dates
        return (dates[0].item(), dates[-1].item()) if len(dates) else None


def _heading(path: Path, raw: bytes, wanted: Collection[str]) -> list[str]:
    first = raw.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
    names = [normal_name(cell) for cell in first.split(",")]
    needed(f"{path}, line 1", names, wanted)
    return names


def needed(place: str, names: Collection[str], wanted: Collection[str]) -> None:
    """DataError unless there is a column ``date`` and at least one that is wanted, each once."""
    found = [n for n in names if n in wanted]
    if "date" not in names or not found or len(set(found)) != len(found):
        raise DataError(
            f"{place}: the columns are {', '.join(names)[:100]!r}. Needed are a column date and at least one of "
            f"{', '.join(wanted)}, each once."
        )


def _frame(raw: bytes, names: list[str], wanted: Collection[str]) -> Mapping[str, np.ndarray]:
    import pandas as pd

    columns = [i for i, n in enumerate(names) if n == "date" or n in wanted]
    types = {i: object if names[i] == "date" else np.float64 for i in columns}
    frame = pd.read_csv(
        io.BytesIO(raw), header=None, skiprows=1, names=range(len(names)), usecols=columns, dtype=types,
        index_col=False, keep_default_na=False, na_values=EMPTY,
    )  # fmt: skip
    return {names[i]: frame[i].to_numpy() for i in columns}


def _days(cells: np.ndarray) -> np.ndarray:
    texts = cells.tolist()
    if set(map(len, texts)) - {10}:
        texts = [t[:10] if ISO_DAY.fullmatch(t) else "" for t in texts]
        if "" in texts:
            raise ValueError("malformed date")
    return np.array(texts, dtype="datetime64[D]")


def _well_formed(raw: bytes, width: int, dates: np.ndarray, columns: Mapping[str, np.ndarray]) -> bool:
    """Rising or falling dates, finite numbers, and (no cell being quoted) as many cells as there should be."""
    steps = np.diff(dates).astype(np.int64)
    in_order = bool(np.all(steps > 0) or np.all(steps < 0))
    finite = not any(np.isinf(c).any() for c in columns.values())
    complete = b'"' in raw or raw.count(b",") == (width - 1) * (len(dates) + 1)
    return in_order and finite and complete


def frozen(array: np.ndarray) -> np.ndarray:
    array = np.ascontiguousarray(array)
    array.setflags(write=False)
    return array


def _complaint(path: Path, raw: bytes, names: list[str], wanted: Collection[str]) -> DataError:
    """The error that names the first line which is wrong, found by a slow second reading."""
    before: date | None = None
    rising: bool | None = None
    for number, cells in _lines(raw):
        wrong, day = _wrong_cells(cells, names, wanted)
        if not wrong and before and day:
            if day == before or (rising is not None and rising != (day > before)):
                wrong = f"the date {day} comes after {before}"
            rising = day > before
        if wrong:
            return DataError(f"{path}, line {number}: {wrong}. Mend or remove the line, or take the file away.")
        before = day
    return DataError(f"{path} is no readable CSV file. Write it as UTF-8, separated by commas, one row per session.")


def _lines(raw: bytes) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(raw.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")))
    return [(reader.line_num, cells) for cells in reader if cells and reader.line_num > 1]


def _wrong_cells(cells: list[str], names: list[str], wanted: Collection[str]) -> tuple[str, date | None]:
    """What is wrong with a row, empty when nothing is, and its date."""
    if len(cells) != len(names):
        return f"{len(cells)} cells instead of {len(names)}", None
    for name, cell in zip(names, cells, strict=True):
        if name in wanted and not _is_number(cell):
            return f"{cell!r} in column {name} is no number", None
    text = cells[names.index("date")]
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError(text)
        return "", date.fromisoformat(text[:10])
    except ValueError:
        return f"{text!r} is no date of the form 2025-01-27", None


def _is_number(cell: str) -> bool:
    if cell in EMPTY:
        return True
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
