"""The effect on one treated unit: synthetic control with placebo inference, and difference in differences.

Abadie and Gardeazabal, The economic costs of conflict, American Economic Review 93 (2003); Abadie, Diamond and
Hainmueller, Synthetic control methods for comparative case studies, Journal of the American Statistical Association 105
(2010), and Comparative politics and the synthetic control method, American Journal of Political Science 59 (2015);
Conley and Taber, Inference with "difference in differences" with a small number of policy changes, Review of Economics
and Statistics 93 (2011).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analyzer.stats.simplex import simplex_least_squares


@dataclass(frozen=True, eq=False)
class Synthetic:
    """``weights`` (J,) of the controls; ``gap`` (n,) the treated unit less its synthetic control at all times.

    ``before`` and ``after``: root mean squared gaps; ``effect``: the mean gap afterwards. In the outcome's unit.
    """

    weights: np.ndarray
    gap: np.ndarray
    before: float
    after: float
    effect: float

    @property
    def ratio(self) -> float:
        """RMSPE afterwards over that before: the statistic of the placebo test."""
        return self.after / max(self.before, 1e-12)


def synthetic_control(treated: np.ndarray, controls: np.ndarray, before: int) -> Synthetic:
    """Weights from the first ``before`` rows of ``treated`` (n,) and ``controls`` (n, J), the gap over all n.

    All outcomes before the policy are the predictors, each with the same weight (V is the identity). Raises ValueError
    without rows on either side.
    """
    if not 2 <= before < len(treated):
        raise ValueError(f"a synthetic control needs rows before and after; got {before} of {len(treated)}")
    weights = simplex_least_squares(controls[:before], treated[:before])
    return _of_gap(weights, treated - controls @ weights, before)


def _of_gap(weights: np.ndarray, gap: np.ndarray, before: int) -> Synthetic:
    return Synthetic(weights, gap, _rms(gap[:before]), _rms(gap[before:]), float(gap[before:].mean()))


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)))


def placebos(controls: np.ndarray, before: int) -> tuple[Synthetic, ...]:
    """Each control in the place of the treated unit, with the others as its controls; J of them."""
    columns = range(controls.shape[1])
    return tuple(synthetic_control(controls[:, j], np.delete(controls, j, axis=1), before) for j in columns)


def placebo_pvalue(ratio: float, others: Iterable[float]) -> float:
    """Share of units, the treated one counted, whose ratio is as large: at least 1/(J + 1).

    Null: the policy did nothing, and the treated unit is one like the controls.
    """
    every = list(others)
    return (1 + sum(o >= ratio for o in every)) / (len(every) + 1)


def leave_one_out(treated: np.ndarray, controls: np.ndarray, before: int, weights: np.ndarray) -> tuple[float, float]:
    """Smallest and largest effect when each control with a weight of 1 % or more is left out; needs two controls."""
    effects = [
        synthetic_control(treated, np.delete(controls, j, axis=1), before).effect
        for j in np.flatnonzero(weights >= 0.01).tolist()
    ]
    return min(effects), max(effects)


def difference_of_gaps(first: Synthetic, second: Synthetic, before: int) -> Synthetic:
    """The gap of one treated unit less that of another: what the policy did to the first more than to the second."""
    return _of_gap(first.weights, first.gap - second.gap, before)


def pair_pvalue(difference: Synthetic, others: tuple[Synthetic, ...], before: int) -> float:
    """Rank of a difference of two treated units among the differences of all pairs of controls.

    Pairs share their members, so that there are not as many independent ones: p is at least 1/(J + 1).
    """
    count = len(others)
    gaps = np.array([other.gap for other in others])
    first, second = np.tril_indices(count, -1)
    between = gaps[first] - gaps[second]
    at_first, after = (np.sqrt(np.mean(part**2, axis=1)) for part in (between[:, :before], between[:, before:]))
    ratios = (after / np.maximum(at_first, 1e-12)).tolist()
    return max(placebo_pvalue(difference.ratio, ratios), 1.0 / (count + 1))


@dataclass(frozen=True)
class Differences:
    """``effect``: change of the treated unit's mean less that of the controls; ``pvalue`` its rank among controls."""

    effect: float
    pvalue: float


def difference_in_differences(treated: np.ndarray, controls: np.ndarray, before: int) -> Differences:
    """``y = unit + time + d treat post`` with one treated unit (n,) and ``controls`` (n, J).

    Inference after Conley and Taber (2011): the same effect of each control against the others is what the policy's
    effect would be by chance, with whatever correlation over time there is. Two-sided, ties against the policy.
    """
    change = treated[before:].mean() - treated[:before].mean()
    changes = controls[before:].mean(axis=0) - controls[:before].mean(axis=0)
    count = len(changes)
    effect = float(change - changes.mean())
    others = np.abs((changes - changes.mean()) * count / (count - 1))
    return Differences(effect, placebo_pvalue(abs(effect), others.tolist()))
