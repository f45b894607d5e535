"""What a report says beside what comes out when it is recomputed, leaf by leaf."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Topic = Literal["latest", "when_written", "outcome", "figure", "words", "rows", "identity"]
Cause = Literal["report", "data"]
"""What differs: what the report says, or the data that it is recomputed from."""
TOPICS: dict[Topic, str] = {
    "latest": "verdicts, latest", "when_written": "verdicts, when written", "outcome": "outcomes of trials",
    "figure": "figures and days", "words": "sentences and notes", "rows": "series, by the hash of their rows",
    "identity": "ids, quotes, the seal",
}  # fmt: skip
NOTHING = "(nothing)"
ROUNDING = 1e-9
"""Relative difference up to which two figures are the same but for the arithmetic of two machines."""
GIVEN = frozenset({"id", "trial", "check", "params", "basis", "assumed", "as_of", "directness", "data"})
"""Fields of evidence that a recomputation starts from, or that are compared for themselves."""


@dataclass(frozen=True)
class Compared:
    """One leaf: where it stands, what the report says there, and what was found."""

    topic: Topic
    claim: str
    where: str
    """The verdict, the trial and its date, or the part of the report."""
    field: str
    said: Any
    found: Any
    cause: Cause = "report"
    """What it is to be put down to if it differs."""
    rounded: bool = False
    """Whether the last digits are those of another machine."""

    @property
    def is_same(self) -> bool:
        return same(self.said, self.found)

    @property
    def agrees(self) -> bool:
        return self.is_same or (self.rounded and _near(self.said, self.found))

    @property
    def unit(self) -> tuple[str, ...]:
        """What is counted as one in the table: a verdict, a trial's outcome, a series; else the leaf."""
        if self.topic in ("latest", "when_written", "outcome"):
            return (self.topic, self.claim, self.where)
        name = self.field.partition(":")[0] if self.topic == "rows" else self.field
        return (self.topic, self.claim, self.where, name)


def same(said: Any, found: Any) -> bool:
    """Equal as JSON: true is not 1, and what is not a number is what it is."""
    if isinstance(said, bool) or isinstance(found, bool):
        return said is found
    if isinstance(said, float) and isinstance(found, float) and math.isnan(said):
        return math.isnan(found)
    return bool(said == found)


def _near(said: Any, found: Any) -> bool:
    numbers = _is_number(said) and _is_number(found)
    return numbers and math.isclose(said, found, rel_tol=ROUNDING, abs_tol=0.0)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def leaves(said: Any, found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every leaf of what was found with what is said in its place. Fields that only the report has are passed over: a
    later version may have written them."""
    if isinstance(found, dict) and isinstance(said, dict):
        for name, value in found.items():
            yield from leaves(said.get(name, NOTHING), value, (*path, name))
    elif isinstance(found, list) and isinstance(said, list):
        for i in range(max(len(said), len(found))):
            before, now = (one[i] if i < len(one) else NOTHING for one in (said, found))
            yield from leaves(before, now, (*path, str(i + 1)))
    else:
        yield path, said, found


def evidence_leaves(said: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[Topic, str, Any, Any]]:
    """The leaves of a piece of evidence that follow from its trial and the data, each with its topic."""
    for name, value in found.items():
        if name in GIVEN or (name == "chart" and said.get(name) is None):
            continue
        for path, before, now in leaves(said.get(name, NOTHING), value, (name,)):
            yield _topic(path, before, now), ".".join(path), before, now


def _topic(path: tuple[str, ...], said: Any, found: Any) -> Topic:
    if path[-1] in ("outcome", "reason"):
        return "outcome"
    if _is_number(said) or _is_number(found) or "window" in path or path[-1] in ("dates", "agree", "of"):
        return "figure"
    return "words"
