"""Reference tables beside the series: splits, shares outstanding, events, where the series come from.

One reader for the facts pack and for folders, so that either spelling of a column works:

splits            symbol, ex_date (may be empty), new_shares_per_old
shares            symbol, as_of, shares; optional known, known_is_assumed, complete, share_classes, basis
events            date, kind or category, title or event; optional detail, symbols (separated by ;), after_close
each of them      optional source, and status or check
SOURCES.csv       symbol; optional source, basis or adjusted, retrieved, caveat, caveat_before
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from analyzer.errors import DataError
from analyzer.market.sources import Split
from analyzer.market.tables import read_bytes
from analyzer.series import Event, ShareCount

ASSUMED_LAG = timedelta(days=45)
"""From the day a figure stands for to the day it counts as known, where the filing or release date is unknown."""
AFTER_CLOSE = re.compile(r"after the (?:US )?close", re.IGNORECASE)
RESTATED = re.compile(r"after the ([\d.]+):1 split of (\d{4})")


@dataclass(frozen=True)
class Row:
    """One line of a reference table; the readers of cells raise DataError with file and line."""

    path: Path
    line: int
    cells: dict[str, str]

    def text(self, *names: str) -> str:
        """The first of the columns that is there and not empty."""
        return next((self.cells[n] for n in names if self.cells.get(n)), "")

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.complaint(name, "no date of the form 2025-01-27") from error

    def number(self, name: str) -> float:
        try:
            value = float(self.text(name))
        except ValueError as error:
            raise self.complaint(name, "no number") from error
        if not (math.isfinite(value) and value > 0):
            raise self.complaint(name, "no positive number")
        return value

    def yes(self, name: str) -> bool:
        return self.text(name).lower() in ("yes", "true", "1")

    def complaint(self, name: str, what: str) -> DataError:
        return DataError(
            f"{self.path}, line {self.line}: {self.text(name)!r} in column {name} is {what}. Mend the line."
        )


def read_rows(path: Path, *needed: str) -> list[Row]:
    """The lines of a table, none when there is no such file; DataError when a needed column is missing."""
    if not path.is_file():
        return []
    reader = csv.DictReader(io.StringIO(_decoded(path)))
    missing = [n for n in needed if n not in (reader.fieldnames or ())]
    if missing:
        raise DataError(f"{path}, line 1: no column {', '.join(missing)}. Add it or take the file away.")
    return [
        Row(path, reader.line_num, {k: (v or "").strip() for k, v in cells.items() if k and not isinstance(v, list)})
        for cells in reader
    ]


def _decoded(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8. Save it as UTF-8.") from error


def read_splits(path: Path) -> tuple[Split, ...]:
    return tuple(
        Split(
            symbol=row.text("symbol"), ex_date=row.day("ex_date") if row.text("ex_date") else None,
            new_shares_per_old=row.number("new_shares_per_old"), source=row.text("source"),
            status=row.text("status", "check"),
        )
        for row in read_rows(path, "symbol", "ex_date", "new_shares_per_old")
    )  # fmt: skip


def read_shares(path: Path, splits: Iterable[Split]) -> tuple[ShareCount, ...]:
    """Share counts, each on the shares of its own ``as_of`` day."""
    splits = tuple(splits)
    return tuple(_share_count(row, splits) for row in read_rows(path, "symbol", "as_of", "shares"))


def _share_count(row: Row, splits: tuple[Split, ...]) -> ShareCount:
    as_of = row.day("as_of")
    known = row.day("known") if row.text("known") else None
    classes = row.text("share_classes").lower()
    restated = _restated_by(row, as_of, splits)
    note = "" if restated == 1.0 else f"; divided by {restated:g}: the count was restated for a later split"
    return ShareCount(
        symbol=row.text("symbol"), as_of=as_of, known=known or as_of + ASSUMED_LAG,
        known_is_assumed=known is None or row.yes("known_is_assumed"), shares=row.number("shares") / restated,
        complete=row.yes("complete") if row.text("complete") else not classes.startswith("class "),
        source=row.text("source", "basis"), status=row.text("status", "check") + note,
    )  # fmt: skip


def _restated_by(row: Row, as_of: date, splits: tuple[Split, ...]) -> float:
    """A count whose ``basis`` says "after the 10:1 split of 2024", counted before that split, is ten times too high."""
    said = RESTATED.search(row.text("basis"))
    if said is None:
        return 1.0
    factor, year = float(said[1]), int(said[2])
    later = [s.ex_date for s in splits if s.symbol == row.text("symbol") and s.new_shares_per_old == factor]
    return factor if any(d and d.year == year and d > as_of for d in later) else 1.0


def read_events(path: Path) -> tuple[Event, ...]:
    return tuple(_event(row) for row in read_rows(path, "date"))


def _event(row: Row) -> Event:
    title, detail = row.text("title", "event"), row.text("detail")
    return Event(
        date=row.day("date"), kind=row.text("kind", "category"), title=f"{title}: {detail}" if detail else title,
        symbols=tuple(s.strip() for s in row.text("symbols").split(";") if s.strip()),
        after_close=row.yes("after_close") or bool(AFTER_CLOSE.search(f"{title} {detail}")),
        source=row.text("source"), status=row.text("status", "check"),
    )  # fmt: skip


def read_origins(path: Path) -> dict[str, Row]:
    """Per symbol, what ``SOURCES.csv`` says of its series."""
    return {row.text("symbol"): row for row in read_rows(path, "symbol")}
