"""What a source of market data gives: whole series as they stand in its files, with splits, share counts and events.

Nothing here is cut at a date; only ``analyzer.market.market`` reads a source, and hands on what was known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

import numpy as np

from analyzer.series import Caveat, Event, ShareCount

PRICE_COLUMNS = ("open", "high", "low", "close", "adj_close", "volume")
"""``adj_close`` is also adjusted for dividends; the others are on the share basis alone."""


@dataclass(frozen=True)
class Split:
    symbol: str
    ex_date: date | None
    """None: known to lie in the data's span, day unknown. No as-traded price can then be formed."""
    new_shares_per_old: float
    source: str = ""
    status: str = ""


@dataclass(frozen=True, eq=False)
class Vintages:
    """What a macro series said on each day: one row for each value that was ever published.

    ``dates`` are the periods (n,) datetime64[D], ``known`` the days of publication (n,) datetime64[D], ``values`` (n,)
    float64 without NaN; sorted by date, then by day of publication, no pair twice.
    """

    dates: np.ndarray
    known: np.ndarray
    values: np.ndarray


@dataclass(frozen=True, eq=False)
class RawInstrument:
    """All rows of one symbol in one source.

    ``dates`` is (n,) datetime64[D], strictly rising; each column is (n,) float64 with NaN where a cell is empty.
    ``share_basis`` is the day whose shares the prices and volumes count: splits up to it are in the data.
    """

    symbol: str
    dates: np.ndarray
    columns: Mapping[str, np.ndarray]
    basis: Literal["split_adjusted", "raw"]
    """``raw``: a macro series with a column ``value``, which has no adjustment."""
    share_basis: date | None
    currency: str | None
    source: str
    retrieved: str | None
    sha256: str
    """Of the file that was read."""
    caveats: tuple[Caveat, ...] = field(default=())
    vintages: Vintages | None = None
    """Of a macro series, where the source keeps what was first published; ``columns`` then hold the latest values."""


class Source(Protocol):
    """A place with market data. Methods raise DataError for files that cannot be read."""

    @property
    def name(self) -> str: ...

    def symbols(self) -> frozenset[str]: ...

    def load(self, symbol: str) -> RawInstrument | None:
        """All rows of the symbol; None when the source does not have it."""

    def prepare(self, symbol: str) -> bool:
        """Get the symbol's rows, or newer ones, where that takes more than reading a file; whether there are new ones.
        Raises nothing."""

    def span(self, symbol: str) -> tuple[date, date] | None:
        """First and last date of the symbol, without reading the file as a whole."""

    def offers(self, symbol: str, as_of: date) -> bool:
        """Whether it has a row of the symbol dated up to a day, or may get one."""

    def splits(self) -> tuple[Split, ...]: ...

    def shares(self) -> tuple[ShareCount, ...]: ...

    def events(self) -> tuple[Event, ...]: ...

    def identity(self) -> str:
        """SHA-256 over the content of everything the source reads."""
