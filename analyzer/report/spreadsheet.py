"""Reports as an Excel workbook: a sheet for each table, typed cells, frozen and filtered headers, nothing that runs.

Rows are written as reports come, and only one of a sheet is kept in memory, so that a batch of any size fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analyzer.errors import InputError
from analyzer.model import Label, Report
from analyzer.report import words
from analyzer.report.formats import neutral
from analyzer.report.tables import TABLES, Cell, Column, Table

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""What a sheet and a cell can hold."""
FIRST_DAY = date(1900, 1, 1)
"""Excel knows no day before."""
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
INK: dict[Label, str] = {
    "supported": "#1b6e3a", "refuted": "#a51d2d", "mixed": "#8a5a00", "consistent": "#0b6670",
    "inconclusive": "#6d3aa0", "no_data": "#5a626c", "pending": "#1a4f9c", "not_checkable": "#5a626c",
}  # fmt: skip
LABELLED = frozenset({"verdict", "when_written", "reviewed", "outcome", "label", "machine"})
"""Columns whose cells are labels: they show the sign and the word in the colour of the label."""
LONG = 30
"""From this width on a column's text is wrapped."""


def to_xlsx(reports: Iterable[Report], path: Path) -> None:
    """Write the workbook to ``path``. InputError when a sheet is full, OSError when the file cannot be written."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxFileError

    path.open("wb").close()  # what cannot be written is known before the work
    with TemporaryDirectory() as folder:
        book = Workbook(str(path), {**OPTIONS, "tmpdir": folder})
        try:
            _fill(book, reports)
            book.close()
        except XlsxFileError as error:
            raise InputError(f"{path} cannot be written: {error}. Choose another --out.") from error
        finally:
            for sheet in book.worksheets():  # a book that is given up leaves its rows open
                sheet.row_data_fh.close()


def _fill(book: Any, reports: Iterable[Report]) -> None:
    formats = _formats(book)
    sheets = [_Sheet(book, table, formats) for table in TABLES]
    for report in reports:
        for sheet in sheets:
            sheet.add(report)
    for sheet in sheets:
        sheet.finish()


def _formats(book: Any) -> dict[str, Any]:
    plain = {"valign": "top"}
    return {
        "header": book.add_format({"bold": True, "bottom": 1, "bg_color": "#ecebe6", "valign": "vcenter"}),
        "text": book.add_format(plain),
        "long": book.add_format({**plain, "text_wrap": True}),
        "number": book.add_format({**plain, "num_format": "#,##0.####"}),
        "integer": book.add_format({**plain, "num_format": "0"}),
        "flag": book.add_format(plain),
        "date": book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"}),
        **{label: book.add_format({**plain, "bold": True, "font_color": ink}) for label, ink in INK.items()},
    }


class _Sheet:
    """One table, row by row."""

    def __init__(self, book: Any, table: Table, formats: dict[str, Any]) -> None:
        self._table, self._formats, self._row = table, formats, 0
        self._sheet = book.add_worksheet(table.name)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        for number, column in enumerate(table.columns):
            self._sheet.set_column(number, number, column.width, formats[_style(column)])
            self._sheet.write_string(0, number, column.name, formats["header"])

    def add(self, report: Report) -> None:
        for cells in self._table.rows(report):
            self._row += 1
            if self._row >= MOST_ROWS:
                raise InputError(
                    f"The sheet {self._table.name} would have more than {MOST_ROWS:,} rows, which no spreadsheet "
                    "opens. Choose --format parquet, csv or jsonl."
                )
            for number, (column, cell) in enumerate(zip(self._table.columns, cells, strict=True)):
                self._write(number, column, cell)

    def _write(self, number: int, column: Column, cell: Cell) -> None:
        style = self._formats[_style(column)]
        if cell is None:
            return
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._row, number, cell, style)
        elif isinstance(cell, date) and cell >= FIRST_DAY:
            self._sheet.write_datetime(self._row, number, cell, style)
        elif isinstance(cell, int | float) and isfinite(cell):
            self._sheet.write_number(self._row, number, cell, style)
        elif column.name in LABELLED and cell in INK:
            label: Any = cell
            text = f"{words.SIGNS[label]} {words.WORDS[label]}"
            self._sheet.write_string(self._row, number, text, self._formats[label])
        else:
            self._sheet.write_string(self._row, number, _text(cell), style)

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self._table.columns) - 1)


def _style(column: Column) -> str:
    return "long" if column.type == "text" and column.width >= LONG else column.type


def _text(cell: Cell) -> str:
    text = str(neutral(str(cell)))
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
