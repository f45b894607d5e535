"""What the market data hold, on the terminal: sources, series, one series, findings, updates. Good at 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.market.holdings import SeriesHeld, SourceHeld
from analyzer.market.integrity import KINDS, Finding
from analyzer.report.words import one_line

if TYPE_CHECKING:
    from analyzer.market.update import Updated

MORE_COLUMNS = (("kind", "currency", "exchange"), ("kind",), ())
"""What a list of series shows besides, as far as there is room."""
NAME = 20
"""Characters of a name that there should be room for."""
TOGETHER = 6
"""Symbols that are named where a finding is the same for more of them."""
UNKNOWN = "-"
MEANINGS = {
    "unreadable": "files that cannot be read",
    "missing_sessions": "sessions of the exchange without a row",
    "extra_sessions": "rows on days that are no session of the exchange's calendar",
    "split_like": "jumps by a split, listed or not, that is left in the prices",
    "impossible_bar": "bars that no session can have had",
    "stale_tail": "series that end before the others, or repeat their last close",
    "disagreement": "two sources with different closes of one day",
}


def sources_table(sources: Sequence[SourceHeld]) -> Table:
    table = _table("source", ("series", "right"), "first", "last", "retrieved", "content")
    for one in sources:
        retrieved = (one.retrieved or UNKNOWN)[:10]
        table.add_row(*_cells(one.name, one.series, one.first, one.last, retrieved, one.sha256[:12]))
    return table


def series_table(rows: Sequence[SeriesHeld], width: int) -> Table:
    """Columns that say less give way where there is no room, then names are cut; a symbol or a day never is."""
    for more in MORE_COLUMNS:
        columns = ("symbol", "name", *more, "source", "first", "last", "rows")
        cells = [[_cell(getattr(row, name)) for name in columns] for row in rows]
        widest = [
            max(len(name), *map(len, column)) for name, column in zip(columns, zip(*cells, strict=True), strict=True)
        ]
        room = width - sum(widest) + widest[1] - 2 * len(columns)
        if room >= min(widest[1], NAME):
            break
    table = _table(*columns[:-1], ("rows", "right"))
    table.columns[1].max_width = max(room, 1)
    for line in cells:
        table.add_row(*map(Text, line))
    return table


def findings_view(findings: Sequence[Finding]) -> RenderableType:
    """By kind; what is the same for several symbols stands once."""
    parts: list[RenderableType] = []
    for kind in KINDS:
        found = [finding for finding in findings if finding.kind == kind]
        if found:
            heading = Text(f"{kind.replace('_', ' ')}", style="bold")
            heading.append(f"  {MEANINGS[kind]} ({len(found)})", style="dim")
            parts += [heading, Padding(_findings_table(found), (0, 0, 1, 2))]
    return Group(*parts)


def findings_line(findings: Sequence[Finding]) -> str:
    """How many of each kind: "missing sessions 3, stale tail 1"."""
    counts = Counter(finding.kind for finding in findings)
    return ", ".join(f"{kind.replace('_', ' ')} {counts[kind]}" for kind in KINDS if counts[kind])


def updates_table(rows: Sequence[Updated]) -> Table:
    table = _table("symbol", "source", "outcome", ("rows", "right"), "first", "last")
    for row in rows:
        cells = _cells(row.symbol, row.source or None, row.outcome, row.rows or None, row.first, row.last)
        table.add_row(*cells, style="red" if row.outcome == "failed" else None)
    return table


def _findings_table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, expand=True, padding=(0, 2, 0, 0))
    table.add_column(width=17, overflow="fold")
    table.add_column(width=8, overflow="fold")
    table.add_column(width=13)
    table.add_column(ratio=1)
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        alike.setdefault((one.source, one.first, one.last, one.what, one.detail), []).append(one)
    for group in alike.values():
        first = group[0]
        said = Text(one_line(first.what))
        if first.detail:
            said.append(f"\n{one_line(first.detail)}", style="dim")
        table.add_row(_symbols(group), Text(one_line(first.source)), _days(first), said)
    return table


def _symbols(group: Sequence[Finding]) -> Text:
    named = ", ".join(one_line(one.symbol) for one in group[:TOGETHER])
    more = len(group) - TOGETHER
    return Text(f"{named} and {more} more" if more > 0 else named)


def _days(finding: Finding) -> Text:
    if finding.first == finding.last:
        return Text(str(finding.first or ""))
    return Text(f"{finding.first} to\n{finding.last}")


def _table(*columns: str | tuple[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        name, justify = column if isinstance(column, tuple) else (column, "left")
        table.add_column(name, justify="right" if justify == "right" else "left", no_wrap=True)
    return table


def _cells(*values: str | int | date | None) -> Iterable[Text]:
    return (Text(_cell(value)) for value in values)


def _cell(value: str | int | date | None) -> str:
    return UNKNOWN if value is None else one_line(str(value))
