"""The page of an article, the evidence of a claim, and decisions: what is drawn, what is recorded, who disagrees."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from review_page import Served

from analyzer.model import Article, ClaimResult, claim_id


def find(served: Served, label: str, title: str = "The shock of January") -> Any:
    return next(c for c in served.ledger.claims() if c.title == title and c.label == label)


def post(served: Served, client: Any, claim: Any, decision: str, **fields: str) -> Any:
    return served.post(client, f"/articles/{claim.article}/claims/{claim.id}/decisions", decision=decision, **fields)


def page(served: Served, claim: Any, client: Any = None) -> str:
    return html.unescape((client or served.client).get(f"/articles/{claim.article}").text)


def test_the_text_stands_whole_with_its_claims_marked_by_sign_and_word(served: Served) -> None:
    claim = find(served, "refuted")
    text = page(served, claim)
    shown = re.sub(r"<sup>.*?</sup>", "", text[text.index('id="text"') : text.index('class="table"')])
    shown = re.sub(r"<[^>]+>", "", shown[shown.index(">") + 1 :])
    assert served.ledger.text_of(claim.article) in shown + "\n"
    for one in served.ledger.claims(article=claim.article):
        assert f'id="c-{one.id}"' in text
        assert f'href="#c-{one.id}"' in text
    mark = re.search(rf'<a class="mark refuted"[^>]*data-claim="{claim.id}".*?</a>', text)
    assert mark is not None
    assert "✗" in mark[0]
    assert "refuted" in mark[0].split("<sup>")[1]


def test_a_claim_opens_its_evidence(served: Served) -> None:
    claim = find(served, "refuted")
    _, found = served.ledger.claim(claim.id)
    text = html.unescape(served.client.get(f"/articles/{claim.article}/claims/{claim.id}").text)
    evidence = [one for one in found.evidence if one.as_of == found.verdict.latest.as_of]
    assert evidence
    for one in evidence:
        assert one.rule in text
        assert f'id="p-{one.id}"' in text
        for used in one.data:
            assert used.sha256 in text
        for miss in one.near_misses:
            assert (miss.sentence or miss.symbol).removeprefix("Nearest true statement: ") in text
    assert "Stated" in text
    assert "Observed" in text
    assert "check_by_hand(check, params, market, as_of" in text
    assert '<svg viewBox="0 0 640 220"' in text
    assert found.verdict.when_written is not None
    assert str(found.verdict.when_written.as_of) in text


def test_what_was_not_read_is_one_click_away(served: Served) -> None:
    claim = find(served, "refuted")
    report, _ = served.ledger.claim(claim.id)
    text = page(served, claim)
    for one in (*report.refused, *report.unclaimed):
        assert (getattr(one, "text", "") or one.why) in text  # type: ignore[union-attr]
    assert "No claim was found" in page(served, next(a for a in _articles(served) if a.title == "A quiet garden"))


def _articles(served: Served) -> list[Any]:
    rows, _ = served.ledger.review_desk.page({}, "title", False, 0, 25)
    return [type("Row", (), {"article": row.id, "title": row.title}) for row in rows]


def test_what_is_not_there_is_said(served: Served) -> None:
    claim = find(served, "refuted")
    for path in ("/articles/0123", "/articles/%00", f"/articles/{claim.article}/claims/0123", "/articles/a/claims/b"):
        answer = served.client.get(path)
        assert answer.status_code == 404, path
        assert "holds no article" in answer.text or "has no claim" in answer.text or "nothing at this" in answer.text


def test_every_decision_is_appended_with_reviewer_and_time(served: Served) -> None:
    claim = find(served, "refuted")
    agreed = post(served, served.client, claim, "agree")
    assert agreed.status_code == 200
    assert 'data-state="agreed"' in agreed.text
    assert 'hx-swap-oob="true"' in agreed.text
    changed = post(
        served, served.client, claim, "override", label="mixed", reason="wrong_period", note="Only\r\n<b>once</b>."
    )
    assert 'data-label="mixed" data-state="overridden"' in changed.text
    assert "&lt;b&gt;once&lt;/b&gt;" in changed.text
    post(served, served.client, claim, "reject")
    undone = post(served, served.client, claim, "undo")
    assert 'data-label="mixed"' in undone.text
    found = served.ledger.reviews(claim.id)
    assert [one.decision for one in found] == ["agree", "override", "reject", "undo"]
    assert {one.reviewer for one in found} == {"ada"}
    assert (found[0].label, found[1].label, found[1].reason, found[1].note) == (
        "refuted",
        "mixed",
        "wrong_period",
        "Only\n<b>once</b>.",
    )
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", one.at) for one in found)
    assert served.ledger.claims(article=claim.article)[0].label, "the machine's verdict is untouched"
    assert find(served, "refuted").id == claim.id


def test_a_form_that_is_sent_twice_is_one_decision(served: Served) -> None:
    claim = find(served, "refuted")
    for _ in range(2):
        post(served, served.client, claim, "agree", after="")
    assert len(served.ledger.reviews(claim.id)) == 1
    post(served, served.client, claim, "undo")
    assert post(served, served.client, claim, "undo").status_code == 422
    first = served.ledger.reviews(claim.id)[-1].id
    post(served, served.client, claim, "agree", after=first)
    assert [one.decision for one in served.ledger.reviews(claim.id)] == ["agree", "undo", "agree"]


@pytest.mark.parametrize(
    "fields",
    [{"decision": "override"}, {"decision": "override", "label": "true"}, {"decision": "delete"}, {"decision": ""},
     {"decision": "override", "label": "mixed", "reason": "x" * 81}, {"decision": "agree", "note": "x" * 10_001}],
)  # fmt: skip
def test_a_decision_that_is_none_is_refused_with_what_it_lacks(served: Served, fields: dict[str, str]) -> None:
    claim = find(served, "refuted")
    served.client.headers["HX-Request"] = "true"
    answer = served.client.post(
        f"/articles/{claim.article}/claims/{claim.id}/decisions", data={"csrf": served.csrf(served.client), **fields}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/plain")
    assert "at most" in answer.text or "A decision is" in answer.text
    assert served.ledger.reviews(claim.id) == ()


def test_reviewers_who_disagree_leave_the_machine_in_force(served: Served) -> None:
    claim, bob = find(served, "refuted"), served.enter("bob")
    post(served, served.client, claim, "override", label="supported")
    answer = post(served, bob, claim, "agree")
    assert 'data-label="refuted" data-state="disputed"' in answer.text
    assert "ada" in answer.text
    assert "bob" in answer.text
    other = page(served, claim, served.enter("carl"))
    assert "data-mine" in answer.text
    assert "data-mine" not in other, "only one's own decision can be taken back"
    back = post(served, bob, claim, "undo")
    assert 'data-label="supported" data-state="overridden"' in back.text, "an undo takes back one's own decision only"


def rerun(served: Served, claim: Any, change: Any) -> str:
    """A later run of the article whose claims are changed by ``change``."""
    report, _ = served.ledger.claim(claim.id)
    text = served.ledger.text_of(claim.article)
    head = report.article.model_dump(exclude={"text", "characters", "text_sha256"})
    article = Article(**head, text=text or "")
    trials = tuple(
        one.model_copy(update={"claim": change(served.ledger.claim(one.claim)[1]).id})
        for one in served.ledger.trials(report.run.id)
    )
    run = report.run.model_copy(update={"id": report.run.id[::-1]})
    claims = tuple(change(one) for one in report.claims or ())
    later = report.model_copy(update={"run": run, "claims": claims})
    served.ledger.record(article, later, trials, ())
    return run.id


def moved(claim: ClaimResult, by: float) -> ClaimResult:
    """The claim with its end moved to the left by a share of its length."""
    end = claim.end - max(1, int((claim.end - claim.start) * by))
    id = claim_id(claim.article, claim.start, end, claim.kind, claim.figures)
    quote = claim.quote[: end - claim.start]
    return claim.model_copy(update={"id": id, "end": end, "quote": quote, "reviews": ()})


def test_a_later_runs_claim_inherits_the_review_and_says_so(served: Served) -> None:
    claim = find(served, "refuted")
    post(served, served.client, claim, "override", label="mixed", note="Kept.")
    rerun(served, claim, lambda one: moved(one, 0.05))
    text = page(served, claim)
    assert f'id="c-{claim.id}"' not in text
    assert "Kept." in text
    assert "decided on an earlier run" in text
    desk = served.client.get("/?state=partly").text
    assert "The shock of January" in desk, "the desk counts what is inherited"
    heir = next(one for one in served.ledger.latest_report(claim.article).claims or () if one.reviews)
    undone = post(served, served.client, heir, "undo")
    assert 'data-state="open"' in undone.text
    assert "The shock of January" not in served.client.get("/?state=partly").text


def test_a_review_whose_claim_is_gone_is_listed(served: Served) -> None:
    claim = find(served, "refuted")
    post(served, served.client, claim, "override", label="mixed", note="Kept.")
    rerun(served, claim, lambda one: moved(one, 0.5))
    text = page(served, claim)
    assert "1 decisions on claims that this reading does not have" in text
    assert claim.quote in text
    assert "Kept." in text
    assert all(not one.reviews for one in served.ledger.latest_report(claim.article).claims or ())


def test_a_forgotten_text_leaves_the_table(served: Served) -> None:
    claim = find(served, "refuted")
    served.ledger.forget(claim.article)
    text = page(served, claim)
    assert "The text was forgotten" in text
    assert claim.quote in text


@pytest.mark.slow
def test_fifty_reviewers_at_once_lose_and_double_nothing(served: Served) -> None:
    claim = find(served, "refuted")
    path = f"/articles/{claim.article}/claims/{claim.id}/decisions"
    clients = [served.enter(f"reviewer {n}") for n in range(10)]
    secrets = [served.csrf(client) for client in clients]

    def decide(n: int) -> int:
        client, secret = clients[n % 10], secrets[n % 10]
        return client.post(
            path, data={"csrf": secret, "decision": "override", "label": "mixed", "note": str(n // 10)}
        ).status_code

    with ThreadPoolExecutor(25) as pool:
        assert set(pool.map(decide, [*range(50), *range(50)])) == {200}
    found = [(one.reviewer, one.note) for one in served.ledger.reviews(claim.id)]
    assert len(found) == len(set(found)) == 50


def test_german_is_spoken_on_every_page(served: Served) -> None:
    claim, german = find(served, "refuted"), served.enter(language="de-DE")
    assert "noch nicht geprüft" in german.get("/").text
    assert "widerlegt" in page(served, claim, german)
    assert "In Python nachrechnen" in german.get(f"/articles/{claim.article}/claims/{claim.id}").text


@pytest.mark.slow
def test_a_decision_among_300_claims_is_taken(served: Served) -> None:
    claim = find(served, "refuted")
    _, first = served.ledger.claim(claim.id)
    many(served, claim, first, 300)
    secret, path = served.csrf(served.client), f"/articles/{claim.article}"
    newest = served.ledger.latest_report(claim.article).claims or ()
    assert len(newest) == 300
    for one in newest[:20]:
        answer = served.client.post(f"{path}/claims/{one.id}/decisions", data={"csrf": secret, "decision": "agree"})
        assert answer.status_code == 200
    assert served.client.get(path).text.count('class="badge agreed') == 20


def many(served: Served, claim: Any, first: ClaimResult, n: int) -> None:
    """A later run with ``n`` claims, each of one character of the text."""

    def one(k: int) -> ClaimResult:
        id = claim_id(claim.article, k, k + 1, first.kind, first.figures)
        return first.model_copy(update={"id": id, "start": k, "end": k + 1, "evidence": (), "reviews": ()})

    report, _ = served.ledger.claim(claim.id)
    head = report.article.model_dump(exclude={"text", "characters", "text_sha256"})
    article = Article(**head, text=(served.ledger.text_of(claim.article) or "") + " " * n)
    run = report.run.model_copy(update={"id": report.run.id[::-1]})
    later = report.model_copy(update={"run": run, "claims": tuple(one(k) for k in range(n))})
    served.ledger.record(article, later, (), ())
