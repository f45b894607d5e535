"""The words and signs of the outputs: one place, so that table, page and files say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from analyzer.checks.base import amount, number, percent
from analyzer.model import ClaimResult, Evidence, Label, Report, Run

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

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Control characters, direction marks and overrides, characters without width. The soft hyphen and the joiner of
emoji are ordinary typography and stay."""


def visible(text: str) -> str:
    """Text of an article for a screen: what is hidden or would steer a terminal made visible, never obeyed.

    One character becomes one character, so that offsets still hold.
    """
    return _HIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def title(report: Report) -> str:
    """The article's title, else the name of its file without the folders of this machine."""
    return visible(report.article.title or PurePath(report.article.source).name or report.article.source)


def reader_line(report: Report) -> str:
    if report.run.model:
        return f"read with {report.run.model} ({spent(report.run)}); every verdict computed from data"
    return "read by rules, without a language model; every verdict computed from data"


def spent(run: Run) -> str:
    """Calls, tokens and money of a run: "2 calls, 3,412 + 980 tokens, 0.0028 USD"."""
    calls = f"{run.llm_calls} call{'' if run.llm_calls == 1 else 's'}"
    tokens = f"{run.prompt_tokens:,} + {run.completion_tokens:,} tokens"
    money = "price unknown" if run.cost_usd is None else f"{run.cost_usd:.4f} USD"
    cached = f", {run.cached_calls} answered from the cache" if run.cached_calls else ""
    return f"{calls}, {tokens}, {money}{cached}"


def date_line(report: Report) -> str:
    article = report.article
    if article.published is None:
        return "date unknown (give it with --date): no verdict as of when it was written"
    why = f": {article.published_why}" if article.published_why else ""
    return f"{article.published} ({BASIS[article.published_basis]}{why})"


def data_line(report: Report) -> str:
    market, as_of = report.run.market, report.run.as_of
    judged = f"; judged as of {as_of}" if as_of else ""
    return f"data to {market.last_session} ({', '.join(market.sources)}){judged}"


def counts(claims: Sequence[ClaimResult]) -> str:
    found = Counter(c.verdict.latest.label for c in claims)
    parts = [f"{found[label]} {WORDS[label]}" for label in SIGNS if found[label]]
    return plural(len(claims), "claim") + (": " + ", ".join(parts) if parts else "")


def plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def quantity(value: float, unit: str, currency: str | None = None) -> str:
    """A figure as people write it: fractions as signed per cent, money by its size, the rest with its unit."""
    if unit == "fraction":
        return percent(value)
    if unit == "percentage_points":
        return f"{percent(value).removesuffix(' %')} percentage points"
    if unit == "currency":
        return amount(value, currency, 2)
    if unit == "ratio":
        return f"{number(value, 3)} times"
    if unit == "percentile":
        return f"percentile {number(value * 100, 1)}"
    if unit in ("count", "sessions"):
        return f"{number(value, 0)} {unit}" if unit == "sessions" else number(value, 0)
    return number(value)


def assumed(claim: ClaimResult) -> tuple[str, ...]:
    """What the latest evidence assumes, each once."""
    return tuple(dict.fromkeys(note for e in latest_evidence(claim) for note in e.assumed))


def second_opinion(claim: ClaimResult) -> tuple[str, ...]:
    """Where the rules read the quote otherwise than the model's statement has it."""
    return tuple(f"second opinion: {note}" for note in claim.disagreement)


def reviewed(claim: ClaimResult) -> str | None:
    """Says that a person decided otherwise than the machine."""
    machine = claim.verdict.latest.label
    return None if effective(claim) == machine else f"reviewed; machine: {WORDS[machine]}"


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
