"""The words and signs of the outputs: one place, so that table, page and files say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from analyzer.codes import SIGNS as SIGNS
from analyzer.codes import WORDS as WORDS
from analyzer.decisions import ArticleState, standing_amendments, standing_sign_offs
from analyzer.decisions import article_state as decided_state
from analyzer.model import Amendment, ClaimResult, Evidence, Label, ReadingRef, Report, Review, Run, SignOff
from analyzer.plain import one_line as one_line
from analyzer.plain import visible as visible
from analyzer.standing import REJECTED, opinions, state
from analyzer.standing import effective as effective  # the outputs ask for it beside the words

COLOURS: dict[Label, str] = {
    "supported": "green", "refuted": "red", "mixed": "yellow", "consistent": "cyan", "inconclusive": "magenta",
    "no_data": "bright_black", "pending": "blue", "not_checkable": "bright_black",
}  # fmt: skip
BASIS = {
    "given": "given", "metadata": "from the file", "text": "read in the text", "inferred": "inferred",
    "unknown": "unknown",
}  # fmt: skip


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


BY = {"agreed": "accepted", "corrected": "corrected"}
"""How people came to hold a binding for right."""


def examples_line(run: Run) -> str | None:
    """Which accepted bindings of other articles the model was shown; None without one."""
    if not run.examples:
        return None
    ids = ", ".join(one.claim[:8] for one in run.examples)
    did = " or ".join(word for by, word in BY.items() if any(one.by == by for one in run.examples))
    return f"Shown to the model: {plural(len(run.examples), 'binding')} that people {did} elsewhere ({ids})."


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


def added_line(report: Report) -> str:
    """How many claims people added, by verdict; else empty."""
    found = counts(report.added)
    return f"added by people: {found}" if report.added else ""


def review_line(claims: Sequence[ClaimResult]) -> str:
    """How many of the claims people have decided on, and how: "3 of 5 reviewed: 2 agreed, 1 disputed"; else empty."""
    found = Counter(map(state, claims))
    undecided = found.pop("not reviewed", 0)
    parts = ", ".join(f"{number} {word}" for word, number in sorted(found.items()))
    return f"{len(claims) - undecided} of {len(claims)} reviewed: {parts}" if found else ""


def plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def quantity(value: float, unit: str, currency: str | None = None) -> str:
    """A figure as people write it: fractions as signed per cent, money by its size, the rest with its unit."""
    from analyzer.checks.base import amount, number, percent  # it loads numpy, which no page needs before its evidence

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
    """What people decided, where it is another than what the machine says."""
    machine = WORDS[claim.verdict.latest.label]
    return {
        "overridden": f"reviewed; machine: {machine}",
        "disputed": "disputed: "
        + ", ".join(f"{one_line(who)} {worded(said)}" for who, said in opinions(claim).items()),
        "rejected": "reviewed: no claim",
    }.get(state(claim))


def worded(label: str) -> str:
    """A label, or the word of who takes a quote for no claim, as it is read."""
    if label == REJECTED:
        return "no claim"
    return next((word for known, word in WORDS.items() if known == label), label)


def history(claim: ClaimResult) -> tuple[str, ...]:
    """Every decision on the claim, oldest first: "2025-08-02 09:00 eva: override to mixed (reason), note"."""
    return tuple(one_line(_decision(review)) for review in claim.reviews)


def _decision(review: Review) -> str:
    to = f" to {WORDS[review.label]}" if review.label else ""
    reason = f" ({review.reason.replace('_', ' ')})" if review.reason else ""
    note = f": {review.note}" if review.note else ""
    on = f" {_reading(review.reading)}" if review.reading else ""
    return f"{review.at[:16].replace('T', ' ')} {review.reviewer}, {review.decision}{to}{reason}{on}{note}"


def _reading(reading: ReadingRef) -> str:
    """Which reading was decided on: "on the reading of 2025-01-30, by rules"."""
    as_of = f", as of {reading.as_of}" if reading.as_of else ""
    return f"on the reading of {reading.started[:10]}, by {reading.model or reading.reader}{as_of}"


SAID = {"complete": "read it, nothing is missing", "missing": "misses something", "undo": "took that back"}


def sign_offs(report: Report) -> tuple[str, ...]:
    """Everything that people said of the article as a whole, oldest first."""
    return tuple(one_line(_sign_off(one)) for one in report.sign_offs)


def signed_line(report: Report) -> str:
    """What stands of it: "Read whole by ada (nothing is missing), eva (misses something)."; else empty."""
    standing = standing_sign_offs(report.sign_offs).values()
    said = (f"{one.reviewer} ({SAID[one.decision].removeprefix('read it, ')})" for one in standing)
    return one_line(f"Read whole by {', '.join(said)}.") if standing else ""


ARTICLE_STATES: dict[ArticleState, str] = {
    "failed": "reading failed", "missing": "something is missing", "read": "reviewed, nothing found",
    "empty": "no claim found, not yet reviewed", "done": "reviewed", "partly": "in review", "open": "not yet reviewed",
}  # fmt: skip


def article_state(report: Report) -> str:
    """The state of the article's review in words; "not yet reviewed" is not "reviewed, nothing found"."""
    claims, signed = report.claims or (), standing_sign_offs(report.sign_offs).values()
    return ARTICLE_STATES[
        decided_state(
            report.claims is not None, len(claims), sum(state(claim) != "not reviewed" for claim in claims),
            len(signed), sum(one.decision == "missing" for one in signed),
        )
    ]  # fmt: skip


def _sign_off(one: SignOff) -> str:
    on = f", {_reading(one.reading)}" if one.reading else ""
    note = f": {one.note}" if one.note else ""
    return f"{one.at[:16].replace('T', ' ')} {one.reviewer}: {SAID[one.decision]}{on}{note}"


def amended(claim: ClaimResult) -> tuple[str, ...]:
    """What people had tested otherwise, as it stands; the verdict of each is computed, and not the one in force."""
    return tuple(one_line(_amended(one)) for one in standing_amendments(claim.amendments).values())


def _amended(one: Amendment) -> str:
    result = one.result()
    verdict = result.verdict.latest
    done = "added" if one.change == "claim" else "tested as changed"
    by = f"{done} by {one.reviewer}, {one.at[:16].replace('T', ' ')}"
    reason = f" ({verdict.reason.replace('_', ' ')})" if verdict.reason else ""
    found = f"{SIGNS[verdict.label]} {WORDS[verdict.label]}{reason}. {verdict.summary}"
    return " ".join([f"{by}: {found}", *(f"[{note}]" for note in assumed(result))])


def latest_evidence(claim: ClaimResult) -> tuple[Evidence, ...]:
    """The claim's evidence at the date of its headline verdict."""
    return tuple(e for e in claim.evidence if e.as_of == claim.verdict.latest.as_of)


def then_differs(claim: ClaimResult) -> str | None:
    """The verdict when written, where it is another than the latest."""
    written = claim.verdict.when_written
    if written is None or written.label == claim.verdict.latest.label:
        return None
    return f"when written ({written.as_of}): {WORDS[written.label]}. {written.summary}"
