"""Claims of a report beside what came out of them now: verdicts, evidence, rows, and the ids of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.checks import CHECKS
from analyzer.errors import ConfigError
from analyzer.examination import Case
from analyzer.model import (
    ClaimResult,
    DataUsed,
    Evidence,
    JudgedOn,
    Trial,
    claim_id,
    evidence_id,
    trial_id,
)  # fmt: skip
from analyzer.verification.comparing import NOTHING, Cause, Compared, Topic, evidence_leaves, leaves

COUPLED = frozenset({"outcome", "reason", "caveats"})
"""Fields in which a trial's evidence depends on the article's other trials: false discoveries, corroboration."""


@dataclass(frozen=True)
class SeriesMoved:
    """A series whose rows are others than those the report was computed from; None where there are none."""

    said: DataUsed | None
    found: DataUsed | None


def case_of(claim: ClaimResult) -> Case:
    """The claim with the trials of its evidence, each once. A trial that its own id does not fit, or that its check
    does not take, is not run: what the report says of it stands against nothing."""
    stated = {e.trial: e for e in reversed(claim.evidence)}
    trials = tuple(_trial(claim.id, stated[i]) for i in dict.fromkeys(e.trial for e in claim.evidence))
    return Case(
        claim, tuple(t for t in trials if runs(t)), claim.judged_on or JudgedOn(paragraph=0), claim.disagreement
    )


def _trial(claim: str, evidence: Evidence) -> Trial:
    return Trial(
        id=evidence.trial, claim=claim, check=evidence.check, params=evidence.params, basis=evidence.basis,
        assumed=evidence.assumed, directness=evidence.directness,
    )  # fmt: skip


def runs(trial: Trial) -> bool:
    """Whether this version can run a trial, and its id is that of what it says."""
    if trial.check not in CHECKS or trial.id != trial_id(trial.claim, trial.check, trial.params):
        return False
    try:
        CHECKS[trial.check].parse(trial.params)
    except ConfigError:
        return False
    return True


Pair = tuple[dict[str, Any], ClaimResult, ClaimResult]
"""A claim as it stands in the file, the same as a noun, and what came out now."""


class Comparison:
    """Compares claim by claim; whose rows are others is seen for all of them first, since trials of one article depend
    on each other."""

    def __init__(self, intact: bool, same_sources: bool, *, other_reading: bool = False) -> None:
        """``other_reading``: whether the claims were judged beside those of another reading of the article."""
        self._intact = intact
        self._other_reading = other_reading
        self._same_sources = same_sources
        self._moved: dict[tuple[str, ...], SeriesMoved] = {}
        self._moved_trials: set[str] = set()

    @property
    def moved(self) -> tuple[SeriesMoved, ...]:
        return tuple(self._moved[key] for key in sorted(self._moved))

    def see_rows(self, pairs: Sequence[Pair]) -> None:
        for _, before, now in pairs:
            for _, said, found in _paired(before, now):
                if _coherent(said):
                    moved = {key: pair for key, pair in _series(said, found).items() if _differ(*pair)}
                    self._moved |= {key: SeriesMoved(*pair) for key, pair in moved.items()}
                    self._moved_trials |= {said.id} if moved else set()

    def claim(self, article: str, raw: dict[str, Any], before: ClaimResult, now: ClaimResult) -> Iterator[Compared]:
        yield from _identity(article, before)
        for path, said, found in leaves(raw.get("untested"), list(now.untested)):
            yield Compared("identity", before.id, "claim", ".".join(("untested", *path)), said, found)
        yield from self._verdicts(raw, before, now)
        yield Compared("identity", before.id, "claim", "pieces of evidence", len(before.evidence), len(now.evidence))
        for i, one, other in _paired(before, now):
            yield from self._evidence(before.id, raw["evidence"][i], one, other)

    def others(self, content: Mapping[str, Any], found: Sequence[str]) -> Iterator[Compared]:
        for path, before, now in leaves(content.get("advice"), list(found)):
            yield Compared("words", "", "report", ".".join(("advice", *path)), before, now, self._coupled())

    def _coupled(self) -> Cause:
        """The cause of a difference where a report that nobody touched rests on series, or beside claims, that are
        others now."""
        return "data" if self._intact and (self._moved or self._other_reading) else "report"

    def _verdicts(self, raw: dict[str, Any], before: ClaimResult, now: ClaimResult) -> Iterator[Compared]:
        moments: tuple[Topic, ...] = ("latest", "when_written")
        for moment in moments:
            said, found = raw["verdict"].get(moment), getattr(now.verdict, moment)
            moved = any(e.id in self._moved_trials for e in before.evidence)
            cause: Cause = "data" if moved else self._coupled()
            where = "latest verdict" if moment == "latest" else "verdict when written"
            if said is None and found is None:
                continue
            for path, one, other in leaves(said, found and found.model_dump(mode="json")):
                yield Compared(moment, before.id, where, ".".join(path), one, other, cause)

    def _evidence(self, claim: str, raw: dict[str, Any], said: Evidence, found: Evidence) -> Iterator[Compared]:
        where = f"{said.check} as of {said.as_of}"
        yield Compared("identity", claim, where, "as_of", said.as_of.isoformat(), found.as_of.isoformat())
        rows = [used.sha256 for used in said.data]
        yield Compared("identity", claim, where, "id", said.id, evidence_id(said.trial, said.as_of, rows))
        own: Cause = "data" if said.id in self._moved_trials else "report"
        for key, (before, now) in _series(said, found).items():
            for name, one, other in self._rows(before, now):
                yield Compared("rows", claim, where, f"{' '.join(key)}: {name}", one, other, own)
        for topic, field, one, other in evidence_leaves(raw, found.model_dump(mode="json")):
            coupled = own == "report" and field.partition(".")[0] in COUPLED
            cause = self._coupled() if coupled else own
            yield Compared(topic, claim, where, field, one, other, cause, rounded=self._intact)

    def _rows(self, said: DataUsed | None, found: DataUsed | None) -> Iterator[tuple[str, Any, Any]]:
        """What is compared of a series: its rows; and where it is from, if the sources are the same."""
        names = ("first", "last", "sha256", *(("source", "origin", "retrieved") if self._same_sources else ()))
        before, now = ({} if one is None else one.model_dump(mode="json") for one in (said, found))
        yield from ((name, before.get(name, NOTHING), now.get(name, NOTHING)) for name in names)


def _paired(before: ClaimResult, now: ClaimResult) -> Iterator[tuple[int, Evidence, Evidence]]:
    """Each piece of evidence with its number and what its trial gave now, at the first date and then at the second."""
    given: dict[str, list[Evidence]] = {}
    for found in now.evidence:
        given.setdefault(found.trial, []).append(found)
    for number, said in enumerate(before.evidence):
        if given.get(said.trial):
            yield number, said, given[said.trial].pop(0)


def _coherent(evidence: Evidence) -> bool:
    """Whether its id is that of the rows it names, so that other rows now are other data."""
    return evidence.id == evidence_id(evidence.trial, evidence.as_of, [used.sha256 for used in evidence.data])


def _series(said: Evidence, found: Evidence) -> dict[tuple[str, ...], tuple[DataUsed | None, DataUsed | None]]:
    before, now = ({(u.symbol, u.field, u.basis): u for u in one.data} for one in (said, found))
    return {key: (before.get(key), now.get(key)) for key in dict.fromkeys((*before, *now))}


def _differ(said: DataUsed | None, found: DataUsed | None) -> bool:
    return said is None or found is None or said.sha256 != found.sha256


def _identity(article: str, claim: ClaimResult) -> Iterator[Compared]:
    """The ids of a claim and of its trials, over what they are ids of."""
    made = claim_id(article, claim.start, claim.end, claim.kind, claim.figures)
    yield Compared("identity", claim.id, "claim", "id", claim.id, made)
    yield Compared("identity", claim.id, "claim", "article", claim.article, article)
    yield Compared("identity", claim.id, "claim", "length of the quote", len(claim.quote), claim.end - claim.start)
    for evidence in claim.evidence:
        trial = trial_id(claim.id, evidence.check, evidence.params)
        where = f"{evidence.check} as of {evidence.as_of}"
        yield Compared("identity", claim.id, where, "trial", evidence.trial, trial)
