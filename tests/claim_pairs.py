"""The measuring sets of claim pairs and what is counted of them, for the tests of their files."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

SETS = Path(__file__).resolve().parent.parent / "benchmarks" / "sets"
FIELDS = {"id", "relation", "languages", "hard", "topic", "why", "a", "b"}
FIELDS_OF_A_SIDE = {"text", "quote", "published", "language"}
RELATIONS = ("same", "contradicting", "different")
LANGUAGES = ("de-de", "en-en", "de-en")
DAYS = ("Montag|Monday", "Dienstag|Tuesday", "Mittwoch|Wednesday", "Donnerstag|Thursday", "Freitag|Friday")
MOST_BACK = 4
"""A bare weekday is the last one before the article; five days back or more, a slip in a date is likelier."""

Pair = dict[str, Any]


def pairs_of(name: str) -> list[Pair]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def page_of(name: str) -> str:
    return (SETS / f"{name}.md").read_text(encoding="utf-8")


def sides(pairs: Sequence[Pair]) -> list[tuple[str, dict[str, str]]]:
    return [(pair["id"], pair[side]) for pair in pairs for side in ("a", "b")]


def spoken(pair: Pair) -> list[str]:
    """The languages of both sides, sorted."""
    return sorted([pair["a"]["language"], pair["b"]["language"]])


def weekdays_too_far_back(pairs: Sequence[Pair]) -> Iterator[str]:
    for name, side in sides(pairs):
        for index, day in enumerate(DAYS):
            back = (date.fromisoformat(side["published"]).weekday() - index) % 7
            if back > MOST_BACK and re.search(rf"\b(?:{day})", side["text"]):
                yield f"{name}: {day} lies {back} days before {side['published']}"


def cells(pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    return Counter((pair["languages"], pair["relation"]) for pair in pairs)


def hard_negatives(pairs: Sequence[Pair]) -> int:
    return sum(pair["hard"] and pair["relation"] != "same" for pair in pairs)


def held_out(pairs: Sequence[Pair]) -> Counter[str]:
    """The relations of the third that is held out, which is drawn by the ids."""
    return Counter(p["relation"] for p in pairs if hashlib.sha256(p["id"].encode()).digest()[0] % 3 == 0)


def counts_to_tell(pairs: Sequence[Pair]) -> Iterator[str]:
    """What the page of a set has to say of it."""
    for relation in RELATIONS:
        of = [pair for pair in pairs if pair["relation"] == relation]
        by_language = [sum(pair["languages"] == languages for pair in of) for languages in LANGUAGES]
        row = [*by_language, len(of), sum(pair["hard"] for pair in of)]
        yield f"| `{relation}` | {' | '.join(map(str, row))} |"
    for topic, count in Counter(pair["topic"] for pair in pairs).items():
        yield f"`{topic}` {count}"
    yield f"{held_out(pairs).total()} pairs"
