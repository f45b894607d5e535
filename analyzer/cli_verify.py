"""``analyze verify report.json``: every verdict of a report recomputed from data.

Exit codes: 0 all agrees; 1 the report says something else than its data give; 2 no report, nothing was done; 3 the data
are others than the report's, so that something could be neither confirmed nor contradicted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli_common import DataOption, HomeOption, opened

if TYPE_CHECKING:
    from analyzer.verification.running import Verification


def verify(
    path: Annotated[Path, typer.Argument(metavar="REPORT", help="What --format json or jsonl wrote.")],
    data: DataOption = None,
    catalogue: Annotated[
        list[Path] | None, typer.Option("--catalogue", metavar="FILE", help="File with more instruments.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    show: Annotated[int, typer.Option("--show", min=0, help="How many differences are shown.")] = 20,
    home: HomeOption = None,
) -> None:
    """Recompute every verdict of a report from data; exit 1 when it says something else than they give."""
    given = {"home": home, "data": tuple(data or ()), "catalogue": tuple(catalogue or ())}
    with opened(given, quiet=True, reading=True) as workshop:
        from analyzer.report.terminal import console
        from analyzer.verification import view
        from analyzer.verification.reading import read_written
        from analyzer.verification.running import verify as verified

        found = [verified(written, workshop.market) for written in read_written(path)]
        if as_json:
            typer.echo(json.dumps([view.as_record(one) for one in found], ensure_ascii=False, indent=1))
        else:
            for one in found:
                console(workshop.settings.color).print(view.verification_view(one, show))
    raise typer.Exit(exit_code(found))


def exit_code(found: list[Verification]) -> int:
    if any(one.has_other_data for one in found):
        return 3
    return 1 if any(one.is_changed for one in found) else 0
