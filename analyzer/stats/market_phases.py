"""Bull and bear markets of a dated series of prices: ``analyzer.stats.turning_points`` with days for rows.

Two datings that agree on most of history and differ where it matters. The rules of Pagan and Sossounov on months see
long swings, and know a turn eight months later; the filter of Lunde and Timmermann on closes sees every move of a size,
and knows it at its crossing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from analyzer.series import Series, to_date
from analyzer.stats.streaks import periods
from analyzer.stats.turning_points import (
    GONZALEZ,
    PAGAN_SOSSOUNOV,
    Rules,
    Turn,
    Turns,
    filtered,
    first_seen,
    turning_points,
)

RulesName = Literal["pagan_sossounov", "gonzalez"]
RULES: dict[RulesName, Rules] = {"pagan_sossounov": PAGAN_SOSSOUNOV, "gonzalez": GONZALEZ}
MonthBy = Literal["last", "average"]
A_MONTH = 30.4375
"""Days."""


@dataclass(frozen=True)
class DatedTurn:
    """A peak or a trough with the day of its extreme close."""

    day: date
    close: float
    peak: bool


@dataclass(frozen=True)
class DatedPhase:
    """From a turn to the next; ``end`` None where none has been dated since."""

    begin: DatedTurn
    end: DatedTurn | None

    @property
    def rises(self) -> bool:
        return not self.begin.peak

    def months(self, until: date) -> float:
        """Its length at its end, or at ``until`` where that came first."""
        last = until if self.end is None else min(until, self.end.day)
        return (last - self.begin.day).days / A_MONTH


@dataclass(frozen=True)
class Dating:
    """``turns`` in order, and the rows that they were found in; ``reach``: the last day whose phase they decide, after
    which turns are not known yet."""

    turns: tuple[DatedTurn, ...]
    rows: Turns
    reach: date

    @property
    def phases(self) -> tuple[DatedPhase, ...]:
        ends = (*self.turns[1:], None)
        return tuple(DatedPhase(begin, end) for begin, end in zip(self.turns, ends, strict=False))

    def at(self, when: date) -> DatedPhase | None:
        """The phase of a day, which the day of a turn is the last of; None up to the first turn."""
        return next((p for p in reversed(self.phases) if p.begin.day < when), None)

    def before(self, phase: DatedPhase) -> DatedPhase | None:
        """The phase that ended where this one begins."""
        return next((p for p in self.phases if p.end == phase.begin), None)


@dataclass(frozen=True, eq=False)
class Months:
    """Closes of whole months: ``dates`` (n,) the last session of each, ``values`` (n,) its close or their average."""

    dates: np.ndarray
    values: np.ndarray


def months_of(closes: Series, known: date, by: MonthBy = "last") -> Months:
    """The months that are over on ``known``."""
    assert closes.last is not None
    found = periods(closes, closes.last, "month", known)
    if by == "last":
        return Months(found.dates, found.closes)
    ends = np.searchsorted(closes.dates, found.dates, side="right")
    starts = np.append(0, ends[:-1])
    sums = np.append(0.0, np.cumsum(closes.values))
    return Months(found.dates, (sums[ends] - sums[starts]) / (ends - starts))


def by_months(closes: Series, months: Months, rules: Rules) -> Dating:
    """Turns of the months; the day of each is that of the extreme close from the month before to the month after.

    ``months`` holds more than twice the window. A phase is decided up to the last month whose window is whole.
    """
    turns = turning_points(months.values, rules)
    reach = to_date(months.dates[len(months.dates) - 1 - rules.window])
    return Dating(tuple(_dated(closes, months, t) for t in turns), turns, reach)


def _dated(closes: Series, months: Months, turn: Turn) -> DatedTurn:
    after = months.dates[turn.row - 1] + 1
    near = closes.between(to_date(after), to_date(months.dates[turn.row + 1]))
    return DatedTurn(*near.most_extreme("high" if turn.peak else "low"), turn.peak)


def known_with(months: Months, dating: Dating, turn: DatedTurn, rules: Rules) -> date | None:
    """The month whose close made a turn of the dating by months known."""
    row = first_seen(months.values, dating.rows[dating.turns.index(turn)], rules)
    return None if row is None else to_date(months.dates[row])


def by_filter(closes: Series, size: float) -> Dating:
    """Turns of the closes by moves of ``size``, a fraction, either way; decided up to the last row."""
    assert closes.last is not None
    turns = filtered(closes.values, size, size)
    dated = (DatedTurn(to_date(closes.dates[t.row]), float(closes.values[t.row]), t.peak) for t in turns)
    return Dating(tuple(dated), turns, closes.last)
