"""``analyze data``: what series there are, what is in one of them, what is wrong with them, how to get more.

Nothing heavy is imported at the top; see ``analyzer.cli``.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli_common import DataOption, HomeOption, console, day, opened
from analyzer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.pipeline import Workshop
    from analyzer.series import Series

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]},
    help="Look at the market data, bring in more, and check them.",
)  # fmt: skip


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


class Field(StrEnum):
    close = "close"
    open = "open"
    high = "high"
    low = "low"
    volume = "volume"
    value = "value"


class Basis(StrEnum):
    split_adjusted = "split_adjusted"
    as_traded = "as_traded"
    total_return = "total_return"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What is printed.")]
SourceOption = Annotated[str | None, typer.Option("--source", help="Only this source.")]


def _given(home: Path | None, data: list[Path] | None) -> dict[str, Any]:
    return {"home": home, "data": tuple(data or ())}


# --- what there is --------------------------------------------------------------------------------------------------


@app.command()
def status(home: HomeOption = None, data: DataOption = None) -> None:
    """Say which sources there are, in the order in which they are tried."""
    with opened(_given(home, data), quiet=True) as workshop:
        market, rows = workshop.market, []
        for source in market.all_sources:
            spans = [s for symbol in source.symbols() if (s := source.span(symbol))]
            first, last = (str(f(s[i] for s in spans)) if spans else "" for i, f in ((0, min), (1, max)))
            rows.append([source.name, str(len(source.symbols())), first, last, source.identity()[:12]])
        _table(workshop, ["source", "series", "first", "last", "content"], rows)
        for line in _advice(workshop):
            typer.echo(line)


def _advice(workshop: Workshop) -> Iterable[str]:
    yield f"The data reach to {workshop.market.last_session}; the home folder is {workshop.settings.home}."
    yield "analyze data series lists them, analyze data check looks for what is wrong with them."
    if set(workshop.market.sources) == {"facts"}:
        yield "More: analyze data import FOLDER, --data FOLDER, or analyze data update NVDA (needs the [market] extra)."


@app.command("series")
def list_series(
    pattern: Annotated[str | None, typer.Argument(help="Part of a symbol or a name.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="equity, index, etf, rate, commodity, …")] = None,
    source: SourceOption = None,
    format: FormatOption = Format.table,
    home: HomeOption = None,
    data: DataOption = None,
) -> None:
    """List the series of all sources; of a symbol in several, the first is the one that is used."""
    from analyzer.market.surveyed import series

    with opened(_given(home, data), quiet=True) as workshop:
        wanted = (pattern or "").casefold()
        found = [
            held
            for held in series(workshop.market, workshop.catalogue)
            if wanted in f"{held.symbol} {held.name}".casefold()
            and kind in (None, held.kind)
            and source in (None, held.source)
        ]
        if not found:
            raise InputError("No series fits. analyze data series without words lists all.")
        columns = ["symbol", "name", "kind", "exchange", "currency", "source", "first", "last"]
        rows = [[str(asdict(held)[c] or "") for c in columns] for held in found]
        _shown(workshop, format, columns, rows)


@app.command()
def show(
    symbol: Annotated[str, typer.Argument(help="A symbol, or a name that the catalogue knows.")],
    since: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = None,
    field: Annotated[Field, typer.Option("--field", help="Which column.")] = Field.close,
    basis: Annotated[Basis, typer.Option("--basis", help="Which of the three prices.")] = Basis.split_adjusted,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Blind after this day.")] = None,
    format: FormatOption = Format.table,
    home: HomeOption = None,
    data: DataOption = None,
) -> None:
    """Show a series: where it comes from, a chart, its ends and extremes; csv and json print every row."""
    from analyzer.series import SeriesRequest

    with opened(_given(home, data), quiet=True) as workshop:
        first, last = day(since, "--from"), day(until, "--to")
        if first and last and first > last:
            raise InputError(f"--from {first} lies after --to {last}. Turn them round.")
        known = _symbol(symbol, workshop)
        request = SeriesRequest(known, field.value, basis.value)
        found = workshop.market.open(day(as_of, "--as-of")).data([request]).get(request)
        if found is None:
            raise InputError(_none(known, workshop, field, basis))
        rows = found.between(first, last)
        if not len(rows):
            raise InputError(f"{known} has no row from {first or found.first} to {last or found.last}.")
        if format is Format.table:
            _picture(workshop, rows)
        else:
            cells = [[str(d), repr(float(v))] for d, v in zip(rows.dates, rows.values, strict=True)]
            _shown(workshop, format, ["date", field.value], cells)


def _symbol(given: str, workshop: Workshop) -> str:
    """The symbol, or that of the only instrument of the name; InputError with the nearest names."""
    catalogue = workshop.catalogue
    held = {symbol for source in workshop.market.all_sources for symbol in source.symbols()}
    for symbol in (given, given.upper()):
        if symbol in held or catalogue.get(symbol) is not None:
            return symbol
    wanted = given.casefold()
    named = [i for i in catalogue.instruments if wanted in (i.name.casefold(), *(n.casefold() for n in _names(i)))]
    if len(named) == 1:
        return named[0].symbol
    from rapidfuzz import fuzz, process

    choices = {i.symbol: i.name for i in catalogue.instruments}
    near = process.extract(given, choices, scorer=fuzz.WRatio, limit=3, score_cutoff=75)
    hint = f" Did you mean {' or '.join(f'{s} ({n})' for n, _, s in near)}?" if near else ""
    raise InputError(f"There is no series {given!r}.{hint}")


def _names(instrument: Any) -> Iterable[str]:
    return (*instrument.aliases.get("de", ()), *instrument.aliases.get("en", ()))


def _none(symbol: str, workshop: Workshop, field: Field, basis: Basis) -> str:
    has = any(source.span(symbol) for source in workshop.market.all_sources)
    if has:
        return f"{symbol} has no {field.value} on the basis {basis.value.replace('_', ' ')}. Try another --basis."
    return f"No source has {symbol}. Try: analyze data update {symbol} (needs the [market] extra), or --data FOLDER."


def _picture(workshop: Workshop, rows: Series) -> None:
    """Head, chart and the rows that matter."""
    from analyzer.report.terminal_chart import chart
    from analyzer.series import to_date

    screen = console(workshop)
    listing = workshop.catalogue.get(rows.symbol)
    name = f"{listing.name} ({rows.symbol}), {listing.kind}, {listing.exchange}" if listing else rows.symbol
    unit = f", {rows.currency}" if rows.currency else ""
    retrieved = f", retrieved {rows.retrieved}" if rows.retrieved else ""
    screen.print(f"{name}\n{rows.field}, {rows.basis.replace('_', ' ')}{unit}")
    screen.print(
        f"from {rows.source}{f' ({rows.origin})' if rows.origin else ''}{retrieved}; sha256 {rows.sha256[:12]}"
    )
    for caveat in rows.caveats:
        screen.print(f"caveat: {caveat.text}")
    braille = (sys.stdout.encoding or "").lower().startswith("utf")
    dates = [to_date(d) for d in rows.dates]
    for line in chart(dates, rows.values, min(screen.width, 160), braille=braille):
        screen.print(line, soft_wrap=True)
    low, high = int(rows.values.argmin()), int(rows.values.argmax())
    for label, i in (("first", 0), ("last", len(rows) - 1), ("lowest", low), ("highest", high)):
        screen.print(f"{label:8} {dates[i]}  {rows.values[i]:,.4f}")
    if rows.values[0] > 0 and rows.field != "volume":
        screen.print(f"change   {100 * (rows.values[-1] / rows.values[0] - 1):+.2f} % over {len(rows):,} rows")
    missing = len(rows.sessions) - len(rows)
    if missing:
        screen.print(f"{missing:,} sessions without a row")


# --- what is wrong --------------------------------------------------------------------------------------------------


@app.command()
def check(
    symbols: Annotated[list[str] | None, typer.Argument(help="Symbols; none: all.")] = None,
    source: SourceOption = None,
    format: FormatOption = Format.table,
    home: HomeOption = None,
    data: DataOption = None,
) -> None:
    """Look for missing sessions, jumps like splits, bars that cannot be, stale ends and sources that differ.

    Ends with 1 when something was found.
    """
    from analyzer.market.integrity import by_kind
    from analyzer.market.surveyed import check as examine

    with opened(_given(home, data), quiet=True) as workshop:
        market, wanted = workshop.market, set(symbols or ())
        held = {symbol for one in market.all_sources for symbol in one.symbols()}
        unknown = sorted(wanted - held)
        if unknown:
            raise InputError(f"No source has {', '.join(unknown)}. analyze data series lists what there is.")
        with _progress("checking", len(wanted or held)) as step:
            found = list(examine(market, workshop.catalogue, wanted, source, step))
        rows = [
            [kind.replace("_", " "), f.symbol, f.source, str(f.first), str(f.last), f.detail]
            for kind, mine in by_kind(found).items()
            for f in mine
        ]
        columns = ["what", "symbol", "source", "first", "last", "detail"]
        if found or format is not Format.table:
            _shown(workshop, format, columns, rows)
        if format is Format.table:
            typer.echo(f"{len(found)} found in {len(wanted or held)} series." if found else "Nothing wrong was found.")
    raise typer.Exit(1 if found else 0)


# --- more -----------------------------------------------------------------------------------------------------------


@app.command("import")
def bring_in(
    folder: Annotated[Path, typer.Argument(help="A folder of CSV or Parquet files.")],
    name: Annotated[str | None, typer.Option("--name", help="What it is called here; else the folder's name.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="In place of the import of that name.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out files that cannot be read.")] = False,
    home: HomeOption = None,
) -> None:
    """Copy a folder of market data into the home folder, where every run finds it. Whole or not at all."""
    from analyzer.market.folder import FolderSource
    from analyzer.market.importing import bring_in as copied
    from analyzer.market.integrity import by_kind
    from analyzer.market.market import Market
    from analyzer.market.surveyed import check as examine

    with opened({"home": home}, quiet=True) as workshop:
        count = len(FolderSource(folder).symbols())
        with _progress("reading", count) as step:
            done = copied(folder, workshop.settings, name, replace=replace, skip_bad=skip_bad, done=step)
        for symbol, why in done.skipped.items():
            typer.echo(f"left out: {symbol}: {why}", err=True)
        market = Market([FolderSource(done.folder)], workshop.catalogue)
        found = by_kind(examine(market, workshop.catalogue))
        typer.echo(f"{len(done.symbols)} series are in {done.folder}.")
        if found:
            counts = ", ".join(f"{len(mine)} {kind.replace('_', ' ')}" for kind, mine in found.items())
            typer.echo(f"To look at: {counts}. analyze data check --source {done.folder.name} lists them.")


@app.command()
def forget(name: Annotated[str, typer.Argument(help="Name of an import.")], home: HomeOption = None) -> None:
    """Remove an imported folder. What was computed from it stays in the ledger."""
    from analyzer.market.importing import forget as removed

    with opened({"home": home}, quiet=True) as workshop:
        typer.echo(f"{removed(name, workshop.settings)} is gone.")


@app.command()
def update(
    symbols: Annotated[list[str] | None, typer.Argument(help="Symbols to fetch.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="yahoo, fred or stooq; else the first that has it.")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Everything that was fetched before.")] = False,
    home: HomeOption = None,
) -> None:
    """Fetch series from the network into the home folder (needs the market extra). Ends with 3 when some failed."""
    from analyzer.market.update import cached
    from analyzer.market.update import update as fetched

    bad = 0
    with opened({"home": home}, quiet=True) as workshop:
        wanted = list(dict.fromkeys([*(symbols or ()), *(cached(workshop.settings) if all else ())]))
        if not wanted:
            raise InputError("Nothing to fetch. Name symbols (analyze data update NVDA ^VIX), or use --all.")
        with _progress("fetching", len(wanted)) as step:
            results = []
            for one in fetched(wanted, workshop.settings, workshop.catalogue, source):
                results.append(one)
                step(one.symbol)
        for one in results:
            span = f", {one.rows:,} rows from {one.first} to {one.last}" if one.rows else ""
            said = f"{one.symbol:12} {one.outcome}{f' from {one.source}' if one.source else ''}{span}"
            typer.echo(f"{said}{f': {one.message}' if one.message else ''}", err=one.outcome == "failed")
            bad += one.outcome == "failed"
    raise typer.Exit(3 if bad else 0)


# --- common ---------------------------------------------------------------------------------------------------------


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr where that is a terminal; the function is called with each symbol that is done."""
    if not sys.stderr.isatty():
        yield lambda symbol: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda symbol: bar.update(task, advance=1, description=f"{what} {symbol}")


def _shown(workshop: Workshop, format: Format, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if format is Format.table:
        _table(workshop, columns, rows)
    elif format is Format.json:
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    else:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([columns, *rows])
        typer.echo(out.getvalue(), nl=False)


def _table(workshop: Workshop, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(columns):
        last = i == len(columns) - 1
        table.add_column(column, no_wrap=not last and column != "name", overflow="fold" if last else "ellipsis")
    for row in rows:
        table.add_row(*row)
    console(workshop).print(table)
