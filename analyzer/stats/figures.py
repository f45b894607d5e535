"""A stated figure against an observed one: what is literally missing, whether an extreme reached it, whether the scale
slipped. Pure functions of ``Stated`` and a number in the same unit and sign convention."""

from __future__ import annotations

from analyzer.model import Label, Stated

SCALES = (1e3, 1e-3, 1e6, 1e-6)
"""Confusions of million and billion, Mio. and Mrd., Mrd. and Billion."""


def inside(stated: Stated, value: float) -> bool:
    """Whether the interval that the words allow contains the value; an open side allows everything.

    The borders belong to it, within a part in a thousand million: 95 / 100 - 1 is a little below -0.05; in points
    within one in a million, by which the closes of two vendors differ: 18,540.00 is 18,540.01.
    """
    room = (1e-6 if stated.unit == "points" else 1e-9) * abs(stated.value)
    if _is_cut_off(stated, value):
        return True
    return (stated.low is None or stated.low - room <= value) and (stated.high is None or value <= stated.high + room)


def _is_cut_off(stated: Stated, value: float) -> bool:
    """ "634 points" of 634.76, "3.8 percent" of 3.85: points are as often cut off as they are rounded, and so are
    percentages with a decimal, where that is a small part of them."""
    if stated.qualifier not in ("exact", "rounded") or stated.low is None or stated.high is None:
        return False
    digit = stated.high - stated.low
    if stated.unit == "fraction":
        most = min(digit, CUT_OFF * abs(stated.value)) if digit <= DECIMAL else 0.0
    else:
        most = digit if stated.unit == "points" else 0.0
    return stated.value * value > 0 and abs(stated.value) <= abs(value) < abs(stated.value) + most - 1e-9


DECIMAL = 0.001 + 1e-9
"""A percentage that is written with a decimal at least."""
CUT_OFF = 0.03
"""What a decimal that was cut off may be of a percentage: of "1.3 percent" it may be 1.34, not 1.39."""


def fits(stated: Stated, value: float) -> bool:
    """Whether a value is the stated figure: inside its interval and within 0.8 to 1.25 of it.

    Near misses are looked for with this, since an interval that is open on one side ("at least 600 m") would take any
    large number.
    """
    return bool(stated.value) and inside(stated, value) and 0.8 <= value / stated.value <= 1.25


def shortfall(stated: Stated, value: float) -> float:
    """What "at least x" literally lacks, or "at most x" has too much, in the figure's unit; 0.0 when nothing.

    Only for a value with the figure's own sign. "Not less than 600 bn" against 592.7 bn: 7.3 bn.
    """
    gap = abs(stated.value) - abs(value)
    if stated.qualifier == "at_least":
        return max(gap, 0.0)
    return max(-gap, 0.0) if stated.qualifier == "at_most" else 0.0


def scale_slip(stated: Stated, value: float) -> float | None:
    """The factor by which the value must be multiplied to be the stated figure, if it is a thousand or a million."""
    return next((factor for factor in SCALES if fits(stated, value * factor)), None)


def is_scaled(stated: float, value: float) -> bool:
    """Whether the stated figure is about a thousand or a million times the value or a part of it: 589 million for
    593 billion is no understatement."""
    return any(0.8 <= abs(stated) / (abs(value) * factor) <= 1.25 for factor in SCALES) if value else False


def reached(stated: Stated, value: float) -> tuple[Label, str]:
    """Label and reason of "up to x" against the extreme that was reached: from 97 % of the figure on it counts."""
    if stated.value * value <= 0:
        return "refuted", "wrong_sign"
    ratio = stated.value / value
    if ratio <= 1 / 0.97:
        return "supported", "rounded" if ratio > 0.8 else "understated"
    return ("mixed" if ratio <= 1.25 else "refuted"), "overstated"
