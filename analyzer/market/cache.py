"""What the network gave, kept in the home folder: one folder a provider, in the layout that any folder of data has.

A series is replaced as a whole: a split or a dividend since the last fetch has changed every earlier price, and rows of
two fetches in one file would mix adjustment bases. Files appear complete or not at all; one process writes at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import numpy as np

from analyzer.errors import DataError
from analyzer.market.network import Fetched
from analyzer.market.parquet import write_parquet
from analyzer.market.reference import Row, read_rows

SOURCES = ("symbol", "source", "adjusted", "currency", "retrieved", "rows", "first", "last")
SPLITS = ("symbol", "ex_date", "new_shares_per_old", "source")
LOCK_SECONDS = 30
SAFE = "^=.-"
"""What a symbol may hold and a file name too."""


def store(folder: Path, fetched: Fetched, provider: str, now: datetime | None = None) -> None:
    """Put a fetched series into a provider's folder in place of the one that is there.

    DataError when the folder cannot be written or another process has held it for half a minute.
    """
    from filelock import FileLock, Timeout

    now = now or datetime.now(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=LOCK_SECONDS):
            _write_series(folder, fetched)
            _replace_rows(folder / "reference" / "splits.csv", SPLITS, fetched.symbol, _splits(fetched, provider))
            _replace_rows(folder / "SOURCES.csv", SOURCES, fetched.symbol, [_source(fetched, now)])
    except Timeout as error:
        raise DataError(f"Another process is writing to {folder}. Try again when it is done.") from error
    except OSError as error:
        raise DataError(f"{folder} cannot be written: {error.strerror}. Choose another --home.") from error


def fetched_at(folder: Path, symbol: str) -> datetime | None:
    """When the series in the folder was fetched; None when there is none."""
    for row in read_rows(folder / "SOURCES.csv", "symbol"):
        if row.text("symbol") == symbol and row.text("retrieved"):
            return datetime.fromisoformat(row.text("retrieved"))
    return None


def _write_series(folder: Path, fetched: Fetched) -> None:
    name = f"{quote(fetched.symbol, safe=SAFE)}.parquet"
    part = "macro" if "value" in fetched.columns else "prices"
    write_parquet(folder / part / name, {"date": fetched.dates, **fetched.columns})
    if fetched.vintages is not None:
        published = fetched.vintages
        columns = {"date": published.dates, "known": published.known, "value": published.values}
        write_parquet(folder / "vintages" / name, columns)


def _source(fetched: Fetched, now: datetime) -> Mapping[str, object]:
    rows = len(fetched.dates)
    first, last = (fetched.dates[0], fetched.dates[-1]) if rows else ("", "")
    basis = f"split-adjusted (base {now.date()})" if fetched.basis == "split_adjusted" else "none"
    return {
        "symbol": fetched.symbol, "source": fetched.url, "adjusted": basis, "currency": fetched.currency or "",
        "retrieved": now.isoformat(timespec="seconds"), "rows": rows, "first": first, "last": last,
    }  # fmt: skip


def _splits(fetched: Fetched, provider: str) -> list[Mapping[str, object]]:
    return [
        {"symbol": s.symbol, "ex_date": s.ex_date or "", "new_shares_per_old": f"{s.new_shares_per_old:g}",
         "source": provider}
        for s in fetched.splits
    ]  # fmt: skip


def _replace_rows(path: Path, columns: tuple[str, ...], symbol: str, rows: Iterable[Mapping[str, object]]) -> None:
    """The table with its rows of one symbol replaced."""
    kept: list[Row] = [row for row in read_rows(path, "symbol") if row.text("symbol") != symbol]
    merged = [*({c: row.cells.get(c, "") for c in columns} for row in kept), *rows]
    if not merged and not path.exists():
        return
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(merged, key=lambda row: str(row["symbol"])))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(out.getvalue(), encoding="utf-8")
    part.replace(path)


def same(fetched: Fetched, dates: np.ndarray, columns: Mapping[str, np.ndarray]) -> bool:
    """Whether a fetch brought what is there already."""
    if not np.array_equal(fetched.dates, dates) or fetched.columns.keys() != columns.keys():
        return False
    return all(np.array_equal(fetched.columns[n], columns[n], equal_nan=True) for n in columns)
