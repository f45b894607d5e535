"""What people had tested otherwise, recomputed: the trials of an amendment at the dates of its verdicts, judged beside
the other claims of its article, as they were when it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analyzer.decisions import standing_amendments
from analyzer.examination import Dates, judged, prepare
from analyzer.market.market import Market
from analyzer.model import Amendment, ClaimResult, Evidence, Report, Trial
from analyzer.verification.claims import Comparison, SeriesMoved, case_of
from analyzer.verification.comparing import NOTHING, Compared, leaves

FROM_TRIAL = ("check", "params", "basis", "assumed", "directness")
"""What a trial and its evidence both say of it."""
OF_PEOPLE = frozenset({"reviews", "amendments"})


@dataclass(frozen=True)
class Changes:
    """What was compared of amendments. ``other_reading``: whether something differs that was judged beside the claims
    of another run than the report's."""

    compared: tuple[Compared, ...] = ()
    moved: tuple[SeriesMoved, ...] = ()
    other_reading: bool = False

    @property
    def differences(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.compared if not one.agrees)


def amendments_compared(content: Mapping[str, Any], report: Report, market: Market, intact: bool) -> Changes:
    """Every amendment of a report, and its added claims, which are what their last standing amendment says."""
    found: list[Changes] = []
    for name in ("claims", "added"):
        for raw, claim in zip(content.get(name) or (), getattr(report, name) or (), strict=True):
            for said, one in zip(raw.get("amendments") or (), claim.amendments, strict=True):
                found.append(amendment_compared(said, one, report, market, claim.id, intact=intact))
            if name == "added":
                found.append(Changes(tuple(_added(raw, claim))))
    return Changes(
        tuple(one for each in found for one in each.compared),
        tuple(dict.fromkeys(one for each in found for one in each.moved)),
        any(each.other_reading for each in found),
    )


def amendment_compared(
    raw: Mapping[str, Any], one: Amendment, report: Report, market: Market, of: str, *, intact: bool
) -> Changes:
    """An amendment beside what comes out now. ``of``: the report's claim that it is given to; ``intact``: whether a
    seal shows that what is said was not changed since it was written."""
    if one.reading is None or one.verdict is None:
        return Changes()
    before = one.result().model_copy(update={"id": one.reading.id})
    case = case_of(before)
    prepare(case.trials, market)
    written, latest = one.verdict.when_written, one.verdict.latest
    when = Dates(written.as_of if written else None, latest.as_of)
    others = [claim for claim in report.claims or () if claim.id not in (one.claim, of)]
    now = judged([case], market, when, report.article.published, others)[0]
    is_other = one.run not in ("", report.run.id)
    comparison = Comparison(intact, market.vintage() == one.data_vintage, other_reading=is_other)
    pair = (dict(raw), before, now)
    comparison.see_rows([pair])
    article = Compared("identity", one.claim, "change", "article", one.article, report.article.id)
    found = (article, *comparison.claim(report.article.id, *pair), *_trials(one, before))
    where = f"amendment {one.id[:8]} of {one.reviewer}"
    compared = tuple(replace(each, claim=one.claim, where=f"{where}, {each.where}") for each in found)
    differs = any(each.cause == "data" and not each.agrees for each in compared)
    return Changes(compared, comparison.moved, is_other and differs and not comparison.moved)


def _trials(one: Amendment, claim: ClaimResult) -> Iterator[Compared]:
    """The trials that were fixed beside those that the evidence says were run."""
    fixed = {trial.id: trial for trial in one.trials}
    yield Compared(
        "identity", claim.id, "trials", "ids", list(fixed), list(dict.fromkeys(e.trial for e in claim.evidence))
    )
    for number, trial in enumerate(one.trials, 1):
        yield Compared("identity", claim.id, f"trial {number}", "claim", trial.claim, claim.id)
    for number, evidence in enumerate(claim.evidence, 1):
        said, found = (_of_trial(each) for each in (fixed.get(evidence.trial), evidence))
        for path, before, now in leaves(said, found):
            yield Compared("identity", claim.id, f"evidence {number}", ".".join(path), before, now)


def _of_trial(noun: Trial | Evidence | None) -> dict[str, Any]:
    """What it says of the trial; nothing where there is none."""
    return {} if noun is None else noun.model_dump(mode="json", include=set(FROM_TRIAL))


def _added(raw: Mapping[str, Any], claim: ClaimResult) -> Iterator[Compared]:
    """An added claim beside its last standing amendment. Of evidence without its chart the chart is not compared."""
    standing = list(standing_amendments(claim.amendments).values())
    found: dict[str, Any] = _plain(standing[-1].result()) if standing else {}
    said = {name: value for name, value in raw.items() if name not in OF_PEOPLE} if standing else dict(raw)
    for path, before, now in leaves(said, found or {"id": NOTHING}):
        yield Compared("identity", claim.id, "added claim", ".".join(path), before, now)


def _plain(claim: ClaimResult) -> dict[str, Any]:
    """What an amendment says of its claim, without charts."""
    drop: Any = {**dict.fromkeys(OF_PEOPLE, True), "evidence": {"__all__": {"chart"}}}
    return claim.model_dump(mode="json", exclude=drop)
