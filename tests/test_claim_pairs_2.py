"""The second set of claim pairs has the form of the first, balanced classes, and the counts that its page names."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

SETS = Path(__file__).resolve().parent.parent / "benchmarks" / "sets"
PAIRS: list[dict[str, Any]] = [
    json.loads(line) for line in (SETS / "claim_pairs_2.jsonl").read_text(encoding="utf-8").splitlines()
]
PAGE = (SETS / "claim_pairs_2.md").read_text(encoding="utf-8")
RELATIONS = ("same", "contradicting", "different")
LANGUAGES = ("de-de", "en-en", "de-en")
DAYS = ("Montag|Monday", "Dienstag|Tuesday", "Mittwoch|Wednesday", "Donnerstag|Thursday", "Freitag|Friday")


def sides() -> list[tuple[str, dict[str, str]]]:
    return [(pair["id"], pair[side]) for pair in PAIRS for side in ("a", "b")]


def test_a_pair_has_the_fields_of_the_form_and_its_sides_can_be_read() -> None:
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    for pair in PAIRS:
        assert set(pair) == {"id", "relation", "languages", "hard", "topic", "why", "a", "b"}, pair["id"]
        assert re.fullmatch(r"cp-[34]\d\d", pair["id"])
        assert sorted(pair["languages"].split("-")) == sorted([pair["a"]["language"], pair["b"]["language"]])
    for name, side in sides():
        assert set(side) == {"text", "quote", "published", "language"}, name
        assert side["text"].count(side["quote"]) == 1, name
        assert side["text"].endswith((".", "!", "?")), name
        assert date(2007, 1, 1) <= date.fromisoformat(side["published"]) <= date(2025, 12, 31), name


def test_a_weekday_of_a_text_lies_within_the_four_days_before_its_article() -> None:
    for name, side in sides():
        for index, pattern in enumerate(DAYS):
            if re.search(rf"\b(?:{pattern})", side["text"]):
                back = (date.fromisoformat(side["published"]).weekday() - index) % 7
                assert back <= 4, f"{name}: {pattern} lies {back} days before {side['published']}"


def test_classes_and_hard_negatives_are_enough() -> None:
    cells = Counter((pair["languages"], pair["relation"]) for pair in PAIRS)
    assert all(cells[languages, relation] >= 10 for languages in LANGUAGES for relation in RELATIONS)
    hard = [pair for pair in PAIRS if pair["hard"] and pair["relation"] != "same"]
    assert len(hard) >= len(PAIRS) / 3


def test_the_counts_on_the_page_are_those_of_the_file() -> None:
    for relation in RELATIONS:
        of = [pair for pair in PAIRS if pair["relation"] == relation]
        by_language = [sum(pair["languages"] == languages for pair in of) for languages in LANGUAGES]
        cells = [*by_language, len(of), sum(pair["hard"] for pair in of)]
        assert f"| `{relation}` | {' | '.join(map(str, cells))} |" in PAGE
    for topic, count in Counter(pair["topic"] for pair in PAIRS).items():
        assert f"`{topic}` {count}" in PAGE
    held = Counter(pair["relation"] for pair in PAIRS if hashlib.sha256(pair["id"].encode()).digest()[0] % 3 == 0)
    assert f"{held.total()} pairs" in PAGE
    assert min(held[relation] for relation in RELATIONS) >= 8


def test_the_development_pairs_are_of_the_form_and_named_as_such() -> None:
    rows = (SETS / "claim_pairs_development.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(row) for row in rows]
    page = (SETS / "claim_pairs_development.md").read_text(encoding="utf-8")
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    assert not {pair["id"] for pair in pairs} & {pair["id"] for pair in PAIRS}
    for pair in pairs:
        assert pair["relation"] in RELATIONS
        for side in (pair["a"], pair["b"]):
            assert side["text"].count(side["quote"]) == 1, pair["id"]
            assert date.fromisoformat(side["published"]).year <= 2025
    relations = Counter(pair["relation"] for pair in pairs)
    assert f"{len(pairs)} pairs ({', '.join(f'{relations[r]} `{r}`' for r in RELATIONS)};" in page
    for number, count in Counter(pair["round"] for pair in pairs).items():
        assert f"| {number} | {count} |" in page
