"""The figures of each group: how often right, how much better than the base rate, how sure that is.

Under ``FEWEST`` counted claims no rate is formed, only the list: a rate of a handful says more of luck than of anybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.scorecard.counting import DECIDED, By, Count, Counted, LeftOut, Prediction
from analyzer.stats.proportions import wilson, worth
from analyzer.stats.scores import brier, skill

FEWEST = 20
CERTAIN = 1.0
"""The probability of what is asserted without one."""
MODALITIES = ("asserted", "hedged", "denied", "asked")


@dataclass(frozen=True)
class Rate:
    """A share with its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Forecasts:
    """Resolved forecasts; the figures that need a base rate are over the ``based`` that have one.

    ``expected``: how many would have come true by their base rates. ``skill``: 0 for as many as expected, 1 for all,
    below 0 for fewer, ``(true - expected) / (n - expected)`` (Heidke 1926), with the interval that Wilson's on the
    share gives. ``weighted``: hit rate by horizon and specificity, its interval on as many as the weights are worth.
    Brier scores are losses; the probability is the stated one, else 1: "will" knows no doubt.
    """

    n: int
    came_true: int
    based: int = 0
    expected: float | None = None
    rate: Rate | None = None
    weighted: Rate | None = None
    skill: Rate | None = None
    with_probability: int = 0
    brier: float | None = None
    brier_base: float | None = None
    brier_skill: float | None = None


@dataclass(frozen=True)
class Card:
    """One group. ``rate``: supported among the counted; ``partly``: supported or mixed. None under ``FEWEST``."""

    name: str
    counted: int
    articles: int
    labels: dict[str, int]
    rate: Rate | None
    partly: Rate | None
    facts: Rate | None
    forecasts: Forecasts
    by_modality: dict[str, tuple[int, int, Rate | None]]
    """By modality how many were decided, how many supported, and their share: is what is hedged less often right?"""
    left_out: dict[str, int]
    warnings: tuple[str, ...]
    claims: tuple[Counted, ...]


@dataclass(frozen=True)
class Scorecard:
    by: By
    seen: int
    cards: tuple[Card, ...]
    left_out: tuple[LeftOut, ...] = ()


def scorecard(count: Count) -> Scorecard:
    """The groups, those with the most counted claims first."""
    groups: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in count.decided:
        groups[one.group].append(one)
    reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for left in count.left_out:
        reasons[left.group][left.why] += 1
    cards = [_card(name, groups[name], reasons[name]) for name in {*groups, *reasons}]
    ordered = sorted(cards, key=lambda card: (-card.counted, card.name))
    return Scorecard(count.by, count.seen, tuple(ordered), tuple(count.left_out))


def _card(name: str, decided: Sequence[Counted], left_out: Counter[str]) -> Card:
    counted = tuple(one for one in decided if one.counts)
    labels = Counter(one.label for one in counted)
    right, n = labels["supported"], len(counted)
    facts = [one for one in counted if one.forecast is None]
    return Card(
        name=name, counted=n, articles=len({one.article for one in counted}),
        labels={label: labels[label] for label in DECIDED},
        rate=rate(right, n), partly=rate(right + labels["mixed"], n),
        facts=rate(sum(one.label == "supported" for one in facts), len(facts)),
        forecasts=forecasts([one.forecast for one in counted if one.forecast is not None]),
        by_modality=_by_modality(decided), left_out=dict(left_out), warnings=tuple(_warnings(counted)), claims=counted,
    )  # fmt: skip


def rate(hits: int, n: int) -> Rate | None:
    """The share of hits with Wilson's interval; None under ``FEWEST``."""
    return Rate(hits / n, *wilson(hits, n)) if n >= FEWEST else None


def forecasts(found: Sequence[Prediction]) -> Forecasts:
    true = sum(one.came_true for one in found)
    based = [one for one in found if one.base_rate is not None]
    if len(found) < FEWEST:
        return Forecasts(len(found), true, len(based))
    with_probability = sum(one.probability is not None for one in based)
    scored = len(based) >= FEWEST
    return Forecasts(
        n=len(found), came_true=true, based=len(based), rate=rate(true, len(found)), weighted=_weighted(found),
        expected=sum(one.base_rate or 0.0 for one in based) if scored else None,
        skill=_skill(based) if scored else None,
        with_probability=with_probability, **(_brier(based) if scored else {}),
    )  # fmt: skip


def _weighted(found: Sequence[Prediction]) -> Rate:
    weights = [one.weight for one in found]
    share = sum(one.weight for one in found if one.came_true) / sum(weights)
    n = worth(weights)
    return Rate(share, *wilson(share * n, n))


def _skill(based: Sequence[Prediction]) -> Rate | None:
    """None where the base rates leave nothing to be better at."""
    n, expected = len(based), sum(one.base_rate or 0.0 for one in based)
    if n - expected < 1e-9:
        return None
    true = sum(one.came_true for one in based)
    return Rate(*((n * share - expected) / (n - expected) for share in (true / n, *wilson(true, n))))


def _brier(based: Sequence[Prediction]) -> dict[str, float | None]:
    came = np.array([float(one.came_true) for one in based])
    own = brier(np.array([CERTAIN if one.probability is None else one.probability for one in based]), came)
    base = brier(np.array([one.base_rate or 0.0 for one in based]), came)
    return {"brier": own, "brier_base": base, "brier_skill": skill(own, base) if base > 0 else None}


def _by_modality(decided: Sequence[Counted]) -> dict[str, tuple[int, int, Rate | None]]:
    found = {}
    for modality in MODALITIES:
        some = [one for one in decided if one.modality == modality]
        right = sum(one.label == "supported" for one in some)
        if some:
            found[modality] = (len(some), right, rate(right, len(some)))
    return found


def _warnings(counted: Sequence[Counted]) -> list[str]:
    n, said = len(counted), []
    if 0 < n < FEWEST:
        said.append(f"{n} counted, under {FEWEST}: no rate, only the list")
    predicted = [one.forecast for one in counted if one.forecast is not None]
    if n >= FEWEST and 0 < len(predicted) < FEWEST:
        said.append(f"{len(predicted)} resolved forecasts, under {FEWEST}: no rate and no skill of them")
    without = sum(one.base_rate is None for one in predicted)
    if len(predicted) >= FEWEST and without:
        said.append(f"{without} forecasts have no base rate (history too short) and are not in the skill")
    most = max(Counter(one.article for one in counted).values(), default=0)
    if n >= FEWEST and most > n / 2:
        said.append(f"{most} of {n} are from one article: the interval is too narrow, they are not independent")
    return said
