"""Every page under axe-core in both themes: no finding that is serious or critical.

A page that is added to the desk is added to ``PAGES``. axe-core (Mozilla Public License 2.0) lies in ``vendor``, as npm
delivers it; the packages that users install hold nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import open_shock, visit
from review_page import Served

from analyzer.report.html import to_html

pytestmark = pytest.mark.slow

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1.min.js"
GRAVE = ("serious", "critical")
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def desk(page: Any, served: Served) -> None:
    page.locator("tbody tr").first.wait_for()


def narrowed_to_nothing(page: Any, served: Served) -> None:
    page.goto(f"{served.base}/?words=zzzz")
    page.locator(".nothing").wait_for()


def preferences(page: Any, served: Served) -> None:
    page.locator(".menu summary").click()


def article(page: Any, served: Served) -> None:
    open_shock(page)


def article_without_claims(page: Any, served: Served) -> None:
    page.get_by_role("link", name="A quiet garden").click()
    page.locator(".about").wait_for()


def evidence(page: Any, served: Served) -> None:
    """Every claim opened, every fold unfolded, one claim decided on."""
    open_shock(page)
    page.keyboard.press("a")
    page.locator("li.claim.chosen .badge").wait_for()
    for toggle in page.locator(".toggle").all():
        toggle.click()
    page.locator(".evidence:empty").first.wait_for(state="detached")
    page.locator("figure.is-live").first.wait_for()
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")


def help_dialog(page: Any, served: Served) -> None:
    open_shock(page)
    page.keyboard.press("?")
    page.locator("dialog#help[open]").wait_for()


def override_dialog(page: Any, served: Served) -> None:
    open_shock(page)
    page.keyboard.press("o")
    page.locator("dialog#override[open]").wait_for()


def message(page: Any, served: Served) -> None:
    open_shock(page)
    page.evaluate("() => { const t = document.getElementById('toast'); t.textContent = 'Lost.'; t.hidden = false; }")


def giving_in(page: Any, served: Served) -> None:
    page.locator("#give summary").click()
    page.locator("#give textarea").wait_for()


def changing_a_trial(page: Any, served: Served) -> None:
    open_shock(page)
    page.locator("li.claim.chosen .toggle").click()
    page.locator("li.claim.chosen [data-amend='trial']").first.click()
    page.locator("#amend-symbol").wait_for()
    # what the bar at the foot happens to cover would count as too small
    page.locator("li.claim.chosen .acts-of-trial").first.evaluate("one => one.scrollIntoView({block: 'center'})")


def search(page: Any, served: Served) -> None:
    page.goto(f"{served.base}/search?words=Nvidia")
    page.locator(".hits li").first.wait_for()


def groups(page: Any, served: Served) -> None:
    page.goto(f"{served.base}/groups")
    page.locator("#found").wait_for()


def scorecards(page: Any, served: Served) -> None:
    page.goto(f"{served.base}/scorecards?by=author")
    page.locator("#found").wait_for()


def due(page: Any, served: Served) -> None:
    page.goto(f"{served.base}/due")
    page.locator("#found").wait_for()


PAGES: tuple[Callable[[Any, Served], None], ...] = (
    desk, narrowed_to_nothing, preferences, article, article_without_claims, evidence, help_dialog, override_dialog,
    message, giving_in, changing_a_trial, search, groups, scorecards, due,
)  # fmt: skip


def findings(page: Any) -> dict[str, list[str]]:
    """What axe-core finds: "impact rule: help" to the elements, as CSS selectors. It is run by the browser's own
    console, which the page's content policy does not bind."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", STANDARD)
    return {
        f"{one['impact']} {one['id']}: {one['help']}": [
            f"{node['target']} {node['failureSummary']}" for node in one["nodes"]
        ]
        for one in found["violations"]
    }


def grave(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {what: where for what, where in found.items() if what.startswith(GRAVE)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("show", PAGES, ids=lambda one: one.__name__)
def test_axe_finds_nothing_grave(
    chromium: Any, served: Served, show: Callable[[Any, Served], None], theme: str
) -> None:
    """In English and wide, in German and as narrow as a telephone; motion is reduced, so that nothing is half shown."""
    narrow = theme == "dark"
    size = {"width": 360 if narrow else 1440, "height": 800}
    options = {"color_scheme": theme, "reduced_motion": "reduce", "locale": "de" if narrow else "en", "viewport": size}
    with visit(chromium, served, **options) as page:
        show(page, served)
        found = findings(page)
    assert grave(found) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_refusals(chromium: Any, served: Served, theme: str) -> None:
    """An address that is not there, and what somebody sees who is not in."""
    context = chromium.new_context(color_scheme=theme, locale="en")
    page = context.new_page()
    page.goto(served.base)
    assert "analyze review" in page.locator("main").inner_text()
    outside = grave(findings(page))
    page.goto(served.link())
    page.goto(f"{served.base}/articles/none")
    page.get_by_role("link", name="All articles").wait_for()
    inside = grave(findings(page))
    context.close()
    assert (outside, inside) == ({}, {})


def test_axe_finds_what_is_wrong(chromium: Any, served: Served) -> None:
    """The tool is at work: a name that is taken away, and words too pale to be read, are found."""
    with visit(chromium, served) as page:
        page.evaluate("document.getElementById('words').closest('label').replaceWith(document.getElementById('words'))")
        page.evaluate("document.getElementById('words').removeAttribute('placeholder')")
        page.evaluate("document.querySelector('h1').style.color = '#e8e6e0'")
        found = " ".join(grave(findings(page)))
    assert "critical label" in found
    assert "serious color-contrast" in found


def test_single_keys_can_be_switched_off_and_stay_so(chromium: Any, served: Served) -> None:
    """WCAG 2.2, 2.1.4: who speaks to the machine must not decide by the letters of a word."""
    with visit(chromium, served) as page:
        open_shock(page)
        page.get_by_role("button", name="Keys").click()
        assert page.evaluate("document.activeElement.textContent") == "close", "Enter closes, and switches nothing"
        page.get_by_label("Single keys act on this page").uncheck()
        page.keyboard.press("Escape")
        for _ in range(2):
            first = page.locator("li.claim.chosen").get_attribute("data-claim")
            for key in "jara":
                page.keyboard.press(key)
            assert page.locator("li.claim.chosen").get_attribute("data-claim") == first
            page.reload()
            page.wait_for_selector("li.claim.chosen")
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Single keys act on this page").check()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert page.locator("li.claim.chosen").get_attribute("data-claim") != first
    assert served.ledger.counts()["reviews"] == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_report(chromium: Any, served: Served, tmp_path: Path, theme: str) -> None:
    """One file for readers of all kinds: small, complete, without a script or a request."""
    article = served.ledger.claims(label="refuted")[0].article
    report = served.ledger.latest_report(article)
    assert report is not None
    file = tmp_path / "report.html"
    file.write_text(to_html([(report, served.ledger.text_of(article) or "")]), encoding="utf-8")
    assert file.stat().st_size < 1_500_000
    context = chromium.new_context(color_scheme=theme, viewport={"width": 360, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = grave(findings(page))
    assert page.locator("svg.chart").count() > 0
    context.close()
    assert found == {}
    assert asked == [file.as_uri()]
