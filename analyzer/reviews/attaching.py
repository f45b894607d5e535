"""Decisions from another machine find their claims here, or are listed: never dropped, never guessed.

A claim's id is of its article, place, kind and figures, so the same text read alike has the same claims everywhere.
Where another run cut a quote otherwise, a decision follows to the claim of equal kind and figures that overlaps by 0.8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from analyzer.model import Review, content_id
from analyzer.reviews.arriving import Arrived, Here, Reports, arrived, heir, moved_and_lost
from analyzer.reviews.lines import ReviewLine
from analyzer.store.ledger import Ledger

Attached = Arrived[ReviewLine, Review]


def attach(lines: Sequence[ReviewLine], ledger: Ledger) -> Attached:
    """Add to the ledger what finds its claim there. InputError, before anything is added, where a decision has the id
    of another one: it was changed, and decisions never are."""
    found = sort(lines, ledger)
    for review in found.added:
        ledger.add_review(review)
    return found


def sort(lines: Sequence[ReviewLine], ledger: Ledger, arriving: Collection[str] = ()) -> Attached:
    """What is to become of the decisions. ``arriving``: claims (by id) that come with them, and are not there yet."""
    reports = Reports(ledger)

    def here(line: ReviewLine) -> Here[Review] | None:
        if line.review.claim in arriving or ledger.has_claim(line.review.claim):
            return Here(line.review)
        claim = heir(line, reports.of(line.article))
        if claim is None:
            return None
        # The decision on the other claim has an id of its own, which is the same at every import.
        moved = {"claim": claim.id, "id": content_id("review", line.review.id, claim.id)}
        return Here(line.review.model_copy(update=moved), claim)

    def changed(one: Review) -> str:
        what = f"The decision {one.id} of {one.reviewer} is another one in {ledger.place}."
        return f"{what} Decisions are never changed: who thinks better of one appends a new one."

    return arrived(lines, {review.id: review for review in ledger.all_reviews()}, here, changed)


def summary(found: Attached) -> Iterable[str]:
    """What became of the decisions, a line each where it matters."""
    yield f"{len(found.added)} added, {len(found.held)} held already, {len(found.unattached)} without a claim here"
    yield from moved_and_lost(found, lambda line: line.review.reviewer, lambda line: line.article)
