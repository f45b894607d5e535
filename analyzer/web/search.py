"""Search over passages and claims. Everything that is asked stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup, escape

from analyzer.errors import InputError
from analyzer.memory.search import Hit
from analyzer.model import Kind, Label
from analyzer.report.words import visible
from analyzer.store.finding import Filters
from analyzer.store.ledger import Ledger
from analyzer.web import corpus, pages

HITS = 40
LONGEST = 200
"""Characters of a query or a filter."""
NARROWING = ("author", "outlet", "language", "kind", "label", "symbol")
DAYS = ("since", "until")
KINDS: tuple[Kind, ...] = get_args(Kind)

router = APIRouter()


@router.get("/search")
def search(request: Request) -> Response:
    asked = {name: request.query_params.get(name, "")[:LONGEST].strip() for name in ("words", *NARROWING, *DAYS)}
    words, filters, found = asked["words"], filters_of(asked), corpus.of(request)
    hits: list[Hit] = []
    problem = next((name for name in DAYS if asked[name] and filters.get(name) is None), "")
    if words and not problem:
        try:
            hits = found.search(words, filters, HITS)
        except InputError:
            problem = "words"
    return pages.page(
        request, "search.html", words=words, hits=hits, problem=problem, asked=asked, marked=marked, kinds=KINDS,
        narrowed=any(filters.values()), entries=found.entries(), known=known(request.app.state.ledger),
    )  # fmt: skip


def known(ledger: Ledger) -> dict[str, list[str]]:
    """What authors, outlets and languages the ledger has."""
    return {name: ledger.review_desk.known(name) for name in ("author", "outlet", "language")}


def filters_of(asked: Mapping[str, str]) -> Filters:
    """What the address narrows by; a kind or a label that there is none of, and a day that is none, narrow nothing."""
    filters: Filters = {name: asked.get(name) or None for name in NARROWING}  # type: ignore[assignment]
    if filters["kind"] not in KINDS:
        filters["kind"] = None
    if filters["label"] not in get_args(Label):
        filters["label"] = None
    filters["since"], filters["until"] = day(asked.get("since", "")), day(asked.get("until", ""))
    return filters


def day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def marked(hit: Hit) -> Markup:
    """The sentence of a hit with the claim in it marked; everything else in it is escaped."""
    context, quote = visible(hit.context), visible(" ".join((hit.quote or "").split()))
    before, found, after = context.partition(quote) if quote else (context, "", "")
    return escape(before) + (Markup("<mark>{}</mark>").format(found) if found else "") + escape(after)
