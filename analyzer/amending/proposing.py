"""What a person proposes: a stretch of the text as a claim, a trial of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyzer.amending.basis import basis_of, states
from analyzer.checks import Check
from analyzer.checks.base import PROPOSED_CAP
from analyzer.errors import InputError
from analyzer.extract.classify import classify
from analyzer.extract.grounding import MAX_QUOTE
from analyzer.extract.manner import checkability, modality
from analyzer.extract.speakers import attribution
from analyzer.extract.statements import statement
from analyzer.extract.view import ArticleView, Clause
from analyzer.extract.windows import Clock
from analyzer.model import Claim, Directness, ExtractedBy, Kind, Trial, claim_id, trial_id

BY_HAND = "person"
"""The reader of a claim that a person selected."""


@dataclass(frozen=True)
class Selection:
    """A stretch of the canonical text, in code points, and the kind of claim that it makes (None: guess it)."""

    start: int
    end: int
    quote: str
    kind: Kind | None = None


def claim_at(view: ArticleView, chosen: Selection) -> Claim:
    """The stretch as a claim, read as the rules read one. InputError for what is no stretch of the text."""
    text = view.original
    start, end = _trimmed(text, chosen)
    clause = view.at(start, end)
    rule = classify(clause)
    kind: Kind = chosen.kind or (rule.kind if rule else "other_fact")
    figures = tuple(f.text for f in clause.figures if f.unit != "count")
    said, manner = attribution(clause), modality(clause)
    checkable, why_not = checkability(kind, clause)
    return Claim(
        id=claim_id(view.article.id, start, end, kind, figures), article=view.article.id, quote=text[start:end],
        start=start, end=end, kind=kind, figures=figures, statement=statement(clause, kind, said, manner),
        attribution=said, modality=manner, checkable=checkable, why_not=why_not,
        extracted_by=ExtractedBy(reader=BY_HAND),
    )  # fmt: skip


def _trimmed(text: str, chosen: Selection) -> tuple[int, int]:
    """Without white space at its ends. The words that came with the offsets must be those that stand there."""
    from analyzer.plain import visible

    if not 0 <= chosen.start < chosen.end <= len(text):
        raise InputError("Select some words of the text first.")
    there = text[chosen.start : chosen.end]
    if visible(there).split() != chosen.quote.split():
        raise InputError("The selected words do not stand at that place of the text. Load the page again.")
    if not re.search(r"\w", there):
        raise InputError("There are no words in the selection.")
    start = chosen.start + len(there) - len(there.lstrip())
    end = chosen.end - (len(there) - len(there.rstrip()))
    if end - start > MAX_QUOTE:
        raise InputError(f"A quote has at most {MAX_QUOTE} characters, not {end - start}.")
    return start, end


def trial_of(
    claim: Claim, check: Check, params: Mapping[str, Any], before: Trial | None, view: ArticleView, clock: Clock,
    reviewer: str,
) -> Trial:  # fmt: skip
    """The trial that a person fixed. What he left as it was keeps its basis; of the rest the text decides."""
    clause = view.at(claim.start, claim.end)
    params = {name: _as_written(value, clause) for name, value in params.items()}
    same = before is not None and before.check == check.name
    basis = {}
    for name, value in params.items():
        if before is not None and before.params.get(name) == value and name in before.basis:
            basis[name] = before.basis[name]
        elif not same or before is None or before.params.get(name) != value:
            basis[name] = basis_of(name, params, clause, clock)
    chosen = [name for name in params if basis.get(name) == "proposed" and name in PROPOSED_CAP]
    kept = before.assumed if before is not None and same else ()
    direct: Directness = "statistical" if check.scale in ("pattern", "cause") else "direct"
    return Trial(
        id=trial_id(claim.id, check.name, params), claim=claim.id, check=check.name, params=params, basis=basis,
        assumed=tuple(dict.fromkeys((*kept, *(_note(name, params[name], reviewer) for name in chosen)))),
        directness=before.directness if before is not None and same else direct, why=f"chosen by {reviewer}",
    )  # fmt: skip


def _as_written(value: Any, clause: Clause) -> Any:
    """A figure in the words of the quote, where it has that figure: "minus 17 %" of "fell by 17 percent"."""
    if not isinstance(value, Mapping):
        return value
    return next(({**value, "text": f.text} for f in clause.figures if states(f, value)), value)


def _note(name: str, value: Any, reviewer: str) -> str:
    if isinstance(value, Mapping):
        return f'the figure "{value["text"]}" was typed by {reviewer} and does not stand in the text'
    shown = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
    return f"{name.replace('_', ' ')} {shown}: chosen by {reviewer}, not read from the text"
