"""The measuring set of claim pairs holds what its page promises: verbatim quotes, dates, and enough of every class."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

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

PAIRS = pairs_of("claim_pairs")
PRICES = {"move", "value", "level", "record", "volume"}


def test_every_pair_has_the_fields_of_the_form_and_an_id_of_its_own() -> None:
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    for pair in PAIRS:
        assert set(pair) == FIELDS, pair["id"]
        assert re.fullmatch(r"cp-\d{3}", pair["id"])
        assert pair["relation"] in RELATIONS
        assert pair["languages"] in LANGUAGES
        assert isinstance(pair["hard"], bool)
        assert pair["why"].strip()


@pytest.mark.parametrize(("name", "side"), sides(PAIRS))
def test_a_side_can_be_read_by_the_program(name: str, side: dict[str, str]) -> None:
    assert set(side) == FIELDS_OF_A_SIDE
    assert side["text"].count(side["quote"]) == 1
    assert 3 <= len(side["quote"].split()) <= 45
    assert side["text"].endswith((".", "!", "?"))
    assert date(2007, 1, 1) <= date.fromisoformat(side["published"]) <= date(2025, 12, 31)


def test_the_languages_of_a_pair_are_those_of_its_sides() -> None:
    for pair in PAIRS:
        assert spoken(pair) == sorted(pair["languages"].split("-")), pair["id"]


def test_no_pair_stands_in_the_set_twice_and_none_pairs_a_claim_with_itself() -> None:
    seen: set[frozenset[tuple[str, str]]] = set()
    for pair in PAIRS:
        key = frozenset((pair[side]["quote"], pair[side]["published"]) for side in ("a", "b"))
        assert len(key) == 2, pair["id"]
        assert key not in seen, pair["id"]
        seen.add(key)


def test_a_weekday_of_a_text_lies_within_the_days_before_its_article() -> None:
    assert list(weekdays_too_far_back(PAIRS)) == []


def test_there_are_enough_of_every_class() -> None:
    relations = Counter(pair["relation"] for pair in PAIRS)
    assert len(PAIRS) >= 240
    assert relations["same"] >= 80
    assert relations["contradicting"] >= 60
    assert relations["different"] >= 100
    found = cells(PAIRS)
    for languages in LANGUAGES:
        assert sum(found[languages, relation] for relation in RELATIONS) >= 0.3 * len(PAIRS)
        assert all(found[languages, relation] >= 20 for relation in RELATIONS)


def test_a_third_are_hard_negatives_and_two_fifths_are_no_plain_price_claims() -> None:
    other = [pair for pair in PAIRS if pair["topic"] not in PRICES]
    assert hard_negatives(PAIRS) >= len(PAIRS) / 3
    assert len(other) >= 0.4 * len(PAIRS)


def test_the_held_out_third_has_every_relation() -> None:
    held = held_out(PAIRS)
    assert 0.25 <= held.total() / len(PAIRS) <= 0.42
    assert set(held) == set(RELATIONS)
    assert min(held.values()) >= 15


def test_the_counts_on_the_page_are_those_of_the_file() -> None:
    page = page_of("claim_pairs")
    assert [count for count in counts_to_tell(PAIRS) if count not in page] == []
