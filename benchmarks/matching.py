"""F1 of claim matching on the pairs of ``sets/claim_pairs*.jsonl``: python benchmarks/matching.py [--held-out] [--open]

Each side of a pair goes through the reader by rules and the binder as an article does, with its text and its day; the
claim is what stands at its quote. ``--open`` lists the failures of the open two thirds and what was read of each side.
Of the held-out third only totals are printed, and only with ``--held-out``, so that nobody sees them at each change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.matching.assertion import Assertion, assertion
from analyzer.matching.compare import Relation, compare
from analyzer.model import Article, Claim
from analyzer.store.static import StaticEmbedder

SETS = {name: Path(__file__).parent / "sets" / file for name, file in (
    ("first", "claim_pairs.jsonl"), ("second", "claim_pairs_2.jsonl"), ("third", "claim_pairs_3.jsonl"),
    ("fourth", "claim_pairs_4.jsonl"), ("fifth", "claim_pairs_5.jsonl"))}  # fmt: skip
DEVELOPMENT = Path(__file__).parent / "sets" / "claim_pairs_development.jsonl"
RELATIONS = ("same", "contradicting", "different")
LANGUAGES = ("de-de", "en-en", "de-en")
Stage = Literal["no claim", "no trial", "bound"]
"""How far a side came: the reader found no claim at the quote, the binder made no trial of it, or both did."""


@dataclass(frozen=True)
class Measured:
    """A pair, how far its sides came, what they assert, the cosine of their quotes, and what was found."""

    pair: dict[str, Any]
    stages: tuple[Stage, Stage]
    sides: tuple[Assertion, Assertion]
    likeness: float
    found: Relation

    @property
    def answer(self) -> tuple[str, str]:
        return self.pair["relation"], self.found.label


def held_out(pair: dict[str, Any]) -> bool:
    return hashlib.sha256(pair["id"].encode()).digest()[0] % 3 == 0


def read(side: dict[str, str], catalogue: Catalogue) -> tuple[Assertion, Stage]:
    published = date.fromisoformat(side["published"])
    article = Article(id="pair", text=side["text"], language=side["language"], published=published)  # type: ignore[arg-type]
    seen = view(article, catalogue)
    start = side["text"].index(side["quote"])
    clause = seen.at(start, start + len(side["quote"]))
    claims = RulesReader().read(article, seen).claims or ()
    found = max(claims, key=lambda c: _shared(c, clause.start, clause.end), default=None)
    if found is None or _shared(found, clause.start, clause.end) <= 0:
        return assertion(clause, published), "no claim"
    bound, _ = bind(found, seen, Setting(Clock(published)))
    made = assertion(clause, published, bound.trials, found.kind, found.modality)
    return made, "bound" if bound.trials else "no trial"


def _shared(claim: Claim, start: int, end: int) -> int:
    return min(claim.end, end) - max(claim.start, start)


def f1(found: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Of pairs (wanted, found): F1 of each relation, their mean as "macro"."""
    counted = Counter(found)
    scores = {}
    for relation in RELATIONS:
        hits = counted[relation, relation]
        wanted = sum(n for (want, _), n in counted.items() if want == relation)
        given = sum(n for (_, got), n in counted.items() if got == relation)
        scores[relation] = 2 * hits / (wanted + given) if wanted + given else 0.0
    return {**scores, "macro": sum(scores.values()) / len(RELATIONS)}


def line(name: str, found: list[tuple[str, str]]) -> str:
    scores = f1(found)
    right = sum(want == got for want, got in found)
    return (
        f"{name:18} {len(found):4} pairs  " + "  ".join(f"{k} {v:.3f}" for k, v in scores.items()) + f"  right {right}"
    )


def measured(sets: Mapping[str, Path]) -> list[Measured]:
    """Every pair of the sets, read and compared."""
    catalogue, embedder = load_catalogue(()), StaticEmbedder()
    found = []
    for name, path in sets.items():
        for row in path.read_text(encoding="utf-8").splitlines():
            pair = {**json.loads(row), "set": name}
            (a, of_a), (b, of_b) = read(pair["a"], catalogue), read(pair["b"], catalogue)
            vectors = embedder.embed([pair["a"]["quote"], pair["b"]["quote"]])
            likeness = float(np.dot(vectors[0], vectors[1]))
            found.append(Measured(pair, (of_a, of_b), (a, b), likeness, compare(a, b, likeness)))
    return found


def totals(results: Sequence[Measured], *, held: bool) -> list[str]:
    """A line a set, a line a pair of languages, and what was taken for what."""
    part, name = [m for m in results if held_out(m.pair) is held], "held out" if held else "open"
    lines = [line(f"{chosen} {name}", [m.answer for m in part if m.pair["set"] == chosen]) for chosen in SETS]
    lines.append(line(name, [m.answer for m in part]))
    lines += [
        line(f"{name} {spoken}", [m.answer for m in part if m.pair["languages"] == spoken]) for spoken in LANGUAGES
    ]
    return [*lines, f"{name}, wanted as found: {confusion(m.answer for m in part)}"]


def causes(results: Iterable[Measured], *, held: bool) -> str:
    """Of the failures, how far the side that came less far came, by what was wanted."""
    wrong = [m for m in results if held_out(m.pair) is held and m.answer[0] != m.answer[1]]
    order: tuple[Stage, ...] = ("no claim", "no trial", "bound")
    counted = Counter((m.answer[0], min(m.stages, key=order.index)) for m in wrong)
    return ", ".join(f"{wanted}: {stage} {n}" for (wanted, stage), n in sorted(counted.items()))


def confusion(found: Iterable[tuple[str, str]]) -> str:
    counted = Counter(found)
    return ", ".join(f"{want} as {got} {counted[want, got]}" for want in RELATIONS for got in RELATIONS)


def show(one: Measured) -> None:
    pair = one.pair
    print(f"{pair['id']} {pair['relation']} -> {one.found.label}: {one.found.reason} ({one.likeness:.2f})")
    for side, stage, of in zip("ab", one.stages, one.sides, strict=True):
        told = {k: v for k, v in vars(of).items() if v and k != "figures"}
        print(f"   {pair[side]['quote']} [{stage}]")
        print(f"      {told} {[(q.value, q.unit) for q in of.figures]}")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--open", action="store_true", help="list the failures of the open two thirds")
    arguments.add_argument("--development", action="store_true", help="of the development pairs alone, with failures")
    arguments.add_argument("--held-out", action="store_true", help="print the totals of the held-out third too")
    given = arguments.parse_args()
    begun = time.perf_counter()
    results = measured({"development": DEVELOPMENT} if given.development else SETS)
    spent = time.perf_counter() - begun
    for one in results:
        shown = given.development or (given.open and not held_out(one.pair))
        if shown and one.answer[0] != one.answer[1]:
            show(one)
    if given.development:
        for number in sorted({one.pair["round"] for one in results}):
            print(line(f"round {number}", [m.answer for m in results if m.pair["round"] == number]))
    else:
        print("\n".join(totals(results, held=False)))
        print("open, failures by how far the sides came:", causes(results, held=False))
    if given.held_out and not given.development:
        print("\n".join(totals(results, held=True)))
        print("held out, failures by how far the sides came:", causes(results, held=True))
        print("\n".join(line(f"all {spoken}", [m.answer for m in results if m.pair["languages"] == spoken])
                        for spoken in LANGUAGES))  # fmt: skip
    if given.held_out or given.development:
        print(line("all", [m.answer for m in results]))
    print(f"{spent / len(results) / 2 * 1000:.1f} ms a side, reading and binding included")


if __name__ == "__main__":
    main()
