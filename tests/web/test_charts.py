"""The chart of the page as the server writes it: picture, list and table of the same figures."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lxml import html

from analyzer import web
from analyzer.model import Chart, ChartLine, Evidence, Window
from analyzer.report.plotted import plotted
from analyzer.web import wording
from analyzer.web.charts import chart_view
from analyzer.web.pages import environment

STATIC = Path(web.__file__).parent / "static"
DAYS = tuple(date(2025, 1, 1) + timedelta(n) for n in range(4))
CHART = Chart(
    title="A <b>bold</b> firm", unit="fraction", marks=((DAYS[1], "<i>event</i>"),), rules=((-0.2, "−20 %"),),
    window=Window(base=DAYS[1], last=DAYS[2]),
    lines=(
        ChartLine(name="firm", dates=DAYS, values=(0.0, -0.1697, 0.1 + 0.2, -1e-9)),
        ChartLine(name="</table><script>x</script>", dates=DAYS[::3], values=(0.0, 0.01)),
    ),
)  # fmt: skip


def evidence(chart: Chart | None) -> Evidence:
    return Evidence(
        id="e1", trial="t", check="session_return", params={}, as_of=DAYS[3], directness="direct", outcome="refuted",
        reason=None, summary="", rule="", chart=chart,
    )  # fmt: skip


def written(chart: Chart) -> Any:
    say = wording.speaker("en")
    view = chart_view(evidence(chart))
    text = environment().get_template("chart.html").render(chart=view, say=say, figure=lambda n: str(n))
    return html.fragment_fromstring(text)


def test_the_table_holds_the_very_numbers_of_the_evidence() -> None:
    root, shown = written(CHART), plotted(CHART)
    assert shown is not None
    rows = root.xpath(".//tbody/tr")
    found = [
        (
            date.fromisoformat(row.xpath("./th/time/@datetime")[0]),
            tuple(float(cell.xpath("./data/@value")[0]) if len(cell) else None for cell in row.xpath("./td")),
        )
        for row in rows
    ]
    assert found == list(shown.rows())
    assert found[2][1] == (0.1 + 0.2, None), "not rounded, and no value where a line has none"
    assert root.xpath(".//td/data/text()")[:3] == ["0.00 %", "0.00 %", "−16.97 %"]


def test_the_list_names_what_is_marked_and_shaded() -> None:
    root = written(CHART)
    (mark,) = root.xpath(".//li[@data-day]")
    assert (mark.get("data-day"), mark.get("data-label")) == ("2025-01-02", "<i>event</i>")
    (limit,) = root.xpath(".//li[@data-value]")
    assert float(limit.get("data-value")) == -0.2
    (span,) = root.xpath(".//li[@data-first]")
    assert (span.get("data-first"), span.get("data-last")) == ("2025-01-02", "2025-01-03")
    assert root.xpath(".//tbody/tr[2]/th/span/text()") == ["<i>event</i>"], "the marked day is told in the table"
    assert root.xpath(".//b | .//i | .//script") == []


def test_before_the_library_is_there_the_still_picture_stands() -> None:
    root = written(CHART)
    assert root.xpath(".//div[@class='live'][@hidden]")
    assert root.xpath(".//div[@class='still']/svg[@role='img']/title")


def test_evidence_without_a_drawable_chart_has_none() -> None:
    assert chart_view(evidence(None)) is None
    assert chart_view(evidence(CHART.model_copy(update={"lines": ()}))) is None


def test_the_vendored_library_comes_with_its_version_and_licence() -> None:
    (library,), (style,) = STATIC.glob("uplot-*.min.js"), STATIC.glob("uplot-*.min.css")
    version = re.match(r"uplot-([\d.]+)\.", library.name)
    assert version is not None
    assert f"(v{version[1]})" in library.read_text("utf-8")[:200]
    assert not re.search(r"\beval\(|new Function|setTimeout\(\s*[\"']", library.read_text("utf-8"))
    loader = (STATIC / "charts.js").read_text("utf-8")
    assert f"/static/{library.name}" in loader
    assert f"/static/{style.name}" in loader
    assert "MIT License" in (STATIC / "uplot-LICENSE.txt").read_text("utf-8")
