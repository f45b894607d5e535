"""Groups of claims: what several articles say, who said it first, how the figure drifted, who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from analyzer.errors import InputError
from analyzer.memory.groups import ClaimGroup, Member
from analyzer.model import Label
from analyzer.store.ledger import Ledger
from analyzer.store.state import article_of
from analyzer.web import corpus, pages, wording
from analyzer.web.corpus import Groups
from analyzer.web.drift import Said, drift
from analyzer.web.search import LONGEST, known

PAGE = 20
"""Groups on a page."""
Sort = Literal["size", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
FILTERS = ("words", "author", "outlet", "label", "against")

router = APIRouter()


@dataclass(frozen=True)
class View:
    """What the address asks for."""

    filters: Mapping[str, str]
    sort: Sort
    number: int

    def address(self, page: int) -> str:
        asked = {
            **self.filters,
            "sort": self.sort if self.sort != "size" else "",
            "page": str(page) if page > 1 else "",
        }
        shown = {name: value for name, value in asked.items() if value}
        return f"/groups?{urlencode(shown)}" if shown else "/groups"


def view_of(asked: Mapping[str, str]) -> View:
    filters = {name: asked.get(name, "")[:LONGEST].strip() for name in FILTERS}
    if filters["label"] not in get_args(Label):
        filters["label"] = ""
    number = asked.get("page", "1")
    sort: Sort = next((one for one in SORTS if one == asked.get("sort")), "size")
    return View(filters, sort, int(number) if number.isdecimal() and 0 < len(number) < 7 and int(number) else 1)


@router.get("/groups")
def listed(request: Request) -> Response:
    view, ledger = view_of(request.query_params), request.app.state.ledger

    def draw(found: Groups) -> Response:
        fitting = ordered([one for one in found.shared if fits(one, view.filters)], view.sort)
        last = max(1, -(-len(fitting) // PAGE))
        first = (min(view.number, last) - 1) * PAGE
        return pages.page(
            request, "groups.html", rows=fitting[first : first + PAGE], total=len(fitting), of=len(found.shared),
            claims=len(found.by_claim), view=view, number=min(view.number, last), last=last, sorts=SORTS,
            known=known(ledger), label_of=label_of, span=span,
        )  # fmt: skip

    return corpus.when_ready(request, corpus.of(request).groups(), "groups", draw)


@router.get("/groups/{claim}")
def one_group(request: Request, claim: str) -> Response:
    """The group that the claim is in."""

    def draw(found: Groups) -> Response:
        group = found.by_claim.get(claim)
        if group is None:
            raise InputError(f"Claim {claim} is in no group: no newest run of an article has it.", code="not_found")
        say = wording.speaker(pages.language_of(request))
        against = [said_by(found, one.claim) for one in group.contradicted_by]
        # drift() escapes every text that it is given.
        charts = [Markup(one) for one in drift(group.members, [one for one in against if one], say("drift"))]
        return pages.page(
            request, "group.html", group=group, charts=charts, label_of=label_of, by_claim=found.by_claim, span=span
        )

    return corpus.when_ready(request, corpus.of(request).groups(), "groups", draw)


@router.get("/claims/{claim}")
def to_article(request: Request, claim: str) -> Response:
    """On to the claim in the page of its article."""
    ledger: Ledger = request.app.state.ledger
    return RedirectResponse(f"/articles/{article_of(ledger, claim)}#c-{claim}", status_code=303)


def said_by(found: Groups, claim: str) -> Said | None:
    group = found.by_claim.get(claim)
    return next((one for one in group.members if one.claim == claim), None) if group else None


def label_of(group: ClaimGroup) -> Label:
    return group.checked.label if group.checked else group.members[0].label


def span(group: ClaimGroup) -> tuple[str, str]:
    """The first and the last day on which it was said; empty where no article has a day."""
    days = [one.published for one in group.members if one.published]
    return (min(days), max(days)) if days else ("", "")


def ordered(found: Sequence[ClaimGroup], sort: Sort) -> list[ClaimGroup]:
    """By size as they come; by the last day on which it was said, or the first. What has no day comes last."""
    if sort == "size":
        return list(found)
    if sort == "newest":
        return sorted(found, key=lambda one: span(one)[1], reverse=True)
    return sorted(found, key=lambda one: span(one)[0] or "9999")


def fits(group: ClaimGroup, filters: Mapping[str, str]) -> bool:
    if filters["against"] and not group.contradicted_by:
        return False
    if filters["label"] and label_of(group) != filters["label"]:
        return False
    return any(_says(one, filters) for one in group.members)


def _says(one: Member, filters: Mapping[str, str]) -> bool:
    text = " ".join((one.quote, one.by or "", one.outlet or "", one.title or "")).casefold()
    return (
        all(word in text for word in filters["words"].casefold().split())
        and filters["author"] in ("", one.by)
        and filters["outlet"] in ("", one.outlet)
    )
