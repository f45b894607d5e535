"""Two evaluations on the same gold, side by side: what the later one gained and lost, and whether that is luck.

For every metric the gold claims are paired; of those that only one of the two got right, McNemar's exact test asks how
likely so uneven a split is if both were equally good (McNemar 1947, Psychometrika 12, 153-157).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

from analyzer.evaluation.scoring import METRICS, Row, Share, shares


@dataclass(frozen=True)
class Difference:
    """``gained``: gold claims that only the later run got right; ``lost``: that only the earlier one did."""

    metric: str
    before: Share
    after: Share
    gained: int
    lost: int
    pvalue: float | None
    """None for shares of what was found, which are not of the same claims."""


def compare(before: Sequence[Row], after: Sequence[Row]) -> tuple[Difference, ...]:
    """The difference in every metric that one of the two has something to say to."""
    one, other = shares(before), shares(after)
    found = []
    for metric, (_, says) in METRICS.items():
        if one[metric].of == other[metric].of == 0:
            continue
        gained, lost = _changed(before, after, says)
        pvalue = None if metric == "precision" else mcnemar(gained, lost)
        found.append(Difference(metric, one[metric], other[metric], gained, lost, pvalue))
    return tuple(found)


def _changed(before: Sequence[Row], after: Sequence[Row], says: Callable[[Row], bool | None]) -> tuple[int, int]:
    earlier = {(r.article, r.id): says(r) for r in before if r.gold}
    later = {(r.article, r.id): says(r) for r in after if r.gold}
    both = [(earlier[key], later[key]) for key in earlier.keys() & later.keys()]
    return sum(bool(b) and not a for a, b in both), sum(bool(a) and not b for a, b in both)


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p-value: twice the lower tail of the binomial with one half, at most one."""
    n = gained + lost
    if not n:
        return 1.0
    tail = float(sum(comb(n, k) for k in range(min(gained, lost) + 1)) / 2**n)
    return min(1.0, 2.0 * tail)
