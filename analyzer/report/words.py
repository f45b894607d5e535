"""The words and signs of the outputs: one place, so that table, page and files say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analyzer.model import ClaimResult, Evidence, Label, Report

SIGNS: dict[Label, str] = {
    "supported": "✓", "refuted": "✗", "mixed": "≈", "consistent": "∼", "inconclusive": "?", "no_data": "∅",
    "pending": "…", "not_checkable": "–",
}  # fmt: skip
WORDS: dict[Label, str] = {
    "supported": "supported", "refuted": "refuted", "mixed": "mixed", "consistent": "consistent",
    "inconclusive": "inconclusive", "no_data": "no data", "pending": "pending", "not_checkable": "not checkable",
}  # fmt: skip
COLOURS: dict[Label, str] = {
    "supported": "green", "refuted": "red", "mixed": "yellow", "consistent": "cyan", "inconclusive": "magenta",
    "no_data": "bright_black", "pending": "blue", "not_checkable": "bright_black",
}  # fmt: skip
BASIS = {
    "given": "given", "metadata": "from the file", "text": "read in the text", "inferred": "inferred",
    "unknown": "unknown",
}  # fmt: skip

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Text of an article for a screen: control characters and direction overrides made visible, never obeyed."""
    return _HIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def reader_line(report: Report) -> str:
    if report.run.model:
        return f"read with {report.run.model}; every verdict computed from data"
    return "read by rules, without a language model; every verdict computed from data"


def date_line(report: Report) -> str:
    article = report.article
    if article.published is None:
        return "date unknown (give it with --date): no verdict as of when it was written"
    why = f": {article.published_why}" if article.published_why else ""
    return f"{article.published} ({BASIS[article.published_basis]}{why})"


def data_line(report: Report) -> str:
    market = report.run.market
    return f"data to {market.last_session} ({', '.join(market.sources)})"


def counts(claims: Sequence[ClaimResult]) -> str:
    found = Counter(c.verdict.latest.label for c in claims)
    parts = [f"{found[label]} {WORDS[label]}" for label in SIGNS if found[label]]
    return f"{len(claims)} claims" + (": " + ", ".join(parts) if parts else "")


def latest_evidence(claim: ClaimResult) -> tuple[Evidence, ...]:
    """The claim's evidence at the date of its headline verdict."""
    return tuple(e for e in claim.evidence if e.as_of == claim.verdict.latest.as_of)


def then_differs(claim: ClaimResult) -> str | None:
    """The verdict when written, where it is another than the latest."""
    written = claim.verdict.when_written
    if written is None or written.label == claim.verdict.latest.label:
        return None
    return f"when written ({written.as_of}): {WORDS[written.label]}. {written.summary}"


def effective(claim: ClaimResult) -> Label:
    """The label of the latest standing review, else the machine's; reviewers who disagree leave the machine's."""
    standing: dict[str, Label] = {}
    for review in claim.reviews:
        if review.decision == "override" and review.label:
            standing[review.reviewer] = review.label
        elif review.decision in ("agree", "undo"):
            standing.pop(review.reviewer, None)
    labels = set(standing.values())
    return labels.pop() if len(labels) == 1 else claim.verdict.latest.label
