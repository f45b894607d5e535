"""Decisions taken together: what stands, what it makes of the label, and which claim of a later run it is of."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.decisions import Place, follow, overlap, standing
from analyzer.model import Claim, ExtractedBy, Review, claim_id


def review(reviewer: str, decision: Any, label: Any = None, claim: str = "c", n: int = 0) -> Review:
    return Review(
        id=f"{reviewer}{decision}{n}", claim=claim, reviewer=reviewer, at="now", decision=decision, label=label
    )


ADA_AGREES = review("ada", "agree", "supported")
ADA_MIXED = review("ada", "override", "mixed")
ADA_UNDOES = review("ada", "undo")
BOB_REFUTES = review("bob", "override", "refuted")
BOB_MIXED = review("bob", "override", "mixed")
BOB_REJECTS = review("bob", "reject")


@pytest.mark.parametrize(
    ("reviews", "state", "label"),
    [
        ([], "open", "supported"),
        ([ADA_AGREES], "agreed", "supported"),
        ([review("ada", "agree")], "agreed", "supported"),
        ([review("ada", "agree", "refuted")], "overridden", "refuted"),
        ([ADA_MIXED], "overridden", "mixed"),
        ([ADA_MIXED, BOB_MIXED], "overridden", "mixed"),
        ([ADA_MIXED, BOB_REFUTES], "disputed", "supported"),
        ([ADA_AGREES, BOB_REFUTES], "disputed", "supported"),
        ([ADA_AGREES, BOB_REJECTS], "disputed", "supported"),
        ([BOB_REJECTS], "rejected", "supported"),
        ([ADA_AGREES, ADA_MIXED], "overridden", "mixed"),
        ([ADA_AGREES, ADA_MIXED, ADA_UNDOES], "agreed", "supported"),
        ([ADA_AGREES, ADA_MIXED, ADA_UNDOES, ADA_UNDOES], "open", "supported"),
        ([ADA_UNDOES, ADA_MIXED], "overridden", "mixed"),
        ([BOB_REFUTES, ADA_MIXED, ADA_UNDOES], "overridden", "refuted"),
    ],
)
def test_what_stands_and_which_label_is_in_force(reviews: list[Review], state: str, label: str) -> None:
    found = standing(reviews, "supported")
    assert (found.state, found.label) == (state, label)


def claim(start: int, end: int, kind: Any = "level", figures: tuple[str, ...] = ("17",)) -> Claim:
    id = claim_id("a", start, end, kind, figures)
    return Claim(
        id=id, article="a", quote="", start=start, end=end, kind=kind, figures=figures, statement="",
        extracted_by=ExtractedBy(reader="rules"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "follows"),
    [
        ([claim(0, 80)], True),
        ([claim(20, 100)], True),
        ([claim(0, 79)], False),
        ([claim(0, 100, kind="causal")], False),
        ([claim(0, 100, figures=("18",))], False),
        ([claim(200, 300)], False),
        ([claim(0, 85), claim(2, 100)], True),
        ([], False),
    ],
)
def test_a_review_follows_its_claim_by_overlap_kind_and_figures(now: list[Claim], follows: bool) -> None:
    then = claim(0, 100)
    found = follow(now, [review("ada", "agree", claim=then.id)], {then.id: Place(0, 100, "level", ("17",))})
    assert bool(found.attached) is follows
    assert bool(found.unattached) is not follows
    if follows:
        best = max(now, key=lambda one: overlap(Place(0, 100, "level", ("17",)), one))
        assert list(found.attached) == [best.id]


def test_a_claim_that_is_still_there_keeps_its_reviews_and_order_is_kept() -> None:
    same, near = claim(0, 100), claim(0, 99)
    first, second, third = (
        review("ada", d, claim=c.id) for d, c in (("agree", near), ("reject", same), ("undo", near))
    )
    places = {near.id: Place(0, 99, "level", ("17",)), same.id: Place(0, 100, "level", ("17",))}
    assert follow([same, near], [first, second], places).attached == {near.id: (first,), same.id: (second,)}
    assert follow([same], [first, second, third], places).attached == {same.id: (first, second, third)}
