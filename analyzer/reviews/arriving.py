"""What people said on another machine, as it arrives here: new, held already, given to a claim, or without a place.

What is said is appended and never changed, so that an entry with the id of another one was tampered with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import ValidationError

from analyzer.decisions import Place, overlap
from analyzer.errors import InputError, why_unreadable
from analyzer.model import ClaimResult, Report
from analyzer.store.ledger import Ledger

LEAST = 0.8
"""Least overlap of two quotes, intersection over union of their characters."""
KINDS = ("sign_off", "amendment")
"""Lines of a file that are no decision on a claim, by the field that tells them."""


class Entry(Protocol):
    """Something that a person said, with the id that it keeps."""

    @property
    def id(self) -> str: ...
    @property
    def reviewer(self) -> str: ...


class Placed(Protocol):
    """A line that says where the claim stands that it is of. The models list these fields themselves, each in the order
    in which its lines are written."""

    @property
    def source(self) -> str: ...
    @property
    def text_sha256(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def figures(self) -> tuple[str, ...]: ...
    @property
    def quote(self) -> str: ...


Line = TypeVar("Line")
OfAClaim = TypeVar("OfAClaim", bound=Placed)
Said = TypeVar("Said", bound=Entry)


@dataclass
class Arrived(Generic[Line, Said]):
    """What became of the lines of a file."""

    added: list[Said] = field(default_factory=list)
    held: list[Said] = field(default_factory=list)
    """Those that the ledger had already."""
    followed: list[tuple[Line, ClaimResult]] = field(default_factory=list)
    """Those of ``added`` that went to another claim than they were of."""
    unattached: list[Line] = field(default_factory=list)
    """Those without a place here."""


@dataclass(frozen=True)
class Here(Generic[Said]):
    """What a line is here: the entry, and the claim that it went to where that is another than it was of."""

    said: Said
    heir: ClaimResult | None = None


def arrived(
    lines: Iterable[Line],
    known: Mapping[str, Said],
    here: Callable[[Line], Here[Said] | None],
    changed: Callable[[Said], str],
) -> Arrived[Line, Said]:
    """Sort the lines by what is to become of them. ``here`` says what a line is in this ledger, None if nothing is its;
    ``known``: what the ledger has, by id. InputError, in the words of ``changed``, where an entry has the id of another
    one."""
    known = dict(known)
    found: Arrived[Line, Said] = Arrived()
    for line in lines:
        one = here(line)
        if one is None:
            found.unattached.append(line)
        elif one.said.id not in known:
            known[one.said.id] = one.said
            found.added.append(one.said)
            if one.heir is not None:
                found.followed.append((line, one.heir))
        elif known[one.said.id] == one.said:
            found.held.append(one.said)
        else:
            raise InputError(f"{changed(one.said)} Nothing was imported.")
    return found


class Reports:
    """The newest reports of articles, each read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, Report | None] = {}

    def of(self, article: str) -> Report | None:
        if article not in self._known:
            self._known[article] = next(self._ledger.reports([article], extracted=True), None)
        return self._known[article]


def heir(line: Placed, report: Report | None) -> ClaimResult | None:
    """The claim of the report that overlaps most, if there is one of the same kind with the same figures."""
    if report is None or report.article.text_sha256 != line.text_sha256:
        return None
    place = Place(line.start, line.end, line.kind, line.figures)
    known = (*(report.claims or ()), *report.added)
    alike = [c for c in known if c.kind == line.kind and set(c.figures) == set(line.figures)]
    best = max(alike, key=lambda claim: overlap(place, claim), default=None)
    return best if best is not None and overlap(place, best) >= LEAST else None


def read(path: Path, kind: str | None, line: Callable[[str, str], Line]) -> tuple[Line, ...]:
    """The lines of a kind in a file, None for decisions; ``line`` makes one of where it stands and of its text.
    InputError where the file cannot be read."""
    try:
        with path.open(encoding="utf-8") as stream:
            said = [(n, text) for n, text in enumerate(stream, 1) if text.strip() and kind_of(text) == kind]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: {why_unreadable(error)}. Give a file that analyze review export wrote."
        ) from error
    return tuple(line(f"{path}, line {number}", text) for number, text in said)


def slips_in(error: ValidationError) -> str:
    """What is wrong with a line, its first three slips."""
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors()[:3])


def kind_of(text: str) -> str | None:
    """Which of ``KINDS`` a line is; None for a decision, and for what is no JSON."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return next((kind for kind in KINDS if isinstance(found, dict) and kind in found), None)


def moved_and_lost(
    found: Arrived[OfAClaim, Said], whose: Callable[[OfAClaim], str], article: Callable[[OfAClaim], str]
) -> Iterator[str]:
    """A line each for what went to another claim than it was of, and for what has no place here."""
    for line, claim in found.followed:
        yield f"followed to {claim.id[:8]}: {whose(line)} on “{short(line.quote)}”"
    for line in found.unattached:
        where = f"{line.source}, article {article(line)[:8]}"
        yield f"unattached: {whose(line)} on “{short(line.quote)}” ({where})"


def short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:59] + "…"
