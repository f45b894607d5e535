"""The static chart: what is drawn, in what unit, and that labels do not lie on each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

from analyzer.model import Chart, ChartLine
from analyzer.report.chart import caption, svg

START = date(2025, 1, 1)


def chart(values: list[float], **changes: Any) -> Chart:
    days = tuple(START + timedelta(n) for n in range(len(values)))
    fields = {"title": "T", "unit": "points", "lines": (ChartLine(name="L", dates=days, values=tuple(values)),)}
    return Chart(**{**fields, **changes})


def texts(drawn: str) -> list[tuple[float, float, str]]:
    found = re.findall(r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)">([^<]*)<', drawn)
    return [(float(x), float(y), text) for x, y, text in found]


def test_a_chart_is_wellformed_and_described() -> None:
    drawn = svg(chart([1.0, 2.0, 3.0], title="A <b> & c", marks=((START, "x<y"),)), "i")
    tree = ElementTree.fromstring(drawn)
    assert tree.find("title").text == "A <b> & c, 2025-01-01 to 2025-01-03 (x<y: 2025-01-01)"


def test_too_little_to_draw_is_no_chart() -> None:
    assert svg(chart([1.0]), "i") == ""
    assert svg(chart([]), "i") == ""


def test_an_empty_line_beside_a_full_one_is_left_out() -> None:
    full = chart([1.0, 2.0]).lines[0]
    drawn = svg(chart([], lines=(ChartLine(name="none", dates=(), values=()), full)), "i")
    assert drawn.count("<polyline") == 1


def test_a_flat_line_is_drawn_inside_the_frame() -> None:
    for value in (0.0, 5.0, -5.0):
        points = re.search(r'points="([^"]*)"', svg(chart([value] * 3), "i"))
        assert points
        assert {0 < float(p.split(",")[1]) < 220 for p in points[1].split()} == {True}


def test_axes_are_written_in_per_cent_and_by_size() -> None:
    fractions = [t for _, _, t in texts(svg(chart([-0.04, 0.01], unit="fraction"), "i"))]
    assert "−2 %" in fractions
    assert "0 %" in fractions
    money = [t for _, _, t in texts(svg(chart([2.9e12, 3.5e12], unit="currency", currency="USD"), "i"))]
    assert any(t.endswith(" tn") for t in money)


def test_labels_of_a_short_chart_do_not_lie_on_each_other() -> None:
    marks = ((START, "first"), (START + timedelta(1), "second"), (START + timedelta(1), "third"))
    drawn = texts(svg(chart([1.0, 2.0], marks=marks, rules=((2.0, "rule"),)), "i"))
    drawn = [(x, y, text) for x, y, text in drawn if x > 58]  # without the axis, which ends where the labels begin
    for n, (x, y, text) in enumerate(drawn):
        for x2, y2, other in drawn[n + 1 :]:
            assert abs(x - x2) > 40 or abs(y - y2) >= 10, (text, other)


def test_the_caption_names_the_unit() -> None:
    assert caption(chart([1.0], unit="fraction")) == "T, per cent"
    assert caption(chart([1.0], unit="currency", currency="EUR")) == "T, EUR"
    assert caption(chart([1.0], currency="USD")) == "T"
    assert caption(chart([1.0], currency="USD"), priced=True) == "T, USD"
