"""``analyze data import``, ``forget`` and ``update``: where more series come from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli_common import HomeOption, answering, complain
from analyzer.cli_desk import Desk, SymbolsArgument, bar
from analyzer.errors import DataError, InputError

if TYPE_CHECKING:
    from analyzer.config import Settings
    from analyzer.market.importing import Inspected
    from analyzer.market.integrity import Finding


def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of CSV or Parquet files (docs/data.md).")],
    name: Annotated[str | None, typer.Option("--name", help="What it is called here; else as the folder.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of one of that name.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out files that cannot be read.")] = False,
    home: HomeOption = None,
) -> None:
    """Copy a folder into the home folder, where every run reads it."""
    from analyzer import config
    from analyzer.market.importing import bring_in, checked_name, inspect, is_taken, taken

    with answering():
        settings = config.load(home=home)
        called = checked_name(name or folder.resolve().name)
        if is_taken(called, settings) and not replace:
            raise taken(called)
        with bar("reading") as step:
            inspected = inspect(folder, step)
        _require_good(inspected, skip_bad)
        with bar("copying", len(inspected.good)) as step:
            target = bring_in(inspected, called, settings, replace=replace, step=step)
        _say_imported(settings, target, inspected)


def forget(
    name: Annotated[str, typer.Argument(help="Name of an imported folder; analyze data status lists them.")],
    home: HomeOption = None,
) -> None:
    """Remove an imported folder."""
    from analyzer import config
    from analyzer.market.importing import remove

    with answering():
        remove(name, config.load(home=home))
        typer.echo(f"{name} is removed.")


def update(
    symbols: SymbolsArgument = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="yahoo, fred or stooq.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every symbol that was fetched before.")] = False,
    home: HomeOption = None,
) -> None:
    """Fetch series from the network (needs the market extra)."""
    from analyzer import config
    from analyzer.market.instruments import load_catalogue
    from analyzer.market.lookup import matching
    from analyzer.market.update import cached
    from analyzer.market.update import update as updated
    from analyzer.report.data_view import updates_table

    with answering():
        settings = config.load(home=home)
        catalogue = load_catalogue(settings.catalogue)
        named = [_one(word, matching(word, catalogue, ())) for word in symbols or ()]
        wanted = [*named, *(cached(settings) if everything else ())]
        if not wanted:
            why = "Nothing was fetched before" if everything else "No symbol is named"
            raise InputError(f"{why}. Name symbols: analyze data update NVDA ^VIX")
        rows = []
        with bar("fetching", len(set(wanted))) as step:
            for one in updated(wanted, settings, catalogue, source):
                step(one.symbol)
                rows.append(one)
        Desk(settings, catalogue, ()).print(updates_table(rows))
        failed = [one for one in rows if one.outcome == "failed"]
        for one in failed:
            complain(DataError(f"{one.symbol}: {one.message}"))
        raise typer.Exit(3 if failed else 0)


def _require_good(inspected: Inspected, skip_bad: bool) -> None:
    """Tell every bad file; an InputError where they are not to be skipped, or nothing is left."""
    for _, error in inspected.bad:
        complain(InputError(error))
    count, bad = len(inspected.good) + len(inspected.bad), len(inspected.bad)
    if bad and not skip_bad:
        raise InputError(f"Nothing was imported: {bad} of {count} files cannot be read. --skip-bad leaves them out.")
    if not inspected.series:
        raise InputError(f"Nothing was imported: no series of {inspected.folder} can be read.")


def _say_imported(settings: Settings, target: Path, inspected: Inspected) -> None:
    from analyzer.market.folder import FolderSource
    from analyzer.market.holdings import sources_held
    from analyzer.market.instruments import load_catalogue
    from analyzer.market.integrity import examine
    from analyzer.report.data_view import findings_line
    from analyzer.report.words import one_line

    source = FolderSource(target)
    (held,) = sources_held([source])
    typer.echo(f"{target.name}: {held.series} series imported, from {held.first} to {held.last}.")
    for path, _ in inspected.bad:
        typer.echo(one_line(f"skipped: {path}"))
    if inspected.unread:
        named = ", ".join(map(str, inspected.unread[:5])) + (" …" if len(inspected.unread) > 5 else "")
        typer.echo(one_line(f"not market data, not copied: {named}"))
    with bar("checking", held.series) as step:
        found: list[Finding] = []
        for symbol, findings in examine([source], load_catalogue(settings.catalogue)):
            step(symbol)
            found += findings
    typer.echo(f"integrity: {findings_line(found) or 'nothing found'}.")
    typer.echo(f"Every run reads it now; analyze data forget {target.name} removes it.")
    if found:
        typer.echo(f"Next: analyze data check --source {target.name} names what was found.")


def _one(word: str, symbols: Sequence[str]) -> str:
    """The one symbol that a word means, else the word: a service may know what the catalogue does not."""
    return symbols[0] if len(symbols) == 1 else word
