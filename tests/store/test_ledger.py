"""The ledger: what goes in comes out, nothing is overwritten, and people find what they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from analyzer.errors import InputError, StoreError
from analyzer.model import Review
from analyzer.store.ledger import Ledger


def make_review(claim: str, reviewer: str = "eva", **more: Any) -> Review:
    return Review(
        id=f"{reviewer}-{claim}", claim=claim, reviewer=reviewer, at="2025-08-02T09:00:00+00:00",
        **{"decision": "override", "label": "mixed", "note": "Öl ist kein Gold", **more},
    )  # fmt: skip


def test_a_report_read_back_equals_the_recorded_one_with_its_charts(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    found = ledger.latest_report(work.article.id)
    assert found == work.report
    assert found.claims[0].evidence[0].chart.lines[0].values == (142.62, 118.42)


def test_a_report_survives_closing_and_opening(open_ledger: Callable[[], Ledger], work: Any) -> None:
    with open_ledger() as first:
        first.record(*work.all)
    with open_ledger() as second:
        assert second.latest_report(work.article.id) == work.report


def test_failed_extraction_stays_apart_from_an_article_without_claims(ledger: Ledger, work: Any, make: Any) -> None:
    failed = work.with_report(claims=None)
    empty = make(run="run2").with_report(claims=())
    ledger.record(failed.article, failed.report, (), ())
    assert ledger.latest_report(work.article.id).claims is None
    ledger.record(empty.article, empty.report, (), ())
    assert ledger.latest_report(work.article.id).claims == ()


def test_a_report_with_the_text_comes_back_with_the_text(ledger: Ledger, work: Any) -> None:
    head = work.report.article.model_copy(update={"text": work.article.text})
    spoken = work.with_report(article=head)
    ledger.record(*spoken.all)
    assert ledger.latest_report(work.article.id) == spoken.report


def test_the_same_run_twice_is_one_run(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    before = ledger.counts()
    ledger.record(*work.all)
    assert ledger.counts() == before
    assert before["runs"] == 1


def test_a_new_run_is_added_and_the_old_one_stays(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    again = make(run="run2")
    ledger.record(*again.all)
    counts = ledger.counts()
    assert (counts["runs"], counts["articles"], counts["claims"], counts["evidence"]) == (2, 1, 2, 4)
    assert ledger.latest_report(work.article.id) == again.report
    assert len(ledger.trials(work.report.run.id)) == len(ledger.trials(again.report.run.id)) == 1


def test_a_run_cannot_belong_to_two_articles(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    other = make(text="Der Dax stieg.\nÖlwerte fielen um 17 Prozent, die Blase platzt.")
    with pytest.raises(StoreError, match="is recorded with article"):
        ledger.record(other.article, other.report.model_copy(update={"run": work.report.run}), (), ())


def test_a_record_that_fails_half_way_leaves_nothing(ledger: Ledger, work: Any) -> None:
    twice = work.with_report(claims=work.report.claims + work.report.claims[:1])
    before = ledger.counts()
    with pytest.raises(StoreError, match="contradicts"):
        ledger.record(*twice.all)
    assert ledger.counts() == before


def test_evidence_without_its_trial_is_refused(ledger: Ledger, work: Any) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        ledger.record(work.article, work.report, (), work.passages)


def test_a_number_that_is_not_finite_is_refused_by_name(ledger: Ledger, work: Any) -> None:
    run = work.report.run.model_copy(update={"seconds": float("nan")})
    with pytest.raises(StoreError, match="cannot be stored"):
        ledger.record(*work.with_report(run=run).all)


def test_a_character_that_not_every_database_holds_is_replaced(ledger: Ledger, work: Any) -> None:
    claims = work.report.claims
    spoken = work.with_report(claims=(claims[0].model_copy(update={"statement": "It\0fell."}), *claims[1:]))
    ledger.record(*spoken.all)
    assert ledger.latest_report(work.article.id).claims[0].statement == "It\ufffdfell."


def test_trials_come_back_as_they_were_fixed(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    assert ledger.trials(work.report.run.id) == work.trials


def test_text_and_passages_come_back(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    assert ledger.text_of(work.article.id) == work.article.text
    assert tuple(ledger.passages(work.article.id)) == work.passages


def test_the_words_of_hits_come_by_their_ids(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    passage, claim = work.passages[1], work.report.claims[0]
    assert ledger.texts_of("passages", [passage.id, "unknown"]) == {passage.id: passage.text}
    assert ledger.texts_of("claims", [claim.id]) == {claim.id: claim.quote}
    assert ledger.texts_of("instruments", ["NVDA"]) == {}
    ledger.forget(work.article.id)
    assert ledger.texts_of("passages", [passage.id]) == {}


def test_two_texts_that_differ_in_white_space_keep_their_own_offsets(ledger: Ledger, work: Any, make: Any) -> None:
    spaced = make(text="  " + work.article.text, run="run2")
    assert spaced.article.id == work.article.id
    ledger.record(*work.all)
    ledger.record(*spaced.all)
    assert ledger.text_of(work.article.id) == spaced.article.text
    assert tuple(ledger.passages(work.article.id)) == spaced.passages
    assert ledger.counts()["texts"] == 2


def test_forgetting_takes_the_words_and_leaves_the_verdicts(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    ledger.forget(work.article.id)
    assert ledger.text_of(work.article.id) is None
    assert ledger.passages(work.article.id) == []
    assert ledger.latest_report(work.article.id) == work.report


def test_what_only_an_earlier_run_knew_of_an_article_is_kept(ledger: Ledger, make: Any) -> None:
    dated = make(published=None, title="Beben", author="Eva")
    inferred = dated.article.model_copy(update={"published": date(2025, 1, 28), "published_basis": "inferred"})
    ledger.record(inferred, dated.report, dated.trials, dated.passages)
    bare = make(published=None, run="run2", source="copy.txt")
    ledger.record(*bare.all)
    row = ledger.articles()[0]
    assert (row.title, row.published, row.published_basis, row.source) == (
        "Beben", date(2025, 1, 28), "inferred", "copy.txt",
    )  # fmt: skip
    assert (row.runs, row.run) == (2, bare.report.run.id)


# --- finding -----------------------------------------------------------------------------------------------------


def test_an_article_is_found_by_id_prefix_source_and_title(ledger: Ledger, make: Any) -> None:
    work = make(title="Öl bebt")
    ledger.record(*work.all)
    for ref in (work.article.id, work.article.id[:5], "article.txt", "öl BEBT"):
        assert ledger.latest_report(ref) == work.report
    assert ledger.latest_report("elsewhere.txt") is None
    assert ledger.latest_report("") is None


def test_a_source_that_was_edited_means_its_last_reading(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    edited = make(text=work.article.text + " Wirklich.")
    ledger.record(*edited.all)
    assert ledger.latest_report("article.txt") == edited.report


def test_an_ambiguous_reference_lists_what_it_fits(ledger: Ledger, work: Any, make: Any) -> None:
    titled = [make(text=work.article.text + tail, title="Beben", source=f"{tail}.txt") for tail in ("a", "b")]
    for one in titled:
        ledger.record(*one.all)
    with pytest.raises(InputError) as caught:
        ledger.latest_report("Beben")
    assert all(one.article.id in str(caught.value) for one in titled)


def test_a_percent_sign_in_a_reference_is_no_wildcard(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    assert ledger.latest_report("%") is None


def test_a_claim_is_found_by_the_beginning_of_its_id(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    claim = work.report.claims[0]
    assert ledger.claim(claim.id[:6]) == (work.report, claim)
    with pytest.raises(InputError, match="no claim"):
        ledger.claim("zzzz")


def test_a_claim_comes_from_the_newest_run_that_has_it(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    fewer = make(run="run2").with_report(claims=work.report.claims[:1], failed=())
    ledger.record(*fewer.all)
    assert ledger.claim(work.report.claims[0].id)[0] == fewer.report
    assert ledger.claim(work.report.claims[1].id)[0] == work.report


def test_reports_walks_the_newest_run_of_each_article(ledger: Ledger, work: Any, make: Any) -> None:
    other = make(text=work.article.text + " Ende.", source="other.txt")
    again = make(run="run2")
    for one in (work, other, again):
        ledger.record(*one.all)
    assert list(ledger.reports()) == [other.report, again.report]
    assert list(ledger.reports([work.article.id])) == [again.report]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 4),
        ({"kind": None, "since": None}, 4),
        ({"kind": "bubble_valuation"}, 2),
        ({"label": "supported"}, 2),
        ({"symbol": "NVDA"}, 2),
        ({"symbol": "^VIX"}, 2),
        ({"symbol": "AVGO"}, 0),
        ({"check": "session_return"}, 2),
        ({"check": "drawdown"}, 0),
        ({"author": "Eva"}, 2),
        ({"outlet": "Blatt", "label": "supported"}, 1),
        ({"since": date(2025, 1, 28)}, 2),
        ({"until": date(2025, 1, 27)}, 2),
        ({"text": "ölwerte"}, 2),
        ({"text": "100%"}, 0),
    ],
)
def test_claims_are_narrowed_by_each_filter(ledger: Ledger, make: Any, filters: Any, expected: int) -> None:
    ledger.record(*make(author="Eva", outlet="Blatt").all)
    ledger.record(*make(author="Udo", published=date(2025, 1, 27)).all)
    assert len(ledger.claims(**filters)) == expected


def test_claims_of_one_article_carry_their_verdicts_and_their_article(ledger: Ledger, make: Any) -> None:
    work = make(title="Beben")
    ledger.record(*work.all)
    first, second = ledger.claims(article=work.article.id)
    assert (first.label, first.when_written, first.title) == ("supported", "supported", "Beben")
    assert (second.label, second.when_written, second.checkable) == ("not_checkable", None, "no")
    assert ledger.claims(article="0000") == []


def test_a_failed_run_does_not_hide_the_claims_of_the_one_before(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    failed = make(run="run2").with_report(claims=None, failed=())
    ledger.record(failed.article, failed.report, (), failed.passages)
    assert len(ledger.claims()) == 2
    assert ledger.latest_report(work.article.id).claims is None


# --- reviews -----------------------------------------------------------------------------------------------------


def test_a_review_appears_in_the_report_and_in_the_rows(ledger: Ledger, work: Any) -> None:
    ledger.record(*work.all)
    claim = work.report.claims[0].id
    first, second = make_review(claim), make_review(claim, "udo", decision="agree", label=None)
    ledger.add_review(first)
    ledger.add_review(second)
    ledger.add_review(first)
    assert ledger.reviews(claim) == (first, second)
    assert ledger.latest_report(work.article.id).claims[0].reviews == (first, second)
    assert [row.reviews for row in ledger.claims()] == [2, 0]


def test_a_review_stays_with_its_claim_in_a_later_run(ledger: Ledger, work: Any, make: Any) -> None:
    ledger.record(*work.all)
    review = make_review(work.report.claims[0].id)
    ledger.add_review(review)
    ledger.record(*make(run="run2").all)
    assert ledger.latest_report(work.article.id).claims[0].reviews == (review,)


def test_a_review_of_an_unknown_claim_is_refused(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="no claim 0123"):
        ledger.add_review(make_review("0123"))
