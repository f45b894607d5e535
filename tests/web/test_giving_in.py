"""Articles that are given in on the page: files and texts, what becomes of them, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from command import ENGLISH, QUIET
from review_page import Served, serving
from sqlalchemy import text

pytestmark = pytest.mark.slow
DATE = "2025-01-28"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "home") as running:
        yield running


def give_file(served: Served, content: bytes, name: str = "shock.txt", **headers: str) -> httpx.Response:
    client = served.client
    sent = {
        "Content-Type": "application/octet-stream", "HX-Request": "true", "X-Csrf": served.csrf(client),
        "X-Name": name, "X-Date": DATE, **headers,
    }  # fmt: skip
    return client.post("/analyses/file", content=content, headers=sent)


def until(served: Served, holds: Callable[[str], bool], seconds: float = 60) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page = served.client.get("/analyses").text
        if holds(page):
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def idle(page: str) -> bool:
    return "hx-trigger" not in page


def test_a_file_becomes_an_article(empty: Served) -> None:
    given = give_file(empty, ENGLISH.encode(), "a%20%3Cb%3Eshock%3C%2Fb%3E.txt")
    assert "a &lt;b&gt;shock&lt;/b&gt;.txt" in given.text
    seen = set()
    page = until(empty, lambda page: bool(seen.add(page)) or idle(page))
    assert "work done" in page
    assert any("tested against data" in one or "claims are looked for" in one for one in seen), "steps were shown"
    (article,) = empty.ledger.articles()
    assert (article.source, str(article.published)) == ("a <b>shock</b>.txt", DATE)
    assert f"/articles/{article.id}" in page
    assert article.id in empty.client.get("/").text
    assert "17 percent" in empty.client.get(f"/articles/{article.id}").text
    # the same once more is known, and is analysed anew on demand
    give_file(empty, ENGLISH.encode())
    known = until(empty, idle)
    assert "This text is here already" in known
    act = known.partition('/anew"')[0].rpartition('action="')[2] + "/anew"
    empty.post(empty.client, act)
    until(empty, idle)
    assert len(list(empty.ledger.articles())) == 1
    with empty.ledger._database.reading() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM runs")) == 2


def test_a_pasted_text_without_a_date_says_so(empty: Served) -> None:
    there = empty.post(
        empty.client, "/analyses/text", text=f"Shares fell.\r\n\r\n{QUIET}", title="Ä <i>day</i>", author="Ida Quell"
    )
    assert there.url.path == "/", "a browser without scripts comes back to the desk"
    page = until(empty, idle)
    assert "No date was found" in page
    (article,) = empty.ledger.articles()
    assert (article.title, article.author, article.published) == ("Ä <i>day</i>", "Ida Quell", None)
    assert "\r" not in str(empty.ledger.text_of(article.id))


def test_what_cannot_be_read_is_told_and_the_next_one_is_read(empty: Served) -> None:
    give_file(empty, b"\x89PNG\r\n\x1a\n0000", "chart.txt")
    give_file(empty, ENGLISH.encode(), "../../etc/passwd")
    page = until(empty, idle)
    assert "is an image (PNG)" in page
    assert "work done" in page
    (article,) = empty.ledger.articles()
    assert article.source == "../../etc/passwd", "a name, and never a path"


def test_one_that_waits_and_one_that_is_worked_on_are_cancelled(empty: Served) -> None:
    for number in range(3):
        give_file(empty, f"{ENGLISH}\nLetter {number}.".encode(), f"{number}.txt")
    page = empty.client.get("/analyses").text
    for part in page.split('action="')[1:]:
        if part.partition('"')[0].endswith("/cancel"):
            empty.post(empty.client, part.partition('"')[0])
    page = until(empty, idle)
    assert page.count("work cancelled") == 3
    assert list(empty.ledger.articles()) == []
    give_file(empty, ENGLISH.encode(), "after.txt")
    assert "work done" in until(empty, idle), "the workbench goes on after one was stopped"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"X-Csrf": "wrong"}, 403), ({"Origin": "http://elsewhere.example"}, 403), ({"X-Date": "yesterday"}, 422)],
)
def test_what_does_not_come_from_the_page_is_refused(empty: Served, headers: dict[str, str], status: int) -> None:
    assert give_file(empty, b"text", **headers).status_code == status
    assert "work" not in empty.client.get("/analyses").text.replace("workbench", "")


def test_a_file_is_limited_in_size_and_an_empty_text_is_refused(empty: Served) -> None:
    assert give_file(empty, b"x" * 10_000_001).status_code == 413
    assert empty.post(empty.client, "/analyses/text", text=" \n ").status_code == 422
    assert empty.post(empty.client, "/analyses/text", text="x" * 5_000_000).status_code == 413


def test_the_page_answers_while_an_article_is_worked_on(served: Served) -> None:
    give_file(served, (ENGLISH * 40).encode(), "long.txt")
    answered = 0
    while not idle(served.client.get("/analyses").text):
        assert served.client.get("/").status_code == 200
        answered += 1
    assert answered >= 3, "the page waited for the work"
