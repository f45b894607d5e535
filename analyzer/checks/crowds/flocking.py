"""Whether the members of a group came closer on its large days (herding): a figure beside breadth, which decides
nothing."""

from __future__ import annotations

from datetime import date

import numpy as np

from analyzer.checks.base import Data, Series, SeriesRequest, number
from analyzer.series import common_days
from analyzer.stats.cross_section import herding

SESSIONS = 250
FEWEST_SESSIONS, FEWEST_MEMBERS = 100, 5
ALPHA = 0.05


def flocking(members: tuple[str, ...], last: date, data: Data) -> str:
    """One sentence on the 250 sessions to ``last``; empty where five members have fewer than 100 in common."""
    returns = [s.returns() for m in members if (s := data.get(SeriesRequest(m))) is not None]
    returns = [r for r in (one.between(None, last) for one in returns) if len(r) >= FEWEST_SESSIONS]
    if len(returns) < FEWEST_MEMBERS:
        return ""
    common = _common(returns)
    if len(common) < FEWEST_SESSIONS:
        return ""
    table = np.column_stack([r.values[np.searchsorted(r.dates, common)] for r in returns])
    try:
        found = herding(table)
    except ValueError:
        return ""
    if not np.isfinite(found.pvalue):
        return ""
    closer = found.curvature < 0 and found.pvalue <= ALPHA
    said = "they came closer on large days than in proportion" if closer else "no sign that they flock together"
    return (
        f" In the {len(common)} sessions to {last}, the dispersion of {len(returns)} members grows with the square of "
        f"the group's move by {number(found.curvature)} (p {found.pvalue:.3f}): {said}."
    )


def _common(returns: list[Series]) -> np.ndarray:
    common = returns[0].dates[-SESSIONS:]
    for one in returns[1:]:
        common = common_days(common, one.dates)
    return common
