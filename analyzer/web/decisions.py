"""People's decisions: agree, override, reject, undo. Each is appended to the ledger under the reviewer's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from analyzer.decisions import standing_decisions
from analyzer.errors import InputError
from analyzer.model import ClaimResult, Label, ReadingRef, Review, content_id
from analyzer.report.words import visible
from analyzer.store.ledger import Ledger
from analyzer.web import article, pages

LONGEST_REASON, LONGEST_NOTE = 80, 10_000

router = APIRouter()


@router.post("/articles/{article_id}/claims/{claim_id}/decisions")
def decide(request: Request, article_id: str, claim_id: str) -> Response:
    """Append the decision of the form, and draw the claim and the counts as they are now."""
    ledger: Ledger = request.app.state.ledger
    form = request.state.form
    seen = ledger.review_desk.seen(article_id, claim_id)
    expect_reading(form, seen.reading)
    review = review_of(form, seen.claim, request.state.session.reviewer)
    ledger.add_review(review.model_copy(update={"reading": seen.reading}))
    now = ledger.review_desk.seen_again(seen)
    return pages.page(
        request, "decided.html", view=article.claim_view(now.number, now.claim), article_id=article_id,
        progress=article.progress(now.standings, now.added),
    )  # fmt: skip


def expect_reading(form: Mapping[str, str], reading: ReadingRef) -> None:
    """Nobody decides on what they have not seen. InputError if the article was read again since the page was drawn."""
    if form.get("run", reading.run) != reading.run:
        raise InputError("The article was analysed again since this page was loaded. Load it again, and decide then.")


def review_of(form: Mapping[str, str], claim: ClaimResult, reviewer: str) -> Review:
    """The form as a review. InputError says what it lacks.

    Its id is made of its content and of the review that it follows, so that a form that is sent twice is one decision.
    An undo is made of what it takes back, and stands with the claim that this was decided on.
    """
    decision = form.get("decision", "")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if decision == "undo":
        taken_back = standing_decisions(claim.reviews).get(reviewer)
        if taken_back is None:
            raise InputError(f"There is no decision of {reviewer} on this claim that could be taken back.")
        id = content_id("undo", taken_back.id)
        return Review(id=id, claim=taken_back.claim, reviewer=reviewer, at=at, decision="undo")
    label, reason, note = _label(form, claim, decision), text_of(form, "reason"), text_of(form, "note")
    id = content_id("review", claim.id, reviewer, decision, label, reason, note, form.get("after", ""))
    return Review.model_validate(
        {
            "id": id, "claim": claim.id, "reviewer": reviewer, "at": at, "decision": decision, "label": label,
            "reason": reason, "note": note,
        }
    )  # fmt: skip


def _label(form: Mapping[str, str], claim: ClaimResult, decision: str) -> Label | None:
    """Of an override the form's, of an agreement the machine's: a later run may come to another."""
    machine = claim.verdict.latest.label
    if decision == "agree":
        return machine
    if decision == "reject":
        return None
    label: Label | None = next((one for one in get_args(Label) if one == form.get("label")), None)
    if decision != "override" or label is None:
        raise InputError("A decision is agree, override with a label, reject or undo.")
    return label


LONGEST = {"reason": LONGEST_REASON, "note": LONGEST_NOTE}


def text_of(form: Mapping[str, str], name: str) -> str | None:
    text = visible(form.get(name, "").replace("\r\n", "\n")).strip()
    if len(text) > LONGEST[name]:
        raise InputError(f"A {name} has at most {LONGEST[name]:,} characters, not {len(text):,}.")
    return text or None
