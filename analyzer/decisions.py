"""What people decided on claims, taken together: which decision stands, which label is in force, which claim it is of.

Pure, on nouns. Decisions are appended and never changed: an ``undo`` takes back the reviewer's last standing one, so
that the one before it stands again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from analyzer.model import Amendment, Claim, Label, Review, SignOff

State = Literal["open", "agreed", "overridden", "rejected", "disputed"]
SAME = 0.8
"""Least share of the characters of both quotes that a claim of a later run has in common with the reviewed one."""


@dataclass(frozen=True)
class Standing:
    """What people say of a claim by now. ``label`` is in force; ``by`` holds the standing decision of each reviewer."""

    state: State
    label: Label
    by: tuple[Review, ...] = ()


def standing(reviews: Iterable[Review], machine: Label) -> Standing:
    """All reviewers who have a say say the same, or the claim is disputed and the machine's label stays in force.

    To agree is to hold for right the label that the machine had then: it need not be the one that it has now.
    """
    by = tuple(standing_decisions(reviews).values())
    said = {"rejected" if one.decision == "reject" else one.label or machine for one in by}
    if not said:
        return Standing("open", machine)
    if len(said) > 1:
        return Standing("disputed", machine, by)
    if by[0].decision == "reject":
        return Standing("rejected", machine, by)
    label = by[0].label or machine
    return Standing("agreed" if label == machine else "overridden", label, by)


def standing_decisions(reviews: Iterable[Review]) -> dict[str, Review]:
    """The decision of each reviewer that no undo has taken back, by name; ``reviews`` are in the order of time."""
    kept: defaultdict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        if review.decision != "undo":
            kept[review.reviewer].append(review)
        elif kept[review.reviewer]:
            kept[review.reviewer].pop()
    return {reviewer: decisions[-1] for reviewer, decisions in kept.items() if decisions}


def standing_amendments(amendments: Iterable[Amendment]) -> dict[str, Amendment]:
    """Of each reviewer the last amendment of a claim that is not taken back, by name, the newest last."""
    known = list(amendments)
    gone = {one.undoes for one in known}
    kept = [one for one in known if one.change != "undo" and one.id not in gone]
    last = {one.reviewer: one.id for one in kept}
    return {one.reviewer: one for one in kept if last[one.reviewer] == one.id}


def standing_sign_offs(sign_offs: Iterable[SignOff]) -> dict[str, SignOff]:
    """What each reviewer says of the article as a whole by now, by name; ``sign_offs`` are in the order of time."""
    said = tuple(sign_offs)
    taken_back = {one.undoes for one in said}
    return {one.reviewer: one for one in said if one.decision != "undo" and one.id not in taken_back}


ArticleState = Literal["failed", "missing", "read", "empty", "done", "partly", "open"]


def article_state(is_read: bool, claims: int, reviewed: int, signed: int, missing: int) -> ArticleState:
    """The state of an article's review, of ``claims`` of which ``reviewed`` have a standing decision. ``signed`` people
    have read it whole, ``missing`` of whom miss something: that leaves it unfinished."""
    if not is_read:
        return "failed"
    if missing:
        return "missing"
    if claims == 0:
        return "read" if signed else "empty"
    if reviewed >= claims:
        return "done"
    return "partly" if reviewed or signed else "open"


# --- following a claim from run to run ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a reviewed claim stood, and as what: enough to find it again in a later run. ``quote`` is for people."""

    start: int
    end: int
    kind: str
    figures: tuple[str, ...]
    quote: str = ""


class OfClaim(Protocol):
    """What a person said of a claim: a review, an amendment."""

    @property
    def claim(self) -> str: ...


Said = TypeVar("Said", bound=OfClaim)


@dataclass(frozen=True)
class Followed(Generic[Said]):
    """Reviews by the claim that they are of now, and those of claims that are no more; both in the order of time."""

    attached: dict[str, tuple[Said, ...]]
    unattached: tuple[Said, ...]


def follow(claims: Sequence[Claim], reviews: Iterable[Said], places: Mapping[str, Place]) -> Followed[Said]:
    """Give each review, or amendment, to its claim, or where that is gone to the one of equal kind and figures that
    overlaps it most.

    ``places``: of every claim that ``reviews`` names.
    """
    now = {claim.id: claim for claim in claims}
    heirs = {id: id if id in now else _heir(place, claims) for id, place in places.items()}
    attached: defaultdict[str, list[Said]] = defaultdict(list)
    unattached = []
    for review in reviews:
        heir = heirs.get(review.claim)
        if heir is None:
            unattached.append(review)
        else:
            attached[heir].append(review)
    return Followed({claim: tuple(found) for claim, found in attached.items()}, tuple(unattached))


def _heir(place: Place, claims: Sequence[Claim]) -> str | None:
    alike = [claim for claim in claims if (claim.kind, claim.figures) == (place.kind, place.figures)]
    best = max(alike, key=lambda claim: overlap(place, claim), default=None)
    return best.id if best is not None and overlap(place, best) >= SAME else None


def overlap(one: Place | Claim, other: Place | Claim) -> float:
    """Characters in common, as a share of those from the first to the last of both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, common / max(1, max(one.end, other.end) - min(one.start, other.start)))
