"""Claims that people added stand in the counts by verdict, of the desk and of their article, and are told apart."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from review_page import Served
from test_amending import QUOTE, added
from test_article import find, page, post

from analyzer.store.review_desk import DeskRow


def row(served: Served, article: str) -> DeskRow:
    rows, _ = served.ledger.review_desk.page({}, "recorded", True, 0, 25)
    return next(one for one in rows if one.id == article)


def counted(text: str) -> dict[str, int]:
    """What the chips above the table count, by what they narrow it to."""
    chips = re.findall(r'data-filter="([^"]*)".*?<b>(\d+)</b>', text)
    return {name: int(number) for name, number in chips}


def test_an_added_claim_is_counted_by_its_verdict_and_marked_as_a_persons(served: Served) -> None:
    claim = find(served, "refuted")
    before, chips = row(served, claim.article), counted(page(served, claim))
    id = added(served, claim, QUOTE).text
    label = served.ledger.latest_report(claim.article).added[0].verdict.latest.label  # type: ignore[union-attr]
    after, now = row(served, claim.article), counted(page(served, claim))
    assert (after.added, after.claims, after.reviewed, after.state) == (1, before.claims, 0, "open")
    assert after.labels == before.labels + Counter([label])
    assert now.pop("by:hand") == 1
    assert now == {**chips, "": chips[""] + 1, "state:open": chips["state:open"] + 1,
                   f"label:{label}": chips.get(f"label:{label}", 0) + 1}  # fmt: skip
    assert f"0 of {before.claims}" in page(served, claim), "the review is of what the run read"
    assert "1 of them added by a person" in served.client.get("/").text
    assert re.search(rf'id="h-{id}"[^>]*data-by="hand"', page(served, claim))


def test_a_decision_moves_the_counts_with_the_added_claim_in_them(served: Served) -> None:
    claim = find(served, "refuted")
    id = added(served, claim, QUOTE).text
    chips = counted(page(served, claim))
    by_hand: Any = type("Claim", (), {"article": claim.article, "id": id})
    answer = post(served, served.client, by_hand, "override", label="mixed")
    assert counted(answer.text) == counted(page(served, claim))
    assert counted(answer.text)["label:mixed"] == chips.get("label:mixed", 0) + 1
    assert row(served, claim.article).labels["mixed"] == counted(answer.text)["label:mixed"]
    assert row(served, claim.article).state == "open"
    post(served, served.client, by_hand, "reject")
    assert sum(row(served, claim.article).labels.values()) == row(served, claim.article).claims


@pytest.mark.slow
def test_a_claim_that_was_taken_back_is_counted_no_more(served: Served) -> None:
    claim = find(served, "refuted")
    before, chips = row(served, claim.article), counted(page(served, claim))
    id = added(served, claim, QUOTE).text
    (one,) = served.ledger.latest_report(claim.article).added[0].amendments  # type: ignore[union-attr]
    path = f"/articles/{claim.article}/claims/{id}/amendments"
    assert served.post(served.client, path, change="undo", amendment=one.id).status_code == 200
    assert row(served, claim.article) == before
    assert counted(page(served, claim)) == chips


@pytest.mark.slow
def test_reports_count_it_apart(served: Served) -> None:
    from analyzer.report.formats import markdown
    from analyzer.report.html import to_html

    claim = find(served, "refuted")
    added(served, claim, QUOTE)
    report = next(served.ledger.reports([claim.article]))
    label = report.added[0].verdict.latest.label.replace("_", " ")
    for written in (markdown(report), to_html([(report, served.ledger.text_of(claim.article) or "")])):
        assert f"added by people: 1 claim: 1 {label}" in " ".join(written.split())
