"""What people's decisions on a claim come to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer.model import ClaimResult, ExtractedBy, Review, Verdict, Verdicts
from analyzer.standing import effective, opinions, standing, state


def decided(*said: str) -> ClaimResult:
    """A claim that the machine supports, with decisions as "ada mixed", "ada agree", "ada reject", "ada undo"."""
    return ClaimResult(
        id="c", article="a", quote="It fell.", start=0, end=8, kind="level", statement="It fell.",
        extracted_by=ExtractedBy(reader="rules"), reviews=tuple(map(review, range(len(said)), said)),
        verdict=Verdicts(when_written=None, latest=Verdict(label="supported", summary="", as_of=date(2025, 7, 31))),
    )  # fmt: skip


def review(number: int, said: str) -> Review:
    who, what = said.split()
    plain = what in ("agree", "reject", "undo")
    decision: Any = what if plain else "override"
    label: Any = None if plain else what
    return Review(id=str(number), claim="c", reviewer=who, at=str(number), decision=decision, label=label)


@pytest.mark.parametrize(
    ("said", "came_to", "in_force"),
    [
        ((), "not reviewed", "supported"),
        (("ada agree",), "agreed", "supported"),
        (("ada mixed",), "overridden", "mixed"),
        (("ada mixed", "bob mixed"), "overridden", "mixed"),
        (("ada mixed", "ada refuted"), "overridden", "refuted"),
        (("ada mixed", "ada undo"), "not reviewed", "supported"),
        (("ada mixed", "bob refuted"), "disputed", "supported"),
        (("ada mixed", "bob agree"), "disputed", "supported"),
        (("ada mixed", "bob refuted", "bob undo"), "overridden", "mixed"),
        (("ada reject",), "rejected", "supported"),
        (("ada reject", "bob agree"), "disputed", "supported"),
        (("ada supported",), "agreed", "supported"),
    ],
)
def test_the_last_standing_decisions_count(said: tuple[str, ...], came_to: str, in_force: str) -> None:
    claim = decided(*said)
    assert (state(claim), effective(claim)) == (came_to, in_force)


def test_opinions_are_those_that_stand() -> None:
    claim = decided("ada mixed", "bob agree", "eva reject", "ada undo", "ada refuted")
    assert opinions(claim) == {"ada": "refuted", "bob": "supported", "eva": "rejected"}
    assert {who: one.id for who, one in standing(claim.reviews).items()} == {"bob": "1", "eva": "2", "ada": "4"}
