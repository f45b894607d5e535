"""Score the rules reader on the project's own corpus: ``python benchmarks/corpus.py [--misses]``.

A claim matches a gold claim when the token sets of their quotes overlap by half (intersection over union), one to one,
the best pair first. Kinds, checks and verdicts are compared on matched pairs; a verdict is right when it is one of the
acceptable.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from analyzer import config
from analyzer.model import ClaimResult
from analyzer.pipeline import Workshop, analyze_source

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TOKEN = re.compile(r"\w+(?:[.,]\d+)*|[%$€]")


def overlap(a: str, b: str) -> float:
    x, y = Counter(TOKEN.findall(a.lower())), Counter(TOKEN.findall(b.lower()))
    union = sum((x | y).values())
    return sum((x & y).values()) / union if union else 0.0


def match(gold: list[dict[str, Any]], found: list[ClaimResult]) -> list[tuple[int, int]]:
    pairs = [
        (overlap(g["quote"], c.quote), i, j)
        for i, g in enumerate(gold)
        for j, c in enumerate(found)
        if overlap(g["quote"], c.quote) >= 0.5
    ]
    chosen: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if all(i != a and j != b for a, b in chosen):
            chosen.append((i, j))
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what was missed or judged otherwise")
    args = parser.parse_args()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        workshop = Workshop(config.load(home=Path(home)))
        print(f"{'piece':32} gold found    P    R  Rchk kind check then  now")
        for path in sorted(CORPUS.glob("*.gold.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))["claims"]
            report = analyze_source(str(path.with_name(path.name.replace(".gold.json", ".md"))), workshop).report
            found = list(report.claims or ())
            count = tally(gold, found, args.misses)
            total.update(count)
            print(row(path.name.removesuffix(".gold.json"), count))
        print(row("all", total))


def tally(gold: list[dict[str, Any]], found: list[ClaimResult], show: bool) -> Counter[str]:
    pairs = match(gold, found)
    count: Counter[str] = Counter(gold=len(gold), found=len(found), hit=len(pairs))
    count["gold_chk"] = sum(g["checkable"] != "no" for g in gold)
    for i, j in pairs:
        g, c = gold[i], found[j]
        count["hit_chk"] += g["checkable"] != "no"
        count["kind"] += g["kind"] == c.kind
        count["check"] += g["check"] is None or g["check"] in {e.check for e in c.evidence}
        for name, verdict in (("when_written", c.verdict.when_written), ("latest", c.verdict.latest)):
            right = verdict is not None and verdict.label in g["expected"][name]["acceptable"]
            count[name] += right
            if show and not right and name == "latest":
                said, checks = (verdict.label if verdict else None), sorted({e.check for e in c.evidence})
                print(
                    f"  {g['id']} want {g['expected'][name]['label']} by {g['check']}, is {said} by {checks}: {c.quote}"
                )
                print(f"        {verdict.summary if verdict else ''}")
    if show:
        hit = {i for i, _ in pairs}
        for i, g in enumerate(gold):
            if i not in hit:
                print(f"  {g['id']} missed ({g['kind']}): {g['quote']}")
        wrong = {j for _, j in pairs}
        for j, c in enumerate(found):
            if j not in wrong:
                print(f"  extra ({c.kind}): {c.quote}")
    return count


def row(name: str, c: Counter[str]) -> str:
    def share(a: int, b: int) -> str:
        return f"{a / b:5.2f}" if b else "    -"

    parts = [share(c["hit"], c["found"]), share(c["hit"], c["gold"]), share(c["hit_chk"], c["gold_chk"])]
    parts += [share(c[k], c["hit"]) for k in ("kind", "check", "when_written", "latest")]
    return f"{name:32} {c['gold']:4d} {c['found']:5d} " + "".join(parts)


if __name__ == "__main__":
    main()
