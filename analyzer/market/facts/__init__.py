"""The embedded facts pack as a source: the tables in this folder, described in its README.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from analyzer.market.file_source import COLUMNS, FileSource, Layout
from analyzer.market.reference import Row
from analyzer.market.sources import RawInstrument
from analyzer.market.tables import Table
from analyzer.series import Caveat

FOLDER = Path(__file__).parent
MONTHLY = ("SHILLER_SP500", "SHILLER_EARNINGS", "CPIAUCNS")
SHARE_BASIS = date(2025, 7, 31)
"""The pack's prices count the shares of this day."""


class FactsSource(FileSource):
    """The facts pack; needs no arguments and no network."""

    def __init__(self) -> None:
        prices = {path.stem: path for path in sorted((FOLDER / "prices").glob("*.csv"))}
        layout = Layout(
            folder=FOLDER, series=prices | dict.fromkeys(MONTHLY, FOLDER / "monthly.csv"),
            splits=FOLDER / "splits.csv", shares=FOLDER / "shares.csv", events=FOLDER / "events.csv",
            origins=FOLDER / "SOURCES.csv",
        )  # fmt: skip
        super().__init__("facts", layout)

    def _columns(self, symbol: str) -> tuple[str, ...]:
        return (symbol.lower(),) if symbol in MONTHLY else COLUMNS

    def _instrument(self, symbol: str, table: Table, origin: Row | None) -> RawInstrument:
        monthly = symbol in MONTHLY
        columns = {"value": table.columns[symbol.lower()]} if monthly else table.columns
        return RawInstrument(
            symbol=symbol, dates=table.dates, columns=columns, basis="raw" if monthly else "split_adjusted",
            share_basis=None if monthly else SHARE_BASIS, currency=None, source=origin.text("source") if origin else "",
            retrieved=None, sha256=table.sha256, caveats=_caveats(origin),
        )  # fmt: skip


def _caveats(origin: Row | None) -> tuple[Caveat, ...]:
    if origin is None or not origin.text("caveat"):
        return ()
    before = origin.day("caveat_before") if origin.text("caveat_before") else None
    return (Caveat(origin.text("caveat"), before),)
