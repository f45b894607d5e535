"""Measure the pages across articles on a large ledger: ``python benchmarks/corpus_pages.py [--articles 3000] [URL …]``.

The sixteen articles of the corpus are analysed once; copies of their records under ids of their own are written into a
new ledger, a SQLite file and each database that is named by a URL (which should be empty), with authors and days of
their own. Then every page is asked for: first at once, when what is computed in the background is not there yet, and
again when it is; without groups, for which every article is read anew the first time. Seconds are medians of
``--times``. Figures of one run: ``docs/review.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "web"))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from review_page import Served, serving  # the page as its tests serve it

from analyzer.config import load
from analyzer.model import Article, Passage, Report, Trial
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store.ledger import Ledger

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ID = re.compile(r'"([0-9a-f]{16})"')
PAGES = (
    "/", "/?sort=reviewed&down=1", "/?sort=refuted&down=1", "/?state=open", "/?label=refuted", "/?words=Nasdaq",
    "/?author=Author+7", "/?page=60", "/search", "/search?words=Nasdaq+correction", "/scorecards?by=author", "/due",
)  # fmt: skip
Record = tuple[dict[str, Any], dict[str, Any], list[Any], list[Any]]


def records(home: Path) -> list[str]:
    workshop = Workshop(load(home=home))
    found = []
    for path in sorted(CORPUS.glob("*.md")):
        if path.stem[0].isdigit():
            result = analyze_source(str(path), workshop)
            parts: list[Any] = [result.article.model_dump(mode="json"), result.report.model_dump(mode="json")]
            parts += [[one.model_dump(mode="json") for one in many] for many in (result.trials, result.passages)]
            found.append(json.dumps(parts))
    workshop.index.close()
    workshop.ledger.close()
    return found


def copies(originals: list[str], number: int) -> Iterator[tuple[Article, Report, Any, Any]]:
    for n in range(number):
        other = ID.sub(
            lambda found, n=n: f'"{hashlib.sha256(f"{found[1]} {n}".encode()).hexdigest()[:16]}"',  # type: ignore[misc]
            originals[n % len(originals)],
        )
        article, report, trials, passages = json.loads(other)
        head = {
            "author": f"Author {n % 40}", "outlet": f"Outlet {n % 12}", "title": f"{article['title']} ({n})",
            "published": str(date(2024, 1, 1) + timedelta(days=n % 365)), "source": f"{n:05}.md",
        }  # fmt: skip
        yield (
            Article.model_validate({**article, **head}),
            Report.model_validate({**report, "article": {**report["article"], **head}}),
            tuple(map(Trial.model_validate, trials)), tuple(map(Passage.model_validate, passages)),
        )  # fmt: skip


def fill(home: Path, url: str | None, originals: list[str], number: int) -> None:
    with Ledger.open(home, url) as ledger:
        for work in copies(originals, number):
            ledger.record(*work)


def asked(served: Served, path: str) -> tuple[float, bool]:
    began = time.perf_counter()
    answer = served.client.get(path)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return took, 'class="waiting"' in answer.text


def measure(home: Path, url: str | None, times: int) -> None:
    with serving(home, url) as served:
        served.client.timeout = 600
        for path in PAGES:
            first, waiting = asked(served, path)
            began = time.perf_counter()
            while waiting:
                time.sleep(0.5)
                _, waiting = asked(served, path)
            ready = time.perf_counter() - began
            later = statistics.median(asked(served, path)[0] for _ in range(times))
            print(f"{path:32} first {first:6.2f} s  computed after {ready:6.1f} s  then {later:6.2f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("urls", nargs="*", help="Databases, empty.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        originals = records(Path(folder) / "corpus")
        for number, url in enumerate([None, *given.urls]):
            home = Path(folder) / str(number)
            home.mkdir()
            began = time.perf_counter()
            fill(home, url, originals, given.articles)
            print(f"{'SQLite' if url is None else 'database'}: {given.articles} articles written in "
                  f"{time.perf_counter() - began:.0f} s", flush=True)  # fmt: skip
            measure(home, url, given.times)


if __name__ == "__main__":
    main()
