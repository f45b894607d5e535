"""The second set of claim pairs has the form of the first, balanced classes, and the counts that its page names."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

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

PAIRS = pairs_of("claim_pairs_2")


def test_a_pair_has_the_fields_of_the_form_and_its_sides_can_be_read() -> None:
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    for pair in PAIRS:
        assert set(pair) == FIELDS, pair["id"]
        assert re.fullmatch(r"cp-[34]\d\d", pair["id"])
        assert sorted(pair["languages"].split("-")) == spoken(pair)
    for name, side in sides(PAIRS):
        assert set(side) == FIELDS_OF_A_SIDE, name
        assert side["text"].count(side["quote"]) == 1, name
        assert side["text"].endswith((".", "!", "?")), name
        assert date(2007, 1, 1) <= date.fromisoformat(side["published"]) <= date(2025, 12, 31), name


def test_a_weekday_of_a_text_lies_within_the_four_days_before_its_article() -> None:
    assert list(weekdays_too_far_back(PAIRS)) == []


def test_classes_and_hard_negatives_are_enough() -> None:
    found = cells(PAIRS)
    assert all(found[languages, relation] >= 10 for languages in LANGUAGES for relation in RELATIONS)
    assert hard_negatives(PAIRS) >= len(PAIRS) / 3


def test_the_counts_on_the_page_are_those_of_the_file() -> None:
    page, held = page_of("claim_pairs_2"), held_out(PAIRS)
    assert [count for count in counts_to_tell(PAIRS) if count not in page] == []
    assert min(held[relation] for relation in RELATIONS) >= 8


def test_the_development_pairs_are_of_the_form_and_named_as_such() -> None:
    pairs, page = pairs_of("claim_pairs_development"), page_of("claim_pairs_development")
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    assert not {pair["id"] for pair in pairs} & {pair["id"] for pair in PAIRS}
    for pair in pairs:
        assert pair["relation"] in RELATIONS
    for name, side in sides(pairs):
        assert side["text"].count(side["quote"]) == 1, name
        assert date.fromisoformat(side["published"]).year <= 2025
    relations = Counter(pair["relation"] for pair in pairs)
    assert f"{len(pairs)} pairs ({', '.join(f'{relations[r]} `{r}`' for r in RELATIONS)};" in page
    for number, count in Counter(pair["round"] for pair in pairs).items():
        assert f"| {number} | {count} |" in page
