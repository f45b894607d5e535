"""What the facts pack and folders have in common: one file per series, reference tables beside them, each read once."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from analyzer.market.reference import Row, read_events, read_origins, read_shares, read_splits
from analyzer.market.sources import PRICE_COLUMNS, RawInstrument, Split
from analyzer.market.tables import Table, read_bytes, read_table, span
from analyzer.market.vintages import latest, read_vintages
from analyzer.series import Event, ShareCount

COLUMNS = (*PRICE_COLUMNS, "value")


PARQUET = ".parquet"


def read_series(path: Path, wanted: tuple[str, ...]) -> Table:
    """A series in a CSV or a Parquet file."""
    if path.suffix == PARQUET:
        from analyzer.market.parquet import read_parquet

        return read_parquet(path, wanted)
    return read_table(path, wanted)


def series_span(path: Path, wanted: tuple[str, ...]) -> tuple[date, date] | None:
    if path.suffix == PARQUET:
        from analyzer.market.parquet import span_parquet

        return span_parquet(path)
    return span(path, wanted)


@dataclass(frozen=True)
class Layout:
    """Where things lie under ``folder``. Reference tables may be absent."""

    folder: Path
    series: Mapping[str, Path]
    splits: Path
    shares: Path
    events: Path
    origins: Path
    vintages: Mapping[str, Path] = field(default_factory=dict)
    """Of macro series, what was published on each day."""

    def tables(self) -> tuple[Path, ...]:
        """The reference tables that are there."""
        return tuple(p for p in (self.splits, self.shares, self.events, self.origins) if p.is_file())

    def files(self) -> tuple[Path, ...]:
        """Everything that a source reads, each once, in order."""
        return tuple(sorted({*self.series.values(), *self.vintages.values(), *self.tables()}))


class FileSource(ABC):
    """A ``Source`` of CSV or Parquet files; subclasses say what a file's table means (``_instrument``)."""

    def __init__(self, name: str, layout: Layout) -> None:
        self.name = name
        self.layout = layout
        self._loaded: dict[str, RawInstrument] = {}

    @property
    def place(self) -> str:
        """Where it reads, for people."""
        return str(self.layout.folder)

    def symbols(self) -> frozenset[str]:
        return frozenset(self.layout.series) | frozenset(self.layout.vintages)

    def load(self, symbol: str) -> RawInstrument | None:
        if symbol not in self._loaded and symbol in self.symbols():
            origin = self._origins.get(symbol)
            path, published = self.layout.series.get(symbol), self.layout.vintages.get(symbol)
            vintages = read_vintages(published) if published else None
            table = read_series(path, self._columns(symbol)) if path else latest(vintages, published)
            self._loaded[symbol] = replace(self._instrument(symbol, table, origin), vintages=vintages)
        return self._loaded.get(symbol)

    def span(self, symbol: str) -> tuple[date, date] | None:
        path = self.layout.series.get(symbol) or self.layout.vintages.get(symbol)
        return series_span(path, self._columns(symbol)) if path else None

    def prepare(self, symbol: str) -> bool:
        """Files are there or they are not: nothing new."""
        return False

    def offers(self, symbol: str, as_of: date) -> bool:
        span = self.span(symbol)
        return span is not None and span[0] <= as_of

    def splits(self) -> tuple[Split, ...]:
        return self._splits

    def shares(self) -> tuple[ShareCount, ...]:
        return self._shares

    def events(self) -> tuple[Event, ...]:
        return self._events

    def identity(self) -> str:
        return self._identity

    def _columns(self, symbol: str) -> tuple[str, ...]:
        return COLUMNS

    @abstractmethod
    def _instrument(self, symbol: str, table: Table, origin: Row | None) -> RawInstrument: ...

    @cached_property
    def _origins(self) -> Mapping[str, Row]:
        return read_origins(self.layout.origins)

    @cached_property
    def _splits(self) -> tuple[Split, ...]:
        return read_splits(self.layout.splits)

    @cached_property
    def _shares(self) -> tuple[ShareCount, ...]:
        return read_shares(self.layout.shares, self._splits)

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        return read_events(self.layout.events)

    @cached_property
    def _identity(self) -> str:
        digest = hashlib.sha256()
        for path in self.layout.files():
            digest.update(path.relative_to(self.layout.folder).as_posix().encode() + b"\0")
            digest.update(self._hash(path))
        return digest.hexdigest()

    def _hash(self, path: Path) -> bytes:
        return hashlib.sha256(read_bytes(path)).digest()
