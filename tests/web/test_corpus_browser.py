"""The pages across articles in a real browser: search while typing, judging again, every width and both themes."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import visit
from review_page import Served
from test_browser import WIDTHS
from test_corpus import corpus, two_articles  # noqa: F401  the fixtures

pytestmark = pytest.mark.slow
PAGES = ("/search?words=Nvidia", "/groups", "/scorecards?by=author&row=Anna%20Berg", "/due")


def test_hits_follow_what_is_typed_and_the_address_keeps_it(chromium: Any, corpus: Served) -> None:  # noqa: F811
    with visit(chromium, corpus) as page:
        page.goto(f"{corpus.base}/search")
        page.locator("h1, .nothing").first.click()
        page.keyboard.press("/")
        page.keyboard.type("Nvidia")
        page.locator(".hits li").first.wait_for()
        page.wait_for_url("**/search?words=Nvidia")
        assert page.locator("#words").evaluate("one => one === document.activeElement")
        page.locator(".hits .context a").first.click()
        page.wait_for_selector("#content.article")


def test_a_forecast_is_judged_again_where_it_stands(chromium: Any, corpus: Served) -> None:  # noqa: F811
    with visit(chromium, corpus) as page:
        page.goto(f"{corpus.base}/due")
        page.get_by_role("button", name="Recheck now").click()
        page.locator("#judging .changes li").first.wait_for()
        page.get_by_text("Nothing is pending").wait_for()
        assert "supported" in page.locator("#judging").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(chromium: Any, corpus: Served, theme: str) -> None:  # noqa: F811
    with visit(chromium, corpus, color_scheme=theme) as page:
        for path in PAGES:
            page.goto(f"{corpus.base}{path}")
            page.locator("#found").wait_for()
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, width)
                assert page.locator(".places [aria-current]").is_visible()
