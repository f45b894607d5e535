"""Claims as people would have them tested: appended, taken back, given to the claims of later runs, never lost."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.errors import InputError
from analyzer.model import Amendment, Claim, ClaimResult, claim_id
from analyzer.store.ledger import Ledger


def amendment(claim: ClaimResult, reviewer: str = "eva", change: str = "trial", **more: Any) -> Amendment:
    """What a reviewer had tested of a claim; it came to what the machine had come to."""
    reading = Claim(**{name: getattr(claim, name) for name in Claim.model_fields})
    return Amendment.model_validate(
        {
            "id": f"{reviewer}-{claim.id}-{change}", "article": claim.article, "claim": claim.id, "reviewer": reviewer,
            "at": "2025-08-02T09:00:00+00:00", "change": change, "reading": reading, "verdict": claim.verdict,
            "evidence": claim.evidence, **more,
        }
    )  # fmt: skip


def taken_back(one: Amendment) -> Amendment:
    return Amendment(
        id=f"undo-{one.id}", article=one.article, claim=one.claim, reviewer=one.reviewer, at=one.at, change="undo",
        undoes=one.id,
    )  # fmt: skip


def placed(claim: ClaimResult, start: int, end: int) -> ClaimResult:
    id = claim_id(claim.article, start, end, claim.kind, claim.figures)
    return claim.model_copy(update={"id": id, "start": start, "end": end})


def test_an_amendment_stands_beside_the_claim_whose_record_stays(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    claim = work.report.claims[0]
    for _ in range(2):
        ledger.add_amendment(amendment(claim))
    found = ledger.latest_report(work.article.id)
    assert ledger.counts()["amendments"] == 1
    assert found.claims[0].amendments == (amendment(claim),)
    assert found.claims[0].model_copy(update={"amendments": ()}) == claim
    assert found.added == ()
    assert found.claims[0].amendments[0].result().evidence[0].chart == claim.evidence[0].chart


def test_what_is_taken_back_is_kept_and_stands_no_more(ledger: Ledger, work: Any) -> None:
    from analyzer.decisions import standing_amendments

    ledger.record(*work.all)
    first, second = (amendment(work.report.claims[0], change=change) for change in ("trial", "quote"))
    for one in (first, second, taken_back(second)):
        ledger.add_amendment(one)
    said = ledger.latest_report(work.article.id).claims[0].amendments
    assert [one.change for one in said] == ["trial", "quote", "undo"]
    assert standing_amendments(said) == {"eva": first}


def test_an_amendment_follows_its_claim_into_a_later_run(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    claim = work.report.claims[0]
    ledger.add_amendment(amendment(claim))
    near, far = placed(claim, claim.start, claim.end - 1), placed(claim, claim.start, claim.start + 5)
    for number, (heir, follows) in enumerate(((near, True), (far, False))):
        later = make(run=f"later{number}").with_report(claims=(heir.model_copy(update={"evidence": ()}),))
        ledger.record(later.article, later.report, (), ())
        found = ledger.latest_report(work.article.id)
        assert bool(found.claims[0].amendments) is follows
        left = ledger.review_desk.open(work.article.id).gone
        assert [one.claim for one in left] == ([] if follows else [claim.id]), "it is listed, never dropped"


def test_an_added_claim_is_none_of_the_runs_until_a_run_reads_it(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    by_hand = placed(work.report.claims[0], 0, 9)
    one = amendment(by_hand, change="claim")
    ledger.add_amendment(one)
    found = ledger.latest_report(work.article.id)
    assert [claim.id for claim in found.added] == [by_hand.id]
    assert found.added[0].amendments == (one,)
    assert by_hand.id not in [claim.id for claim in found.claims]
    later = make(run="later").with_report(claims=(by_hand.model_copy(update={"evidence": ()}),))
    ledger.record(later.article, later.report, (), ())
    read = ledger.latest_report(work.article.id)
    assert read.added == ()
    assert read.claims[0].amendments == (one,)


def test_an_added_claim_that_is_taken_back_is_gone_from_the_report(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    one = amendment(placed(work.report.claims[0], 0, 9), change="claim")
    for each in (one, taken_back(one)):
        ledger.add_amendment(each)
    assert ledger.latest_report(work.article.id).added == ()
    assert ledger.counts()["amendments"] == 2


def test_a_claim_that_is_not_there_cannot_be_amended(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    with pytest.raises(InputError, match="holds no claim"):
        ledger.add_amendment(amendment(placed(work.report.claims[0], 0, 9)))


def test_json_holds_amendments_and_added_claims_and_charts_only_on_request(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    claim = work.report.claims[0]
    ledger.add_amendment(amendment(claim))
    ledger.add_amendment(amendment(placed(claim, 0, 9), change="claim"))
    report = ledger.latest_report(work.article.id)
    assert '"chart"' not in report.to_json()
    assert '"amendments"' in report.to_json()
    assert type(report).model_validate_json(report.to_json(charts=True)).claims[0].amendments[0].evidence[0].chart


def test_the_quotes_of_amendments_are_known_as_words_of_the_article(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    by_hand = placed(work.report.claims[0], 0, 9).model_copy(update={"quote": "Die Börse"})
    ledger.add_amendment(amendment(by_hand, change="claim"))
    assert "Die Börse" in ledger.quotes_of_article(work.article.id)
