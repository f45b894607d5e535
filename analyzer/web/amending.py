"""What people have tested otherwise: forms for trials, quotes and claims, what came out, and taking it back.

The page proposes and shows; ``analyzer.amending`` binds, tests and judges. Each change is appended to the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from analyzer.amending import typed
from analyzer.amending.again import run_again
from analyzer.amending.bench import Bench, Change, Desk, taken_back
from analyzer.amending.instruments import offers
from analyzer.amending.proposing import Selection, claim_at, trial_of
from analyzer.checks import CHECKS, Check
from analyzer.decisions import standing_amendments
from analyzer.errors import InputError
from analyzer.extract.grounding import Refusal, ground
from analyzer.model import Amendment, Claim, ClaimResult, Kind, Report, Trial
from analyzer.store.ledger import Ledger
from analyzer.web import article, pages
from analyzer.web.amended_views import label_of

PREFIX = "p-"
"""Of the form's fields that are parameters of the check."""
NO_MARKET = "This page was opened without market data, so nothing can be tested on it."

router = APIRouter()


@dataclass(frozen=True)
class Base:
    """What a change starts from: the machine's claim and trials, or those of an amendment that stands."""

    report: Report
    found: ClaimResult
    amendment: Amendment | None
    reading: Claim
    trials: tuple[Trial, ...]

    def trial(self, id: str) -> Trial | None:
        return next((one for one in self.trials if one.id == id), None)


def bench_of(request: Request) -> Bench:
    bench: Bench | None = request.app.state.bench
    if bench is None:
        raise InputError(NO_MARKET)
    return bench


def base_of(ledger: Ledger, article_id: str, claim_id: str, amendment_id: str) -> Base:
    report, found = ledger.review_desk.claim(article_id, claim_id)
    standing = list(standing_amendments(found.amendments).values())
    amendment = next((one for one in standing if one.id == amendment_id), None)
    if amendment is None and (amendment_id or found in report.added):
        amendment = next((one for one in standing if found in report.added), None)
        if amendment is None:
            raise InputError("The change that this one starts from was taken back. Load the page again.")
    if amendment is not None and amendment.reading is not None:
        return Base(report, found, amendment, amendment.reading, amendment.trials)
    reading = Claim(**{name: getattr(found, name) for name in Claim.model_fields})
    trials = ledger.trials_of([report.run.id]).get(found.id, [])
    return Base(report, found, None, reading, tuple(trials))


# --- the form of a trial --------------------------------------------------------------------------------------------


@router.get("/instruments")
def instruments(request: Request) -> Response:
    """Options for a field in which an instrument is typed."""
    bench = bench_of(request)
    found = offers(request.query_params.get("q", ""), bench.workshop.catalogue, bench.has)
    return pages.page(request, "instruments.html", offers=found)


@router.get("/articles/{article_id}/claims/{claim_id}/trial")
def trial_form(request: Request, article_id: str, claim_id: str) -> Response:
    """The form of a trial: as it was run, or with the fields of another check, or empty."""
    asked = request.query_params
    base = base_of(request.app.state.ledger, article_id, claim_id, asked.get("base", ""))
    before = base.trial(asked.get("trial", ""))
    check = _check(asked.get("check") or (before.check if before else ""), base.reading)
    values = {name[len(PREFIX) :]: value for name, value in asked.items() if name.startswith(PREFIX)}
    return _drawn(request, base, before, check, _filled(check, before, values), typed.Typed())


def _check(name: str, reading: Claim) -> Check:
    """The check that is asked for, else the first for claims of this kind."""
    if name:
        if name not in CHECKS:
            raise InputError(f"There is no check {name!r}.")
        return CHECKS[name]
    return next((one for one in CHECKS.values() if reading.kind in one.kinds), CHECKS["session_return"])


def _filled(check: Check, before: Trial | None, values: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields: what was typed, else what the trial had, else the default."""
    params = before.params if before else {}
    return {
        one.name: values[one.name] if one.name in values
        else typed.as_text(params[one.name]) if one.name in params else one.default
        for one in typed.fields(check.name, check.params)
    }  # fmt: skip


def _drawn(
    request: Request, base: Base, before: Trial | None, check: Check, values: Mapping[str, str], came: typed.Typed
) -> Response:
    say = pages.language_of(request)
    known = typed.fields(check.name, check.params)
    plain = [one for one in known if one.is_plain or one.name in came.wrong or values[one.name] != one.default]
    return pages.page(
        request, "trial_form.html", 422 if came.wrong else 200, base=base, before=before, check=check, values=values,
        plain=plain, further=[one for one in known if one not in plain and one.shape != "fixed"], wrong=came.wrong,
        fitting=[one for one in CHECKS.values() if base.reading.kind in one.kinds],
        others=[one for one in CHECKS.values() if base.reading.kind not in one.kinds],
        label=lambda name: label_of(name, say), about=_about,
    )  # fmt: skip


def _about(check: Check) -> str:
    """What a check tests, in its own first line."""
    return check.page.strip().splitlines()[0].rstrip(".")


# --- changes --------------------------------------------------------------------------------------------------------


@router.post("/articles/{article_id}/claims/{claim_id}/amendments")
def amend(request: Request, article_id: str, claim_id: str) -> Response:
    """Test what the form proposes, append it, and draw the claim as it stands now."""
    form, ledger = request.state.form, request.app.state.ledger
    reviewer = request.state.session.reviewer
    if form.get("change") == "undo":
        ledger.add_amendment(_undo(ledger, article_id, claim_id, form.get("amendment", ""), reviewer))
        return _head(request, article_id, claim_id)
    bench, base = bench_of(request), base_of(ledger, article_id, claim_id, form.get("base", ""))
    desk = _laid_out(ledger, bench, article_id)
    change = Change(claim_id, form.get("change", ""), reviewer, form.get("after", ""))
    if change.kind == "quote":
        reading = claim_at(desk.view, _selection(form))
        if (reading.start, reading.end, reading.kind) == (base.reading.start, base.reading.end, base.reading.kind):
            raise InputError("Nothing was changed: this is the quote and the kind that was tested.")
        ledger.add_amendment(bench.amended(desk, reading, None, change))
        return _head(request, article_id, claim_id)
    before = base.trial(form.get("trial", ""))
    if change.kind == "trial_removed":
        trials = tuple(one for one in base.trials if one is not before)
    else:
        check = _check(form.get("check", ""), base.reading)
        values = {name[len(PREFIX) :]: value for name, value in form.items() if name.startswith(PREFIX)}
        params = before.params if before else {}
        came = typed.read(check, values, params, bench.workshop.catalogue, bench.has)
        if came.params is not None and before and (check.name, came.params) == (before.check, before.params):
            came = typed.Typed(wrong={"": typed.SAYS_NOTHING})
        if came.params is None:
            return _drawn(request, base, before, check, _filled(check, None, values), came)
        new = trial_of(base.reading, check, came.params, before, desk.view, desk.setting.clock, reviewer)
        trials = tuple(new if one is before else one for one in base.trials)
        trials = trials if before else (*trials, new)
    ledger.add_amendment(bench.amended(desk, base.reading, _each_once(trials), change))
    return _head(request, article_id, claim_id)


@router.post("/articles/{article_id}/claims")
def add(request: Request, article_id: str) -> Response:
    """Append a claim that nobody had read, with the trials that the binder forms; answered with its id."""
    form, ledger = request.state.form, request.app.state.ledger
    bench = bench_of(request)
    desk = _laid_out(ledger, bench, article_id)
    reading = claim_at(desk.view, _selection(form, desk.article.text))
    known = {one.id for one in (*(desk.report.claims or ()), *desk.report.added)}
    if reading.id in known:
        raise InputError("The table has this claim already.")
    ledger.add_amendment(
        bench.amended(
            desk, reading, None, Change(reading.id, "claim", request.state.session.reviewer, form.get("after", ""))
        )
    )
    return PlainTextResponse(reading.id)


@router.post("/articles/{article_id}/claims/{claim_id}/again/{evidence_id}")
def again(request: Request, article_id: str, claim_id: str, evidence_id: str) -> Response:
    """Run a trial as it is recorded once more, and say whether it comes out the same."""
    ledger: Ledger = request.app.state.ledger
    report, found = ledger.review_desk.claim(article_id, claim_id)
    amended = [one.result() for one in found.amendments if one.change != "undo"]
    for claim in (found, *amended):
        said = next((one for one in claim.evidence if one.id == evidence_id), None)
        if said is not None:
            whole = next(ledger.reports([article_id], extracted=True), report)
            come_out = run_again(bench_of(request), whole, claim, said)
            return pages.page(request, "again.html", again=come_out, said=said)
    raise InputError(f"Claim {claim_id} has no evidence {evidence_id}.", code="not_found")


def _laid_out(ledger: Ledger, bench: Bench, article_id: str) -> Desk:
    """The article's newest reading with all evidence, on the bench."""
    text = ledger.review_desk.open(article_id).text
    return bench.laid_out(next(ledger.reports([article_id], extracted=True)), text)


def _undo(ledger: Ledger, article_id: str, claim_id: str, amendment_id: str, reviewer: str) -> Amendment:
    _, found = ledger.review_desk.claim(article_id, claim_id)
    mine = next((one for one in found.amendments if one.id == amendment_id and one.reviewer == reviewer), None)
    if mine is None or mine.change == "undo":
        raise InputError(f"There is no such change of {reviewer} on this claim that could be taken back.")
    return taken_back(mine)


def _selection(form: Mapping[str, str], text: str = "") -> Selection:
    """The stretch that was selected; of a quote that came without its place, where it stands in the text."""
    kind: Kind | None = next((one for one in get_args(Kind) if one == form.get("kind")), None)
    quote = form.get("quote", "")
    if form.get("start", "").isdecimal() and form.get("end", "").isdecimal():
        return Selection(int(form["start"][:9]), int(form["end"][:9]), quote, kind)
    found = ground(quote, text)
    if isinstance(found, Refusal):
        raise InputError(f"This cannot be a quote: {found.why}.")
    return Selection(found.start, found.end, text[found.start : found.end], kind)


def _each_once(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    return tuple({one.id: one for one in trials}.values())


def _head(request: Request, article_id: str, claim_id: str) -> Response:
    """The claim's row and the counts, as after a decision; nothing where an added claim was taken back."""
    ledger: Ledger = request.app.state.ledger
    try:
        now = ledger.review_desk.seen(article_id, claim_id)
    except InputError:
        return PlainTextResponse("", 200)
    view = article.claim_view(now.number, now.claim)
    return pages.page(
        request, "decided.html", view=view, article_id=article_id, progress=article.progress(now.standings, now.added)
    )
