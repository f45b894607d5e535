"""What pictures and tables of a chart have in common, and that the picture shows just that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from analyzer.model import Chart, ChartLine, Window
from analyzer.report.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, svg
from analyzer.report.plotted import figure, plotted

START = date(2025, 1, 1)


def line(name: str, *values: float, begins: int = 0, every: int = 1) -> ChartLine:
    days = tuple(START + timedelta(begins + n * every) for n in range(len(values)))
    return ChartLine(name=name, dates=days, values=values)


def chart(**changes: Any) -> Chart:
    fields = {"title": "T", "unit": "points", "lines": (line("a", 1.0, 3.0, 2.0, 5.0),)}
    return Chart(**{**fields, **changes})


def test_each_day_of_any_line_is_a_row_and_a_line_without_it_has_none() -> None:
    shown = plotted(chart(lines=(line("a", 1.0, 2.0), line("b", 8.0, 9.0, begins=1, every=2), line("one", 4.0))))
    assert shown is not None
    assert [one.name for one in shown.lines] == ["a", "b"]
    days = [START + timedelta(n) for n in (0, 1, 3)]
    assert list(shown.rows()) == [(days[0], (1.0, None)), (days[1], (2.0, 8.0)), (days[2], (None, 9.0))]
    assert (shown.first, shown.last) == (days[0], days[2])


def test_marks_outside_are_left_out_and_a_window_ends_where_the_lines_do() -> None:
    marks = ((START - timedelta(1), "before"), (START, "first"), (START + timedelta(9), "after"))
    window = Window(base=START - timedelta(40), last=START + timedelta(2))
    shown = plotted(chart(marks=marks, window=window))
    assert shown is not None
    assert shown.marks == ((START, "first"),)
    assert shown.window == (START, START + timedelta(2))
    without = plotted(chart(window=Window(last=START)))
    assert without is not None
    assert without.window is None


def test_too_little_to_draw_is_nothing() -> None:
    assert plotted(chart(lines=(line("a", 1.0),))) is None


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (-0.1697, "fraction", "−16.97 %"),
        (1.0457, "currency", "1.0457"),
        (118.42, "points", "118.42"),
        (3_558_278_431_510.0, "currency", "3.5583 tn"),
        (-2_500_000.0, "count", "−2.5000 m"),
    ],
)
def test_a_value_is_written_by_its_size_and_unit(value: float, unit: str, written: str) -> None:
    assert figure(value, unit) == written


def test_the_picture_is_of_these_values_and_days() -> None:
    """Back from pixels to days and values, at the scale of two known points of the axes."""
    lines = (line("a", 1.0, 3.0, 2.0, 5.0), line("b", 0.5, 4.5, every=3))
    window = Window(base=START + timedelta(1), last=START + timedelta(2))
    drawn = chart(lines=lines, marks=((START + timedelta(2), "m"),), rules=((6.0, "limit"),), window=window)
    shown, root = plotted(drawn), ElementTree.fromstring(svg(drawn, "i"))
    assert shown is not None
    days = (shown.last - shown.first).days
    pad = (6.0 - 0.5) * 0.06
    low, high = 0.5 - pad, 6.0 + pad

    def day(x: str | None) -> float:
        return (float(x or "nan") - LEFT) / (WIDTH - LEFT - RIGHT) * days

    def value(y: str | None) -> float:
        return low + (HEIGHT - BOTTOM - float(y or "nan")) / (HEIGHT - TOP - BOTTOM) * (high - low)

    for line_shown, polyline in zip(shown.lines, root.iter("polyline"), strict=True):
        points = [point.split(",") for point in (polyline.get("points") or "").split()]
        found = [(round(day(x)), round(value(y), 1)) for x, y in points]
        dates = [(d - shown.first).days for d in line_shown.dates]
        assert found == list(zip(dates, line_shown.values, strict=True))
    (mark,), (rule,) = root.findall("line[@class='mark']"), root.findall("line[@class='rule']")
    assert round(day(mark.get("x1"))) == 2
    assert round(value(rule.get("y1")), 1) == 6.0
    (shade,) = root.findall("rect[@class='window']")
    assert round(day(shade.get("x"))) == 1
    assert round(float(shade.get("width") or "nan") / (WIDTH - LEFT - RIGHT) * days) == 1
