"""What the sources hold: one line a source, one line a series, without reading the files as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.errors import DataError
from analyzer.market.file_source import PARQUET, FileSource
from analyzer.market.instruments import Catalogue
from analyzer.market.reference import read_rows
from analyzer.market.sources import Source
from analyzer.market.tables import read_bytes


@dataclass(frozen=True)
class SourceHeld:
    """``retrieved``: the latest day that its table of sources names. ``unreadable``: series whose file is broken."""

    name: str
    series: int
    first: date | None
    last: date | None
    retrieved: str | None
    sha256: str
    folder: str | None
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeriesHeld:
    """One symbol and the source that serves it; ``rows`` is None where its file cannot be read.

    Without a source the symbol stands in the catalogue alone.
    """

    symbol: str
    name: str
    kind: str | None
    currency: str | None
    exchange: str | None
    source: str | None
    first: date | None
    last: date | None
    rows: int | None


def sources_held(sources: Sequence[Source]) -> tuple[SourceHeld, ...]:
    return tuple(map(_source_held, sources))


def series_held(
    sources: Sequence[Source], catalogue: Catalogue, wanted: Callable[[str, str, str | None], bool]
) -> Iterator[SeriesHeld]:
    """The series by symbol for which ``wanted(symbol, name, kind)`` holds, each from the first source that has it."""
    for symbol in sorted(frozenset().union(*(source.symbols() for source in sources))):
        listing = catalogue.get(symbol)
        name, kind = (listing.name, listing.kind) if listing else (symbol, None)
        if wanted(symbol, name, kind):
            source = next(source for source in sources if symbol in source.symbols())
            span = _span(source, symbol)
            yield _series(symbol, catalogue, source, span)


def unserved(
    sources: Sequence[Source], catalogue: Catalogue, wanted: Callable[[str, str, str | None], bool]
) -> Iterator[SeriesHeld]:
    """The instruments of the catalogue that no source has."""
    there = frozenset().union(*(source.symbols() for source in sources))
    for one in sorted(catalogue.instruments, key=lambda one: one.symbol):
        if one.symbol not in there and wanted(one.symbol, one.name, one.kind):
            yield _series(one.symbol, catalogue, None, None)


def _source_held(source: Source) -> SourceHeld:
    spans = {symbol: _span(source, symbol) for symbol in sorted(source.symbols())}
    found = [span for span in spans.values() if span]
    folder = source.place if isinstance(source, FileSource) else None
    return SourceHeld(
        name=source.name, series=len(spans), first=min((first for first, _ in found), default=None),
        last=max((last for _, last in found), default=None), retrieved=_retrieved(source), sha256=source.identity(),
        folder=folder, unreadable=tuple(symbol for symbol, span in spans.items() if span is None),
    )  # fmt: skip


def _series(symbol: str, catalogue: Catalogue, source: Source | None, span: tuple[date, date] | None) -> SeriesHeld:
    listing = catalogue.get(symbol)
    exchange = listing.exchange if listing and listing.exchange != "macro" else None
    return SeriesHeld(
        symbol=symbol, name=listing.name if listing else "", kind=listing.kind if listing else None,
        currency=listing.currency if listing else None, exchange=exchange, source=source.name if source else None,
        first=span[0] if span else None, last=span[1] if span else None,
        rows=_rows(source, symbol) if source and span else None,
    )  # fmt: skip


def _span(source: Source, symbol: str) -> tuple[date, date] | None:
    """None where the file cannot be read: a list names what there is, ``check`` says what is wrong with it."""
    try:
        return source.span(symbol)
    except DataError:
        return None


def _rows(source: Source, symbol: str) -> int | None:
    """Lines below the heading; a Parquet file is loaded, which costs little."""
    path = source.layout.series.get(symbol) if isinstance(source, FileSource) else None
    if path is not None and path.suffix != PARQUET:
        raw = read_bytes(path).rstrip()
        return raw.count(b"\n")
    try:
        loaded = source.load(symbol)
    except DataError:
        return None
    return len(loaded.dates) if loaded else None


def _retrieved(source: Source) -> str | None:
    if not isinstance(source, FileSource):
        return None
    rows = read_rows(source.layout.origins, "symbol")
    return max((row.text("retrieved") for row in rows), default="") or None
