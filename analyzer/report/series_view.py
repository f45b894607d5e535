"""One series on the terminal: what it is and where it is from, a chart, its ends and extremes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analyzer.checks.base import percent, signed
from analyzer.market.bases import LEVELS
from analyzer.market.serving import Listing
from analyzer.market.summary import Row, Summary
from analyzer.report.terminal_chart import chart
from analyzer.report.words import one_line
from analyzer.series import Series, to_date

HEIGHT = 12
IN_POINTS = frozenset({"rate", "volatility"})
"""Kinds whose moves people state in points."""


@dataclass(frozen=True)
class Shown:
    """A window of a series, what the catalogue says of it, and its summary. ``rows`` more are listed."""

    series: Series
    listing: Listing | None
    summary: Summary
    rows: int = 0

    def record(self) -> dict[str, object]:
        """Everything, for JSON."""
        series, listing = self.series, self.listing
        return {
            "symbol": series.symbol, "name": listing.name if listing else None,
            "kind": listing.kind if listing else None, "exchange": listing.exchange if listing else None,
            "currency": series.currency, "field": series.field, "basis": series.basis, "source": series.source,
            "origin": series.origin, "retrieved": series.retrieved, "sha256": series.sha256,
            "caveats": [c.text for c in series.caveats if c.concerns(series.first)], "summary": self.summary,
            "rows": rows(series),
        }  # fmt: skip


def rows(series: Series) -> list[Row]:
    return [Row(to_date(d), float(v)) for d, v in zip(series.dates, series.values, strict=True)]


def series_view(shown: Shown, width: int, *, ascii: bool) -> RenderableType:
    """Head, chart, table of the ends and extremes, what happened between."""
    series = shown.series
    days, values = [to_date(d) for d in series.dates], series.values.tolist()
    drawn = [Text(line, no_wrap=True) for line in chart(days, values, min(width, 160), HEIGHT, ascii=ascii)]
    gap = [Text("")] if drawn else []
    return Group(*map(Text, _head(shown)), Text(""), *drawn, *gap, _extremes(shown), Text(""), *map(Text, _foot(shown)))


def _head(shown: Shown) -> Iterator[str]:
    series, listing = shown.series, shown.listing
    yield one_line(f"{listing.name} ({series.symbol})" if listing else series.symbol)
    where = f"{listing.kind} on {listing.exchange}" if listing and listing.exchange != "macro" else None
    kind = where or (listing.kind if listing else "not in the catalogue")
    basis = "" if listing and listing.kind in LEVELS else f" {series.basis.replace('_', ' ')}"
    yield ", ".join(filter(None, (kind, series.currency, f"{series.field}{basis}")))
    origin = f" ({one_line(series.origin)})" if series.origin else ""
    yield f"source {one_line(series.source)}{origin}"
    yield f"retrieved {series.retrieved or 'at a time not known'}, content {series.sha256[:16]}"
    for caveat in series.caveats:
        if caveat.concerns(series.first):
            yield f"caveat: {one_line(caveat.text)}"


def _extremes(shown: Shown) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    table.add_column("date")
    table.add_column(shown.series.field, justify="right")
    found = shown.summary
    named = (("first", found.first), ("last", found.last), ("lowest", found.lowest), ("highest", found.highest))
    for name, row in named:
        table.add_row(name, str(row.date), figure(row.value))
    listed = rows(shown.series)[-shown.rows :] if shown.rows else []
    for i, row in enumerate(listed):
        if i == 0:
            table.add_section()
        table.add_row("", str(row.date), figure(row.value))
    return table


def _foot(shown: Shown) -> Iterator[str]:
    found, count = shown.summary, len(shown.series)
    if count > 1:
        yield f"{_moved(shown)} from {found.first.date} to {found.last.date}."
    missing = f"{found.missing} of them without a row" if found.missing else "none missing"
    macro = shown.listing is not None and shown.listing.exchange == "macro"
    yield f"{count} rows." if macro else f"{found.sessions} sessions, {missing}."


def _moved(shown: Shown) -> str:
    found, kind = shown.summary, shown.listing.kind if shown.listing else None
    if kind in IN_POINTS or found.simple_return is None:
        return f"{signed(found.change)} points"
    what = "Change" if kind == "macro" or shown.series.field == "volume" else "Return"
    return f"{what} {percent(found.simple_return)}"


def figure(value: float) -> str:
    """With the digits that tell it from its neighbours: two from 10 on, four below, none for volumes."""
    digits = 0 if abs(value) >= 1e7 else 2 if abs(value) >= 10 else 4
    return f"{value:,.{digits}f}".replace("-", "−")
