"""Measure how fast articles are recorded: ``python benchmarks/ledgers.py [--articles 200] [--writers 1 4] [URL …]``.

One article of the corpus is analysed once; copies of its record under ids of their own are written by so many processes
at once into a new ledger: a SQLite file, and each database that is named by a URL, which should be empty. Figures of
one run: ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from analyzer.config import load
from analyzer.model import Article, Passage, Report, Trial
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store.ledger import Ledger

ARTICLE = Path(__file__).resolve().parent.parent / "corpus" / "05-nasdaq-correction.md"
ID = re.compile(r'"([0-9a-f]{16})"')

Work = tuple[Article, Report, tuple[Trial, ...], tuple[Passage, ...]]


def record_of_corpus(home: Path) -> str:
    """The record of one article as JSON."""
    result = analyze_source(str(ARTICLE), Workshop(load(home=home)))
    parts: list[Any] = [result.article.model_dump(mode="json"), result.report.model_dump(mode="json")]
    parts += [[one.model_dump(mode="json") for one in many] for many in (result.trials, result.passages)]
    return json.dumps(parts)


def copy_of(record: str, name: str) -> Work:
    """The record with every id replaced, so that it is that of another article."""
    other = ID.sub(lambda found: f'"{hashlib.sha256((found[1] + name).encode()).hexdigest()[:16]}"', record)
    article, report, trials, passages = json.loads(other)
    return (
        Article.model_validate(article), Report.model_validate(report), tuple(map(Trial.model_validate, trials)),
        tuple(map(Passage.model_validate, passages)),
    )  # fmt: skip


def write(home: Path, url: str | None, record: str, names: list[str], ready: Any) -> None:
    works = [copy_of(record, name) for name in names]
    with Ledger.open(home, url) as ledger:
        ready.wait()
        for work in works:
            ledger.record(*work)
        ready.wait()


def seconds(home: Path, url: str | None, record: str, articles: int, writers: int) -> float:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(writers + 1)
    names = [f"{url} {writers} {n}" for n in range(articles)]
    shares = [names[i::writers] for i in range(writers)]
    running = [context.Process(target=write, args=(home, url, record, share, ready)) for share in shares]
    for process in running:
        process.start()
    ready.wait()
    begun = time.perf_counter()
    ready.wait()
    taken = time.perf_counter() - begun
    for process in running:
        process.join()
    return taken


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("urls", nargs="*")
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--writers", type=int, nargs="+", default=[1, 4])
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = record_of_corpus(Path(folder) / "first")
        for url in (None, *given.urls):
            for writers in given.writers:
                home = Path(folder) / f"writers{writers}"
                taken = seconds(home, url, record, given.articles, writers)
                where = "PostgreSQL" if url else "SQLite"
                print(f"{where:10} {writers} writers: {given.articles / taken:6.1f} articles a second")
                if url is None:
                    size = (home / "ledger.sqlite").stat().st_size / given.articles
                    print(f"{'':10} {size / 1e3:.0f} kB an article")


if __name__ == "__main__":
    main()
