"""The page of one article: its text with the claims in it, the table beside it, a claim's evidence on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from analyzer.codes import REASONS
from analyzer.decisions import Standing, standing, standing_amendments
from analyzer.model import Amendment, ClaimResult, Evidence, Kind, Label, Report, Variant
from analyzer.report import words
from analyzer.report.curve import curve, ordered, written
from analyzer.report.explain import python_lines
from analyzer.report.html import pieces
from analyzer.store.ledger import Ledger
from analyzer.web import computed, pages, sign_off, wording
from analyzer.web.amended_views import amended_views, label_of
from analyzer.web.charts import ChartView, chart_view

KINDS: tuple[Kind, ...] = get_args(Kind)

router = APIRouter()


@dataclass(frozen=True)
class ClaimView:
    """A row of the table: the claim with its number in the text and what people say of it."""

    number: int
    claim: ClaimResult
    standing: Standing
    inherited: bool
    """Whether a decision that stands was made on an earlier run's claim."""

    @property
    def label(self) -> Label:
        return self.standing.label

    @property
    def amended(self) -> tuple[Amendment, ...]:
        """Of each reviewer what he had tested otherwise, as it stands."""
        return tuple(standing_amendments(self.claim.amendments).values())

    @property
    def last_review(self) -> str:
        """What a decision follows: two of the same content after different ones are two."""
        return self.claim.reviews[-1].id if self.claim.reviews else ""


@dataclass(frozen=True)
class EvidenceView:
    """A piece of evidence with its pictures, drawn, and the lines of Python that compute it again."""

    evidence: Evidence
    chart: ChartView | None
    curve: Markup
    choices: tuple[tuple[Variant, str], ...]
    """What the curve shows, row by row, with the value as it is written."""
    python: str


def claim_view(number: int, claim: ClaimResult) -> ClaimView:
    found = standing(claim.reviews, claim.verdict.latest.label)
    return ClaimView(number, claim, found, any(one.claim != claim.id for one in found.by))


def evidence_view(evidence: Evidence, report: Report, language: str) -> EvidenceView:
    say = wording.speaker(language)
    labels = {label: say(f"label_{label}") for label in pages.LABELS}

    def said(name: str) -> str:
        return computed.said("variants", name, language)[0]

    # curve() escapes every text that it is given.
    return EvidenceView(
        evidence,
        chart_view(evidence, language),
        Markup(curve(evidence, f"c{evidence.id}", say("robustness"), said, labels)),
        tuple((one, written(one, evidence)) for one in ordered(evidence)),
        "\n".join(python_lines(evidence, report.run.market, report.article.published)),
    )


@dataclass(frozen=True)
class Progress:
    """How far the review of an article is. ``reviewed`` of the ``read`` claims, which are those of the reading, have a
    decision; everything else counts the ``added`` ones of people too."""

    labels: Counter[Label]
    claims: int
    open: int
    disputed: int
    reviewed: int
    read: int
    added: int


def progress(standings: Sequence[Standing], added: int) -> Progress:
    """Of all claims, the last ``added`` of which people added."""
    read = standings[: len(standings) - added]
    return Progress(
        labels=Counter(one.label for one in standings if one.state != "rejected"),
        claims=len(standings), open=sum(one.state == "open" for one in standings),
        disputed=sum(one.state == "disputed" for one in standings),
        reviewed=sum(one.state != "open" for one in read), read=len(read), added=added,
    )  # fmt: skip


@router.get("/articles/{article}")
def show(request: Request, article: str) -> Response:
    ledger: Ledger = request.app.state.ledger
    opened = ledger.review_desk.open(article)
    read, added = opened.report.claims or (), opened.report.added
    views = [claim_view(number, claim) for number, claim in enumerate((*read, *added), 1)]
    marked = opened.report.model_copy(update={"claims": (*read, *added)})
    return pages.page(
        request, "article.html", report=opened.report, views=views, by_claim={one.claim.id: one for one in views},
        pieces=pieces(marked, opened.text) if opened.text is not None else None, words=words,
        unattached=opened.unattached, progress=progress([one.standing for one in views], len(added)),
        reasons=sorted(REASONS), gone=opened.gone, kinds=KINDS, tests=request.app.state.bench is not None,
        added={one.id for one in added}, text=opened.text,
        **sign_off.of_report(opened.report, request.state.session.reviewer),
    )  # fmt: skip


@router.get("/articles/{article}/claims/{claim}")
def evidence(request: Request, article: str, claim: str) -> Response:
    """What stands under a claim that is opened."""
    ledger: Ledger = request.app.state.ledger
    report, found = ledger.review_desk.claim(article, claim)

    def draw(one: Evidence) -> EvidenceView:
        return evidence_view(one, report, pages.language_of(request))

    shown = [draw(one) for one in words.latest_evidence(found)]
    added = found in report.added
    amended = amended_views(found, report.run.data_vintage, draw, added=added)
    standing_last = list(standing_amendments(found.amendments).values())[-1:]
    return part(
        request, "evidence.html", report=report, claim=found, shown=shown, words=words, reasons=REASONS,
        amended=amended, base=standing_last[0].id if added else "", tests=request.app.state.bench is not None,
        of=claim,
        label=lambda name: label_of(name, pages.language_of(request)),
    )  # fmt: skip


def part(request: Request, template: str, **values: Any) -> HTMLResponse:
    return pages.page(request, template, **values)
