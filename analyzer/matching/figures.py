"""Whether the figures of two claims may be one: roundings of each other, or sums of one worth in two currencies."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.matching.assertion import Assertion, Quantity

DRIFT = 1.34
"""How far two figures of one move may lie apart as roundings of each other: "17 %" and "fast 20 %", 1/8 and 15 %."""
LEVEL_DRIFT = 1.05
EXCHANGE = (0.55, 1.8)
"""The ratio of one sum in two currencies of like worth; beyond it they are not one sum."""
REACH = 1.5
"""How many times a figure that is open on one side may be passed."""
LEVEL_TIMES = 10
OTHER_ORDER = 1000
EXACT_DIGITS = 0.02
LEVELS = ("points", "currency")
LARGEST_LEVEL = 1e6
"""Below it a figure of points or money is a price, which drifts less than a sum."""


def figures_agree(a: Assertion, b: Assertion) -> bool:
    """Whether a figure of the one may be a rounding of one of the other's."""
    return any(_why_apart(x, y) is None for x, y in comparable(a, b))


def figures_exclude(a: Assertion, b: Assertion) -> str | None:
    """Why no figure of the one can be one of the other's; None where one can, or where none are comparable."""
    first = None
    for x, y in comparable(a, b):
        why = _why_apart(x, y)
        if why is None:
            return None
        first = first or f"{x.text} and {y.text} {why}"
    return first


def comparable(a: Assertion, b: Assertion) -> Iterator[tuple[Quantity, Quantity]]:
    """The figures of one unit; a bare number may be one of points or of a currency."""
    return (
        (x, y) for x in a.figures for y in b.figures
        if (x.unit == y.unit and not _change_and_level(x, y)) or _bare(x, y) or _bare(y, x)
    )  # fmt: skip


def _change_and_level(x: Quantity, y: Quantity) -> bool:
    """Points that an index lost, and points at which it stands."""
    low, high = sorted((abs(x.value), abs(y.value)))
    return x.unit == "points" and high > LEVEL_TIMES * low


def _bare(x: Quantity, y: Quantity) -> bool:
    of_its_size = abs(y.value) < OTHER_ORDER * abs(x.value)  # "six figures" are no six dollars
    return x.unit == "count" and y.unit in ("points", "currency") and of_its_size


def _why_apart(x: Quantity, y: Quantity) -> str | None:
    if x.currency and y.currency and x.currency != y.currency:
        return None if _one_sum(x, y) else "are other sums"
    if _open_apart(x, y) or _open_apart(y, x):
        return "exclude each other"
    level = x.value < LARGEST_LEVEL and (x.unit in LEVELS or y.unit in LEVELS)
    low, high = sorted((abs(x.value), abs(y.value)))
    return None if high <= low * (LEVEL_DRIFT if level else DRIFT) or _overlap(x, y) else "lie far apart"


def _one_sum(x: Quantity, y: Quantity) -> bool:
    ratio = abs(x.value / y.value) if y.value else 0.0
    return EXCHANGE[0] < ratio < EXCHANGE[1] and abs(ratio - 1) > EXACT_DIGITS


def _overlap(x: Quantity, y: Quantity) -> bool:
    """Of the widths that the words leave, which for "nearly 150" is wide."""
    x_low, x_high = _ends(x)
    y_low, y_high = _ends(y)
    return max(x_low, y_low) <= min(x_high, y_high)


def _ends(x: Quantity) -> tuple[float, float]:
    """ "More than doubled" reaches half as far again, and no further: who lost 90 % says more than "more than 20"."""
    low = x.low if x.low is not None else x.value / REACH
    high = x.high if x.high is not None else x.value * REACH
    return min(low, high), max(low, high)


def _open_apart(x: Quantity, y: Quantity) -> bool:
    """ "Above 18,000" and "below 18,000"."""
    above, below = x.high is None and x.low is not None, y.low is None and y.high is not None
    return above and below and y.value <= x.value
