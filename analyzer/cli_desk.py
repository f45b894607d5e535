"""What the words of ``analyze data`` share: settings with catalogue and sources, records for machines, a bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.config import Settings
    from analyzer.market.instruments import Catalogue
    from analyzer.market.sources import Source


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


SymbolsArgument = Annotated[list[str] | None, typer.Argument(metavar="[SYMBOL]…", help="Symbols or names.")]


@dataclass(frozen=True)
class Desk:
    """What every word here looks at."""

    settings: Settings
    catalogue: Catalogue
    sources: tuple[Source, ...]

    @property
    def symbols(self) -> frozenset[str]:
        return frozenset().union(*(source.symbols() for source in self.sources))

    def print(self, *parts: Any) -> None:
        for part in parts:
            self.console.print(part)

    @property
    def console(self) -> Any:
        from analyzer.report.terminal import console

        return console(self.settings.color)


def open_desk(home: Path | None, data: Sequence[str] | None, source: str | None = None) -> Desk:
    """Settings, catalogue and sources, all or the one of a name; nothing is asked of the network."""
    from analyzer import config
    from analyzer.market.instruments import load_catalogue
    from analyzer.market.opening import sources_of

    settings = config.load(home=home, data=tuple(data or ()), online=False)
    catalogue = load_catalogue(settings.catalogue)
    sources = sources_of(settings, catalogue, [])
    chosen = tuple(one for one in sources if source in (None, one.name))
    if not chosen:
        there = ", ".join(one.name for one in sources) or "none"
        raise InputError(f"There is no source {source!r}. There are: {there}.")
    return Desk(settings, catalogue, chosen)


def print_records(records: Sequence[Any], kind: type[Any], format: Format) -> None:
    from analyzer.report.records import to_csv, to_json

    sys.stdout.write(to_csv(records, kind) if format is Format.csv else to_json(records))


def print_json(record: Any) -> None:
    from analyzer.report.records import to_json

    sys.stdout.write(to_json(record))


@contextmanager
def bar(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A bar on stderr while something is worked through, where stderr is a terminal; called with each name."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda name: progress.update(task, advance=1, description=f"{what} {name}")
