"""Verdicts as schema.org ClaimReview in JSON-LD, for the page on which a newsroom publishes its fact checks.

What is published at all (``docs/report.md`` says why):

| label | rating | |
| --- | --- | --- |
| supported | 5 of 5 | the data bear it out |
| mixed | 3 of 5 | partly right, or evidence on both sides |
| refuted | 1 of 5 | the data contradict it |
| consistent, inconclusive | words only | tested, but no place on a scale of truth |
| no_data, pending, not_checkable | not published | nothing was reviewed |

Nor is a claim that a reviewer took for none, or on which reviewers disagree. A property whose value is not known is
left out, never null. Google shows only reviews with a ``url``, which no program can know: it comes from a setting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from analyzer import __version__
from analyzer.model import ClaimResult, Label, Report
from analyzer.report import words
from analyzer.standing import standing, state

BEST, WORST = 5, 1
RATINGS: Mapping[Label, int | None] = {
    "supported": 5,
    "mixed": 3,
    "refuted": 1,
    "consistent": None,
    "inconclusive": None,
}
"""The labels that are published; None: without a number."""
ALTERNATE: Mapping[Label, str] = {
    "supported": "Supported by the data", "mixed": "Partly supported by the data", "refuted": "Refuted by the data",
    "consistent": "Consistent with the data, no cause shown", "inconclusive": "Tested, not decided",
}  # fmt: skip
SCALE = (
    "Computed from dated market data. 5: the data bear the claim out; 3: partly right, or evidence on both sides; "
    "1: the data contradict it."
)
WEB = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True)
class Publisher:
    """Who publishes the reviews, and where. ``review_url`` is the address of the page on which they stand, in which
    ``{article}`` and ``{claim}`` stand for their ids."""

    name: str | None = None
    url: str | None = None
    review_url: str | None = None


def pieces(reports: Iterable[Report], publisher: Publisher) -> Iterator[str]:
    """One JSON-LD document with every review as a node of its graph, report by report."""
    yield '{\n "@context": "https://schema.org",\n "@graph": ['
    comma = ""
    for report in reports:
        for review in reviews(report, publisher):
            text = json.dumps(review, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            # It is put into <script type="application/ld+json">: no text of an article may end that element.
            yield f"{comma}\n  " + text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
            comma = ","
    yield "\n ]\n}\n"


def reviews(report: Report, publisher: Publisher) -> Iterator[dict[str, Any]]:
    for claim in report.claims or ():
        if words.effective(claim) in RATINGS and state(claim) not in ("disputed", "rejected"):
            yield _known(_review(report, claim, publisher))


def _review(report: Report, claim: ClaimResult, publisher: Publisher) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "url": _url(report, claim, publisher),
        "identifier": claim.id,
        "claimReviewed": words.one_line(claim.quote),
        "reviewBody": words.one_line(_body(claim)),
        "inLanguage": "en",
        "datePublished": _published(report, claim),
        "author": _author(publisher),
        "itemReviewed": _claim(report, claim),
        "reviewRating": _rating(words.effective(claim)),
    }


def _body(claim: ClaimResult) -> str:
    """The sentence with the figures, and the last word of the person who decided otherwise."""
    notes = [one.note for one in standing(claim.reviews).values() if one.note]
    return (
        " ".join([claim.verdict.latest.summary, *notes])
        if state(claim) == "overridden"
        else (claim.verdict.latest.summary)
    )


def _url(report: Report, claim: ClaimResult, publisher: Publisher) -> str | None:
    if publisher.review_url is None:
        return None
    return publisher.review_url.replace("{article}", quote(report.article.id)).replace("{claim}", quote(claim.id))


def _published(report: Report, claim: ClaimResult) -> str | None:
    """The day of the last decision of a person that stands, else of the run."""
    days = [one.at[:10] for one in standing(claim.reviews).values()]
    return max(days, default=report.run.started[:10]) or None


def _author(publisher: Publisher) -> dict[str, Any]:
    if publisher.name is None:
        return {
            "@type": "Organization",
            "name": f"commentary-analyzer {__version__} (computed, not reviewed by a newsroom)",
        }
    return {"@type": "Organization", "name": publisher.name, "url": publisher.url}


def _claim(report: Report, claim: ClaimResult) -> dict[str, Any]:
    article = report.article
    return {
        "@type": "Claim",
        "name": words.one_line(claim.statement),
        "text": words.visible(claim.quote),
        "author": _claimant(report, claim),
        "datePublished": article.published,
        "appearance": {
            "@type": "CreativeWork",
            "url": article.source if WEB.match(article.source) else None,
            "headline": words.title(report),
            "author": {"@type": "Person", "name": words.one_line(article.author)} if article.author else None,
            "publisher": {"@type": "Organization", "name": words.one_line(article.outlet)} if article.outlet else None,
            "datePublished": article.published,
            "inLanguage": article.language,
        },
    }


def _claimant(report: Report, claim: ClaimResult) -> dict[str, Any] | None:
    """Who says it: whom the text cites, else its author, else its outlet; None where nobody is named."""
    if claim.attribution.to == "cited":
        name = claim.attribution.name
        return {"@type": "Person", "name": words.one_line(name)} if name else None
    article = report.article
    if article.author:
        return {"@type": "Person", "name": words.one_line(article.author)}
    return {"@type": "Organization", "name": words.one_line(article.outlet)} if article.outlet else None


def _rating(label: Label) -> dict[str, Any]:
    value = RATINGS[label]
    number = {} if value is None else {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    return {
        "@type": "Rating",
        "alternateName": ALTERNATE[label],
        **number,
        "ratingExplanation": SCALE if number else None,
    }


def _known(node: Any) -> Any:
    """The node without the properties whose value is not known; days as ISO text."""
    if isinstance(node, dict):
        return {name: _known(value) for name, value in node.items() if value is not None}
    return node.isoformat() if isinstance(node, date) else node
