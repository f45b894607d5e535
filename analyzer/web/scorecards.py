"""Scorecards: how the claims and forecasts of authors, outlets, kinds or instruments fared, and the claims behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from analyzer.scorecard import view as sentences
from analyzer.scorecard.cards import FEWEST, Card, Scorecard
from analyzer.scorecard.counting import WHY_NOT, By
from analyzer.store.queries import ClaimFilters
from analyzer.web import corpus, pages, rates, wording
from analyzer.web.search import KINDS, LONGEST, day, known

BYS: tuple[By, ...] = get_args(By)
NARROWING = ("author", "outlet", "kind", "symbol")
ROWS = 60
"""Rows of the table; the filters lead to the others."""
CLAIMS = 300
"""Claims that are listed under a row."""

router = APIRouter()


@dataclass(frozen=True)
class View:
    """What the address asks for. ``row`` is the name of the row that is open."""

    by: By
    filters: ClaimFilters
    row: str | None

    def address(self, **changes: str) -> str:
        asked = {"by": self.by, **{name: value for name, value in self.filters.items() if value}, **changes}
        return f"/scorecards?{urlencode(asked)}"


def view_of(asked: Mapping[str, str]) -> View:
    given = {name: asked.get(name, "")[:LONGEST].strip() or None for name in NARROWING}
    if given["kind"] not in KINDS:
        given["kind"] = None
    filters: ClaimFilters = {
        **given, "since": day(asked.get("since", "")), "until": day(asked.get("until", "")),  # type: ignore[typeddict-item]
    }  # fmt: skip
    by: By = next((one for one in BYS if one == asked.get("by")), "author")
    return View(by, filters, asked.get("row"))


@router.get("/scorecards")
def scorecards(request: Request) -> Response:
    view, say = view_of(request.query_params), wording.speaker(pages.language_of(request))

    def draw(found: Scorecard) -> Response:
        shown = [one for one in found.cards if one.counted]
        return pages.page(
            request, "scorecards.html", card=found, shown=shown[:ROWS], hidden=max(0, len(shown) - ROWS), view=view,
            opened=next((one for one in found.cards if one.name == view.row), None), bys=BYS, kinds=KINDS,
            charts=charts(shown, view.by, say), fewest=FEWEST, sentences=sentences,
            left_out=left_out(found, view.row), why_not=WHY_NOT, most=CLAIMS,
            known=known(request.app.state.ledger), narrowed=any(view.filters.values()),
        )  # fmt: skip

    return corpus.when_ready(request, corpus.of(request).scorecard(view.by, view.filters), "scorecards", draw)


def charts(shown: list[Card], by: By, say: wording.Say) -> list[tuple[str, str, Markup]]:
    """Heading, explanation and drawing of each chart that there are enough claims for."""
    claims = [rates.Row(name_of(one, by, say), one.rate, None, one.counted) for one in shown if one.rate is not None]
    forecasts = [
        rates.Row(
            name_of(one, by, say), one.forecasts.rate,
            one.forecasts.expected / one.forecasts.based if one.forecasts.expected is not None else None,
            one.forecasts.n,
        )
        for one in shown if one.forecasts.rate is not None
    ]  # fmt: skip
    bins = rates.calibration(shown)
    drawn = []
    # The drawings escape every text that they are given.
    for name, long, rows in (
        ("card_hit_rate", "card_hit_rate_long", claims), ("card_forecasts_true", "card_forecasts_true_long", forecasts),
    ):  # fmt: skip
        if rows:
            drawn.append((say(name), say(long), Markup(rates.svg(rows, say(name)))))
    if bins:
        drawn.append(
            (
                say("card_calibration"),
                say("card_calibration_long"),
                Markup(rates.diagonal(bins, say("card_calibration"), say("card_axis_stated"), say("card_axis_came"))),
            )
        )
    return drawn


def name_of(card: Card, by: By, say: wording.Say) -> str:
    return say(f"kind_{card.name}") if by == "kind" and card.name in KINDS else sentences.name_of(card)


def left_out(found: Scorecard, row: str | None) -> list[tuple[str, list[object]]]:
    """What does not count, by reason, of a row or of all."""
    by_reason: dict[str, list[object]] = {why: [] for why in WHY_NOT}
    for one in found.left_out:
        if row is None or one.group == row:
            by_reason[one.why].append(one)
    return [(why, some) for why, some in by_reason.items() if some]
