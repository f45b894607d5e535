"""Changes that people have tested on a ledger's articles, made on the bench as the page makes them."""

from __future__ import annotations

from typing import Any

from analyzer.amending.bench import Bench, Change, taken_back
from analyzer.amending.proposing import Selection, claim_at, trial_of
from analyzer.checks import CHECKS
from analyzer.model import Amendment, Claim, ClaimResult, Report
from analyzer.pipeline import Workshop

__all__ = ["added", "changed", "taken_back"]


def _desk(workshop: Workshop, article: str) -> tuple[Bench, Any, Report]:
    bench, report = Bench(workshop), next(workshop.ledger.reports([article], extracted=True))
    return bench, bench.laid_out(report, workshop.ledger.text_of(article)), report


def changed(workshop: Workshop, claim: ClaimResult, reviewer: str = "eva", **params: Any) -> Amendment:
    """The claim's first trial with other parameters, tested and appended."""
    bench, desk, report = _desk(workshop, claim.article)
    before = next(one for one in workshop.ledger.trials(report.run.id) if one.claim == claim.id)
    reading = Claim(**{name: getattr(claim, name) for name in Claim.model_fields})
    check = CHECKS[before.check]
    typed = check.parse({**before.params, **params}).model_dump(mode="json")
    trial = trial_of(reading, check, typed, before, desk.view, desk.setting.clock, reviewer)
    return _appended(workshop, bench.amended(desk, reading, [trial], Change(claim.id, "trial", reviewer)))


def added(workshop: Workshop, article: str, words: str, reviewer: str = "eva") -> Amendment:
    """A claim that a person selected, with the trials that the binder forms."""
    bench, desk, _ = _desk(workshop, article)
    start = desk.article.text.index(words)
    reading = claim_at(desk.view, Selection(start, start + len(words), words))
    return _appended(workshop, bench.amended(desk, reading, None, Change(reading.id, "claim", reviewer)))


def _appended(workshop: Workshop, amendment: Amendment) -> Amendment:
    workshop.ledger.add_amendment(amendment)
    return amendment
