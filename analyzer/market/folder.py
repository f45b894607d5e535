"""Folders of CSV or Parquet files as a source of market data.

Two layouts, which may be mixed, and in each of which a series may be ``.csv`` or ``.parquet``:

- ``prices/<SYMBOL>.csv`` (date, open, high, low, close, adj_close, volume), ``macro/<SERIES>.csv`` (date, value),
  ``vintages/<SERIES>.csv`` (date, known, value), ``reference/splits.csv``, ``reference/shares_outstanding.csv``,
  ``reference/events.csv``, ``SOURCES.csv``;
- ``<SYMBOL>.csv`` in the folder itself, as download programs write it: Date, Open, High, Low, Close, Adj Close, Volume.

Prices are split-adjusted, ``close`` without dividends. Where ``SOURCES.csv`` names a day ("base 2026-08-03") the prices
count the shares of that day, else those of the file's last row. Symbols are the files' names in capitals; what a file
name cannot hold is written as in a URL ("%2F").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from analyzer.errors import ConfigError
from analyzer.market.file_source import PARQUET, FileSource, Layout
from analyzer.market.reference import Row
from analyzer.market.sources import RawInstrument
from analyzer.market.tables import Table

FOLDERS = ("", "prices", "macro", "vintages", "reference")
"""Where files lie below a folder of market data."""
BASE_DAY = re.compile(r"base (\d{4}-\d{2}-\d{2})")


class FolderSource(FileSource):
    """One folder of a user; ConfigError when it is absent or holds no series."""

    def __init__(self, folder: Path, name: str | None = None) -> None:
        reference = folder / "reference"
        layout = Layout(
            folder=folder, series=_series(folder), origins=folder / "SOURCES.csv", splits=reference / "splits.csv",
            shares=reference / "shares_outstanding.csv", events=reference / "events.csv",
            vintages=_files(folder / "vintages"),
        )  # fmt: skip
        if not layout.series and not layout.vintages:
            what = "holds no market data" if folder.is_dir() else "is no folder"
            raise ConfigError(
                f"{folder} {what}. Name a folder with prices/<SYMBOL>.csv, macro/<SERIES>.csv or <SYMBOL>.csv "
                "(--data FOLDER, ANALYZER_DATA, or data in a settings file)."
            )
        super().__init__(name or folder.resolve().name, layout)

    def _instrument(self, symbol: str, table: Table, origin: Row | None) -> RawInstrument:
        said = BASE_DAY.search(origin.text("adjusted", "basis")) if origin else None
        last: date | None = table.dates[-1].item() if len(table.dates) else None
        return RawInstrument(
            symbol=symbol, dates=table.dates, columns=table.columns,
            basis="raw" if "value" in table.columns else "split_adjusted",
            share_basis=date.fromisoformat(said[1]) if said else last,
            currency=(origin.text("currency") or None) if origin else None,
            source=origin.text("source") if origin else "",
            retrieved=(origin.text("retrieved") or None) if origin else None, sha256=table.sha256,
        )  # fmt: skip


def _series(folder: Path) -> Mapping[str, Path]:
    """File of each symbol; a file in ``prices`` goes before one of the same name elsewhere."""
    return {**_files(folder), **_files(folder / "macro"), **_files(folder / "prices")}


def _files(folder: Path) -> dict[str, Path]:
    """The series of one folder by symbol; Parquet goes before CSV."""
    found: dict[str, Path] = {}
    for ending in (".csv", PARQUET):
        paths = sorted(folder.glob(f"*{ending}"))
        found |= {unquote(p.stem).upper(): p for p in paths if p.stem.upper() != "SOURCES" and p.name[0] != "."}
    return found
