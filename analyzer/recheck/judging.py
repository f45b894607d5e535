"""An article's recorded trials run and judged again on today's data: no model, no reading anew, nothing overwritten."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from analyzer import __version__
from analyzer.errors import InputError
from analyzer.examination import Case, dates, judged, prepare
from analyzer.model import ClaimResult, Report, Run, Trial, Verdict, content_id
from analyzer.pipeline import Workshop, advice
from analyzer.verification.claims import runs

READING = ("read", "extract", "bind")
"""Stages whose failures still hold when trials are only judged again."""
LACKING = ("series", "span")
"""Reasons of no_data that other data would mend."""
Outcome = Literal["changed", "unchanged", "held_back"]


@dataclass(frozen=True)
class Change:
    """A verdict that is another now. ``stage``: latest or when_written; one of the two None where there is none."""

    claim: str
    quote: str
    stage: str
    was: Verdict | None
    now: Verdict | None

    @property
    def is_label(self) -> bool:
        """Whether more than the figures changed."""
        return (self.was and self.was.label) != (self.now and self.now.label)


@dataclass(frozen=True)
class Rechecked:
    """What judging an article again came to. ``run``: the new run's id, None where nothing was written; ``why``: what
    held it back."""

    report: Report
    outcome: Outcome
    run: str | None = None
    changes: tuple[Change, ...] = ()
    judged: int = 0
    """Claims that were judged again: all of the article, since its tests are counted together."""
    why: str = ""


def recheck(run: str, workshop: Workshop, as_of: date | None) -> Rechecked:
    """Judge a recorded run (by id) again, and append what changed as a new run."""
    before, trials = workshop.ledger.report_of(run), workshop.ledger.trials(run)
    if before is None:
        raise InputError(f"The ledger {workshop.ledger.place} holds no run {run}.", code="not_recorded")
    why = _cannot(before, trials, workshop, as_of)
    if why:
        return Rechecked(before, "held_back", why=why)
    report = judged_again(before, trials, workshop, as_of)
    lost = [claim for claim, now in _pairs(before, report) if _is_lost(claim, now)]
    if lost:
        return Rechecked(before, "held_back", why=_more_data(before, lost))
    changes = tuple(_changes(before, report))
    judged_claims = len(report.claims or ())
    if not changes:
        return Rechecked(before, "unchanged", judged=judged_claims)
    workshop.ledger.record_again(report, trials)
    return Rechecked(report, "changed", report.run.id, changes, judged_claims)


def judged_again(before: Report, trials: Sequence[Trial], workshop: Workshop, as_of: date | None) -> Report:
    """The report of today on the same claims and trials; nothing is written."""
    started, clock = datetime.now(UTC), time.perf_counter()
    market, of_claim = workshop.market, defaultdict[str, list[Trial]](list)
    for trial in trials:
        of_claim[trial.claim].append(trial)
    cases = [
        Case(claim, tuple(of_claim[claim.id]), claim.judged_on, claim.disagreement)
        for claim in before.claims or ()
        if claim.judged_on is not None
    ]
    prepare(trials, market)
    published = before.article.published
    results = judged(cases, market, dates(published, as_of, market.last_session), published)
    reviews = {claim.id: claim.reviews for claim in before.claims or ()}
    results = tuple(one.model_copy(update={"reviews": reviews[one.id]}) for one in results)
    read = before.run
    run = Run(
        id=content_id("run", before.article.id, started.isoformat(), "recheck", read.id),
        started=started.isoformat(timespec="seconds"), analyzer_version=__version__, reader=read.reader,
        model=read.model, prompts=read.prompts, as_of=as_of, data_vintage=market.vintage(),
        market=workshop.market_used, seconds=round(time.perf_counter() - clock, 3),
    )  # fmt: skip
    return before.model_copy(
        update={
            "run": run, "claims": results, "advice": advice(results), "seal": "",
            "failed": tuple(one for one in before.failed if one.stage in READING),
        }
    )  # fmt: skip


# --- what stands in the way ------------------------------------------------------------------------------------------


def _cannot(before: Report, trials: Sequence[Trial], workshop: Workshop, as_of: date | None) -> str:
    """Why the run cannot be judged again as it stands; nothing when it can."""
    latest = dates(None, as_of, workshop.market.last_session).latest
    recorded = max((claim.verdict.latest.as_of for claim in before.claims or ()), default=latest)
    if any(claim.judged_on is None for claim in before.claims or ()):
        return "recorded by a version that did not keep all that a verdict is judged on. Analyse it again."
    foreign = sorted({trial.check for trial in trials if not runs(trial)})
    if foreign:
        return f"this version cannot run its trials ({', '.join(foreign)}). Analyse it again."
    if latest < recorded:
        end = f"--as-of {as_of} lies" if as_of and as_of <= latest else f"the data end on {latest},"
        return f"{end} before {recorded}, to which it was judged.{_folders(before)}"
    return ""


def _is_lost(was: ClaimResult, now: ClaimResult) -> bool:
    verdict = now.verdict.latest
    return was.verdict.latest.label != "no_data" and verdict.label == "no_data" and verdict.reason in LACKING


def _more_data(before: Report, lost: Sequence[ClaimResult]) -> str:
    symbols = sorted({str(s) for c in lost for e in c.evidence if (s := e.params.get("symbol"))})
    names = f" of {' '.join(symbols)}" if symbols else ""
    update = f"; or analyze data update {' '.join(symbols)} (needs the [market] extra)" if symbols else ""
    return f"prices{names} are missing now.{_folders(before) or ' Try: --data FOLDER'}{update}."


def _folders(before: Report) -> str:
    folders = " ".join(f"--data {folder}" for folder in before.run.market.folders)
    return f" It also read these folders. Try: {folders}" if folders else ""


# --- what changed ----------------------------------------------------------------------------------------------------


def _pairs(before: Report, now: Report) -> Iterator[tuple[ClaimResult, ClaimResult]]:
    yield from zip(before.claims or (), now.claims or (), strict=True)


def _changes(before: Report, now: Report) -> Iterator[Change]:
    for old, new in _pairs(before, now):
        for stage in ("latest", "when_written"):
            was, found = getattr(old.verdict, stage), getattr(new.verdict, stage)
            if _differ(was, found):
                yield Change(old.id, old.quote, stage, was, found)


def _differ(was: Verdict | None, now: Verdict | None) -> bool:
    """Whether label, reason or figures are others; what is pending still has new figures every day, which say nothing
    of it."""
    if was is None or now is None:
        return was is not now
    if was.label == now.label == "pending":
        return False
    return (was.label, was.reason, was.summary) != (now.label, now.reason, now.summary)
