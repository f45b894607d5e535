"""What people say of an article as a whole, and the reading that a decision was made on."""

from __future__ import annotations

import html
from typing import Any

import pytest
from review_page import Served
from test_article import find, post

from analyzer.report.formats import markdown
from analyzer.report.html import to_html
from analyzer.report.tables import TABLES
from analyzer.report.terminal import plain, report_view
from analyzer.store.desk_queries import STATES


def rows(served: Served, **filters: str) -> dict[str, Any]:
    found, total = served.ledger.review_desk.page(filters, "title", False, 0, 25)  # type: ignore[arg-type]
    assert len(found) == total
    return {row.title or "": row for row in found}


def sign(served: Served, article: str, decision: str, client: Any = None, **fields: str) -> Any:
    return served.post(client or served.client, f"/articles/{article}/sign-off", decision=decision, **fields)


def test_an_article_without_claims_is_signed_off_as_read(served: Served) -> None:
    garden = rows(served)["A quiet garden"]
    assert garden.state == "empty"
    page = sign(served, garden.id, "complete")
    assert "ada" in page.text
    assert "read it, nothing is missing" in page.text
    signed = rows(served)["A quiet garden"]
    assert (signed.state, signed.signed, signed.missing) == ("read", 1, 0)
    assert "reviewed, nothing found" in served.client.get("/").text
    sign(served, garden.id, "undo")
    assert rows(served)["A quiet garden"].state == "empty"
    (said, undo) = served.ledger.sign_offs(garden.id)
    assert (said.decision, undo.decision, undo.undoes) == ("complete", "undo", said.id)


def test_what_stands_of_each_reviewer_decides_the_state(served: Served) -> None:
    shock = rows(served)["The shock of January"]
    eva = served.enter("eva")
    assert shock.state == "open"
    sign(served, shock.id, "complete")
    assert rows(served)["The shock of January"].state == "partly", "somebody read it, nobody decided"
    answer = sign(served, shock.id, "missing", eva, note="the sentence on <b>bonds</b>")
    assert "the sentence on &lt;b&gt;bonds&lt;/b&gt;" in answer.text
    row = rows(served)["The shock of January"]
    assert (row.state, row.signed, row.missing) == ("missing", 2, 1)
    sign(served, shock.id, "complete", eva, after=served.ledger.sign_offs(shock.id)[-1].id)
    assert rows(served)["The shock of January"].state == "partly"
    sign(served, shock.id, "undo", eva)
    assert rows(served)["The shock of January"].state == "missing", "the word before it stands again"


def test_each_state_filters_what_it_names(served: Served) -> None:
    titles = rows(served)
    sign(served, titles["A quiet garden"].id, "complete")
    sign(served, titles["Der Schock im Januar"].id, "missing", note="ein Satz")
    by_state = {state: rows(served, state=state) for state in STATES}
    assert sum(map(len, by_state.values())) == len(titles), "every article is in one state"
    for state, found in by_state.items():
        assert {row.state for row in found.values()} <= {state}
    assert {state for state, found in by_state.items() if found} == {"read", "missing", "open"}


def test_a_form_that_is_sent_twice_is_one_sign_off(served: Served) -> None:
    article = rows(served)["The shock of January"].id
    for _ in range(2):
        assert sign(served, article, "missing", note="a sentence", after="").status_code == 200
    assert len(served.ledger.sign_offs(article)) == 1
    assert served.ledger.counts()["sign_offs"] == 1


@pytest.mark.parametrize(
    ("decision", "fields", "why"),
    [
        ("missing", {}, "Say in the note what is missing"),
        ("undo", {}, "no sign-off of ada"),
        ("perhaps", {}, "A sign-off is complete"),
        ("complete", {"run": "another"}, "analysed again since"),
        ("missing", {"note": "x" * 10_001}, "at most 10,000 characters"),
    ],
)
def test_what_a_sign_off_lacks_is_said(served: Served, decision: str, fields: dict[str, str], why: str) -> None:
    article = rows(served)["The shock of January"].id
    answer = sign(served, article, decision, **fields)
    assert answer.status_code == 422
    assert why in html.unescape(answer.text)
    assert served.ledger.sign_offs(article) == ()
    assert sign(served, "nothing", "complete").status_code == 404


def test_a_script_gets_the_part_and_a_browser_without_one_the_page(served: Served) -> None:
    article = rows(served)["The shock of January"].id
    form = {"csrf": served.csrf(served.client), "decision": "complete"}
    part = served.client.post(f"/articles/{article}/sign-off", data=form, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section class="sign-off"')
    assert sign(served, article, "undo").url.path == f"/articles/{article}"


def test_a_decision_names_the_reading_it_was_made_on(served: Served) -> None:
    claim = find(served, "refuted")
    report, _ = served.ledger.claim(claim.id)
    run = report.run
    assert post(served, served.client, claim, "agree", run=run.id).status_code == 200
    (review,) = served.ledger.reviews(claim.id)
    assert review.reading == run.as_reading()
    line = f"on the reading of {run.started[:10]}, by rules"
    assert line in served.client.get(f"/articles/{claim.article}").text
    assert f"run {run.id}" in served.client.get(f"/articles/{claim.article}/claims/{claim.id}").text.lower()
    late = post(served, served.client, claim, "reject", run="an older run")
    assert late.status_code == 422
    assert "analysed again since" in late.text
    assert len(served.ledger.reviews(claim.id)) == 1


def test_every_output_says_it(served: Served) -> None:
    article = rows(served)["The shock of January"].id
    sign(served, article, "missing", note="a sentence on gold")
    report = served.ledger.latest_report(article)
    assert report is not None
    assert report.sign_offs[0].note == "a sentence on gold"
    assert "misses something" in markdown(report)
    assert "a sentence on gold" in to_html([(report, served.ledger.text_of(article) or "")])
    assert "Read whole by ada (misses something)." in plain(lambda console: console.print(report_view(report, 120)))
    assert '"decision": "missing"' in report.to_json()
    (table,) = (one for one in TABLES if one.name == "sign_offs")
    (cells,) = table.rows(report)
    found = dict(zip((column.name for column in table.columns), cells, strict=True))
    assert (found["decision"], found["stands"], found["run"]) == ("missing", True, report.run.id)
