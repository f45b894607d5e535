"""Changing a trial, a quote and a claim as people do it: by keys, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import open_shock, visit
from review_page import Served
from test_browser import chosen

pytestmark = pytest.mark.slow


def opened(page: Any, quote: str) -> Any:
    claim = page.locator("li.claim", has_text=quote)
    claim.locator(".toggle").click()
    claim.locator(".inner").first.wait_for()
    return claim


def test_a_trial_is_changed_by_keys_and_stands_beside_the_machines(chromium: Any, served: Served) -> None:
    with visit(chromium, served) as page:
        open_shock(page)
        claim = opened(page, "Apple lost")
        claim.get_by_role("button", name="Recompute").click()
        claim.locator(".again", has_text="Equal").wait_for()
        claim.get_by_role("button", name="Change this trial").focus()
        page.keyboard.press("Enter")
        field = claim.locator("#amend-symbol")
        field.wait_for()
        assert page.evaluate("document.activeElement.id") == "amend-symbol"
        field.fill("")
        page.keyboard.type("nvi")
        claim.locator(".offers [data-value]").first.wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert field.input_value() == "NVDA"
        page.keyboard.press("Enter")
        section = claim.locator("section.amended")
        section.wait_for()
        assert "−16.97 %" in section.inner_text()
        assert claim.locator(".head").get_attribute("data-label") == "refuted"
        section.get_by_role("button", name="Override with this verdict").click()
        claim.locator(".badge.overridden").wait_for()
        claim.locator("section.amended").get_by_role("button", name="Take this change back").click()
        claim.locator("section.amended").wait_for(state="detached")
    claim_row = next(one for one in served.ledger.claims() if one.quote.startswith("Apple lost"))
    _, found = served.ledger.review_desk.claim(claim_row.article, claim_row.id)
    assert [one.change for one in found.amendments] == ["trial", "undo"]
    assert [one.label for one in served.ledger.reviews(claim_row.id)] == ["mixed"]


def test_escape_closes_the_form_and_another_check_has_other_fields(chromium: Any, served: Served) -> None:
    with visit(chromium, served) as page:
        open_shock(page)
        claim = opened(page, "Apple lost")
        claim.get_by_role("button", name="Change this trial").click()
        claim.locator("#amend-check").select_option("period_return")
        claim.locator("#amend-base").wait_for()
        assert claim.locator("#amend-symbol").input_value() == "AAPL", "what both checks have is taken over"
        claim.locator("#amend-symbol").focus()
        page.keyboard.press("Escape")
        claim.locator("form.amend-form").wait_for(state="detached")


def test_a_claim_is_added_by_keys_and_by_a_selection_in_the_text(chromium: Any, served: Served) -> None:
    with visit(chromium, served) as page:
        open_shock(page)
        page.keyboard.press("n")
        page.locator("dialog#select[open]").wait_for()
        page.keyboard.press("Control+Home")
        for _ in range(len("Nvidia fell 17 percent")):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.type("x")
        assert "Nvidia fell 17 percent on" in page.locator("#select-text").input_value(), "the text takes no change"
        for _ in range(0 if page.locator("#select-quote").inner_text() == "“Nvidia fell 17 percent”" else 22):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Enter")
        page.locator("li.claim.by-hand").wait_for()
        assert chosen(page).locator(".toggle").inner_text() == "“Nvidia fell 17 percent”"
        page.evaluate(
            """() => {
                const texts = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                    const at = texts.currentNode.data.indexOf("The harbour was quiet");
                    if (at >= 0) getSelection().setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + 21);
                }
            }"""
        )
        page.keyboard.press("n")
        page.locator("#select-quote", has_text="“The harbour was quiet”").wait_for()
        page.locator("#select-kind").select_option("other_fact")
        page.get_by_role("button", name="Test it").click()
        page.locator("li.claim.by-hand", has_text="The harbour was quiet").wait_for()
        page.locator("li.claim.by-hand", has_text="The harbour").get_by_role(
            "button", name="Take this change back"
        ).click()
        page.locator("li.claim.by-hand", has_text="The harbour").wait_for(state="detached")


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_the_form_fits_every_width(chromium: Any, served: Served, width: int) -> None:
    with visit(chromium, served, viewport={"width": width, "height": 800}) as page:
        open_shock(page)
        claim = opened(page, "Apple lost")
        claim.get_by_role("button", name="Change this trial").click()
        claim.locator("form.amend-form").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
