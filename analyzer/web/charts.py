"""A chart of the page: the static picture, and its figures in words and as a table, from which the browser draws the
interactive one (``static/charts.js``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from analyzer.model import Chart, Evidence
from analyzer.report.chart import caption, svg
from analyzer.report.plotted import Plotted, figure, plotted
from analyzer.web.computed import chart_in


@dataclass(frozen=True)
class ChartView:
    """``ident``: of the page's elements. ``picture``: an SVG whose texts are escaped."""

    ident: str
    unit: str
    caption: str
    picture: Markup
    shown: Plotted

    @property
    def values(self) -> int:
        return sum(len(line.values) for line in self.shown.lines)

    def rows(self) -> Iterator[tuple[date, tuple[tuple[float, str] | None, ...]]]:
        """Each day with the value of every line, as it is and as it is written."""
        for day, values in self.shown.rows():
            yield day, tuple(None if one is None else (one, self.written(one)) for one in values)

    def written(self, value: float) -> str:
        return figure(value, self.unit)


def chart_view(evidence: Evidence, language: str = "en") -> ChartView | None:
    """None when there is nothing to draw. An index counts points, whatever its shares are paid in."""
    chart: Chart | None = chart_in(evidence.chart, language) if evidence.chart else None
    shown = plotted(chart) if chart else None
    if chart is None or shown is None:
        return None
    index = any(used.symbol.startswith("^") for used in evidence.data[:1])
    ident = f"c{evidence.id}"
    said = caption(chart, priced=not index)
    said = said.removesuffix("per cent") + "Prozent" if language == "de" and said.endswith(", per cent") else said
    return ChartView(ident, chart.unit, said, Markup(svg(chart, ident)), shown)
