"""``analyze recheck``: forecasts that came due, and on request what rests on older data, judged again."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli_common import DataOption, HomeOption, day, opened
from analyzer.cli_output import put
from analyzer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.pipeline import Workshop
    from analyzer.recheck.obligations import Obligation
    from analyzer.store.queries import ClaimFilters


class Format(StrEnum):
    table = "table"
    json = "json"


def recheck(
    due: Annotated[bool, typer.Option("--due", help="List what is pending by its day; judge nothing.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Also everything that was judged on other data.")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Judge with data up to this day.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Only articles of this author.")] = None,
    article: Annotated[str | None, typer.Option("--article", help="Only this article: its id or beginning.")] = None,
    data: DataOption = None,
    catalogue: Annotated[
        list[Path] | None, typer.Option("--catalogue", metavar="FILE", help="File with more instruments.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What is printed.")] = Format.table,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file instead of stdout.")] = None,
    home: HomeOption = None,
    online: Annotated[
        bool, typer.Option("--online", help="Fetch series that are missing or old (needs the market extra).")
    ] = False,
) -> None:
    """Judge forecasts whose day has come with today's data, and keep every earlier verdict (docs/recheck.md).

    The recorded tests are run again: no model, nothing is read anew. What changed is appended as a new run.
    """
    filters: ClaimFilters = {"author": author, "article": article}
    given = {
        "home": home, "data": tuple(data or ()), "catalogue": tuple(catalogue or ()), "online": online or None,
    }  # fmt: skip
    limit = day(as_of, "--as-of")
    with opened(given, quiet=True, reading=due) as workshop:
        from analyzer.examination import dates
        from analyzer.recheck import view
        from analyzer.recheck.judging import recheck as judge_again

        latest = dates(None, limit, workshop.market.last_session).latest
        pending = _pending(workshop, filters, latest)
        if due:
            _print(workshop, view.due_view(pending, latest), view.due_record(pending, latest), format, out)
            return
        results = [judge_again(run, workshop, limit) for run in _runs(workshop, filters, pending, stale)]
        if results:
            pending = _pending(workshop, filters, latest)
        shown = (results, pending, latest)
        _print(workshop, view.recheck_view(*shown), view.recheck_record(*shown), format, out)
    raise typer.Exit(3 if any(one.outcome == "held_back" for one in results) else 0)


def _pending(workshop: Workshop, filters: ClaimFilters, latest: date) -> list[Obligation]:
    from analyzer.recheck.obligations import obligations
    from analyzer.store.standings import standings

    if any(filters.values()) and not _fits(workshop, filters):
        raise InputError("No article fits these options. analyze claims lists what there is.")
    return obligations(standings(workshop.ledger, {**filters, "label": "pending"}), latest, date.today())


def _fits(workshop: Workshop, filters: ClaimFilters) -> bool:
    from analyzer.store.standings import vintages

    return bool(vintages(workshop.ledger, filters))


def _runs(workshop: Workshop, filters: ClaimFilters, pending: Sequence[Obligation], stale: bool) -> list[str]:
    """The runs to judge again: those with something due, and on request those on other data than today's."""
    from analyzer.store.standings import vintages

    found = dict.fromkeys(one.run for one in pending if one.state == "due")
    if stale:
        now = workshop.market.vintage()
        found |= dict.fromkeys(run for run, vintage in vintages(workshop.ledger, filters) if vintage != now)
    return list(found)


def _print(workshop: Workshop, view: Any, record: dict[str, Any], format: Format, out: Path | None) -> None:
    from analyzer.report.terminal import console, plain

    if format is Format.json:
        put(json.dumps(record, ensure_ascii=False, indent=1, default=str), out)
    elif out is not None:
        put(plain(lambda screen: screen.print(view)), out)
    else:
        console(workshop.settings.color).print(view)
