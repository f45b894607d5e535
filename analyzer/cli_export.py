"""``analyze export --out FOLDER``: the ledger as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli_common import HomeOption, opened


class Format(StrEnum):
    csv = "csv"
    parquet = "parquet"


def export(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Folder that the files go to.")],
    format: Annotated[
        Format, typer.Option("--format", "-f", help="What is written; Parquet needs DuckDB.")
    ] = Format.csv,
    canonical: Annotated[
        bool, typer.Option("--canonical", help="Results alone, in one order: the same results give the same bytes.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Write the whole ledger as CSV or Parquet, a file a table (docs/export.md has queries over them)."""
    with opened({"home": home}, quiet=True, reading=True) as workshop:
        from analyzer.export.running import export as write

        for path, rows in write(workshop.ledger, out, format.value, canonical=canonical).items():
            typer.echo(f"{path}  {rows:,} row{'' if rows == 1 else 's'}")
