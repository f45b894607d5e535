"""The desk: the list of articles with filters, order and pages, all of it in the address, so that it can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from analyzer.model import Label
from analyzer.store.desk_queries import STATES, DeskFilters, Sort
from analyzer.store.ledger import Ledger
from analyzer.web import pages
from analyzer.web.workbench import STEPS

PAGE = 25
"""Articles on a page."""
LONGEST = 200
"""Characters of a filter; what is longer narrows to nothing anyway."""
SORTS: tuple[Sort, ...] = get_args(Sort)
DESCENDS = ("recorded", "published", "claims", "refuted", "reviewed")
"""Orders that begin with the largest unless the address says otherwise."""
FILTERS = ("words", "state", "label", "author", "outlet", "language")

router = APIRouter()


@dataclass(frozen=True)
class View:
    """What the address asks for. What it names and is not known is left out."""

    filters: DeskFilters
    sort: Sort
    descending: bool
    number: int

    def address(self, **changes: object) -> str:
        """The desk's address with something else asked for; a change other than of the page begins with the first."""
        asked = {**self.filters, "sort": self.sort, "down": int(self.descending), "page": self.number, **changes}
        if "page" not in changes:
            asked["page"] = 1
        if asked["sort"] == "recorded" and asked["down"] == 1:
            asked = {name: value for name, value in asked.items() if name not in ("sort", "down")}
        shown = {
            name: value for name, value in asked.items() if value not in ("", None) and (name, value) != ("page", 1)
        }
        return f"/?{urlencode(shown)}" if shown else "/"

    def sorted_by(self, sort: Sort) -> str:
        """The address in that order; once more, the other way round."""
        down = not self.descending if sort == self.sort else sort in DESCENDS
        return self.address(sort=sort, down=int(down))


def view_of(asked: Mapping[str, str]) -> View:
    given = {name: asked.get(name, "")[:LONGEST].strip() for name in FILTERS}
    known = {"state": STATES, "label": get_args(Label)}
    filters: DeskFilters = {name: value for name, value in given.items() if value in known.get(name, (value,))}  # type: ignore[assignment]
    sort: Sort = next((one for one in SORTS if one == asked.get("sort")), "recorded")
    down = asked.get("down", str(int(sort in DESCENDS))) == "1"
    number = asked.get("page", "1")
    return View(filters, sort, down, int(number) if number.isdecimal() and 0 < len(number) < 7 and int(number) else 1)


@router.get("/")
def desk(request: Request) -> Response:
    ledger: Ledger = request.app.state.ledger
    view = view_of(request.query_params)
    found, total = ledger.review_desk.page(
        view.filters, view.sort, view.descending, (view.number - 1) * PAGE, PAGE
    )  # fmt: skip
    last = max(1, -(-total // PAGE))
    known = {name: ledger.review_desk.known(name) for name in ("author", "outlet", "language")}
    return pages.page(
        request, "desk.html", rows=found, total=total, view=view, last=last, known=known, states=tuple(STATES),
        bench=request.app.state.workbench, steps=STEPS,
    )  # fmt: skip
