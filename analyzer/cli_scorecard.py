"""``analyze scorecard --by author``: how claims and forecasts fared."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from analyzer.cli_common import HomeOption, day, opened
from analyzer.cli_output import put
from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.store.queries import ClaimFilters


class Groups(StrEnum):
    author = "author"
    outlet = "outlet"
    kind = "kind"
    instrument = "instrument"


class Format(StrEnum):
    table = "table"
    json = "json"
    html = "html"


def scorecard(
    by: Annotated[Groups, typer.Option("--by", help="What the rows are.")] = Groups.author,
    author: Annotated[str | None, typer.Option("--author", help="Only of this author.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Only of this outlet.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only claims of this kind, as in prediction.")] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="Only claims on this instrument.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Articles of this day and later.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Articles up to this day.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What is printed.")] = Format.table,
    show: Annotated[int, typer.Option("--show", min=0, help="How many claims of a short row are listed.")] = 20,
    excluded: Annotated[bool, typer.Option("--excluded", help="List also every claim that does not count.")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file instead of stdout.")] = None,
    home: HomeOption = None,
) -> None:
    """Say how the claims and forecasts of each author, outlet, kind or instrument fared (docs/scorecard.md)."""
    filters: ClaimFilters = {
        "author": author, "outlet": outlet, "kind": kind, "symbol": symbol, "since": day(since, "--since"),
        "until": day(until, "--until"),
    }  # fmt: skip
    with opened({"home": home}, quiet=True, reading=True) as workshop:
        from analyzer.model import Kind
        from analyzer.report.terminal import console, plain
        from analyzer.scorecard import cards, counting, page, view
        from analyzer.store.standings import standings

        if kind is not None and kind not in get_args(Kind):
            raise InputError(f"--kind {kind!r} is not known. There are: {', '.join(get_args(Kind))}.")
        found = counting.counted(standings(workshop.ledger, filters), by.value)
        if not found.seen:
            narrowed = any(filters.values())
            raise InputError(
                "No claim fits these options. analyze claims lists what there is." if narrowed else
                "The ledger holds no claim yet. Analyze an article first: analyze article.txt"
            )  # fmt: skip
        card = cards.scorecard(found)
        if format is Format.json:
            put(json.dumps(view.as_record(card), ensure_ascii=False, indent=1, default=str), out)
        elif format is Format.html:
            put(page.to_html(card), out)
        else:
            shown = view.scorecard_view(card, show, excluded=excluded)
            if out is None:
                console(workshop.settings.color).print(shown)
            else:
                put(plain(lambda screen: screen.print(shown)), out)
