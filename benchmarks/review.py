"""Measure the review page in a browser: ``python benchmarks/review.py [--claims 300] [--times 9]``.

The English articles of the corpus, one after the other, are analysed as one text and cut to so many claims with their
evidence; ``analyze review`` serves them, and headless Chromium opens the page, walks, opens evidence and decides.
Needs Chromium and the package playwright. Figures of one run: ``docs/review.md``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from analyzer.config import load
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store.ledger import Ledger

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
CLAIMS_PER_ARTICLE = 18
"""At least; the text is made that much longer than is needed."""

# Milliseconds from an act to what it is done for, measured in the page: no call from outside lies between.
UNTIL = """async ([act, done]) => {
  const start = performance.now();
  const there = new Function("return " + done);
  new Function(act)();
  while (!there() && performance.now() - start < 10000) await new Promise((next) => requestAnimationFrame(next));
  if (!there()) throw new Error(`${act} did not lead to ${done}`);
  return performance.now() - start;
}"""
PRESS = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key: '{}', bubbles: true}}))"
ANSWERED = """() => {
  const [asked] = performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/decisions"));
  return asked.responseEnd - asked.requestStart;
}"""
CHOSEN = "document.querySelector('li.claim.chosen')"


def long_text(claims: int) -> str:
    """English commentary of the corpus without its heads, repeated until it holds more claims than are wanted."""
    bodies = []
    for path in sorted(CORPUS.glob("*.md")):
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        if 'language: "en"' in head:
            bodies.append(body.strip())
    chosen = [body for _, body in zip(range(claims // CLAIMS_PER_ARTICLE + 1), cycle(bodies), strict=False)]
    return "---\ntitle: A long commentary\ndate: 2025-03-11\nlanguage: en\n---\n" + "\n\n".join(chosen)


def fill(home: Path, claims: int) -> str:
    """A ledger with one article of so many claims; its id."""
    path = home / "long.md"
    path.write_text(long_text(claims), encoding="utf-8")
    workshop = Workshop(load(home=home / "whole"))
    made = analyze_source(str(path), workshop)
    workshop.ledger.close()
    found = made.report.claims or ()
    if len(found) < claims:
        raise SystemExit(f"The text holds only {len(found)} claims, not {claims}. Lower CLAIMS_PER_ARTICLE.")
    report = made.report.model_copy(update={"claims": found[:claims]})
    kept = {one.id for one in found[:claims]}
    with Ledger.open(home) as ledger:
        ledger.record(made.article, report, [one for one in made.trials if one.claim in kept], made.passages)
    return str(made.article.id)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """``analyze review`` over that ledger: the link that opens the page."""
    command = [sys.executable, "-m", "analyzer", "review", "--home", str(home), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout is not None
        try:
            link = re.search(r"http://\S+", process.stdout.readline())
            if link is None:
                raise SystemExit("analyze review did not print a link.")
            yield link[0]
        finally:
            process.terminate()


def told(name: str, taken: Sequence[float]) -> None:
    print(f"{name:<58} {statistics.median(taken):7.0f} ms, at most {max(taken):.0f}")


def loading(page: Any, url: str, times: int) -> None:
    ready, blocked = [], []
    for _ in range(times):
        page.goto(url)
        page.wait_for_selector("li.claim.chosen")
        entry = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
        ready.append(entry["domContentLoadedEventEnd"])
        blocked.append(entry["responseEnd"])
    told("answer of the server complete", blocked)
    told("scripts have run: keys and clicks are answered", ready)
    print(f"{'size of the page':<58} {entry['decodedBodySize'] / 1e3:7.0f} kB")


def using(page: Any, times: int) -> None:
    walked = [page.evaluate(UNTIL, [f"window.was = {CHOSEN}; {PRESS.format('j')}", f"{CHOSEN} !== window.was"])
              for _ in range(times)]  # fmt: skip
    told("next claim", walked)
    decided, answered = [], []
    for _ in range(times):
        page.evaluate(PRESS.format("j"))
        done = f"{CHOSEN}.querySelector('.badge.agreed')"
        page.evaluate("performance.clearResourceTimings()")
        decided.append(page.evaluate(UNTIL, [PRESS.format("a"), done]))
        answered.append(page.evaluate(ANSWERED))
    told("decision: answer of the server", answered)
    told("decision: from the key to the page that shows it", decided)


def evidence(page: Any, times: int) -> None:
    """Claims opened one after the other, their charts drawn; the first of them loads the library."""
    opened = []
    for place in range(times):
        claim = f"document.querySelectorAll('li.claim')[{place}]"
        done = f"{claim}.querySelector('.inner') && !{claim}.querySelector('figure[data-plot]:not(.is-live)')"
        opened.append(page.evaluate(UNTIL, [f"{claim}.querySelector('.toggle').click()", done]))
    told("evidence: from the click to what was found, charts drawn", opened)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        article = fill(Path(folder), asked.claims)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with served(Path(folder)) as link:
            # UNTIL makes functions of text, which the page's policy forbids to its own scripts.
            page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
            page.goto(link)
            print(f"{asked.claims} claims with their evidence; medians of {asked.times}")
            loading(page, f"{link.partition('/?')[0]}/articles/{article}", asked.times)
            using(page, asked.times)
            evidence(page, asked.times)
        browser.close()


if __name__ == "__main__":
    main()
