"""The further sets of claim pairs have the form of the first, balanced classes, and the counts of their pages."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from claim_pairs import (
    FIELDS,
    FIELDS_OF_A_SIDE,
    LANGUAGES,
    RELATIONS,
    cells,
    counts_to_tell,
    hard_negatives,
    held_out,
    page_of,
    pairs_of,
    sides,
    spoken,
    weekdays_too_far_back,
)

IDS = {
    "claim_pairs_2": r"cp-[34]\d\d",
    "claim_pairs_3": r"cp-[67]\d\d",
    "claim_pairs_4": r"cp-[89]\d\d",
    "claim_pairs_5": r"cp-1[01]\d\d",
}


@pytest.fixture(params=IDS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pairs(name: str) -> list[dict[str, Any]]:
    return pairs_of(name)


def test_a_pair_has_the_fields_of_the_form_and_its_sides_can_be_read(name: str, pairs: list[dict[str, Any]]) -> None:
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert set(pair) == FIELDS, pair["id"]
        assert re.fullmatch(IDS[name], pair["id"])
        assert sorted(pair["languages"].split("-")) == spoken(pair)
    for which, side in sides(pairs):
        assert set(side) == FIELDS_OF_A_SIDE, which
        assert side["text"].count(side["quote"]) == 1, which
        assert side["text"].endswith((".", "!", "?")), which
        assert date(2007, 1, 1) <= date.fromisoformat(side["published"]) <= date(2025, 12, 31), which


def test_a_weekday_of_a_text_lies_within_the_four_days_before_its_article(pairs: list[dict[str, Any]]) -> None:
    assert list(weekdays_too_far_back(pairs)) == []


def test_classes_and_hard_negatives_are_enough(pairs: list[dict[str, Any]]) -> None:
    found = cells(pairs)
    assert all(found[languages, relation] >= 10 for languages in LANGUAGES for relation in RELATIONS)
    assert hard_negatives(pairs) >= len(pairs) / 3


def test_the_counts_on_the_page_are_those_of_the_file(name: str, pairs: list[dict[str, Any]]) -> None:
    page, held = page_of(name), held_out(pairs)
    assert [count for count in counts_to_tell(pairs) if count not in page] == []
    assert min(held[relation] for relation in RELATIONS) >= 8


def test_the_development_pairs_are_of_the_form_and_named_as_such() -> None:
    pairs, page = pairs_of("claim_pairs_development"), page_of("claim_pairs_development")
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    assert not {pair["id"] for pair in pairs} & {pair["id"] for name in IDS for pair in pairs_of(name)}
    for pair in pairs:
        assert pair["relation"] in RELATIONS
    for name, side in sides(pairs):
        assert side["text"].count(side["quote"]) == 1, name
        assert date.fromisoformat(side["published"]).year <= 2025
    relations = Counter(pair["relation"] for pair in pairs)
    assert f"{len(pairs)} pairs ({', '.join(f'{relations[r]} `{r}`' for r in RELATIONS)};" in page
    for number, count in Counter(pair["round"] for pair in pairs).items():
        assert f"| {number} | {count} |" in page
