"""A person's word on an article as a whole: read, and nothing is missing, or something is. Appended, and undone by one
more line, as decisions on claims are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from analyzer.decisions import standing_sign_offs
from analyzer.errors import InputError
from analyzer.model import ReadingRef, Report, SignOff, content_id
from analyzer.store.ledger import Ledger
from analyzer.web import decisions, pages

router = APIRouter()


@router.post("/articles/{article}/sign-off")
def sign_off(request: Request, article: str) -> Response:
    """Append what the form says, and draw what stands now; the article's page for a browser without scripts."""
    ledger: Ledger = request.app.state.ledger
    form, reviewer = request.state.form, request.state.session.reviewer
    reading = ledger.review_desk.reading(article)
    decisions.expect_reading(form, reading)
    ledger.add_sign_off(sign_off_of(form, ledger.sign_offs(article), article, reviewer, reading))
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/articles/{article}", status_code=303)
    return pages.page(request, "sign_off.html", **drawn(ledger.sign_offs(article), article, reading.run, reviewer))


def of_report(report: Report, reviewer: str) -> dict[str, Any]:
    """What the template draws for an article that is opened."""
    return drawn(report.sign_offs, report.article.id, report.run.id, reviewer)


def drawn(said: tuple[SignOff, ...], article: str, run: str, reviewer: str) -> dict[str, Any]:
    standing = standing_sign_offs(said)
    return {
        "article_id": article, "run": run, "signed": tuple(standing.values()), "mine": standing.get(reviewer),
        "said": said, "after": said[-1].id if said else "",
    }  # fmt: skip


def sign_off_of(
    form: Mapping[str, str], said: tuple[SignOff, ...], article: str, reviewer: str, reading: ReadingRef
) -> SignOff:
    """The form as a sign-off; InputError says what it lacks. Its id is made of its content and of what it follows, so
    that a form that is sent twice is one."""
    decision, after = form.get("decision", ""), form.get("after", "")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if decision == "undo":
        mine = standing_sign_offs(said).get(reviewer)
        if mine is None:
            raise InputError(f"There is no sign-off of {reviewer} on this article that could be taken back.")
        return SignOff(
            id=content_id("undo", mine.id), article=article, reviewer=reviewer, at=at, decision="undo", undoes=mine.id,
            reading=reading,
        )  # fmt: skip
    if decision not in ("complete", "missing"):
        raise InputError("A sign-off is complete, missing with a note, or undo.")
    note = decisions.text_of(form, "note")
    if decision == "missing" and note is None:
        raise InputError("Say in the note what is missing.")
    return SignOff.model_validate(
        {
            "id": content_id("sign_off", article, reviewer, decision, note, after), "article": article,
            "reviewer": reviewer, "at": at, "decision": decision, "note": note, "reading": reading,
        }
    )  # fmt: skip
