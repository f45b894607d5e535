"""What the steps cost: ``python benchmarks/speed.py``. Processor time where nothing else is said, best of several.

The last column sets each step against the whole of one article, and the steps of a doubled text against the single
one: a ratio near 2 says that the cost grows with the text.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from analyzer import config
from analyzer.checks import CHECKS, run_trial
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.market.mentions import find_mentions
from analyzer.market.page import page_of
from analyzer.model import Article, Trial
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store.ledger import Ledger
from analyzer.text.clauses import clauses
from analyzer.text.documents import read_document
from analyzer.text.numbers import figures
from analyzer.text.sentences import sentences
from analyzer.text.times import times
from analyzer.text.tokens import tokens

ROOT = Path(__file__).resolve().parent.parent
PIECE = ROOT / "corpus" / "04-blutroter-mittwoch.md"


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """Seconds of processor time, the smallest of the rounds; one round before them warms what is kept of words."""
    work()
    took = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def forgetful(step: Callable[[], object]) -> Callable[[], object]:
    """The step on a text that was never read before: what is kept of a whole text is thrown away first."""

    def work() -> object:
        for kept in (clauses, page_of, sentences, times, tokens):
            kept.cache_clear()
        return step()

    return work


def child(*words: str, home: str) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and the largest memory in MB of one command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    environment = {**os.environ, "ANALYZER_HOME": home}
    subprocess.run(
        [sys.executable, "-m", "analyzer", *words], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        _commands(home)
    with tempfile.TemporaryDirectory() as home:
        _steps(Path(home))


def _commands(home: str) -> None:
    child("--help", home=home)
    print(f"{'analyze --help':34} {child('--help', home=home)[1]:8.3f} s CPU")
    wall, _, memory = child(str(PIECE), "--quiet", home=home)
    print(f"{'analyze, cold, empty home':34} {wall:8.2f} s wall {memory:6.0f} MB")
    _owners_example()


def _owners_example() -> None:
    """An article with an explosive root, an LPPLS, an analogue and a trigger among its trials: see ``first_article``.
    ``--article`` and ``--data`` name another one, such as the owner's, and where its prices lie."""
    words = [sys.executable, str(ROOT / "benchmarks" / "first_article.py"), *sys.argv[1:]]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as the command line sets it
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True, text=True)
    print(done.stdout, end="")


def _steps(home: Path) -> None:
    workshop = Workshop(config.load(home=home))
    text = read_document(str(PIECE), max_bytes=10**6).text
    article = Article(id="a", text=text, language="de")
    twice = Article(id="b", text=f"{text}\n\n{text}", language="de")
    whole = best(lambda: analyze_source(str(PIECE), workshop), 3)
    print(f"{'an article, warm, with its record':34} {whole * 1e3:8.1f} ms")
    steps: dict[str, Callable[[Article], object]] = {
        "sentences": lambda a: sentences(a.text, "de"),
        "figures": lambda a: figures(a.text, "de"),
        "times": lambda a: times(a.text, "de"),
        "mentions": lambda a: find_mentions(a.text, "de", workshop.catalogue),
        "view": lambda a: view(a, workshop.catalogue),
    }
    for name, step in steps.items():
        one, two = (best(forgetful(lambda s=step, a=a: s(a))) for a in (article, twice))  # type: ignore[misc]
        print(f"{name:34} {one * 1e3:8.2f} ms {one / whole:7.1%}  doubled text {two / one:4.1f} times")
    reading = best(forgetful(lambda: RulesReader().read(article, view(article, workshop.catalogue))))
    print(f"{'reading by rules, view and claims':34} {reading * 1e3:8.2f} ms {reading / whole:7.1%}")
    print(f"{'  op-eds of 425 words a second':34} {len(text.split()) / 425 / reading:8.1f} on one core")
    print(f"{'a new ledger':34} {_ledger(home) * 1e3:8.1f} ms")
    _checks(workshop, whole)


def _ledger(home: Path) -> float:
    begun = time.process_time()
    Ledger.open(home / "new").close()
    return time.process_time() - begun


def _checks(workshop: Workshop, whole: float) -> None:
    opened = workshop.market.open(None)
    for name, check in CHECKS.items():
        params = check.parse(check.examples[0].params)
        requests = check.needs(params)
        data = opened.data(requests, symbols_for_shares=sorted({r.symbol for r in requests}))
        trial = Trial(id="t", claim="c", check=name, params=params.model_dump(mode="json"))
        took = best(lambda c=check, t=trial, d=data: run_trial(c, t, d))  # type: ignore[misc]
        print(f"{name:34} {took * 1e3:8.2f} ms {took / whole:7.1%}")


if __name__ == "__main__":
    main()
