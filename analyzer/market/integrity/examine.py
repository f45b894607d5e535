"""The check of integrity as a whole: every symbol in every source that has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from analyzer.errors import DataError
from analyzer.market.instruments import Catalogue
from analyzer.market.integrity.agreement import disagreement
from analyzer.market.integrity.bars import impossible_bars
from analyzer.market.integrity.findings import Finding, Held, held
from analyzer.market.integrity.sessions import extra_sessions, missing_sessions
from analyzer.market.integrity.splits import split_like
from analyzer.market.integrity.tails import stale_tail
from analyzer.market.sources import Source


def findings(one: Held, reach: date) -> Iterator[Finding]:
    """What is wrong with one series by itself. ``reach`` is the day up to which its source is kept."""
    yield from missing_sessions(one)
    yield from extra_sessions(one)
    yield from split_like(one)
    yield from impossible_bars(one)
    yield from stale_tail(one, reach)


def findings_of(several: Sequence[Held], reach: date) -> Iterator[Finding]:
    """What is wrong with one symbol, in the order in which sources are tried: the first is the one that is served, so
    only its end matters, and the others are compared with it."""
    for i, one in enumerate(several):
        yield from (f for f in findings(one, reach) if i == 0 or f.kind != "stale_tail")
    for other in several[1:]:
        yield from disagreement(several[0], other)


def examine(
    sources: Sequence[Source], catalogue: Catalogue, symbols: Sequence[str] = ()
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Each symbol with its findings, as it is done; without ``symbols`` every one that a source has."""
    reach = {source.name: _reach(source) for source in sources}
    splits = [split for source in sources for split in source.splits()]
    for symbol in symbols or sorted(frozenset().union(*(source.symbols() for source in sources))):
        several, unreadable = [], []
        for source in sources:
            try:
                raw = source.load(symbol)
            except DataError as error:
                unreadable.append(Finding(symbol, source.name, "unreadable", str(error), None, None))
                continue
            if raw is not None:
                several.append(held(source.name, raw, catalogue.get(symbol), splits))
        found = findings_of(several, reach[several[0].source]) if several else ()
        yield symbol, (*unreadable, *found)


def _reach(source: Source) -> date:
    """The day by which half of a source's series have ended: a source that was last fetched in spring is not stale as a
    whole, and one series that was fetched today does not make it so."""
    ends = sorted(span[1] for symbol in source.symbols() if (span := source.span(symbol)))
    return ends[len(ends) // 2] if ends else date.min
