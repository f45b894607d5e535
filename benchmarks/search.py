"""How fast search is: python benchmarks/search.py [--passages 100000] [--queries 200] [--home FOLDER]

A ledger and an index of so many passages, in articles of twenty, recombined at random from the sentences of ``corpus``
(real words, senseless order), each article with three claims. Then queries of one to four words of the corpus, in one
process, without and with filters: milliseconds a query, after ten to warm up. ``--home`` keeps the store for the next
time.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from analyzer.memory.search import search
from analyzer.model import (
    Article,
    ClaimResult,
    ExtractedBy,
    Passage,
    Report,
    ReportArticle,
    Run,
    Verdict,
    Verdicts,
    article_id,
    claim_id,
    content_id,
)  # fmt: skip
from analyzer.store.finding import Filters
from analyzer.store.index import Index, article_fields
from analyzer.store.ledger import Ledger
from analyzer.store.static import StaticEmbedder
from analyzer.text.documents import read_document
from analyzer.text.language import require_supported
from analyzer.text.sentences import sentences

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
A_TEXT = 20
"""Passages of an article."""
A_PASSAGE = 4
"""Sentences of a passage."""
CLAIMS = 3
LABELS = ("supported", "refuted", "mixed", "no_data", "not_checkable")
KINDS = ("quantitative_move", "causal", "prediction", "bubble_valuation")
FIRST = date(2015, 1, 1)
AT_ONCE = 50
"""Articles whose vectors are added together."""


def corpus_sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"de": [], "en": []}
    for path in sorted(CORPUS.rglob("*.md")):
        text = read_document(str(path), max_bytes=1 << 20).text
        language = require_supported(text, None)
        found[language] += [" ".join(text[s.start : s.end].split()) for s in sentences(text, language)]
    return {language: [s for s in said if 30 < len(s) < 300] for language, said in found.items()}


def articles(passages: int, chance: random.Random) -> Iterator[tuple[Article, Report, tuple[Passage, ...]]]:
    """Made of real sentences; the verdicts are drawn, as nothing here is computed from data."""
    said = corpus_sentences()
    for number in range(passages // A_TEXT):
        language: Any = chance.choice(("de", "en"))
        parts = [" ".join(chance.sample(said[language], A_PASSAGE)) for _ in range(A_TEXT)]
        text, outlet = "\n\n".join(parts), f"Outlet {chance.randrange(20)}"
        published = FIRST + timedelta(days=chance.randrange(3650))
        article = Article(
            id=article_id(f"{number} {text}", outlet, published), text=text, language=language, outlet=outlet,
            author=f"Author {chance.randrange(200)}", published=published, published_basis="given",
            source=f"{number}.md",
        )  # fmt: skip
        spans, at = [], 0
        for part in parts:
            spans.append(Passage(article=article.id, start=at, end=at + len(part), text=part))
            at += len(part) + 2
        claims = tuple(claim(article, spans[i], chance) for i in chance.sample(range(A_TEXT), CLAIMS))
        head = article.model_dump(exclude={"text", "licence"})
        report = Report(
            article=ReportArticle(**head, characters=len(text), text_sha256=article.text_sha256), claims=claims,
            run=Run(id=content_id("run", number), started="2025-01-01", analyzer_version="0", reader="rules"),
        )  # fmt: skip
        yield article, report, tuple(spans)


def claim(article: Article, passage: Passage, chance: random.Random) -> ClaimResult:
    kind: Any = chance.choice(KINDS)
    label: Any = chance.choice(LABELS)
    quote = passage.text[: passage.text.index(".", 20) + 1] if "." in passage.text[20:] else passage.text
    end = passage.start + len(quote)
    verdict = Verdict(label=label, summary="Drawn.", as_of=FIRST)
    return ClaimResult(
        id=claim_id(article.id, passage.start, end, kind, ()), article=article.id, quote=quote, start=passage.start,
        end=end, kind=kind, statement=quote, extracted_by=ExtractedBy(reader="rules"),
        verdict=Verdicts(when_written=None, latest=verdict),
    )  # fmt: skip


def fill(home: Path, passages: int) -> None:
    begun, done = time.perf_counter(), 0
    with Ledger.open(home) as ledger, Index.open(home, StaticEmbedder()) as index:
        waiting: list[Any] = []
        for article, report, spans in articles(passages, random.Random(1)):
            ledger.record(article, report, (), spans)
            waiting.append((article, report, spans))
            if len(waiting) == AT_ONCE:
                add(index, waiting)
                done += len(waiting) * A_TEXT
                waiting = []
                print(f"\r{done} passages, {done / (time.perf_counter() - begun):.0f} a second", end="", flush=True)
        add(index, waiting)
    print()


def add(index: Index, some: list[Any]) -> None:
    index.add_passages_of((spans, article_fields(article)) for article, _, spans in some)
    index.add_claims(c for _, report, _ in some for c in report.claims or ())


def queries(count: int, chance: random.Random) -> list[str]:
    words = [w for said in corpus_sentences().values() for s in said for w in s.strip(".").split() if w.isalpha()]
    return [" ".join(chance.sample(words, chance.randint(1, 4))) for _ in range(count)]


FILTERS: dict[str, Filters] = {
    "no filter": {},
    "--language de": {"language": "de"},
    "--outlet": {"outlet": "Outlet 7"},
    "--author": {"author": "Author 42"},
    "--from --to, a year": {"since": date(2020, 1, 1), "until": date(2020, 12, 31)},
    "--label refuted": {"label": "refuted"},
    "--kind --from": {"kind": "causal", "since": date(2022, 1, 1)},
}


def measure(home: Path, count: int) -> None:
    asked = queries(count, random.Random(2))
    with Ledger.open(home, reads_only=True) as ledger, Index.open(home, StaticEmbedder()) as index:
        print(f"{ledger.finder.entries()} passages and claims")
        for name, filters in FILTERS.items():
            for query in asked[:10]:
                search(query, ledger.finder, index, filters)
            took, found, processor = [], 0, time.process_time()
            for query in asked[10:]:
                begun = time.perf_counter()
                found += len(search(query, ledger.finder, index, filters))
                took.append((time.perf_counter() - begun) * 1000)
            took.sort()
            middle, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
            of_processor = (time.process_time() - processor) / len(took) * 1000
            times = f"median {middle:6.1f} ms  p95 {p95:6.1f} ms  processor {of_processor:6.1f} ms"
            print(f"{name:20} {times}  {found / len(took):4.1f} hits a query")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passages", type=int, default=100_000)
    arguments.add_argument("--queries", type=int, default=200)
    arguments.add_argument("--home", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = given.home or Path(made)
        if not (home / "ledger.sqlite").exists():
            fill(home, given.passages)
        measure(home, given.queries)


if __name__ == "__main__":
    main()
