"""What do the rules bind a sentence to? ``python benchmarks/bindings.py [TOPIC …] [--show]``.

Measures on ``benchmarks/sets/bindings.jsonl``. A case is right where each trial that it wants is bound, none that it
forbids is, and the kind of a claim and why it has no trial are as it says.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, article_id

CASES = Path(__file__).resolve().parent / "sets" / "bindings.jsonl"
Case = dict[str, Any]


def cases() -> list[Case]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def bound(case: Case) -> tuple[list[Case], list[tuple[str, str | None]]]:
    """The trials of all claims in the text, and the kind of each claim with why it has no trial."""
    text, published = case["text"], date.fromisoformat(case["published"])
    article = Article(
        id=article_id(text, None, published), text=text, language=case["lang"], published=published
    )  # fmt: skip
    seen = view(article, catalogue())
    trials: list[Case] = []
    kinds: list[tuple[str, str | None]] = []
    for claim in RulesReader().read(article, seen).claims or ():
        found, _ = bind(claim, seen, Setting(Clock(published)))
        trials += [{"check": t.check, **t.params} for t in found.trials]
        kinds.append((claim.kind, found.why_not if not found.trials else None))
    return trials, kinds


def wrong(case: Case) -> str | None:
    """What is not as the case says; None when all is."""
    trials, kinds = bound(case)
    for wanted in case["want"]:
        if not any(fits(t, wanted) for t in trials):
            return f"{wanted} is not among {[short(t) for t in trials]} {kinds}"
    for forbidden in case["never"]:
        if found := [short(t) for t in trials if fits(t, forbidden)]:
            return f"bound: {found}"
    if case.get("kind") and not any(k == case["kind"] and why == case["why_not"] for k, why in kinds):
        return f"read as {kinds}"
    return None


def fits(trial: Case, wanted: Case) -> bool:
    """Whether a trial has every parameter that is wanted: ``value`` is the size of its figure, ``since`` the beginning
    of the day."""
    return all(_same(trial, name, value) for name, value in wanted.items())


def _same(trial: Case, name: str, value: Any) -> bool:
    if name == "value":
        said = (trial.get("stated") or {}).get("value")
        return said is not None and abs(abs(said) - value) < 1e-9
    if name == "since":
        return str(trial.get("since") or "").startswith(value)
    return bool(trial.get(name) == value)


def short(trial: Case) -> Case:
    shown = ("check", "symbol", "relation", "average", "session", "since", "side", "quantity", "word", "end")
    said = (trial.get("stated") or {}).get("value")
    return {k: trial[k] for k in shown if trial.get(k) is not None} | ({} if said is None else {"value": said})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topics", nargs="*", default=list(dict.fromkeys(c["topic"] for c in cases())))
    parser.add_argument("--show", action="store_true", help="print the cases that are bound wrongly")
    args = parser.parse_args()
    for topic in args.topics:
        for hard in (False, True):
            found = [c for c in cases() if c["topic"] == topic and c["hard"] == hard]
            bad = [(c, what) for c in found if (what := wrong(c)) is not None]
            print(f"{topic:10} {'hard' if hard else 'plain':6} {len(found) - len(bad)} of {len(found)} right")
            for case, what in bad if args.show else ():
                print(f"  {case['id']} {case['text']}\n      {what}")


if __name__ == "__main__":
    main()
