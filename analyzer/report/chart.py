"""Evidence's chart data as a static SVG: lines, the window, marked sessions, rules. Colours are CSS variables.

What is drawn is ``plotted``'s, as it is for the page's table and interactive chart; nothing here computes anything but
coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from math import floor, log10

from analyzer.model import Chart, ChartLine
from analyzer.report import words
from analyzer.report.plotted import Plotted, plotted, size

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 14, 26
NEAR = 110
"""Labels of marks that are nearer to each other than this stand below each other."""


@dataclass(frozen=True)
class Frame:
    """The plotted range: ordinal days and values."""

    first: int
    last: int
    low: float
    high: float

    def x(self, day: date) -> float:
        span = max(1, self.last - self.first)
        return LEFT + (day.toordinal() - self.first) / span * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return HEIGHT - BOTTOM - (value - self.low) / span * (HEIGHT - TOP - BOTTOM)


def svg(chart: Chart, ident: str) -> str:
    """The chart as an ``<svg>`` with title and description; an empty string when there is nothing to draw."""
    shown = plotted(chart)
    if shown is None:
        return ""
    lines = shown.lines
    values = [v for line in lines for v in line.values] + [v for v, _ in shown.rules]
    pad = (max(values) - min(values)) * 0.06 or abs(max(values)) * 0.06 or 1.0
    frame = Frame(shown.first.toordinal(), shown.last.toordinal(), min(values) - pad, max(values) + pad)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{ident}-t" class="chart">',
        f'<title id="{ident}-t">{escape(_described(chart, lines[0]))}</title>',
        *_window(shown, frame), *_grid(frame, chart.unit), *_dates(frame),
    ]  # fmt: skip
    below_marks = TOP + 12 + 12 * len(shown.marks)
    is_left_free = len(lines) == 1 and all(frame.x(day) > LEFT + NEAR for day, _ in shown.marks)
    parts += [_rule(frame, value, words.visible(label), below_marks, is_left_free) for value, label in shown.rules]
    for number, line in enumerate(lines):
        points = " ".join(f"{frame.x(d):.1f},{frame.y(v):.1f}" for d, v in zip(line.dates, line.values, strict=True))
        parts.append(f'<polyline class="line line{number % 4}" points="{points}"/>')
        if len(lines) > 1:
            parts.append(_text(LEFT + 6, TOP + 12 + 14 * number, words.visible(line.name), f"legend line{number % 4}"))
    parts += list(_marks(shown, frame))
    return "".join([*parts, "</svg>"])


def _described(chart: Chart, drawn: ChartLine) -> str:
    first, last = drawn.dates[0], drawn.dates[-1]
    marks = "; ".join(f"{label}: {day}" for day, label in chart.marks)
    return words.visible(f"{caption(chart)}, {first} to {last}" + (f" ({marks})" if marks else ""))


def caption(chart: Chart, priced: bool = False) -> str:
    """What the chart shows and in what unit; ``priced``: its points are money."""
    points = chart.currency if priced else None
    unit = {"fraction": "per cent", "currency": chart.currency, "points": points}.get(chart.unit)
    return words.visible(f"{chart.title}, {unit}" if unit else chart.title)


def _window(shown: Plotted, frame: Frame) -> Iterator[str]:
    if shown.window:
        left, right = map(frame.x, shown.window)
        yield (
            f'<rect class="window" x="{left:.1f}" y="{TOP}" width="{max(right - left, 2):.1f}" '
            f'height="{HEIGHT - TOP - BOTTOM}"/>'
        )


def _grid(frame: Frame, unit: str) -> Iterator[str]:
    """Horizontal lines at round values; fractions are written as per cent, large values by their size."""
    step = _step((frame.high - frame.low) / 4)
    scale, sign = size(max(abs(frame.low), abs(frame.high)), unit)
    value = step * floor(frame.low / step + 1)
    while value < frame.high:
        y = frame.y(value)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        digits = max(0, -floor(log10(step / scale) + 1e-9))
        shown = round(value / scale, digits) or 0.0
        yield _text(LEFT - 6, y + 4, f"{shown:,.{digits}f}{sign}".replace("-", "−"), "tick end")
        value += step


def _step(rough: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)


def _dates(frame: Frame) -> Iterator[str]:
    """First, middle and last day; no middle where the days are too few to tell it apart."""
    shares = [(0.0, "start"), (0.5, "middle"), (1.0, "end")]
    for share, place in shares if frame.last - frame.first > 9 else (shares[0], shares[2]):
        day = date.fromordinal(round(frame.first + share * (frame.last - frame.first)))
        yield _text(frame.x(day), HEIGHT - 8, day.isoformat(), f"tick {place}")


def _rule(frame: Frame, value: float, label: str, highest: float, is_left_free: bool) -> str:
    """A horizontal line; its label stands above it, but never in the rows of the marks' labels: there it goes below
    the line, at its left end where nothing else is, else lower."""
    y = frame.y(value)
    line = f'<line class="rule" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
    if y - 4 <= highest and is_left_free:
        return line + _text(LEFT + 5, y + 13, label, "tick start")
    return line + _text(WIDTH - RIGHT - 2, y - 4 if y - 4 > highest else max(y + 13, highest), label, "tick end")


def _marks(shown: Plotted, frame: Frame) -> Iterator[str]:
    line = shown.lines[0]
    values = dict(zip(line.dates, line.values, strict=True))
    taken: list[float] = []
    for day, label in shown.marks:
        x = frame.x(day)
        yield f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        if day in values:
            yield f'<circle class="dot" cx="{x:.1f}" cy="{frame.y(values[day]):.1f}" r="3.5"/>'
        place = "end" if x > WIDTH * 0.75 else "start"
        row = sum(abs(x - other) < NEAR for other in taken)
        taken.append(x)
        yield _text(x + (-5 if place == "end" else 5), TOP + 9 + 12 * row, words.visible(label), f"tick {place}")


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
