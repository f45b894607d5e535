"""Reviewed articles as gold annotations, in the form that ``analyze eval`` reads.

An article is gold when every claim of its newest run is decided, or when it has none and somebody has read it. Claims
that all reviewers took for none are left out; claims that people added are in it; where reviewers disagree every label
that one of them gave is right. It is exhaustive where somebody has read the article whole and misses nothing: only
there is what a reader finds besides found for nothing, and only there is precision counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analyzer.decisions import standing_amendments, standing_sign_offs
from analyzer.errors import InputError
from analyzer.model import ClaimResult, Report
from analyzer.report.words import latest_evidence
from analyzer.standing import REJECTED, opinions

TOLD = ("given", "metadata")
"""How an article's day was known without its text."""


@dataclass(frozen=True)
class Written:
    """Names of the articles that became gold, and of those that did not, with the reason."""

    names: tuple[str, ...]
    left_out: dict[str, str]
    open: tuple[str, ...] = ()
    """Those of ``names`` that are not exhaustive."""


def write_gold(reports: list[tuple[Report, str | None]], folder: Path, outdated: Collection[str] = ()) -> Written:
    """``NAME.gold.json``, ``NAME.txt`` and ``NAME.meta.json`` of each wholly reviewed article, each with its text.

    ``outdated``: articles (by id) of which people decided on claims that the newest run does not have, so that no word
    on the whole holds for what it has. Files of an earlier export are replaced. InputError when the folder cannot be
    written.
    """
    names: list[str] = []
    open_ones: list[str] = []
    left_out: dict[str, str] = {}
    taken = Counter(_stem(report) for report, _ in reports)
    for report, text in reports:
        why = _why_not(report, text)
        if why:
            left_out[report.article.source] = why
            continue
        stem = _stem(report)
        name = stem if taken[stem] == 1 else f"{stem}-{report.article.id[:8]}"
        exhaustive = is_exhaustive(report) and report.article.id not in outdated
        _write(folder, name, report, text or "", exhaustive)
        names.append(name)
        open_ones += [] if exhaustive else [name]
    return Written(tuple(names), left_out, tuple(open_ones))


def is_exhaustive(report: Report) -> bool:
    """Whether somebody has read the article whole and nobody misses a claim."""
    said = {one.decision for one in standing_sign_offs(report.sign_offs).values()}
    return said == {"complete"}


def _why_not(report: Report, text: str | None) -> str:
    if text is None:
        return "its text is not in the ledger"
    undecided = sum(not opinions(claim) for claim in report.claims or ())
    if undecided:
        return f"{undecided} of {len(report.claims or ())} claims are not reviewed"
    if report.claims or report.added or standing_sign_offs(report.sign_offs):
        return "" if report.claims is not None else "its claims could not be read"
    return "it has no claims, and nobody has read it whole"


def _stem(report: Report) -> str:
    """A name for files out of the article's source: no folder, nothing that a file system minds."""
    stem = PurePosixPath(report.article.source.replace("\\", "/")).stem
    return re.sub(r"[^\w-]+", "-", stem).strip("-")[:80] or report.article.id[:8]


def _write(folder: Path, name: str, report: Report, text: str, exhaustive: bool) -> None:
    article = report.article
    listed = [(claim, opinions(claim)) for claim in report.claims or ()]
    # Who adds a claim says by it that it is one; of the verdict only the data say something, until somebody decides.
    listed += [(claim, opinions(claim) or {"": claim.verdict.latest.label}) for claim in report.added]
    claims = [made for number, (one, said) in enumerate(listed, 1) if (made := _claim(name, number, one, said))]
    meta: dict[str, Any] = {"language": article.language}
    if article.published and article.published_basis in TOLD:
        meta["published"] = article.published.isoformat()
    else:
        meta["note"] = "undated: the day is not given to the reader"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        for ending, content in (
            ("meta", meta),
            ("gold", {"article": name, "exhaustive": exhaustive, "claims": claims}),
        ):
            written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
            (folder / f"{name}.{ending}.json").write_text(written, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}. Name another folder.") from error


def _claim(name: str, number: int, claim: ClaimResult, said: Mapping[str, str]) -> dict[str, Any] | None:
    """The claim in the project's own form; None where everybody took it for none. ``said``: by reviewer his label."""
    labels = Counter(label for label in said.values() if label != REJECTED)
    if not labels:
        return None
    (chosen, _), *_ = labels.most_common(1)
    machine, written = claim.verdict.latest.label, claim.verdict.when_written
    agreed = set(labels) == {machine}
    # People decide the headline. What held when it was written they have not said, unless they agree with the machine.
    then = {written.label} if written else set()
    return {
        "id": f"{name}-{number:02}", "quote": claim.quote, "start": claim.start, "end": claim.end, "kind": claim.kind,
        "statement": claim.statement, "checkable": claim.checkable, "figures": list(claim.figures),
        **(_binding(claim) if agreed else _binding(_changed(claim, chosen))),
        "expected": {
            "when_written": _expected(written.label if agreed and written else chosen, {*labels, *then}),
            "latest": _expected(chosen, set(labels)),
        },
        "why": " ".join(review.note for review in claim.reviews if review.note) or None,
    }  # fmt: skip


def _expected(label: str, acceptable: set[str]) -> dict[str, Any]:
    return {"label": label, "acceptable": sorted({label, *acceptable})}


def _changed(claim: ClaimResult, label: str) -> ClaimResult | None:
    """The claim as somebody had it tested on the same quote, where that gave the label that people hold for right."""
    changes = [one.result() for one in standing_amendments(claim.amendments).values()]
    same = [one for one in changes if (one.start, one.end, one.verdict.latest.label) == (claim.start, claim.end, label)]
    return same[-1] if same else None


def _binding(claim: ClaimResult | None) -> dict[str, Any]:
    """Check, series, window and figure of the evidence that reviewers agreed with, or that they chose."""
    evidence = latest_evidence(claim) if claim is not None else ()
    if not evidence:
        return {}
    one, seen = evidence[0], evidence[0].observed
    found: dict[str, Any] = {
        "check": one.check, "series": list(dict.fromkeys(used.symbol for used in one.data)),
        "window": one.window.model_dump(mode="json", exclude_none=True),
    }  # fmt: skip
    if seen is not None and seen.value is not None:
        found["observed"] = {"value": seen.value, "unit": seen.unit}
    return found
