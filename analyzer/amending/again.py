"""A trial as it is recorded, run once more: equal, or what differs and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analyzer.amending.bench import Bench
from analyzer.examination import evidence_at, prepare
from analyzer.model import ClaimResult, Evidence, Report, Trial
from analyzer.verification.comparing import evidence_leaves, same


@dataclass(frozen=True)
class Difference:
    """One leaf: what is recorded and what was found."""

    field: str
    said: Any
    found: Any


@dataclass(frozen=True)
class Again:
    """What came out. ``other_rows``: series whose rows are others than those that the record rests on."""

    evidence: Evidence
    differences: tuple[Difference, ...]
    other_rows: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differences


def run_again(bench: Bench, report: Report, claim: ClaimResult, said: Evidence) -> Again:
    """The trial of a recorded piece of evidence at the same date, beside the same other trials, on today's sources.

    Of a report without the evidence of its other claims that of this claim alone is beside it.
    """
    trial = Trial(
        id=said.trial, claim=claim.id, check=said.check, params=said.params, basis=said.basis, assumed=said.assumed,
        directness=said.directness,
    )  # fmt: skip
    beside = [
        e
        for one in (*(c for c in report.claims or () if c.id != claim.id), claim)
        for e in one.evidence
        if e.as_of == said.as_of and e.trial != said.trial
    ]
    places = {
        e.trial: one.judged_on.paragraph
        for one in (*(report.claims or ()), claim)
        if one.judged_on
        for e in one.evidence
    }
    with bench.turn():
        prepare([trial], bench.market)
        found = evidence_at([trial], bench.market, said.as_of, report.article.published, places, beside)[trial.id]
    if claim.judged_on is not None and claim.judged_on.dates_article:
        note = [text for text in said.caveats if text.startswith("dated_by_this")]
        found = found.model_copy(update={"caveats": (*found.caveats, *note)})
    return Again(found, _differences(said, found), _other_rows(said, found))


def _differences(said: Evidence, found: Evidence) -> tuple[Difference, ...]:
    before, now = (one.model_dump(mode="json", exclude={"chart"}) for one in (said, found))
    leaves = evidence_leaves(before, now)
    return tuple(Difference(field, one, other) for _, field, one, other in leaves if not same(one, other))


def _other_rows(said: Evidence, found: Evidence) -> tuple[str, ...]:
    before, now = ({(d.symbol, d.field, d.basis): d.sha256 for d in one.data} for one in (said, found))
    return tuple(dict.fromkeys(key[0] for key in (*before, *now) if before.get(key) != now.get(key)))
