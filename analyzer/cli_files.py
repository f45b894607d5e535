"""The formats of ``--format``: texts that come in pieces, and files that no terminal can show."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from analyzer.errors import InputError

if TYPE_CHECKING:
    from analyzer.pipeline import Result, Workshop


class Format(StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"
    html = "html"
    xlsx = "xlsx"
    parquet = "parquet"
    claimreview = "claimreview"


BINARY = frozenset({Format.xlsx, Format.parquet})


@dataclass(frozen=True)
class Written:
    """A file that is written as a whole, by something that wants a path."""

    write: Callable[[Path], None]

    def to_stdout(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "out"
            self.write(path)
            sys.stdout.flush()
            with path.open("rb") as stream:
                while piece := stream.read(1 << 20):
                    sys.stdout.buffer.write(piece)


def check(format: Format, out: Path | None) -> None:
    """Say before the work what would fail after it: a binary file on a terminal, a library that is not there."""
    from importlib.util import find_spec

    from analyzer.errors import MissingExtra

    if format in BINARY and out is None and sys.stdout.isatty():
        raise InputError(f"--format {format} is no text for a terminal. Name a file: --out report.{format}")
    if format is Format.parquet and find_spec("duckdb") is None:
        raise MissingExtra("Writing Parquet", "market")


def formatted(results: Iterable[Result], format: Format, workshop: Workshop, *, charts: bool, text: bool) -> Any:
    """The results in a format other than the table: pieces of text, or a ``Written``; each result is taken when its
    turn comes."""
    from analyzer.report import formats

    if format is Format.jsonl:
        return (formats.to_jsonl([r.report], [r.article.text], charts=charts, text=text) for r in results)
    if format is Format.json:
        return _list_of(formats.to_json([r.report], [r.article.text], charts=charts, text=text) for r in results)
    if format is Format.html:
        return _page(results, workshop)
    reports = (r.report for r in results)
    if format is Format.csv:
        return formats.csv_pieces(reports)
    if format is Format.md:
        return _between("\n", map(formats.markdown, reports))
    if format is Format.claimreview:
        from analyzer.report import claimreview

        settings = workshop.settings
        publisher = claimreview.Publisher(settings.publisher, settings.publisher_url, settings.review_url)
        return claimreview.pieces(reports, publisher)
    if format is Format.xlsx:
        from analyzer.report.spreadsheet import to_xlsx

        return Written(lambda path: to_xlsx(reports, path))
    from analyzer.report.parquet import to_parquet

    return Written(lambda path: to_parquet(reports, path))


def _page(results: Iterable[Result], workshop: Workshop) -> Iterator[str]:
    from analyzer.report.deciding import Behind
    from analyzer.report.html import page

    return page(((r.report, r.article.text) for r in results), Behind(workshop.market).rows)


def _list_of(objects: Iterator[str]) -> Iterator[str]:
    """One object as it is, several as a list."""
    shown = [one for one in (next(objects, None), next(objects, None)) if one is not None]
    if len(shown) == 1:
        yield shown[0] + "\n"
        return
    yield "["
    for number, one in enumerate(chain(shown, objects)):
        yield (",\n" if number else "\n") + one
    yield "\n]\n"


def _between(sign: str, pieces: Iterable[str]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        yield (sign if number else "") + piece
