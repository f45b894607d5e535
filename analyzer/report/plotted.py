"""What a chart shows, once for every picture of it.

A check leaves one ``model.Chart`` in its evidence. ``plotted`` takes from it what is drawn, and all that draw ask it:
``report.chart.svg`` for the static picture of reports and of the page, and ``web/templates/chart.html`` for the table
and the list under that picture. The interactive chart of the page has no data of its own: ``web/static/charts.js``
reads dates, values, marks, rules and the window from that table and that list, as the server wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analyzer.model import Chart, ChartLine

SIZES = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"))


@dataclass(frozen=True)
class Plotted:
    """Lines of two points or more; marks on days that they reach; rules at a value; the shaded window, if any."""

    lines: tuple[ChartLine, ...]
    marks: tuple[tuple[date, str], ...]
    rules: tuple[tuple[float, str], ...]
    window: tuple[date, date] | None

    @property
    def first(self) -> date:
        return min(line.dates[0] for line in self.lines)

    @property
    def last(self) -> date:
        return max(line.dates[-1] for line in self.lines)

    def rows(self) -> Iterator[tuple[date, tuple[float | None, ...]]]:
        """Each day with the value of every line, None where a line has none on it."""
        values = [dict(zip(line.dates, line.values, strict=True)) for line in self.lines]
        for day in sorted(set().union(*values)):
            yield day, tuple(one.get(day) for one in values)


def plotted(chart: Chart) -> Plotted | None:
    """What is drawn of a chart; None when there is nothing to draw."""
    lines = tuple(line for line in chart.lines if len(line.dates) > 1)
    if not lines:
        return None
    whole = Plotted(lines, (), chart.rules, None)
    first, last = whole.first, whole.last
    marks = tuple((day, label) for day, label in chart.marks if first <= day <= last)
    begins, ends = chart.window.base or chart.window.first, chart.window.last
    window = (min(max(begins, first), last), min(max(ends, first), last)) if begins and ends else None
    return Plotted(lines, marks, chart.rules, window)


def size(largest: float, unit: str) -> tuple[float, str]:
    """What values up to ``largest`` are divided by to be read, and the sign behind them."""
    if unit == "fraction":
        return 0.01, " %"
    return next(((size, sign) for size, sign in SIZES if largest >= size), (1.0, ""))


def figure(value: float, unit: str) -> str:
    """A value as a table shows it: fractions in per cent, large ones by their size, small ones with more places."""
    scale, sign = size(abs(value), unit)
    places = 2 if unit == "fraction" or abs(value / scale) >= 10 else 4
    return f"{value / scale:,.{places}f}{sign}".replace("-", "−")
