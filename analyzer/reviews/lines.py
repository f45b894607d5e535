"""Decisions as JSON lines, each with what is needed to find its claim again on another machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from pydantic import ValidationError

from analyzer.errors import InputError
from analyzer.model import ClaimResult, Kind, Label, Noun, Report, Review
from analyzer.reviews.arriving import read, slips_in
from analyzer.standing import opinions
from analyzer.stats.agreement import Agreement, cohens_kappa
from analyzer.store.ledger import Ledger


class ReviewLine(Noun):
    """One decision. ``start`` and ``end`` count code points of the text whose hash is ``text_sha256``; ``machine`` is
    the label of the newest run on the machine that wrote the line."""

    review: Review
    article: str
    source: str
    text_sha256: str
    start: int
    end: int
    kind: Kind
    figures: tuple[str, ...] = ()
    quote: str
    machine: Label


def reviewed_reports(ledger: Ledger) -> Iterator[tuple[Report, tuple[ClaimResult, ...]]]:
    """Every reviewed claim once, in the newest report that has it, article by article; one that a person added in the
    newest report of its article, even if it was taken back since."""
    remaining = dict.fromkeys(review.claim for review in ledger.all_reviews())
    by_hand = {one.claim: one for one, _ in ledger.amendments() if one.change == "claim"}
    while remaining:
        claim = next(iter(remaining))
        if claim in by_hand:
            report = next(ledger.reports([by_hand[claim].article], extracted=True))
        else:
            report, _ = ledger.claim(claim)
        found = [one for one in (*(report.claims or ()), *report.added) if one.id in remaining]
        if claim not in {one.id for one in found}:
            found.append(by_hand[claim].result().model_copy(update={"reviews": ledger.reviews(claim)}))
        for one in found:
            del remaining[one.id]
        yield report, tuple(found)


def lines(report: Report, claims: Iterable[ClaimResult]) -> Iterator[ReviewLine]:
    article = report.article
    for claim in claims:
        for review in claim.reviews:
            yield ReviewLine(
                review=review, article=article.id, source=article.source, text_sha256=article.text_sha256,
                start=claim.start, end=claim.end, kind=claim.kind, figures=claim.figures, quote=claim.quote,
                machine=claim.verdict.latest.label,
            )  # fmt: skip


def read_lines(path: Path) -> tuple[ReviewLine, ...]:
    """The decisions on claims in a file. InputError names the line that is none."""
    return read(path, None, _line)


def _line(where: str, text: str) -> ReviewLine:
    try:
        line = ReviewLine.model_validate(json.loads(text))
    except ValidationError as error:
        raise InputError(f"{where} is no decision of analyze review export: {slips_in(error)}.") from error
    except ValueError as error:
        raise InputError(f"{where} is no JSON: {error}.") from error
    if line.review.decision == "override" and line.review.label is None:
        raise InputError(f"{where}: an override has to name a label.")
    if not line.review.reviewer.strip() or not line.review.id:
        raise InputError(f"{where}: a decision has to name its reviewer and its id.")
    return line


def agreement(claims: Iterable[ClaimResult]) -> dict[tuple[str, str], Agreement]:
    """Cohen's kappa of each two reviewers, over the claims on which decisions of both stand."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for claim in claims:
        said = opinions(claim)
        for one, other in combinations(sorted(said), 2):
            pairs.setdefault((one, other), []).append((said[one], said[other]))
    return {names: cohens_kappa(both) for names, both in sorted(pairs.items())}
