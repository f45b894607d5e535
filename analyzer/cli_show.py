"""``analyze show``, ``explain``, ``claims``: what the ledger holds, looked at; nothing is recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analyzer import cli_files
from analyzer.cli_common import DataOption, HomeOption, answering, known, opened
from analyzer.cli_files import Format
from analyzer.cli_output import FormatOption, OutOption, console_of, formatted, write

if TYPE_CHECKING:
    from analyzer.store.queries import ClaimFilters


def show(
    article: Annotated[
        str | None, typer.Argument(help="Id, its beginning, the file, or the title; else the last.")
    ] = None,
    format: FormatOption = Format.table,
    charts: Annotated[bool, typer.Option("--charts", help="Put chart data into the JSON.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put the article's text into the JSON.")] = False,
    out: OutOption = None,
    data: DataOption = None,
    home: HomeOption = None,
) -> None:
    """Show the table of an earlier run, in any format; nothing is recomputed."""
    from analyzer.pipeline import recorded

    with answering():
        cli_files.check(format, out)
    with opened({"home": home, "data": tuple(data or ())}, quiet=True, reading=True) as workshop:
        result = recorded(workshop, article)
        write(formatted([result], format, workshop, charts=charts, text=with_text), out, workshop)


def explain(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its beginning.")],
    home: HomeOption = None,
) -> None:
    """Explain a verdict: the rule, the rows, the versions, the lines of Python that recompute it."""
    from analyzer.report.explain import explanation

    with opened({"home": home}, quiet=True, reading=True) as workshop:
        report, found = workshop.ledger.claim(claim)
        console_of(workshop).print(explanation(report, found))


def claims(
    article: Annotated[str | None, typer.Option("--article", help="Id of an article, or its beginning.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Kind of claim.")] = None,
    label: Annotated[str | None, typer.Option("--label", help="Label of the latest verdict.")] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="Instrument that a trial is on.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Author of the article.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Words in the quote or the statement.")] = None,
    home: HomeOption = None,
) -> None:
    """List and filter the claims of the ledger."""
    from analyzer.report.terminal import claims_table

    known(kind, "--kind", "Kind")
    known(label, "--label", "Label")
    with opened({"home": home}, quiet=True, reading=True) as workshop:
        wanted: ClaimFilters = {
            "article": article,
            "kind": kind,
            "label": label,
            "symbol": symbol,
            "author": author,
            "text": text,
        }
        rows = workshop.ledger.claims(**wanted)
        if not rows and not any(wanted.values()):
            typer.echo("The ledger holds no claim yet. Analyze an article first: analyze article.txt", err=True)
        elif not rows:
            typer.echo("No claim fits. analyze claims without filters lists all.", err=True)
        else:
            console_of(workshop).print(claims_table(rows))
