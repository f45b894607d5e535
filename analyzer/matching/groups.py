"""Claims of many articles put together: what is the same claim, and which groups contradict each other.

Only likely pairs are compared: those whose vectors lie near, and those that name one thing at one time. What is the
same is joined, the most alike first. A group is of claims that are all the same one with another, so that none comes in
by way of a third: "lost 3 percent" is not the "panic" of that day, nor that panic its "worst day in years".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from analyzer.matching.assertion import Assertion
from analyzer.matching.compare import compare
from analyzer.matching.figures import figures_agree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAREST = 15
"""How many of the nearest by vector each claim is compared with."""
BLOCK = 1024
ALIKE = 0.35
"""The least cosine of two claims of one group that share no figure: that nothing tells them apart is not enough."""
COMPARED = 12
"""How many claims of a group another one is compared with before it comes in."""
IN_ONE_PLACE = 60
"""How many claims of one thing at one time are compared each with each; in a larger crowd each with its next ones."""


@dataclass(frozen=True)
class Edge:
    """Two claims, by their place in the list, and why they belong together or contradict each other."""

    a: int
    b: int
    reason: str
    likeness: float


@dataclass(frozen=True)
class Grouping:
    """``groups``: lists of places, each at least one long, in the order of their first; ``against``: contradictions."""

    groups: tuple[tuple[int, ...], ...]
    against: tuple[Edge, ...]


def group(assertions: Sequence[Assertion], vectors: NDArray[np.float32]) -> Grouping:
    """``vectors``: (n, dimension) unit rows in the order of the assertions; a row of zeros for one without."""
    same, against = [], []
    for (a, b), likeness in _candidates(assertions, vectors).items():
        relation = compare(assertions[a], assertions[b], likeness)
        if relation.label == "same":
            same.append(Edge(a, b, relation.reason, likeness))
        elif relation.label == "contradicting":
            against.append(Edge(a, b, relation.reason, likeness))

    def one_claim(a: int, b: int) -> bool:
        likeness = float(vectors[a] @ vectors[b])
        close = likeness >= ALIKE or figures_agree(assertions[a], assertions[b])
        return close and compare(assertions[a], assertions[b], likeness).label == "same"

    return Grouping(_joined(len(assertions), same, one_claim), tuple(against))


def _candidates(assertions: Sequence[Assertion], vectors: NDArray[np.float32]) -> Mapping[tuple[int, int], float]:
    pairs = set(_near(vectors))
    places: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for i, one in enumerate(assertions):
        when = one.first if one.said else one.first and (one.first.year, one.first.month)
        for subject in one.subjects:
            places[subject, when].append(i)
    for crowd in places.values():
        pairs.update(_within(crowd))
    return dict(_likenesses(sorted(pairs), vectors))


def _likenesses(
    pairs: Sequence[tuple[int, int]], vectors: NDArray[np.float32]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Each pair with its cosine, a block of them at a time."""
    import numpy as np

    for start in range(0, len(pairs), BLOCK):
        block = pairs[start : start + BLOCK]
        a, b = np.array(block).T
        yield from zip(block, np.einsum("ij,ij->i", vectors[a], vectors[b]).tolist(), strict=True)


def _within(crowd: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(crowd) <= IN_ONE_PLACE:
        yield from combinations(crowd, 2)
        return
    for i, a in enumerate(crowd):
        yield from ((a, b) for b in crowd[i + 1 : i + IN_ONE_PLACE])


def _near(vectors: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Each claim with its nearest others, the smaller place first."""
    import numpy as np

    count = len(vectors)
    wanted = min(NEAREST, count - 1)
    if wanted < 1:
        return
    for start in range(0, count, BLOCK):
        scores = vectors[start : start + BLOCK] @ vectors.T
        rows = np.arange(len(scores))
        scores[rows, start + rows] = -2.0  # itself
        best = np.argpartition(-scores, wanted - 1, axis=1)[:, :wanted]
        for a, near in enumerate(best.tolist(), start):
            yield from ((a, b) if a < b else (b, a) for b in near)


def _joined(count: int, same: Sequence[Edge], one_claim: Callable[[int, int], bool]) -> tuple[tuple[int, ...], ...]:
    """Groups of which every two are one claim (complete linkage), the likeliest pairs first."""
    groups = {i: [i] for i in range(count)}
    of = list(range(count))
    for edge in sorted(same, key=lambda e: (-e.likeness, e.a, e.b)):
        kept, gone = sorted((of[edge.a], of[edge.b]))
        if kept == gone:
            continue
        if all(one_claim(a, b) for a in groups[kept][:COMPARED] for b in groups[gone][:COMPARED]):
            for i in groups[gone]:
                of[i] = kept
            groups[kept] += groups.pop(gone)
    return tuple(tuple(sorted(members)) for _, members in sorted(groups.items()))
