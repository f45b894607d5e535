"""The words of what is remembered: groups of claims, and search."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from analyzer.cli_common import HomeOption, day, known, opened


class Format(StrEnum):
    table = "table"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Form of what is printed.", show_default=True)]


def groups(
    claim: Annotated[
        str | None, typer.Option("--claim", help="Only the group of this claim: its id, or its beginning.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many groups are listed.")] = 30,
    format: FormatOption = Format.table,
    home: HomeOption = None,
) -> None:
    """List the claims that several articles make, or that others contradict: who was first, how the figure drifted."""
    from analyzer.memory import groups as memory
    from analyzer.memory import view

    with opened({"home": home}, quiet=True, reading=True) as workshop:
        if claim is not None:
            found = memory.group_of(workshop, claim)
            _print(format, found.model_dump(mode="json"), lambda: view.one_group(found), workshop)
            return
        told = memory.groups(workshop)
        shared = [one for one in told if one.articles > 1 or one.contradicted_by]
        if format is Format.table and not shared:
            typer.echo(view.no_group(len(told)), err=True)
            return
        kept = [one.model_dump(mode="json") for one in shared[:limit]]
        _print(format, kept, lambda: view.groups_table(shared[:limit]), workshop)
        if len(shared) > limit and format is Format.table:
            typer.echo(f"{len(shared) - limit} more: --limit {len(shared)}", err=True)


def _print(format: Format, content: Any, drawn: Any, workshop: Any) -> None:
    if format is Format.json:
        import json

        typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
        return
    from analyzer.report.terminal import console

    console(workshop.settings.color).print(drawn())


def search(
    query: Annotated[str, typer.Argument(help="Words; a phrase in quotation marks within them has to stand there.")],
    author: Annotated[str | None, typer.Option("--author", help="Author of the article.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Outlet of the article.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Published on this day or before.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Kind of claim; passages are left out.")] = None,
    label: Annotated[str | None, typer.Option("--label", help="Label of the latest verdict; claims alone.")] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="Instrument that a trial is on; claims alone.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="de or en.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many hits are shown.")] = 10,
    format: FormatOption = Format.table,
    home: HomeOption = None,
) -> None:
    """Search passages and claims, by meaning and by exact words: analyze search "sanctions backfire"."""
    from analyzer.memory import view
    from analyzer.memory.search import search as found_by
    from analyzer.store.finding import Filters

    for given, option, names in (
        (kind, "--kind", "Kind"),
        (label, "--label", "Label"),
        (language, "--language", "Language"),
    ):
        known(given, option, names)
    filters: Filters = {
        "author": author, "outlet": outlet, "since": day(since, "--from"), "until": day(until, "--to"), "kind": kind,
        "label": label, "symbol": symbol, "language": language,
    }  # fmt: skip
    with opened({"home": home}, quiet=True, reading=True) as workshop:
        hits = found_by(query, workshop.ledger.finder, workshop.index, filters, limit)
        if not hits and format is Format.table:
            narrowed = any(value is not None for value in filters.values())
            typer.echo(view.nothing_found(query, narrowed, workshop.ledger.finder.entries()), err=True)
            return
        _print(format, [one.model_dump(mode="json") for one in hits], lambda: view.hits_table(hits), workshop)
