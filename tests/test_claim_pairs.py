"""The measuring set of claim pairs holds what its page promises: verbatim quotes, dates, and enough of every class."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SETS = Path(__file__).resolve().parent.parent / "benchmarks" / "sets"
PAIRS: list[dict[str, Any]] = [
    json.loads(line) for line in (SETS / "claim_pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
PAGE = (SETS / "claim_pairs.md").read_text(encoding="utf-8")
RELATIONS = ("same", "contradicting", "different")
LANGUAGES = ("de-de", "en-en", "de-en")
PRICES = {"move", "value", "level", "record", "volume"}
DAYS = {
    "Mo": r"\b(?:Montag|Monday)",
    "Tu": r"\b(?:Dienstag|Tuesday)",
    "We": r"\b(?:Mittwoch|Wednesday)",
    "Th": r"\b(?:Donnerstag|Thursday)",
    "Fr": r"\b(?:Freitag|Friday)",
}


def sides() -> list[tuple[str, dict[str, str]]]:
    return [(pair["id"], pair[side]) for pair in PAIRS for side in ("a", "b")]


def test_every_pair_has_the_fields_of_the_form_and_an_id_of_its_own() -> None:
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    for pair in PAIRS:
        assert set(pair) == {"id", "relation", "languages", "hard", "topic", "why", "a", "b"}, pair["id"]
        assert re.fullmatch(r"cp-\d{3}", pair["id"])
        assert pair["relation"] in RELATIONS
        assert pair["languages"] in LANGUAGES
        assert isinstance(pair["hard"], bool)
        assert pair["why"].strip()


@pytest.mark.parametrize(("name", "side"), sides())
def test_a_side_can_be_read_by_the_program(name: str, side: dict[str, str]) -> None:
    assert set(side) == {"text", "quote", "published", "language"}
    assert side["text"].count(side["quote"]) == 1
    assert 3 <= len(side["quote"].split()) <= 45
    assert side["text"].endswith((".", "!", "?"))
    assert date(2007, 1, 1) <= date.fromisoformat(side["published"]) <= date(2025, 12, 31)


def test_the_languages_of_a_pair_are_those_of_its_sides() -> None:
    for pair in PAIRS:
        spoken = sorted([pair["a"]["language"], pair["b"]["language"]])
        assert spoken == sorted(pair["languages"].split("-")), pair["id"]


def test_no_pair_stands_in_the_set_twice_and_none_pairs_a_claim_with_itself() -> None:
    seen: set[frozenset[tuple[str, str]]] = set()
    for pair in PAIRS:
        key = frozenset((pair[side]["quote"], pair[side]["published"]) for side in ("a", "b"))
        assert len(key) == 2, pair["id"]
        assert key not in seen, pair["id"]
        seen.add(key)


def test_a_weekday_of_a_text_lies_within_the_days_before_its_article() -> None:
    """A bare weekday is the last one before the article; five days back or more, a slip in a date is likelier."""
    for name, side in sides():
        for day, pattern in DAYS.items():
            if re.search(pattern, side["text"]):
                back = (date.fromisoformat(side["published"]).weekday() - list(DAYS).index(day)) % 7
                assert back <= 4, f"{name}: {day} lies {back} days before {side['published']}"


def test_there_are_enough_of_every_class() -> None:
    relations = Counter(pair["relation"] for pair in PAIRS)
    assert len(PAIRS) >= 240
    assert relations["same"] >= 80
    assert relations["contradicting"] >= 60
    assert relations["different"] >= 100
    cells = Counter((pair["languages"], pair["relation"]) for pair in PAIRS)
    for languages in LANGUAGES:
        assert sum(cells[languages, relation] for relation in RELATIONS) >= 0.3 * len(PAIRS)
        assert all(cells[languages, relation] >= 20 for relation in RELATIONS)


def test_a_third_are_hard_negatives_and_two_fifths_are_no_plain_price_claims() -> None:
    hard = [pair for pair in PAIRS if pair["hard"] and pair["relation"] != "same"]
    other = [pair for pair in PAIRS if pair["topic"] not in PRICES]
    assert len(hard) >= len(PAIRS) / 3
    assert len(other) >= 0.4 * len(PAIRS)


def test_the_held_out_third_has_every_relation() -> None:
    held = [pair for pair in PAIRS if hashlib.sha256(pair["id"].encode()).digest()[0] % 3 == 0]
    assert 0.25 <= len(held) / len(PAIRS) <= 0.42
    assert min(Counter(pair["relation"] for pair in held).values()) >= 15
    assert {pair["relation"] for pair in held} == set(RELATIONS)
    assert f"{len(held)} pairs" in PAGE


def test_the_counts_on_the_page_are_those_of_the_file() -> None:
    for relation in RELATIONS:
        of = [pair for pair in PAIRS if pair["relation"] == relation]
        by_language = [sum(pair["languages"] == languages for pair in of) for languages in LANGUAGES]
        cells = [*by_language, len(of), sum(pair["hard"] for pair in of)]
        assert f"| `{relation}` | {' | '.join(map(str, cells))} |" in PAGE
    topics = Counter(pair["topic"] for pair in PAIRS)
    for topic, count in topics.items():
        assert f"`{topic}` {count}" in PAGE
