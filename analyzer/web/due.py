"""Forecasts by the day on which they come due: what would make each right, and judging again what has come due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from analyzer.errors import InputError
from analyzer.recheck.obligations import Obligation
from analyzer.report.words import one_line, quantity
from analyzer.store.standings import FixedTrial, Standing
from analyzer.web import corpus, pages, wording
from analyzer.web.corpus import Pending

SOON = timedelta(days=90)
Part = Literal["due", "no_data_yet", "soon", "later", "any_day"]
DIRECTION = {"up": "right_up", "down": "right_down"}
LEVEL = {"up": "right_up_to", "down": "right_down_to"}
PARTS: tuple[Part, ...] = get_args(Part)

router = APIRouter()


@dataclass(frozen=True)
class Forecast:
    """A forecast of the list, with what would make it right, in words."""

    one: Obligation
    standing: Standing
    conditions: tuple[str, ...]
    days: int | None
    """Until its day; negative when that has passed."""


@router.get("/due")
def due(request: Request) -> Response:
    shared, say = corpus.of(request), wording.speaker(pages.language_of(request))

    def draw(found: Pending) -> Response:
        author = request.query_params.get("author", "")
        authors = sorted({one.author for one in found.found if one.author})
        shown = [one for one in found.found if not author or one.author == author]
        symbols = sorted({symbol for one in shown if one.state == "no_data_yet" for symbol in one.symbols})
        return pages.page(
            request, "due.html", parts=parted(found, shown, date.today(), say), latest=found.latest, total=len(shown),
            ready=len(found.due), judging=shared.judging, authors=authors, author=author, symbols=symbols,
        )  # fmt: skip

    return corpus.when_ready(request, shared.pending(), "due", draw)


@router.get("/due/progress")
def progress(request: Request) -> Response:
    """How far the recheck is, and what it came to."""
    return pages.page(request, "judging.html", judging=corpus.of(request).judging, refresh=True)


@router.post("/due")
def judge(request: Request) -> Response:
    """Judge the article of a forecast that is due again, or everything that is due; then back to the list."""
    shared, run = corpus.of(request), request.state.form.get("run", "")
    job = shared.pending()
    job.wait(60)
    if not job.ended:
        raise InputError("The list of forecasts is still being made. Try again in a moment.")
    runs = list(dict.fromkeys(one.run for one in job.result().due))
    if run:
        runs = [one for one in runs if one == run]
    if not runs:
        raise InputError("Nothing of this has come due, or it was judged meanwhile. Load the page again.")
    shared.judge(runs)
    return RedirectResponse("/due", status_code=303)


def parted(
    found: Pending, shown: Sequence[Obligation], today: date, say: wording.Say
) -> list[tuple[Part, list[Forecast]]]:
    """The forecasts by when they come due; of each part the earliest first."""
    parts: dict[Part, list[Forecast]] = {part: [] for part in PARTS}
    for one in shown:
        standing = found.standing[one.claim]
        days = (one.end - today).days if one.end else None
        parts[_part(one, days)].append(
            Forecast(one, standing, tuple(conditions(standing.trials, found.names, say)), days)
        )
    return [(part, some) for part, some in parts.items() if some]


def _part(one: Obligation, days: int | None) -> Part:
    if one.state == "due":
        return "due"
    if one.state == "no_data_yet":
        return "no_data_yet"
    if days is None:
        return "any_day"
    return "soon" if days <= SOON.days else "later"


def conditions(trials: Sequence[FixedTrial], names: Mapping[str, str], say: wording.Say) -> Iterator[str]:
    """What each forecast of a claim needs to come true: "S&P 500 closes at 5,000 or below on any day up to …"."""
    for trial in trials:
        if trial.check == "forecast":
            params, symbol = trial.params, str(trial.params["symbol"])
            key = "right_touch" if params.get("mode") == "touch" else "right_end"
            yield say(key, what=one_line(names.get(symbol, symbol)), how=_wanted(params, say), day=params["end"])


def _wanted(params: Mapping[str, Any], say: wording.Say) -> str:
    stated, direction = params.get("stated"), str(params.get("direction"))
    if not stated:
        return say(DIRECTION.get(direction, "right_other"))
    unit = str(stated["unit"])
    if unit == "fraction":
        key = "right_less" if stated["value"] < 0 or direction == "down" else "right_more"
        return say(key, by=f"{abs(100 * stated['value']):.4g} %", made=params["made"])
    return say(LEVEL.get(direction, "right_at"), level=quantity(stated["value"], unit, stated.get("currency")))
