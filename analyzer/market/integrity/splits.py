"""Jumps of a price that look like a split which the data do not know, or know and still contain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analyzer.market.integrity.findings import Finding, Held
from analyzer.market.sources import Split
from analyzer.series import day, to_date

FACTORS = (1.5, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0)
NEAR = np.log1p(0.015)
"""How near a step of the close must be to a factor."""
OPEN_NEAR = np.log1p(0.05)
"""How near the step from the last close to the open must be to the same factor."""
CLOSE_ROWS = np.timedelta64(7, "D")
"""Between rows further apart a price may have come a long way by itself."""
BEFORE = 20
"""Rows whose median turnover is what is usual."""
HALVED, EXPLAINED, EXPLAINED_DEEP = 2.0, 2.0, 5.0
"""A split changes no turnover: of 45 listed ones two had more than twice the usual. So much explains a step by up to
``HALVED`` as a move; deeper steps hardly happen by themselves and need more."""
LEAST_LISTED = 1.25
"""Below it a listed split (a stock dividend) cannot be told from a day's move."""
WITHIN = np.log1p(0.12)
"""What a price may move by itself on the day of a listed split that is still in the data."""


def split_like(held: Held) -> Iterator[Finding]:
    """Steps of the close by the factor of a split, the open with it, no turnover to explain them, no split listed;
    and listed splits whose step is in prices that are said to be adjusted for them."""
    if not held.is_share:
        return
    steps = _Steps.of(held)
    yield from _unlisted(held, steps)
    for split in held.splits:
        yield from _left_in(held, steps, split)


@dataclass(frozen=True, eq=False)
class _Steps:
    """Steps between rows that are near each other: (n,) the later row of each, and the logarithm of its step."""

    rows: np.ndarray
    before: np.ndarray
    log: np.ndarray

    @classmethod
    def of(cls, held: Held) -> _Steps:
        priced = np.flatnonzero(np.isfinite(held.closes) & (held.closes > 0))
        near = np.diff(held.raw.dates[priced]) <= CLOSE_ROWS
        rows, before = priced[1:][near], priced[:-1][near]
        return cls(rows, before, np.log(held.closes[rows] / held.closes[before]))


def _unlisted(held: Held, steps: _Steps) -> Iterator[Finding]:
    listed = {day(split.ex_date) for split in held.splits if split.ex_date is not None}
    for factor in FACTORS:
        for way in (1, -1):
            step = -way * np.log(factor)
            for i in np.flatnonzero(np.abs(steps.log - step) <= NEAR):
                row, before = int(steps.rows[i]), int(steps.before[i])
                if held.raw.dates[row] in listed or _explained(held, row, before, step):
                    continue
                name = f"{factor:g}:1" if way > 0 else f"1:{factor:g}"
                yield _found(held, row, before, f"looks like a split of {_whole(name)} that nobody lists")


def _explained(held: Held, row: int, before: int, step: float) -> bool:
    """Whether the open was not on the new scale yet, or far more was traded than usual. What is not known explains
    nothing."""
    opened = held.column("open")[row]
    if np.isfinite(opened) and opened > 0 and abs(np.log(opened / held.closes[before]) - step) > OPEN_NEAR:
        return True
    turnover = held.closes * held.column("volume")
    usual = turnover[max(0, row - BEFORE) : row]
    usual = usual[np.isfinite(usual)]
    enough = EXPLAINED if abs(step) <= np.log(HALVED) else EXPLAINED_DEEP
    return len(usual) > 0 and bool(turnover[row] > enough * np.median(usual))


def _left_in(held: Held, steps: _Steps, split: Split) -> Iterator[Finding]:
    """A listed split that the prices should be adjusted for, and are not."""
    basis, factor = held.raw.share_basis, split.new_shares_per_old
    if split.ex_date is None or max(factor, 1 / factor) < LEAST_LISTED or (basis and split.ex_date > basis):
        return
    at = np.flatnonzero(held.raw.dates[steps.rows] == day(split.ex_date))
    if not len(at) or abs(steps.log[at[0]] + np.log(factor)) > WITHIN:
        return
    row, before = int(steps.rows[at[0]]), int(steps.before[at[0]])
    name = f"{factor:g}:1" if factor > 1 else f"1:{1 / factor:g}"
    yield _found(held, row, before, f"the listed split of {_whole(name)} is not adjusted for")


def _found(held: Held, row: int, before: int, what: str) -> Finding:
    earlier, later = held.closes[before], held.closes[row]
    first, last = held.raw.dates[before], held.raw.dates[row]
    opened = held.column("open")[row]
    detail = f"closes {earlier:g} on {first}, {later:g} on {last}"
    if np.isfinite(opened):
        detail += f", opened at {opened:g}"
    return held.found("split_like", what, to_date(last), to_date(last), detail)


def _whole(name: str) -> str:
    """ "1.5:1" as people say it."""
    return {"1.5:1": "3:2", "1:1.5": "2:3"}.get(name, name)
