"""Score the rules reader on real commentary: ``python benchmarks/articles.py ../shared [--as-of]``.

Needs the folder with articles, gold and scorer, which is not part of the project. Prints the scorer's table for the
reader and, beside it, for the baseline in which every sentence is a claim, checkable and supported.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from analyzer import config
from analyzer.model import ClaimResult, Label, Report
from analyzer.pipeline import Options, Workshop, analyze_source
from analyzer.text.sentences import sentences

UNKNOWN: tuple[Label, ...] = ("inconclusive", "no_data", "pending")


def verdict(claim: ClaimResult, written: bool) -> str:
    """The scorer's word for a label: see the README of the articles."""
    said = claim.verdict.when_written if written and claim.verdict.when_written else claim.verdict.latest
    if said.label in UNKNOWN:
        return "unknown"
    if said.label == "consistent":
        return {"causal": "supported", "policy_effect": "mixed"}.get(claim.kind, "mixed")
    return said.label


def predictions(report: Report, written: bool) -> list[dict[str, str]]:
    seen: dict[str, dict[str, str]] = {}
    for claim in report.claims or ():
        row = {
            "quote": claim.quote,
            "type": claim.kind,
            "checkable": claim.checkable,
            "verdict": verdict(claim, written),
        }
        seen.setdefault(claim.quote, row)
    return list(seen.values())


def baseline(text: str, language: str) -> list[dict[str, str]]:
    return [
        {"quote": text[s.start : s.end], "checkable": "yes", "verdict": "supported", "type": "quantitative_move"}
        for s in sentences(text, language)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--as-of", action="store_true", help="score the verdicts when written")
    parser.add_argument("--show", help="print claims and gold of the article with this stem")
    parser.add_argument("--no-data", action="store_true", help="facts pack only")
    args = parser.parse_args()
    found: dict[str, list[dict[str, str]]] = {}
    every: dict[str, list[dict[str, str]]] = {}
    with tempfile.TemporaryDirectory() as home:
        data = () if args.no_data else (args.shared / "market",)
        workshop = Workshop(config.load(home=Path(home), data=data))
        for path in sorted((args.shared / "articles").glob("*.txt")):
            meta = json.loads(path.with_name(f"{path.stem}.meta.json").read_text(encoding="utf-8"))
            day = None if "undated" in meta.get("note", "") else meta["published"]
            options = Options(published=date.fromisoformat(day) if day else None)
            result = analyze_source(str(path), workshop, options)
            found[path.stem] = predictions(result.report, args.as_of)
            every[path.stem] = baseline(result.article.text, result.article.language)
            if args.show == path.stem:
                for claim in result.report.claims or ():
                    print(f"[{claim.kind}] {claim.verdict.latest.label} {claim.verdict.latest.reason}: {claim.quote!r}")
                    print(f"      {claim.verdict.latest.summary}")
        score = [sys.executable, str(args.shared / "articles" / "score.py")]
        extra = ["--gold", str(args.shared / "articles"), *(["--as-of"] if args.as_of else [])]
        for name, rows in (("rules", found), ("every sentence", every)):
            out = Path(home) / "predictions.json"
            out.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
            print(f"== {name}", flush=True)
            subprocess.run([*score, str(out), *extra], check=True)


if __name__ == "__main__":
    main()
