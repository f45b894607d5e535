"""A real browser on the review page: headless Chromium, watched for what it says and asks for."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from review_page import Served
from servers import absent

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    program = shutil.which("chromium")
    if program is None:
        absent("Chromium", "apt-get install -y --no-install-recommends chromium")
    if importlib.util.find_spec("playwright") is None:
        absent("Playwright", "pip install playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visit(chromium: Any, served: Served, link: str | None = None, **options: Any) -> Iterator[Any]:
    """A browser that came in by a link. When the block ends: nothing was said on the console, no script of an article
    ran, and nothing was asked of another server."""
    context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en", **options})
    page = context.new_page()
    page.set_default_timeout(10_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: asked.url.startswith(served.base) or said.append(f"asked: {asked.url}"))
    page.goto(link or served.link())
    yield page
    ran = page.evaluate("typeof window.pwned")
    context.close()
    assert said == [], said
    assert ran == "undefined"


def open_shock(page: Any) -> None:
    page.get_by_role("link", name="The shock of January").click()
    page.wait_for_selector("li.claim.chosen")
