"""What is drawn of amendments: which parameters are others than the machine's, and the evidence of what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.amending.typed import as_text
from analyzer.decisions import standing_amendments
from analyzer.model import Amendment, Basis, ClaimResult, Evidence, Trial
from analyzer.report import words
from analyzer.web import wording

if TYPE_CHECKING:
    from analyzer.web.article import EvidenceView


@dataclass(frozen=True)
class Changed:
    """A parameter that is another than in the machine's trial; ``before`` is None where that had none."""

    check: str
    name: str
    before: str | None
    now: str
    basis: Basis | None


@dataclass(frozen=True)
class AmendedView:
    """An amendment beside the machine's claim. ``other_data``: whether it ran on other data than the run did."""

    amendment: Amendment
    result: ClaimResult
    shown: tuple[EvidenceView, ...]
    changed: tuple[Changed, ...]
    other_data: bool


def amended_views(
    claim: ClaimResult, vintage: str, draw: Callable[[Evidence], EvidenceView], *, added: bool
) -> list[AmendedView]:
    """Of each reviewer the amendment that stands, but for the one that an added claim is drawn from itself."""
    standing = list(standing_amendments(claim.amendments).values())
    machine = () if added else claim.evidence
    found = []
    for one in standing[:-1] if added else standing:
        result = one.result()
        known = {e.id for e in machine}
        shown = [e for e in words.latest_evidence(result) if e.id not in known]
        drawn = tuple(draw(e.model_copy(update={"id": f"{one.id[:6]}-{e.id}"})) for e in shown)
        changed = tuple(_changed(one.trials, machine))
        found.append(AmendedView(one, result, drawn, changed, one.data_vintage != vintage))
    return found


def _changed(trials: tuple[Trial, ...], machine: tuple[Evidence, ...]) -> Iterator[Changed]:
    run = {(e.check, str(e.params)) for e in machine}
    for trial in trials:
        if (trial.check, str(trial.params)) in run:
            continue
        before = next((e.params for e in machine if e.check == trial.check), {})
        names = [name for name in {**trial.params, **before} if trial.params.get(name) != before.get(name)]
        for name in names:
            was = as_text(before.get(name)) or None
            yield Changed(trial.check, name, was, as_text(trial.params.get(name)), trial.basis.get(name))


def label_of(name: str, language: str) -> str:
    """What a parameter is called."""
    known = wording.phrases().get(f"param_{name}")
    return known[language] if known else name.replace("_", " ")
