"""The interactive chart in a real browser: numbers of the ledger; mouse, keys and buttons; without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from browsing import open_shock, visit
from review_page import Served

from analyzer.model import ClaimResult, Evidence
from analyzer.report.plotted import Plotted, plotted
from analyzer.report.words import latest_evidence

pytestmark = pytest.mark.slow

WHOLE = "host => [host.plot.scales.x.min, host.plot.scales.x.max]"


def drawn(served: Served) -> tuple[ClaimResult, Evidence, Plotted]:
    """The first claim whose evidence has a chart with a mark and a window."""
    for row in served.ledger.claims():
        _, claim = served.ledger.claim(row.id)
        for evidence in latest_evidence(claim):
            shown = plotted(evidence.chart) if evidence.chart else None
            if shown and shown.marks and shown.window:
                return claim, evidence, shown
    raise AssertionError("no claim of the articles has such a chart")


@pytest.fixture
def opened(chromium: Any, served: Served) -> Iterator[tuple[Any, Any, Plotted]]:
    """The page, the figure of a chart in it, and what the ledger holds of that chart."""
    claim, evidence, shown = drawn(served)
    row = next(one for one in served.ledger.claims() if one.id == claim.id)
    with visit(chromium, served) as page:
        page.goto(f"{served.base}/articles/{row.article}#c-{claim.id}")
        page.locator(f"#c-{claim.id} .toggle").click()
        figure = page.locator(f'figure[data-plot="c{evidence.id}"].is-live')
        figure.wait_for()
        yield page, figure, shown


def days(seconds: list[float]) -> list[str]:
    return [datetime.fromtimestamp(one, UTC).date().isoformat() for one in seconds]


def test_the_interactive_chart_has_the_very_numbers_of_the_ledger(opened: tuple[Any, Any, Plotted]) -> None:
    _, figure, shown = opened
    data = figure.locator(".canvas").evaluate("host => host.plot.data")
    rows = list(shown.rows())
    assert days(data[0]) == [day.isoformat() for day, _ in rows]
    assert data[1:] == [list(values) for values in zip(*(values for _, values in rows), strict=True)]
    low, high = figure.locator(".canvas").evaluate("host => [host.plot.scales.y.min, host.plot.scales.y.max]")
    values = [one for line in shown.lines for one in line.values] + [value for value, _ in shown.rules]
    assert low < min(values)
    assert max(values) < high


def test_the_library_is_asked_for_when_the_first_chart_is_there(chromium: Any, served: Served) -> None:
    asked: list[str] = []
    with visit(chromium, served) as page:
        page.on("request", lambda request: asked.append(request.url))
        open_shock(page)
        assert not [url for url in asked if "uplot" in url]
        page.locator("#progress .refuted").click()
        page.locator("li.claim.chosen .toggle").click()
        page.locator("figure.is-live").first.wait_for()
        assert len([url for url in asked if url.endswith(".js") and "uplot" in url]) == 1
        assert page.locator(".still svg").first.is_hidden()


def test_keys_walk_from_day_to_day_and_zoom(opened: tuple[Any, Any, Plotted]) -> None:
    page, figure, shown = opened
    rows = [day.isoformat() for day, _ in shown.rows()]
    host, readout = figure.locator(".canvas"), figure.locator(".readout")
    begin = rows.index(shown.marks[-1][0].isoformat())
    assert readout.inner_text().startswith(rows[begin])
    assert shown.marks[-1][1] in readout.inner_text(), "the day of the claim is told first, by its name"
    host.focus()
    page.keyboard.press("ArrowLeft")
    assert readout.inner_text().startswith(rows[begin - 1])
    assert host.get_attribute("aria-valuetext") == readout.inner_text()
    assert host.get_attribute("aria-valuenow") == str(begin)
    page.keyboard.press("Home")
    assert readout.inner_text().startswith(rows[0])
    page.keyboard.press("Shift+ArrowRight")
    assert readout.inner_text().startswith(rows[10])
    whole = host.evaluate(WHOLE)
    page.keyboard.press("+")
    page.keyboard.press("+")
    nearer = host.evaluate(WHOLE)
    assert (nearer[1] - nearer[0]) == pytest.approx((whole[1] - whole[0]) / 4, rel=0.05)
    page.keyboard.press("End")
    assert readout.inner_text().startswith(rows[-1])
    moved = host.evaluate(WHOLE)
    assert moved[1] == whole[1], "what is told is brought into view"
    page.keyboard.press("0")
    assert host.evaluate(WHOLE) == whole
    chosen = page.locator("li.claim.chosen").get_attribute("data-claim")
    page.keyboard.press("j")
    assert page.locator("li.claim.chosen").get_attribute("data-claim") != chosen, "the page's keys go on"


def test_the_mouse_tells_and_draws_a_part_and_buttons_do_the_same(opened: tuple[Any, Any, Plotted]) -> None:
    page, figure, shown = opened
    figure.scroll_into_view_if_needed()
    host = figure.locator(".canvas")
    box = figure.locator(".u-over").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 40)
    rows = list(shown.rows())
    assert figure.locator(".readout").inner_text().startswith(rows[0][0].isoformat())
    whole = host.evaluate(WHOLE)
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 60, steps=4)
    page.mouse.up()
    page.wait_for_function("host => host.plot.scales.x.min > host.plot.data[0][0]", arg=host.element_handle())
    part = host.evaluate(WHOLE)
    assert part[1] - part[0] == pytest.approx((whole[1] - whole[0]) / 2, rel=0.05)
    figure.get_by_role("button", name="Later").click()
    assert host.evaluate(WHOLE)[0] > part[0]
    figure.get_by_role("button", name="Show the whole chart").click()
    assert host.evaluate(WHOLE) == whole
    assert figure.get_by_role("button", name="Earlier").get_attribute("aria-disabled") == "true"


def test_a_decision_leaves_the_part_that_was_looked_at(opened: tuple[Any, Any, Plotted]) -> None:
    page, figure, _ = opened
    figure.get_by_role("button", name="Zoom in").click()
    part = figure.locator(".canvas").evaluate(WHOLE)
    before = figure.locator(".canvas").element_handle()
    page.keyboard.press("a")
    page.locator("li.claim.chosen .badge.agreed").wait_for()
    page.wait_for_function("old => !old.isConnected", arg=before)
    figure.wait_for()
    assert figure.locator(".canvas").evaluate(WHOLE) == part


def test_colours_follow_the_theme_at_once(opened: tuple[Any, Any, Plotted]) -> None:
    page, figure, _ = opened
    inked = "host => host.plot.series[1].stroke(host.plot, 1)"
    light = figure.locator(".canvas").evaluate(inked)
    page.emulate_media(color_scheme="dark")
    dark = figure.locator(".canvas").evaluate(inked)
    assert light != dark


def test_on_paper_stands_the_still_picture(opened: tuple[Any, Any, Plotted]) -> None:
    page, figure, _ = opened
    page.emulate_media(media="print")
    assert figure.locator(".still svg").is_visible()
    assert figure.locator(".live").is_hidden()
    assert figure.locator(".drawn").is_visible()


def test_without_the_library_the_still_picture_and_the_table_stand(chromium: Any, served: Served) -> None:
    claim, evidence, shown = drawn(served)
    row = next(one for one in served.ledger.claims() if one.id == claim.id)
    context = chromium.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(served.link())
    page.goto(f"{served.base}/articles/{row.article}/claims/{claim.id}")
    figure = page.locator(f'figure[data-plot="c{evidence.id}"]')
    assert figure.locator(".still svg").is_visible()
    figure.locator(".numbers summary").click()
    assert figure.locator("tbody tr").count() == len(list(shown.rows()))
    context.close()
