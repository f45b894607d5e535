"""``analyze data …``: what series there are, what they look like, whether they are sound, and where more come from.

Exit codes as in ``analyzer.cli``; ``check`` answers 1 when it found something, ``update`` 3 when a symbol failed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli_common import DataOption, HomeOption, answering, day
from analyzer.cli_desk import Desk, Format, SymbolsArgument, bar, open_desk, print_json, print_records
from analyzer.cli_import import forget, import_, update
from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.market.integrity import Finding

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="See what market data there are, check them, import a folder, update from the network.",
)


class Field(StrEnum):
    close = "close"
    open = "open"
    high = "high"
    low = "low"
    volume = "volume"
    value = "value"


class Basis(StrEnum):
    as_traded = "as_traded"
    split_adjusted = "split_adjusted"
    total_return = "total_return"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What is printed.")]
SourceOption = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Look at this source alone.")]


@app.command()
def status(data: DataOption = None, home: HomeOption = None) -> None:
    """List the sources in the order in which they are tried."""
    from analyzer.market.holdings import sources_held
    from analyzer.market.opening import MARKET, imported_folders
    from analyzer.report.data_view import sources_table
    from analyzer.report.words import one_line

    with answering():
        desk = open_desk(home, data)
        held = sources_held(desk.sources)
        desk.print(sources_table(held), "")
        kept = desk.settings.home / MARKET
        imported = ", ".join(folder.name for folder in imported_folders(desk.settings))
        typer.echo(f"home      {kept}{'' if kept.is_dir() else ' (nothing fetched or imported yet)'}")
        typer.echo(f"imported  {imported or 'none'}")
        for one in held:
            if one.unreadable:
                typer.echo(one_line(f"unreadable in {one.name}: {', '.join(one.unreadable)}. Try: analyze data check"))
        typer.echo(_next(only_facts={one.name for one in held} == {"facts"}))


@app.command()
def series(
    pattern: Annotated[str | None, typer.Argument(help="Part of a symbol or a name.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Kind of instrument: equity, index, etf, …")] = None,
    source: SourceOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the instruments of the catalogue that no source has.")
    ] = False,
    format: FormatOption = Format.table,
    data: DataOption = None,
    home: HomeOption = None,
) -> None:
    """List the series, each with its source."""
    from analyzer.market.holdings import SeriesHeld, series_held, unserved
    from analyzer.market.instruments import KINDS

    with answering():
        if kind is not None and kind not in KINDS:
            raise InputError(f"--kind {kind!r} is not known. There are: {', '.join(KINDS)}.")
        desk = open_desk(home, data, source)
        words = (pattern or "").casefold()

        def wanted(symbol: str, name: str, its_kind: str | None) -> bool:
            fits = words in symbol.casefold() or words in name.casefold()
            return fits and kind in (None, its_kind)

        found = [*series_held(desk.sources, desk.catalogue, wanted)]
        others = [*unserved(desk.sources, desk.catalogue, wanted)]
        shown = [*found, *others] if everything else found
        if format is not Format.table:
            print_records(shown, SeriesHeld, format)
        elif shown:
            from analyzer.report.data_view import series_table

            desk.print(series_table(shown, desk.console.width))
        if not everything and format is Format.table:
            _say_others(pattern, len(found), [one.symbol for one in others])


@app.command()
def show(
    symbol: Annotated[str, typer.Argument(help="Symbol, or a name that means one instrument.")],
    first: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = None,
    field: Annotated[Field, typer.Option("--field", help="What is shown.")] = Field.close,
    basis: Annotated[Basis, typer.Option("--basis", help="Which prices.")] = Basis.split_adjusted,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Blind after this day.")] = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="So many of the last rows are listed too.")] = 0,
    format: FormatOption = Format.table,
    data: DataOption = None,
    home: HomeOption = None,
) -> None:
    """Show one series: origin, chart, ends and extremes.

    CSV and JSON hold every row.
    """
    from analyzer.market.lookup import meant, require_held
    from analyzer.market.market import Market
    from analyzer.market.summary import Row, served, summary
    from analyzer.report.series_view import Shown, series_view
    from analyzer.report.series_view import rows as rows_of
    from analyzer.report.terminal_chart import fits
    from analyzer.series import SeriesRequest

    with answering():
        start, end = day(first, "--from"), day(last, "--to")
        if start and end and start > end:
            raise InputError(f"--from {start} is after --to {end}. Exchange the two.")
        desk = open_desk(home, data)
        name = meant(symbol, desk.catalogue, desk.symbols)
        require_held(name, desk.catalogue, desk.symbols)
        view = Market(desk.sources, desk.catalogue).open(day(as_of, "--as-of") or date.max)
        found = served(view, SeriesRequest(name, field.value, basis.value))
        window = found.between(start, end)
        if not len(window):
            raise InputError(f"{name} has no row in these days; its rows are from {found.first} to {found.last}.")
        shown = Shown(window, desk.catalogue.get(name), summary(window), rows)
        if format is Format.csv:
            print_records(rows_of(window), Row, format)
        elif format is Format.json:
            print_json(shown.record())
        else:
            width, plain = desk.console.width, not fits(sys.stdout.encoding)
            desk.print(series_view(shown, width, ascii=plain))


@app.command()
def check(
    symbols: SymbolsArgument = None,
    source: SourceOption = None,
    format: FormatOption = Format.table,
    data: DataOption = None,
    home: HomeOption = None,
) -> None:
    """Look for what is wrong with the data.

    Missing sessions, jumps like splits, impossible bars, stale ends, sources that disagree. Exit code 1 when something
    was found.
    """
    from analyzer.market.integrity import Finding, examine
    from analyzer.market.lookup import meant, require_held

    with answering():
        desk = open_desk(home, data, source)
        wanted = [meant(word, desk.catalogue, desk.symbols) for word in symbols or ()]
        for name in wanted:
            require_held(name, desk.catalogue, desk.symbols)
        found: list[Finding] = []
        with bar("checking", len(wanted) or len(desk.symbols)) as step:
            for name, findings in examine(desk.sources, desk.catalogue, wanted):
                step(name)
                found += findings
        if format is Format.table:
            _print_findings(desk, found, len(wanted) or len(desk.symbols))
        else:
            print_records(found, Finding, format)
        raise typer.Exit(1 if found else 0)


app.command("import")(import_)
app.command()(forget)
app.command()(update)


# --- what is said ---------------------------------------------------------------------------------------------------


def _next(only_facts: bool) -> str:
    more = "; analyze data import FOLDER adds your own" if only_facts else "; analyze data check finds what is wrong"
    return f"Next: analyze data series lists the series{more}."


def _say_others(pattern: str | None, found: int, others: Sequence[str]) -> None:
    """What the catalogue knows besides, and how to get it."""
    if not found and not others:
        typer.echo(f"No series fits{f' {pattern!r}' if pattern else ''}. analyze data series lists all.", err=True)
    elif pattern and others:
        named = " ".join(others[:5]) + (" …" if len(others) > 5 else "")
        typer.echo(f"In the catalogue, without data: {named}. Try: analyze data update {others[0]}", err=True)
    elif others:
        typer.echo(f"{len(others)} more instruments of the catalogue have no data here; --all lists them.", err=True)


def _print_findings(desk: Desk, found: Sequence[Finding], looked_at: int) -> None:
    from analyzer.report.data_view import findings_line, findings_view

    if found:
        desk.print(findings_view(found))
        concerned = len({finding.symbol for finding in found})
        typer.echo(f"{looked_at} series looked at, {concerned} with findings: {findings_line(found)}.")
    else:
        typer.echo(f"{looked_at} series looked at, nothing found.")
