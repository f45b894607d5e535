"""All series of all sources of a market: what there is, where it comes from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from analyzer.errors import DataError
from analyzer.market.integrity import Finding, compare, ends_early, examine
from analyzer.market.market import Catalogue, Market
from analyzer.market.sources import RawInstrument, Source


@dataclass(frozen=True)
class Held:
    """One symbol in one source; the name and the rest are the catalogue's, empty where it is not listed."""

    symbol: str
    name: str
    kind: str
    exchange: str
    currency: str
    source: str
    first: date | None
    last: date | None


def series(market: Market, catalogue: Catalogue) -> Iterator[Held]:
    """Every symbol of every source, by symbol, the source that is asked first before the others."""
    rows = [
        (symbol, at, source) for at, source in enumerate(market.all_sources) for symbol in source.symbols()
    ]  # fmt: skip
    for symbol, _, source in sorted(rows, key=lambda row: row[:2]):
        first, last = source.span(symbol) or (None, None)
        listing = catalogue.get(symbol)
        if listing is None:
            yield Held(symbol, "", "", "", "", source.name, first, last)
            continue
        currency = listing.currency or ""
        yield Held(symbol, listing.name, listing.kind, listing.exchange, currency, source.name, first, last)


def check(
    market: Market, catalogue: Catalogue, symbols: Collection[str] = (), source: str | None = None,
    done: Callable[[str], None] = lambda symbol: None,
) -> Iterator[Finding]:  # fmt: skip
    """What is wrong with the series of these symbols (none: of all), source by source; ``done`` hears each symbol.

    DataError for a file that cannot be read.
    """
    chosen = [s for s in market.all_sources if source in (None, s.name)]
    ends = {s.name: _end(s) for s in chosen}
    names = sorted({symbol for s in chosen for symbol in s.symbols() if not symbols or symbol in symbols})
    for symbol in names:
        listing = catalogue.get(symbol)
        held = [(s, raw) for s in chosen if (raw := s.load(symbol)) is not None]
        for one, raw in held:
            yield from examine(raw, one.name, listing, one.splits())
            until = ends[one.name]
            yield from ends_early(raw, one.name, listing, until) if until else ()
        yield from _compared(held)
        done(symbol)


def _compared(held: list[tuple[Source, RawInstrument]]) -> Iterator[Finding]:
    for (one, mine), (other, theirs) in pairwise(held):
        yield from compare(mine, one.name, theirs, other.name)


def _end(source: Source) -> date | None:
    """The day by which half of a source's series have ended: one that was fetched later than the rest is no measure."""
    lasts = sorted(span[1] for symbol in source.symbols() if (span := source.span(symbol)) is not None)
    return lasts[len(lasts) // 2] if lasts else None


def one_of(market: Market, symbol: str) -> tuple[Source, RawInstrument]:
    """The source that would serve a symbol, and what it has. DataError when none has it."""
    for source in market.all_sources:
        raw = source.load(symbol)
        if raw is not None:
            return source, raw
    raise DataError(f"No source has {symbol}. Try: analyze data update {symbol} (needs the [market] extra).")
