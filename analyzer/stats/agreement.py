"""How far two people who sorted the same things agree beyond chance: Cohen's kappa.

Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37-46:
kappa = (observed - expected) / (1 - expected), where the expected share is that of two people who sort by chance, each
as often into a class as he did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """``kappa`` is None where both put everything into one and the same class: chance would agree as well."""

    nobs: int
    alike: int
    expected: float
    kappa: float | None


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """``pairs``: what the first and what the second said of each thing. ValueError without any."""
    if not pairs:
        raise ValueError("there is nothing that both have sorted")
    n = len(pairs)
    alike = sum(one == other for one, other in pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    # Counts are whole numbers: whether chance agrees always is decided without rounding.
    by_chance = sum(first[name] * second[name] for name in first)
    if by_chance == n * n:
        return Agreement(n, alike, 1.0, None)
    expected = by_chance / n**2
    return Agreement(n, alike, expected, (alike / n - expected) / (1.0 - expected))
