"""Is a claim bound to the right series, days and figure? ``python benchmarks/binding.py [../shared] [--show]``.

On the project's own corpus, or on a folder with articles, gold and market data that is not part of the project. Of the
gold claims that market data can test ("yes") and the rules reader found (quotes that overlap by half), it counts those
with a trial on one of the gold's series whose window overlaps the gold's, and, where the gold states figures and the
data hold the series, those whose trial observed one of them.

A figure counts as the gold's when it lies within half a unit of the gold's last digit or 1 % of it, in per cent, whole
units, billions or trillions, or between two numbers that the gold gives as a pair.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analyzer import config
from analyzer.model import ClaimResult, Evidence
from analyzer.pipeline import Options, Workshop, analyze_source
from corpus import CORPUS, match

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SYMBOL_KEYS = ("symbol", "symbols", "other", "others", "members", "benchmark")
DAY_KEYS = ("session", "base", "first", "last", "start", "end", "since", "until", "event", "published")
SCALES = (1.0, 100.0, 10_000.0, 1e-9, 1e-12)
"""From what evidence holds to what the gold writes: per cent, basis points, billions, trillions."""


@dataclass(frozen=True)
class Row:
    """One gold claim: whether it was found, and what its trials got right; None where the gold says nothing."""

    gold: dict[str, Any]
    claim: ClaimResult | None
    series: bool
    window: bool
    figure: bool | None

    @property
    def bound(self) -> bool:
        return self.series and self.window

    @property
    def reversed(self) -> bool:
        label = self.claim.verdict.latest.label if self.claim else ""
        return {label, self.gold["expected_verdict"]} == {"supported", "refuted"}


def symbols(evidence: Evidence) -> set[str]:
    found: set[str] = set()
    for key in SYMBOL_KEYS:
        value = evidence.params.get(key) or ()
        found |= {value} if isinstance(value, str) else {v for v in value if isinstance(v, str)}
    return found | {d.symbol for d in evidence.data if d.symbol}


def days(evidence: Evidence) -> list[str]:
    window = evidence.window
    tested = [str(d) for d in (window.base, window.first, window.last) if d is not None]
    if tested:
        return tested
    return [m[0] for key in DAY_KEYS for m in DAY.finditer(str(evidence.params.get(key) or ""))]


def overlaps(evidence: Evidence, window: list[str] | None) -> bool:
    found = days(evidence)
    if not window:
        return True
    first, last = window[0], window[-1] + ("-12-31" if len(window[-1]) == 4 else "")
    return bool(found) and min(found) <= last and max(found) >= first


def numbers(value: Any) -> Iterator[float | tuple[float, float]]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) for v in value):
        yield (float(min(value)), float(max(value)))
        yield from map(float, value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from numbers(item)


def seen(evidence: Evidence) -> Iterator[float]:
    values = [evidence.observed.value if evidence.observed else None, evidence.statistic and evidence.statistic.value]
    yield from (v for v in values if v is not None)


def agrees(value: float, gold: float | tuple[float, float]) -> bool:
    for scale in SCALES:
        at = abs(value) * scale
        if isinstance(gold, tuple):
            low, high = sorted(map(abs, gold))
            if low * 0.99 <= at <= high * 1.01:
                return True
            continue
        digits = len(repr(gold).partition(".")[2].rstrip("0"))
        if abs(at - abs(gold)) <= max(0.5 * 10**-digits, 0.01 * abs(gold)):
            return True
    return False


def compared(gold: dict[str, Any], claim: ClaimResult | None, held: Callable[[str], bool]) -> Row:
    evidence = claim.evidence if claim else ()
    wanted = set(gold["series"])
    on_series = [e for e in evidence if symbols(e) & wanted]
    on_both = [e for e in on_series if overlaps(e, gold["window"])]
    stated = list(numbers(gold["expected_figures"])) if any(map(held, wanted)) else []
    figure = any(agrees(v, g) for e in on_both for v in seen(e) for g in stated) if stated else None
    return Row(gold, claim, bool(on_series), bool(on_both), figure)


def rows(shared: Path | None) -> Iterator[Row]:
    folder = shared / "articles" if shared else CORPUS
    with tempfile.TemporaryDirectory() as home:
        workshop = Workshop(config.load(home=Path(home), data=(shared / "market",) if shared else ()))
        for path in sorted(folder.glob("*.gold.json")):
            gold = [normal(g) for g in json.loads(path.read_text(encoding="utf-8"))["claims"]]
            text = next(
                p for p in folder.glob(path.name.removesuffix(".gold.json") + ".*") if p.suffix in (".txt", ".md")
            )
            claims = list(analyze_source(str(text), workshop, Options(published=published(text))).report.claims or ())
            of = {i: claims[j] for i, j in match(gold, claims)}
            yield from (compared(g, of.get(i), workshop.market.open().has) for i, g in enumerate(gold))


def published(text: Path) -> date | None:
    """The day beside a text in the folder; None where the text has it itself, or has none."""
    beside = text.with_name(f"{text.stem}.meta.json")
    meta = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {"note": "undated"}
    return None if "undated" in meta.get("note", "") else date.fromisoformat(meta["published"])


def normal(gold: dict[str, Any]) -> dict[str, Any]:
    """The corpus' gold in the words of the folder's."""
    if "checkable_with_market_data" in gold:
        return gold
    window, seen_value = gold["window"] or {}, (gold["observed"] or {}).get("value")
    span = [d for d in (window.get("base"), window.get("first"), window.get("last")) if d]
    return {
        "id": gold["id"], "quote": gold["quote"], "checkable_with_market_data": gold["checkable"],
        "series": gold["series"], "window": span, "expected_figures": {"observed": seen_value},
        "expected_verdict": gold["expected"]["latest"]["label"],
    }  # fmt: skip


def line(name: str, found: list[Row]) -> str:
    figures = [r for r in found if r.figure is not None]
    shares = (
        f"{sum(r.series for r in found):4}{sum(r.bound for r in found):7}{sum(bool(r.figure) for r in figures):8}"
        f" of {len(figures)}"
    )
    return f"{name:12}{len(found):6}{shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("--show", action="store_true", help="print every found claim that is not bound as the gold is")
    args = parser.parse_args()
    everything = list(rows(args.shared))
    checkable = [r for r in everything if r.gold["checkable_with_market_data"] == "yes"]
    found = [r for r in checkable if r.claim is not None]
    print(f"gold claims 'yes': {len(checkable)}, found: {len(found)}")
    print(f"{'article':12}{'found':>6}{'series':>6}{'+window':>6}{'figure':>7}")
    for stem in sorted({r.gold["id"][:2] for r in found}):
        print(line(stem, [r for r in found if r.gold["id"].startswith(stem)]))
    print(line("ALL", found))
    figures = Counter(r.figure for r in found)
    print(
        f"bound to a series and window of the gold: {sum(r.bound for r in found) / len(found):.0%}; "
        f"figure within the gold's: {figures[True] / max(1, figures[True] + figures[False]):.0%}"
    )
    print("supported/refuted reversals:", [r.gold["id"] for r in everything if r.claim and r.reversed])
    for row in found if args.show else ():
        if row.bound and row.figure is not False:
            continue
        print(f"\n{row.gold['id']} {row.gold['series']} {row.gold['window']} {row.gold['expected_figures']}")
        assert row.claim is not None
        print(f"   {row.claim.quote!r}\n   {row.claim.verdict.latest.label}: {row.claim.verdict.latest.summary}")
        for e in row.claim.evidence:
            print(f"      {e.check} {sorted(symbols(e))} {days(e)} {e.outcome} {e.reason} {list(seen(e))}")


if __name__ == "__main__":
    main()
