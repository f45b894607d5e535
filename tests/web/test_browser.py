"""The page as people use it: keys, clicks and forms in a real browser, and articles that try to run something in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import open_shock, visit
from command import ROOT
from review_page import Served, serving
from test_article import many

pytestmark = pytest.mark.slow

WIDTHS = (1440, 820, 360)


@pytest.fixture
def desk(chromium: Any, served: Served) -> Iterator[Any]:
    with visit(chromium, served) as page:
        yield page


def chosen(page: Any) -> Any:
    return page.locator("li.claim.chosen")


def test_the_desk_narrows_sorts_and_opens(desk: Any) -> None:
    assert desk.locator("tbody tr").count() == 3
    desk.locator("#filters").get_by_label("Author").select_option("Ida Quell")
    desk.wait_for_url(re.compile("author=Ida"))
    assert desk.locator("tbody tr").count() == 1
    desk.get_by_role("link", name="Clear").click()
    desk.wait_for_url(re.compile(r"/$"))
    desk.keyboard.press("/")
    desk.keyboard.type("panicked")
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile("words=panicked"))
    assert desk.locator("tbody tr").count() == 1
    open_shock(desk)
    assert desk.title().startswith("The shock of January")


def test_keys_walk_open_and_decide(desk: Any, served: Served) -> None:
    open_shock(desk)
    first = chosen(desk).get_attribute("data-claim")
    desk.keyboard.press("j")
    second = chosen(desk).get_attribute("data-claim")
    assert first != second
    assert desk.locator("a.mark.chosen").first.get_attribute("data-claim") == second
    desk.keyboard.press("Enter")
    chosen(desk).locator(".inner").wait_for()
    desk.keyboard.press("k")
    assert chosen(desk).get_attribute("data-claim") == first
    desk.keyboard.press("a")
    chosen(desk).locator(".badge.agreed").wait_for()
    desk.keyboard.press("u")
    chosen(desk).locator('[data-state="open"]').wait_for()
    desk.keyboard.press("r")
    chosen(desk).locator(".badge.rejected").wait_for()
    desk.keyboard.press("o")
    desk.locator("dialog#override[open]").wait_for()
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    desk.locator("dialog#help[open]").wait_for()
    assert desk.evaluate("document.activeElement.closest('dialog')?.id") == "help"
    desk.keyboard.press("a")
    desk.keyboard.press("Escape")
    assert [one.decision for one in served.ledger.reviews(first)] == ["agree", "undo", "reject"]


def test_an_override_shows_everywhere_at_once_and_after_a_reload(desk: Any, served: Served) -> None:
    open_shock(desk)
    claim = chosen(desk).get_attribute("data-claim")
    desk.get_by_role("button", name="Override").first.click()
    desk.locator("dialog").get_by_label("consistent").check()
    desk.get_by_label("Reason").fill("wrong_subject")
    desk.get_by_label("Note").fill("Another firm.")
    desk.locator("dialog button.primary").first.click()
    chosen(desk).locator(".badge.overridden").wait_for()
    for _ in range(2):
        assert "consistent" in chosen(desk).locator(".line").inner_text()
        assert "Another firm." in chosen(desk).locator(".said").inner_text()
        mark = desk.locator(f'a.mark[data-claim="{claim}"]').last
        assert "consistent" in (mark.get_attribute("class") or "")
        assert "∼" in mark.inner_text()
        assert "consistent 1" in desk.locator("#progress").inner_text()
        assert "1 of" in desk.locator("#progress .done").inner_text()
        desk.reload()
        desk.wait_for_selector("li.claim.chosen")
    (review,) = served.ledger.reviews(claim)
    assert (review.reviewer, review.label, review.reason, review.note) == (
        "ada",
        "consistent",
        "wrong_subject",
        "Another firm.",
    )


def test_text_and_table_are_bound_by_click_and_hover(desk: Any) -> None:
    open_shock(desk)
    mark = desk.locator("a.mark").last
    claim = mark.get_attribute("data-claim")
    mark.click()
    assert chosen(desk).get_attribute("data-claim") == claim
    desk.locator("li.claim").first.locator(".line").hover()
    over = desk.locator("li.claim").first.get_attribute("data-claim")
    assert desk.locator("a.mark.hovered").first.get_attribute("data-claim") == over
    desk.locator("li.claim").first.locator(".line").click()
    assert chosen(desk).get_attribute("data-claim") == over
    chosen(desk).locator(".inner").wait_for()


def test_the_evidence_is_copied_as_python(chromium: Any, served: Served) -> None:
    with visit(chromium, served, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_shock(page)
        page.locator("#progress .refuted").click()
        chosen(page).locator(".toggle").click()
        chosen(page).locator(".python summary").first.click()
        assert chosen(page).locator("svg.chart").count() > 0
        page.get_by_role("button", name="Copy as Python").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
    compile(copied, "copied", "exec")
    assert "check_by_hand" in copied


def test_a_filter_leaves_the_claims_of_one_verdict(desk: Any) -> None:
    open_shock(desk)
    desk.locator("#progress .refuted").click()
    shown = desk.locator("li.claim:visible")
    assert 0 < shown.count() < desk.locator("li.claim").count()
    assert chosen(desk).locator(".head").get_attribute("data-label") == "refuted"
    desk.keyboard.press("a")
    chosen(desk).locator(".badge").wait_for()
    assert desk.locator('#progress [aria-pressed="true"]').get_attribute("data-filter") == "label:refuted"


def test_what_is_not_recorded_is_said(chromium: Any, served: Served) -> None:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(served.link())
    open_shock(page)
    page.evaluate("document.querySelector('main').dataset.csrf = 'old'")
    page.keyboard.press("a")
    page.locator("#toast").get_by_text("earlier session").wait_for()
    context.set_offline(True)
    page.keyboard.press("a")
    page.locator("#toast").get_by_text("was not recorded").wait_for()
    context.close()
    assert served.ledger.counts()["reviews"] == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(chromium: Any, served: Served, width: int, theme: str) -> None:
    options = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": theme,
        "locale": "de",
        "reduced_motion": "reduce",
    }
    with visit(chromium, served, **options) as page:
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert page.evaluate(fits)
        open_shock(page)
        for toggle in page.locator(".toggle").all():
            toggle.click()
        page.locator(".evidence:empty").first.wait_for(state="detached")
        for summary in page.locator(".trial summary:visible").all():
            summary.click()
        assert page.evaluate(fits)
        assert page.locator(".choices table:visible").count() > 0, "where the curve is too small, a table is"
        assert page.locator(".dock").bounding_box()["width"] <= width
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
        assert dark is (theme == "dark")


def test_language_theme_and_name_are_chosen_in_the_page(desk: Any) -> None:
    desk.locator(".menu summary").click()
    desk.get_by_label("Your name").fill("Grete Ohm")
    desk.locator(".menu").get_by_label("Language").select_option("de")
    desk.get_by_label("Light and dark").select_option("dark")
    desk.get_by_role("button", name="Apply").click()
    desk.locator(".state").get_by_text("noch nicht geprüft").first.wait_for()
    assert desk.locator(".who").inner_text() == "Grete Ohm"
    assert desk.evaluate("document.documentElement.dataset.theme") == "dark"


def test_300_claims_are_there_and_can_be_decided(chromium: Any, served: Served) -> None:
    claim = next(c for c in served.ledger.claims() if c.label == "refuted")
    many(served, claim, served.ledger.claim(claim.id)[1], 300)
    with visit(chromium, served) as page:
        page.goto(f"{served.base}/articles/{claim.article}")
        page.wait_for_selector("li.claim.chosen")
        assert page.locator("li.claim").count() == 300
        page.keyboard.press("a")
        chosen(page).locator(".badge.agreed").wait_for()


# --- articles that want more than to be read ------------------------------------------------------------------------

RUN = "window.pwned = 1"
EVIL = (
    f'<script>{RUN}</script><img src=x onerror="{RUN}"><svg onload="{RUN}">'
    '<iframe srcdoc="<script>parent.pwned=1</script>">'
    f'" onmouseover="{RUN}" \'}}}}{{{{7*7}}}}{{% raw %}} javascript:{RUN} '
    "<style>*{display:none}</style></section></main>"
)
OVERRIDE = "\u202egnp.exe\u202c \u2066hidden\u2069 \u200bzero\u200b"


def hostile(folder: Path) -> None:
    named = folder / "<img src=x onerror=window.pwned=1>'\";{{7*7}}.md"
    named.write_text(f"Nvidia fell 17 percent on 27 January 2025. Apple lost 3 percent {EVIL}\n", encoding="utf-8")
    quoted = EVIL.replace("'", "''")
    head = f"---\ntitle: |-\n  {EVIL}\nauthor: '{quoted}'\noutlet: >-\n  {OVERRIDE}\ndate: 2025-01-28\n---\n\n"
    body = (
        f'Nvidia <b onclick="{RUN}">fell</b> 17 percent on 27 January 2025 <script>{RUN}</script>, and the market '
        f"panicked. Apple lost 17 percent on 27 January 2025 {OVERRIDE}. The bubble {EVIL} is bursting.\n\n"
        "سقطت الأسهم 17 percent on 27 January 2025.\n\n"
    )
    body += "x" * 10_000 + "\n\nTesla fell 2 percent on 27 January 2025 " + "<i>" * 3_000 + "\n"
    (folder / "front.md").write_text(head + body, encoding="utf-8")
    (folder / "steer.txt").write_text(
        f"Nvidia\x1b[31m fell 17 percent\x07 on 27 January 2025 {OVERRIDE}.\n", encoding="utf-8"
    )


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from analyzer.config import load
    from analyzer.pipeline import Options, Workshop, analyze_source

    folder = tmp_path_factory.mktemp("hostile")
    hostile(folder)
    workshop = Workshop(load(home=folder / "home"))
    for path in sorted(folder.glob("*.*")):
        analyze_source(str(path), workshop, Options())
    workshop.ledger.close()
    return folder / "home"


def test_hostile_articles_run_nothing(chromium: Any, hostile_home: Path) -> None:
    with serving(hostile_home) as served, visit(chromium, served) as page:
        links = page.locator("tbody th a")
        assert links.count() == 3
        addresses = [link.get_attribute("href") for link in links.all()]
        assert all(re.fullmatch(r"/articles/[0-9a-f]{16}", address or "") for address in addresses)
        shown = ""
        for address in addresses:
            page.goto(served.base + str(address))
            page.wait_for_selector("li.claim.chosen")
            for toggle in page.locator(".toggle").all():
                toggle.click()
            page.locator(".evidence:empty").first.wait_for(state="detached")
            for summary in page.locator("summary").all():
                summary.click()
            for mark in page.locator("a.mark").all()[:6]:
                mark.hover()
            page.keyboard.press("o")
            page.get_by_label("Note").fill(EVIL + OVERRIDE)
            page.locator("dialog [value=refuted]").check()
            page.locator("dialog button.primary").first.click()
            chosen(page).locator(".said").wait_for()
            assert (
                page.evaluate(
                    "document.querySelectorAll('main script, main img, main iframe, main style, [onmouseover]').length"
                )
                == 0
            )
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            shown += page.locator("main").inner_text()
        assert "<script>window.pwned = 1</script>" in shown
        assert "49" not in re.sub(r"\d*[.,]?\d*49\d*[.,]?\d*", "", shown)
        assert "\u202e" not in shown
        assert "\ufffdgnp.exe" in shown


def test_a_hostile_name_of_a_reviewer_is_only_shown(chromium: Any, served: Served) -> None:
    with visit(chromium, served) as page:
        page.locator(".menu summary").click()
        page.get_by_label("Your name").fill('"><script>window.pwned = 1</script>')
        page.get_by_role("button", name="Apply").click()
        open_shock(page)
        page.keyboard.press("a")
        chosen(page).locator(".said").get_by_text("<script>").wait_for()


# --- the command ----------------------------------------------------------------------------------------------------


@contextmanager
def started(
    home: Path, *options: str, program: Sequence[str] = ("-m", "analyzer")
) -> Iterator[tuple[str, Callable[[], tuple[int, str]]]]:
    command = [sys.executable, *program, "review", "--home", str(home), "--no-browser", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None

        def interrupted() -> tuple[int, str]:
            process.send_signal(2)
            _, err = process.communicate(timeout=20)
            return process.returncode, err

        try:
            yield process.stdout.readline(), interrupted
        finally:
            process.kill()


def test_the_command_prints_a_link_that_opens_the_desk_and_ends_well(chromium: Any, filled: Path) -> None:
    with started(filled, "--reviewer", "Grete") as (line, interrupted):
        link = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        assert link is not None, line
        context = chromium.new_context(locale="en")
        page = context.new_page()
        page.goto(link[0])
        assert page.locator("tbody tr").count() == 3
        assert page.locator(".who").inner_text() == "Grete"
        assert "token" not in page.url
        context.close()
        code, err = interrupted()
    assert code == 0, err
    assert "Closed." in err
    assert "Traceback" not in err


def test_what_its_start_does_not_need_is_not_loaded(filled: Path) -> None:
    at_the_end = "atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    script = f"import atexit, sys; {at_the_end}; from analyzer.cli import main; main()"
    with started(filled, program=["-c", script]) as (line, interrupted):
        assert "http://" in line
        _, err = interrupted()
    loaded = set(err.split())
    assert "analyzer.web.app" in loaded
    assert not {"chromadb", "langchain", "openai", "pandas", "yfinance", "duckdb", "alembic"} & loaded


def test_an_article_without_claims_is_signed_off_by_keys(chromium: Any, served: Served) -> None:
    rows, _ = served.ledger.review_desk.page({"state": "empty"}, "title", False, 0, 1)
    with visit(chromium, served) as page:
        page.goto(f"{served.base}/articles/{rows[0].id}")
        page.get_by_role("button", name="nothing is missing").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".sign-off li.complete")
        page.get_by_text("Something is missing …").focus()
        page.keyboard.press("Enter")
        page.get_by_label("What is missing").fill("the sentence on <i>bonds</i>")
        page.get_by_role("button", name="Record what is missing").click()
        page.wait_for_selector(".sign-off li.missing")
        assert "the sentence on <i>bonds</i>" in page.locator(".sign-off li.missing").inner_text()
        page.get_by_role("button", name="Take back").click()
        page.wait_for_selector(".sign-off li.complete")
    assert [one.decision for one in served.ledger.sign_offs(rows[0].id)] == ["complete", "missing", "undo"]
