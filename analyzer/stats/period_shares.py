"""How many calendar periods of a span ended higher, or lower, than they began."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from analyzer.series import Series, to_date
from analyzer.stats.records import Period, bounds, by_period


@dataclass(frozen=True)
class Counted:
    """``returns``: of each period with data, by its last session, as fractions; ``asked``: how many periods lie in the
    span, those without data included."""

    returns: Series
    asked: int

    @property
    def rises(self) -> int:
        return int(np.count_nonzero(self.returns.values > 0.0))

    @property
    def falls(self) -> int:
        return int(np.count_nonzero(self.returns.values < 0.0))

    @property
    def missing(self) -> int:
        return max(0, self.asked - len(self.returns))


LAST_ROW = timedelta(days=6)
"""A period may end so long after its last session, over a weekend and holidays."""


def counted(
    closes: Series, unit: Period, span: tuple[date, date], months: Collection[int] = (), *, running: bool = False
) -> Counted:
    """The periods that lie whole in ``span`` (first and last day); of months only those that are named (1 to 12).

    A period is measured from the close of the one before it, so the first needs a close from before the span. Equal
    closes are neither a rise nor a fall. With ``running`` the last period counts by its last row, though it goes on.
    """
    returns = by_period(closes.between(None, span[1]), unit).returns()
    over = date.max if running or closes.last is None else closes.last + LAST_ROW
    whole = [
        _lies_in(to_date(d), unit, span) and bounds(to_date(d), unit)[1] <= over and _is_named(to_date(d), months)
        for d in returns.dates
    ]
    kept = replace(returns, dates=returns.dates[whole], values=returns.values[whole])
    return Counted(kept, _periods(closes, unit, span, months))


def _lies_in(session: date, unit: Period, span: tuple[date, date]) -> bool:
    begin, end = bounds(session, unit)
    return span[0] <= begin and end <= span[1]


def _is_named(session: date, months: Collection[int]) -> bool:
    return not months or session.month in months


def _periods(closes: Series, unit: Period, span: tuple[date, date], months: Collection[int]) -> int:
    """How many periods the span holds, by the calendar; of sessions those of the exchange."""
    if unit == "session":
        days = closes.sessions.astype("datetime64[D]").tolist()
        return sum(span[0] <= d <= span[1] for d in days)
    number, at = 0, span[0]
    while at <= span[1]:
        begin, end = bounds(at, unit)
        number += span[0] <= begin and end <= span[1] and _is_named(begin, months)
        at = date.fromordinal(end.toordinal() + 1)
    return number
