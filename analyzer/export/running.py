"""The export as a whole: every file of it, from one look at the ledger."""

from __future__ import annotations

from pathlib import Path

from analyzer.export.contents import results, whole_ledger
from analyzer.export.files import Format, folder_to_fill, require, write
from analyzer.store.ledger import Ledger


def export(ledger: Ledger, out: Path, format: Format, *, canonical: bool = False) -> dict[Path, int]:
    """Write the ledger into a folder, a file a table; returns the files and their rows.

    ``canonical``: claims, trials, evidence and verdicts alone, the same bytes for the same results in whatever order
    they were worked out. Files of the same names are replaced, each when it is whole.
    """
    require(format)
    folder_to_fill(out)
    written = {}
    with ledger.reading() as connection:
        for contents in results() if canonical else whole_ledger(connection):
            path = out / f"{contents.name}.{format}"
            written[path] = write(path, contents.columns, contents.rows(connection), format)
    return written
