"""Measure embedders on ``benchmarks/retrieval``: ``python benchmarks/embedders.py [--disk]``.

Every query is ranked against all passages, German and English together. MRR, top-1 and recall@5 look at the best
relevant passage; "hard" is the share of queries with a hard negative at least as near as it. A choice may rest on the
open queries; of the held-out third (see the set's README) only the total is printed. ``--disk`` weighs 10 000 passages
in Chroma instead, or as many as are given. The results and what was chosen: ``docs/embedder.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from analyzer.model import Passage
from analyzer.store import glossary, static
from analyzer.store.index import Index
from analyzer.store.static import StaticEmbedder, unit_rows

SET = Path(__file__).resolve().parent / "retrieval"
DIRECTIONS = ("de-de", "en-en", "de-en", "en-de")
HASHES = 4
"""Places of the vector that each n-gram adds to: a sparse random projection of all possible n-grams."""

Texts = Sequence[str]
Embed = Callable[[Texts], np.ndarray]
"""Texts to (n, dimension) unit rows."""


@dataclass(frozen=True)
class Candidate:
    name: str
    embed: Embed


# --- candidates -----------------------------------------------------------------------------------------------------


@cache
def weights() -> np.ndarray:
    return load_file(static.files()[0])["embedding.weight"].astype(np.float32)


@cache
def tokenizer() -> Any:
    return Tokenizer.from_file(str(static.files()[1]))


def tokens(dimension: int = 256, *, sif: float | None = None, directions: int = 0) -> Embed:
    """Mean of the wheel's token vectors; weighted by smooth inverse frequency, without so many shared directions."""
    vectors = weights()[:, :dimension]
    shares = static.zipf_shares(len(vectors))
    if sif is not None:
        vectors = vectors * (sif / (sif + shares))[:, None]
    for _ in range(directions):
        first = static.shared_direction(vectors.__getitem__, shares)
        vectors = vectors - np.outer(vectors @ first, first)

    def embed(texts: Texts) -> np.ndarray:
        ids = [e.ids for e in tokenizer().encode_batch(list(texts), add_special_tokens=False)]
        return unit_rows(np.stack([vectors[i].mean(axis=0) if i else np.zeros(dimension, np.float32) for i in ids]))

    return embed


def ngrams(dimension: int) -> Embed:
    """Character 3- to 5-grams within words, roots of their counts, projected by hashes; without function words."""

    def embed(texts: Texts) -> np.ndarray:
        vectors = np.zeros((len(texts), dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            counts = Counter(gram for word in words(text) for gram in grams(f" {word} "))
            for gram, count in counts.items():
                for salt in range(HASHES):
                    hashed = zlib.crc32(gram.encode(), salt * 0x9E3779B1 & 0xFFFFFFFF)
                    vector[(hashed >> 1) % dimension] += np.sqrt(count) * (1 if hashed & 1 else -1)
        return unit_rows(vectors)

    return embed


def words(text: str) -> list[str]:
    found = (glossary.fold(word) for word in glossary.WORD.findall(text))
    return [word for word in found if word not in glossary.GERMAN and word not in glossary.ENGLISH]


def grams(word: str) -> list[str]:
    return [word[i : i + n] for n in (3, 4, 5) for i in range(len(word) - n + 1)]


def joined(first: Embed, second: Embed, share: float) -> Embed:
    """Both concatenated; ``share`` is the second one's part of the cosine."""

    def embed(texts: Texts) -> np.ndarray:
        return np.hstack([first(texts) * np.sqrt(1 - share), second(texts) * np.sqrt(share)])

    return embed


def glossed(embed: Embed) -> Embed:
    """German read in English first."""
    return lambda texts: embed([glossary.in_english(text) for text in texts])


def candidates() -> list[Candidate]:
    best = tokens(sif=static.SIF, directions=1)
    return [
        Candidate("tokens", tokens()),
        Candidate("tokens, SIF", tokens(sif=static.SIF)),
        Candidate("tokens, SIF, -1 direction", best),
        Candidate("n-grams, 256", ngrams(256)),
        Candidate("n-grams, 480", ngrams(480)),
        Candidate("tokens + n-grams 224", joined(best, ngrams(224), 0.3)),
        Candidate("glossed tokens", glossed(tokens())),
        Candidate("glossed tokens, first 128", glossed(tokens(128, sif=static.SIF, directions=1))),
        Candidate("glossed tokens, SIF", glossed(tokens(sif=static.SIF))),
        Candidate("glossed tokens, SIF, -1 direction (static)", StaticEmbedder().embed),
        Candidate("glossed tokens, SIF, -4 directions", glossed(tokens(sif=static.SIF, directions=4))),
        Candidate("glossed n-grams, 480", glossed(ngrams(480))),
        Candidate("static + n-grams 224, 0.2", joined(StaticEmbedder().embed, ngrams(224), 0.2)),
        Candidate("static + glossed n-grams 224, 0.2", joined(StaticEmbedder().embed, glossed(ngrams(224)), 0.2)),
        Candidate("static + glossed n-grams 224, 0.4", joined(StaticEmbedder().embed, glossed(ngrams(224)), 0.4)),
    ]


# --- measuring ------------------------------------------------------------------------------------------------------


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SET / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def held_out(query: dict[str, Any]) -> bool:
    return int(hashlib.sha256(query["id"].encode()).hexdigest(), 16) % 3 == 0


def scores(embed: Embed, queries: list[dict[str, Any]], passages: list[dict[str, Any]]) -> np.ndarray:
    """One row a query: reciprocal rank, first, among the first five, beaten by a hard negative."""
    cosines = embed([q["text"] for q in queries]) @ embed([p["text"] for p in passages]).T
    place = {p["id"]: i for i, p in enumerate(passages)}
    rows = []
    for query, row in zip(queries, cosines, strict=True):
        relevant = [place[id] for id in query["relevant"]]
        best = row[relevant].max()
        rank = 1 + int((np.delete(row, relevant) >= best).sum())
        hard = max(row[place[id]] for id in query["hard_negatives"]) >= best
        rows.append((1 / rank, rank == 1, rank <= 5, hard))
    return np.array(rows, dtype=float)


def speed(embed: Embed, texts: Texts) -> float:
    """Texts a second, after a first round that loads what is loaded once."""
    embed(texts)
    begun = time.perf_counter()
    embed(texts)
    return len(texts) / (time.perf_counter() - begun)


def line(name: str, part: str, found: np.ndarray, rest: str = "") -> str:
    mrr, first, five, hard = found.mean(axis=0)
    return f"| {name} | {part} | {len(found)} | {mrr:.3f} | {first:.2f} | {five:.2f} | {hard:.2f} |{rest}"


def measure() -> None:
    queries, passages = read("queries"), read("passages")
    texts = [p["text"] for p in passages]
    open_part = np.array([not held_out(q) for q in queries])
    print(
        "| candidate | queries | n | MRR | top-1 | recall@5 | hard | texts/s | MB per 100 000 |\n" + "| --- " * 9 + "|"
    )
    for candidate in candidates():
        found = scores(candidate.embed, queries, passages)
        for direction in DIRECTIONS:
            chosen = open_part & np.array([q["direction"] == direction for q in queries])
            print(line(candidate.name, direction, found[chosen], "  |  |"))
        size = candidate.embed(texts[:1]).shape[1] * 4 * 100_000 / 1e6
        rest = f" {speed(candidate.embed, texts):,.0f} | {size:.0f} |"
        print(line(candidate.name, "all open", found[open_part], rest))
        print(line(candidate.name, "held out", found[~open_part], "  |  |"), flush=True)


def weigh(count: int) -> None:
    """Bytes on disk and seconds of an index of so many distinct passages, made from the words of the set."""
    pool = [word for p in read("passages") for word in p["text"].split()]
    chosen = np.random.default_rng(0).integers(0, len(pool), (count, 40))
    texts = (" ".join(pool[i] for i in row) for row in chosen)
    passages = [Passage(article=f"{i // 10:016x}", start=i, end=i + 1, text=text) for i, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        with Index.open(Path(home), StaticEmbedder()) as index:
            index.add_passages(passages, {"language": "de"})
            added = time.perf_counter() - begun
            index.nearest("passages", passages[0].text)
            begun = time.perf_counter()
            for _ in range(50):
                index.nearest("passages", passages[0].text)
            asked = (time.perf_counter() - begun) / 50
        size = sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file())
    print(
        f"{count} passages in Chroma: {size / 1e6:.1f} MB on disk ({size / count * 100_000 / 1e6:.0f} MB per 100 000),"
    )
    print(f"{added:.1f} s to embed and add, {asked * 1000:.1f} ms a query.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure embedders on the retrieval set.")
    parser.add_argument("--disk", type=int, nargs="?", const=10_000, metavar="N", help="weigh N passages in Chroma")
    count = parser.parse_args().disk
    measure() if count is None else weigh(count)


if __name__ == "__main__":
    main()
