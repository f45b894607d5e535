"""A table of dates and numbers as services send it, read in full or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence

import numpy as np

from analyzer.market.network import FetchError
from analyzer.market.network.http import Request

CHANGED = "The service may have changed: report it."
EMPTY = ("", ".")


def read_table(request: Request, text: str, date_names: Collection[str]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Dates (n,) datetime64[D], strictly rising, and columns by their names in lower case, (n,) float64 with NaN where
    a cell is empty or a point. FetchError for another first column, for a line that is not one date and its numbers,
    and for a table without lines.
    """
    head, *rows = [row for row in csv.reader(io.StringIO(text)) if row] or [[]]
    names = [name.strip().lower() for name in head]
    if len(names) < 2 or names[0] not in date_names:
        raise unknown_columns(request, head)
    if not rows:
        raise request.failed("no rows", "no_data", "Check the symbol.")
    try:
        first, *others = zip(*rows, strict=True)
        dates = np.array(first, dtype="datetime64[D]")
        columns = {name: _numbers(cells) for name, cells in zip(names[1:], others, strict=True)}
    except ValueError as error:
        raise request.failed("a line that is not a date and its numbers", "changed", CHANGED) from error
    check_rising(request, dates)
    return dates, columns


def unknown_columns(request: Request, head: Collection[str]) -> FetchError:
    return request.failed(f"unknown columns {', '.join(head)[:60]!r}", "changed", CHANGED)


def check_rising(request: Request, dates: np.ndarray) -> None:
    """FetchError where a date stands twice or before an earlier one."""
    if not np.all(dates[1:] > dates[:-1]):
        raise request.failed("dates that do not rise", "changed", CHANGED)


def _numbers(cells: Sequence[str]) -> np.ndarray:
    numbers = np.array([np.nan if cell in EMPTY else float(cell) for cell in cells], dtype=np.float64)
    if np.isinf(numbers).any():
        raise ValueError("an infinite number")
    return numbers
