"""A provider with its cache as a source, which ``prepare`` fills when a series is missing or old.

Nothing else asks the network. What it gives up on is remembered for as long as the source lives, so that a service
that is down is asked once for each series; an old series is served all the same and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from analyzer.errors import ConfigError
from analyzer.market.cache import fetched_at, store
from analyzer.market.folder import FolderSource
from analyzer.market.network import FetchError, Provider
from analyzer.market.sources import RawInstrument, Split
from analyzer.series import Caveat, Event, ShareCount


class OnlineSource:
    """``folder`` is the provider's cache, which may be absent; ``kind_of`` the catalogue's kind of a symbol."""

    def __init__(
        self, provider: Provider, folder: Path, max_age: timedelta, kind_of: Callable[[str], str | None],
        note: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.name = provider.name
        self._provider = provider
        self._folder = folder
        self._max_age = max_age
        self._kind_of = kind_of
        self._note = note
        self._asked: dict[str, str] = {}
        """Symbols that were asked for, each with what went wrong, empty when nothing did."""
        self._cache = self._opened()

    def symbols(self) -> frozenset[str]:
        return self._cache.symbols() if self._cache else frozenset()

    def load(self, symbol: str) -> RawInstrument | None:
        raw = self._cache.load(symbol) if self._cache else None
        trouble = self._asked.get(symbol)
        if raw is None or not trouble:
            return raw
        stale = Caveat(f"stale: retrieved {raw.retrieved}, and {trouble}")
        return replace(raw, caveats=(*raw.caveats, stale))

    def offers(self, symbol: str, as_of: date) -> bool:
        """Whether it has the symbol, or may get it."""
        if self._cache and self._cache.offers(symbol, as_of):
            return True
        return symbol not in self._asked and self._provider.serves(symbol, self._kind_of(symbol))

    def span(self, symbol: str) -> tuple[date, date] | None:
        return self._cache.span(symbol) if self._cache else None

    def splits(self) -> tuple[Split, ...]:
        return self._cache.splits() if self._cache else ()

    def shares(self) -> tuple[ShareCount, ...]:
        return ()

    def events(self) -> tuple[Event, ...]:
        return ()

    def identity(self) -> str:
        return self._cache.identity() if self._cache else ""

    def prepare(self, symbol: str) -> bool:
        kind = self._kind_of(symbol)
        if symbol in self._asked or not self._provider.serves(symbol, kind):
            return False
        retrieved = fetched_at(self._folder, symbol)
        if retrieved is not None and datetime.now(UTC) - retrieved < self._max_age:
            return False
        try:
            store(self._folder, self._provider.fetch(symbol, kind), self.name)
            self._asked[symbol] = ""
            self._cache = self._opened()
        except FetchError as error:
            self._asked[symbol] = str(error)
            used = f"; the series of {retrieved:%Y-%m-%d} is used" if retrieved else ""
            self._note(f"{error}{used}")
            return False
        return True

    def _opened(self) -> FolderSource | None:
        try:
            return FolderSource(self._folder)
        except ConfigError:  # nothing was fetched yet
            return None
