"""The sources that the settings name, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from analyzer.addresses import local_path, scheme
from analyzer.config import Settings
from analyzer.errors import ConfigError
from analyzer.market.facts import FactsSource
from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue, Market
from analyzer.market.sources import Source

MARKET = "market"
IMPORTED = "imported"


def open_sources(settings: Settings, catalogue: Catalogue) -> Market:
    """The market of the settings. Without ``online`` only what the network gave before is read.

    ConfigError for a folder without market data, MissingExtra where a package is needed and absent.
    """
    notices: list[str] = []
    return Market(sources_of(settings, catalogue, notices), catalogue, notices)


def sources_of(settings: Settings, catalogue: Catalogue, notices: list[str]) -> tuple[Source, ...]:
    """The sources by themselves, for looking at what each holds; what goes wrong later is added to ``notices``."""
    return tuple(s for name in settings.sources for s in _sources(name, settings, catalogue, notices))


def folders_read(settings: Settings) -> tuple[str, ...]:
    """Every folder that the market of the settings reads, in their order, the address of one that lies elsewhere: what
    recomputing elsewhere needs."""
    read: list[str] = []
    for place in (place for name in settings.sources for place in _folders(name, settings)):
        path = local_path(place)
        if path is None:
            read.append(place)
        elif path.is_dir():
            read.append(str(path.resolve()))
    return tuple(read)


def cache_folder(settings: Settings, provider: str) -> Path:
    return settings.home / MARKET / provider


def imported_folders(settings: Settings) -> tuple[Path, ...]:
    """What ``analyze data import`` has brought in, by name."""
    folder = settings.home / MARKET / IMPORTED
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."))


def _folders(name: str, settings: Settings) -> tuple[str, ...]:
    if name == "folders":
        return settings.data
    if name == "imported":
        return tuple(map(str, imported_folders(settings)))
    return () if name == "facts" else (str(cache_folder(settings, name)),)


def _folder_source(place: str, settings: Settings) -> Source:
    if scheme(place) in ("http", "https"):
        raise ConfigError(
            f"{place} is a page of the web, no folder of market data. Download its files and give their folder."
        )
    path = local_path(place)
    if path is not None:
        return FolderSource(path)
    from analyzer.market.remote import RemoteSource

    return RemoteSource(place, settings.home)


def _sources(name: str, settings: Settings, catalogue: Catalogue, notices: list[str]) -> Iterator[Source]:
    if name == "facts":
        yield FactsSource()
    elif name in ("folders", "imported"):
        yield from (_folder_source(place, settings) for place in _folders(name, settings))
    elif settings.online:
        yield from _online(name, settings, catalogue, notices)
    else:
        yield from _cached(cache_folder(settings, name))


def _cached(folder: Path) -> Iterator[Source]:
    try:
        yield FolderSource(folder)
    except ConfigError:  # nothing was ever fetched
        return


def _online(name: str, settings: Settings, catalogue: Catalogue, notices: list[str]) -> Iterator[Source]:
    from analyzer.market.network.registry import providers
    from analyzer.market.online import OnlineSource

    def kind_of(symbol: str) -> str | None:
        listing = catalogue.get(symbol)
        return listing.kind if listing else None

    provider = providers(settings).get(name)
    if provider is not None:
        max_age = timedelta(hours=settings.max_age_hours)
        yield OnlineSource(provider, cache_folder(settings, name), max_age, kind_of, notices.append)
