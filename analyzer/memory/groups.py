"""Groups of the ledger's claims: who said it first, how the figure drifted, who says otherwise, what was checked.

Assertions are kept in the step cache, one entry a run, so that only new articles are read; grouping itself is done
anew each time, in seconds for 10,000 claims.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, TypeAdapter

from analyzer.errors import InputError
from analyzer.extract.view import view
from analyzer.matching import words
from analyzer.matching.assertion import Assertion, Quantity, assertion
from analyzer.matching.groups import Grouping, group
from analyzer.model import Article, Label, Trial
from analyzer.store.said import Said
from analyzer.store.steps import StepCache, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analyzer.pipeline import Workshop

RECIPE = "assertion-3"
"""Raised when the way of reading an assertion changes, so that what is kept is read anew."""
STEP = "assertions"
ASSERTIONS: TypeAdapter[dict[str, Assertion]] = TypeAdapter(dict[str, Assertion])
DECIDED: tuple[Label, ...] = ("supported", "refuted", "mixed", "consistent", "inconclusive", "pending", "no_data")
"""Which label stands for a group, the first that any of its claims got."""


class Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class Span(Shown):
    """The figures of a group in one unit: the smallest, the largest, and as they were written, oldest first."""

    unit: str
    currency: str | None
    low: float
    high: float
    written: tuple[str, ...]


class Contradiction(Shown):
    """A claim of another group that cannot hold together with one of this."""

    claim: str
    group: str
    against: str
    """The claim of this group."""
    quote: str
    by: str | None
    outlet: str | None
    published: str | None
    reason: str


class Member(Shown):
    claim: str
    article: str
    title: str | None
    by: str | None
    outlet: str | None
    published: str | None
    language: str
    quote: str
    label: Label
    figures: tuple[Quantity, ...] = ()


class Checked(Shown):
    """The verdict that the group's evidence came to; ``claim`` is the one that was checked."""

    label: Label
    claim: str
    summary: str


class ClaimGroup(Shown):
    """``id`` is that of the claim that was said first."""

    id: str
    articles: int
    members: tuple[Member, ...]
    figures: tuple[Span, ...]
    checked: Checked | None
    contradicted_by: tuple[Contradiction, ...]


@dataclass(frozen=True)
class _Remembered:
    said: Sequence[Said]
    assertions: Sequence[Assertion]
    vectors: NDArray[np.float32]


Step = Callable[[int, int], None]


def _unheard(done: int, of: int) -> None:
    """No progress."""


def groups(workshop: Workshop, step: Step = _unheard) -> list[ClaimGroup]:
    """Every group of the ledger, of most articles first; most hold a single claim. ``step`` is told of how many of how
    many articles the assertions are known."""
    remembered = _remember(workshop, step)
    found = group(remembered.assertions, remembered.vectors)
    told = list(_told(remembered, found))
    return sorted(told, key=lambda g: (-g.articles, -len(g.contradicted_by), g.members[0].published or "", g.id))


def group_of(workshop: Workshop, ref: str) -> ClaimGroup:
    """The group of a claim, by its id or the beginning of one; InputError when there is no such claim in force."""
    _, claim = workshop.ledger.claim(ref)
    for one in groups(workshop):
        if any(member.claim == claim.id for member in one.members):
            return one
    raise InputError(
        f"Claim {claim.id} was not found again by the newest run of its article, so it is in no group. "
        f"analyze explain {claim.id[:8]} shows it."
    )


# --- reading --------------------------------------------------------------------------------------------------------


def _remember(workshop: Workshop, step: Step) -> _Remembered:
    said = workshop.ledger.said()
    runs = len({one.run for one in said})
    assertions: list[Assertion] = []
    with StepCache(workshop.settings.home) as steps:
        for number, (run, of_run) in enumerate(groupby(said, key=lambda one: one.run), 1):
            claims = list(of_run)
            known = steps.get(STEP, key(run, _recipe()))
            read = ASSERTIONS.validate_python(known) if known is not None else _read(workshop, run, claims)
            if known is None:
                steps.put(STEP, key(run, _recipe()), ASSERTIONS.dump_python(read, mode="json"))
            assertions += [read[one.id] for one in claims]
            step(number, runs)
    return _Remembered(said, assertions, _vectors(workshop, said))


@cache
def _recipe() -> str:
    return f"{RECIPE}-{hashlib.sha256(words.FILE.read_bytes()).hexdigest()[:12]}"


def _read(workshop: Workshop, run: str, claims: Sequence[Said]) -> dict[str, Assertion]:
    """The assertions of a run's claims in their text; of a forgotten text each quote is read alone."""
    trials = workshop.ledger.trials_of([run])
    text = workshop.ledger.text_of(claims[0].article)
    if text is None or any(text[one.start : one.end] != one.quote for one in claims):
        return {one.id: _assertion(workshop, one.quote, [one], trials)[one.id] for one in claims}
    return _assertion(workshop, text, claims, trials)


def _assertion(
    workshop: Workshop, text: str, claims: Sequence[Said], trials: dict[str, list[Trial]]
) -> dict[str, Assertion]:
    first = claims[0]
    language = "de" if first.language == "de" else "en"
    article = Article(id=first.article, text=text, language=language, published=first.published)
    seen, found = view(article, workshop.catalogue), {}
    for one in claims:
        start, end = (0, len(text)) if text == one.quote else (one.start, one.end)
        clause = seen.at(start, end)
        found[one.id] = assertion(clause, one.published, trials.get(one.id, ()), one.kind, one.modality)
    return found


def _vectors(workshop: Workshop, said: Sequence[Said]) -> NDArray[np.float32]:
    """A row a claim; zeros for one that the index does not hold."""
    import numpy as np

    ids, stored = workshop.index.vectors("claims")
    places = {id: i for i, id in enumerate(ids)}
    rows = np.zeros((len(said), stored.shape[1]), dtype=np.float32)
    for i, one in enumerate(said):
        if one.id in places:
            rows[i] = stored[places[one.id]]
    return rows


# --- telling --------------------------------------------------------------------------------------------------------


def _told(remembered: _Remembered, found: Grouping) -> Iterator[ClaimGroup]:
    said = remembered.said
    ordered = [sorted(members, key=lambda i: _age(said[i])) for members in found.groups]
    of = {i: members[0] for members in ordered for i in members}
    against: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for edge in found.against:
        for mine, other in ((edge.a, edge.b), (edge.b, edge.a)):
            against[of[mine]].append((other, mine, edge.reason))
    for members in ordered:
        contradictions = sorted(against[members[0]], key=lambda one: (_age(said[one[0]]), one[1]))
        once = {other: (mine, reason) for other, mine, reason in contradictions}
        yield ClaimGroup(
            id=said[members[0]].id, articles=len({said[i].article for i in members}),
            members=tuple(_member(said[i], remembered.assertions[i].figures) for i in members),
            figures=_spans([q for i in members for q in remembered.assertions[i].figures]),
            checked=_checked([said[i] for i in members]),
            contradicted_by=tuple(
                _contradiction(said[other], said[mine], said[of[other]].id, reason)
                for other, (mine, reason) in once.items()
            ),
        )  # fmt: skip


def _age(one: Said) -> tuple[str, str]:
    """Undated last."""
    return (one.published.isoformat() if one.published else "9999", one.id)


def _member(one: Said, figures: tuple[Quantity, ...]) -> Member:
    return Member(
        claim=one.id, article=one.article, title=one.title, by=one.by, outlet=one.outlet, published=_day(one),
        language=one.language, quote=one.quote, label=one.label, figures=figures,
    )  # fmt: skip


def _contradiction(other: Said, mine: Said, group: str, reason: str) -> Contradiction:
    return Contradiction(
        claim=other.id, group=group, against=mine.id, quote=other.quote, by=other.by, outlet=other.outlet,
        published=_day(other), reason=reason,
    )  # fmt: skip


def _day(one: Said) -> str | None:
    return one.published.isoformat() if one.published else None


def _spans(figures: Sequence[Quantity]) -> tuple[Span, ...]:
    by_unit: defaultdict[tuple[str, str | None], list[Quantity]] = defaultdict(list)
    for one in figures:
        by_unit[one.unit, one.currency].append(one)
    return tuple(
        Span(
            unit=unit, currency=currency, low=min(abs(q.value) for q in some), high=max(abs(q.value) for q in some),
            written=tuple(dict.fromkeys(q.text for q in some)),
        )
        for (unit, currency), some in by_unit.items()
    )  # fmt: skip


def _checked(members: Sequence[Said]) -> Checked | None:
    for label in DECIDED:
        for one in members:
            if one.label == label:
                return Checked(label=label, claim=one.id, summary=one.summary)
    return None
