"""The list of articles: counts, states of review, filters, order, words, pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from review_page import Served, serving

from analyzer.model import Review
from analyzer.store.ledger import Ledger
from analyzer.web.desk import PAGE, view_of

TITLES = {"The shock of January", "Der Schock im Januar", "A quiet garden"}
TITLE = re.compile(r'<th scope="row"><a href="/articles/([0-9a-f]+)"[^>]*>([^<]+)</a>')


def titles(text: str) -> list[str]:
    return [title for _, title in TITLE.findall(text)]


def row(text: str, title: str) -> str:
    return next(one for one in text.split("<tr>") if title in one)


def decide(
    ledger: Ledger, claim: str, decision: Any, number: int = 0, reviewer: str = "ada", label: Any = None
) -> None:
    at = f"2026-01-01T00:00:{number:02}+00:00"
    id = f"{claim}{reviewer}{number}"
    ledger.add_review(Review(id=id, claim=claim, reviewer=reviewer, at=at, decision=decision, label=label))


def test_the_desk_lists_every_article_with_its_counts(served: Served) -> None:
    text = served.client.get("/").text
    assert set(titles(text)) == TITLES
    shock = row(text, "The shock of January")
    claims = served.ledger.claims(article=TITLE.search(shock)[1])  # type: ignore[index]
    assert len(claims) > 2
    assert f'data-name="Claims">{len(claims)}<' in shock
    for label in {claim.label for claim in claims}:
        n = sum(claim.label == label for claim in claims)
        assert re.search(rf'<li class="verdict {label}"[^>]*>.*?</span> {n}<', shock), label
    assert "2025-01-28" in shock
    assert "Marlow Tennant · Harbour Post" in shock


def test_not_yet_reviewed_in_review_reviewed_and_nothing_found_are_four_things(served: Served) -> None:
    assert "not yet reviewed" in row(served.client.get("/").text, "The shock")
    assert "no claim found" in row(served.client.get("/").text, "A quiet garden")
    claims = [c.id for c in served.ledger.claims() if c.title == "The shock of January"]
    decide(served.ledger, claims[0], "agree")
    text = row(served.client.get("/").text, "The shock")
    assert "in review" in text
    assert f"1 of {len(claims)}" in text
    for claim in claims[1:]:
        decide(served.ledger, claim, "agree")
    assert ">reviewed<" in row(served.client.get("/").text, "The shock")
    decide(served.ledger, claims[0], "undo", 1)
    assert f"{len(claims) - 1} of {len(claims)}" in row(served.client.get("/").text, "The shock")
    assert titles(served.client.get("/?state=partly").text) == ["The shock of January"]
    assert titles(served.client.get("/?state=open").text) == ["Der Schock im Januar"]
    assert titles(served.client.get("/?state=empty").text) == ["A quiet garden"]
    assert titles(served.client.get("/?state=done").text) == []


def test_counts_are_of_the_labels_in_force(served: Served) -> None:
    claim = next(c for c in served.ledger.claims() if c.title == "The shock of January" and c.label == "refuted")
    decide(served.ledger, claim.id, "override", label="consistent")
    assert 'class="verdict consistent"' in row(served.client.get("/").text, "The shock")
    decide(served.ledger, claim.id, "override", 1, "bob", "supported")
    text = row(served.client.get("/").text, "The shock")
    assert 'class="verdict consistent"' not in text
    assert "1 disputed" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("author=Ida+Quell", {"Der Schock im Januar"}),
        ("outlet=Harbour+Post", {"The shock of January", "A quiet garden"}),
        ("language=de", {"Der Schock im Januar"}),
        ("label=refuted", {"The shock of January", "Der Schock im Januar"}),
        ("words=schock", {"Der Schock im Januar"}),
        ("words=panicked", {"The shock of January"}),
        ("words=BÜSSTE+milliarden", set()),
        ("words=BÜßTE+quell", {"Der Schock im Januar"}),
        ("words=sh_ck", set()),
        ("words=harbour&author=Ida+Quell", set()),
        ("state=nonsense&label=%3Cscript%3E", TITLES),
    ],
)
def test_filters_narrow_together(served: Served, asked: str, found: set[str]) -> None:
    text = served.client.get(f"/?{asked}").text
    assert set(titles(text)) == found
    assert "<script>" not in text
    assert found or "No article fits" in text


def test_columns_sort_both_ways_and_the_unknown_comes_last(served: Served) -> None:
    by_title = titles(served.client.get("/?sort=title&down=0").text)
    assert by_title == sorted(TITLES, key=str.lower)
    assert titles(served.client.get("/?sort=title&down=1").text) == by_title[::-1]
    assert titles(served.client.get("/?sort=claims").text)[-1] == "A quiet garden"
    assert titles(served.client.get("/?sort=published&down=0").text)[-1] == "A quiet garden"
    assert titles(served.client.get("/?sort=nonsense").text) == titles(served.client.get("/").text)


def test_pages_hold_a_number_of_articles(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.web.desk.PAGE", 2)
    first, second = served.client.get("/").text, served.client.get("/?page=2").text
    assert len(titles(first)) == 2
    assert {*titles(first), *titles(second)} == TITLES
    assert 'href="/?page=2"' in first
    assert "Page 2 of 2" in second
    assert titles(served.client.get("/?page=99").text) == []


def test_an_empty_ledger_says_what_to_type(tmp_path: Path) -> None:
    with serving(tmp_path / "new") as served:
        assert "analyze article.txt" in served.client.get("/").text


def test_the_address_of_a_view_keeps_what_was_asked() -> None:
    view = view_of({"words": " gold ", "state": "open", "sort": "title", "page": "3", "label": "no such"})
    assert view.address(page=2) == "/?words=gold&state=open&sort=title&down=0&page=2"
    assert view.sorted_by("title") == "/?words=gold&state=open&sort=title&down=1"
    assert view_of({}).address() == "/"
    assert view_of({"page": "-1"}).number == view_of({"page": "x" * 9}).number == view_of({"page": "²"}).number == 1
    assert PAGE > 10
