"""What a forecast is worth by how much it said.

Both ranges, 0.25 to 1 for the horizon and 0.5 to 1 for the specificity, are those with which Bailey, Borwein,
Salehipour and Lopez de Prado (Evaluation and ranking of market forecasters, 2017) weigh the 6,582 forecasts of CXO's
hand-made scorecard anew. The limits in days are ours, and so is that a forecast without a horizon of its own gets the
least: what is bound to no day says least of one.
"""

from __future__ import annotations

from datetime import date

HORIZONS = ((31, 0.25), (92, 0.5), (275, 0.75))
"""Days up to which a forecast has a weight: a month, a quarter, nine months."""
LONGEST = 1.0
NO_HORIZON = 0.25
SPECIFIC, UNSPECIFIC = 1.0, 0.5


def horizon_weight(made: date, end: date, *, stated: bool) -> float:
    """0.25 up to a month, 0.5 up to a quarter, 0.75 up to nine months, 1 beyond; 0.25 where the text states none."""
    if not stated:
        return NO_HORIZON
    days = (end - made).days
    return next((weight for limit, weight in HORIZONS if days <= limit), LONGEST)


def specificity_weight(*, has_target: bool) -> float:
    """1 for a level or a size that can be missed, 0.5 for a direction alone."""
    return SPECIFIC if has_target else UNSPECIFIC
