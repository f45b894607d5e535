"""Fetch series into the cache because somebody asked for them: ``analyze data update``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analyzer.config import Settings
from analyzer.errors import ConfigError, DataError
from analyzer.market.cache import same, store
from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue
from analyzer.market.network import Fetched, FetchError, Provider
from analyzer.market.opening import cache_folder
from analyzer.market.sources import RawInstrument
from analyzer.series import to_date

Outcome = Literal["new", "updated", "unchanged", "failed"]


@dataclass(frozen=True)
class Updated:
    """What became of one symbol. ``source`` is the provider that gave it, empty when none did."""

    symbol: str
    source: str
    outcome: Outcome
    rows: int = 0
    first: date | None = None
    last: date | None = None
    message: str = ""


def update(
    symbols: Sequence[str], settings: Settings, catalogue: Catalogue, provider: str | None = None
) -> Iterator[Updated]:
    """Each symbol as it is done, from the first provider that has it; one that fails does not stop the others.

    ConfigError when no provider is in the settings, or none of the name ``provider``; MissingExtra without a package
    that a provider needs.
    """
    from analyzer.market.network.registry import providers

    asked = providers(settings)
    if provider is not None and provider not in asked:
        raise ConfigError(
            f"There is no provider {provider!r} in the settings. There are: {', '.join(asked) or 'none'}."
        )
    chosen = [one for name, one in asked.items() if provider in (None, name)]
    if not chosen:
        raise ConfigError("The setting sources names no provider. There are: yahoo, fred, stooq.")
    for symbol in dict.fromkeys(symbols):
        yield _updated(symbol, chosen, settings, catalogue)


def cached(settings: Settings) -> tuple[str, ...]:
    """Every symbol that the network gave before."""
    names = [name for name in settings.sources if name in ("yahoo", "fred", "stooq")]
    found = (source.symbols() for name in names if (source := _cache(settings, name)) is not None)
    return tuple(sorted(frozenset().union(*found)))


def _updated(symbol: str, chosen: Sequence[Provider], settings: Settings, catalogue: Catalogue) -> Updated:
    listing = catalogue.get(symbol)
    kind = listing.kind if listing else None
    troubles: list[str] = []
    for provider in chosen:
        if not provider.serves(symbol, kind):
            continue
        before = _held(_cache(settings, provider.name), symbol)
        try:
            fetched = provider.fetch(symbol, kind)
            store(cache_folder(settings, provider.name), fetched, provider.name)
        except (FetchError, DataError) as error:
            troubles.append(str(error))
            continue
        return _done(symbol, provider.name, fetched, before)
    why = " ".join(troubles) or "No provider of the settings serves this symbol."
    return Updated(symbol, "", "failed", message=why)


def _done(symbol: str, source: str, fetched: Fetched, before: RawInstrument | None) -> Updated:
    outcome: Outcome = "new" if before is None else "updated"
    if before is not None and same(fetched, before.dates, before.columns):
        outcome = "unchanged"
    dates = fetched.dates
    first, last = (to_date(dates[0]), to_date(dates[-1])) if len(dates) else (None, None)
    return Updated(symbol, source, outcome, len(dates), first, last)


def _held(cache: FolderSource | None, symbol: str) -> RawInstrument | None:
    try:
        return cache.load(symbol) if cache else None
    except DataError:  # a damaged file is what an update is for
        return None


def _cache(settings: Settings, name: str) -> FolderSource | None:
    try:
        return FolderSource(cache_folder(settings, name))
    except ConfigError:  # nothing was fetched yet
        return None
