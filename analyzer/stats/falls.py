"""Falls of a dated series: ``analyzer.stats.drawdown`` with sessions for rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.series import Series, to_date
from analyzer.stats.drawdown import aftermath, running_drawdown

YEAR = 252
"""Sessions up to the day of a statement in which its high is searched when the text names no start."""
LONG_WEEKEND = timedelta(days=4)


@dataclass(frozen=True, eq=False)
class Fall:
    """The fall from a running high that ``session`` stands in; depths are negative fractions of ``high`` (or 0).

    ``rows`` are those searched; ``covered`` says whether the data reach back over the whole search, or to the listing.
    """

    closes: Series
    rows: Series
    session: date
    peak: date
    high: float
    depth: float
    trough: date
    deepest: float
    crossing: date | None
    covered: bool

    @property
    def later(self) -> Series:
        """The rows after the session."""
        return self.closes.between(self.session + timedelta(days=1), None)

    def depth_on(self, session: date) -> float:
        """Distance of a session's close from the high; ValueError where there is no row."""
        close = self.closes.at(session)
        if close is None:
            raise ValueError(f"{self.closes.symbol} has no close on {session}")
        return close / self.high - 1.0

    def before(self, count: int) -> tuple[date, ...]:
        """Up to ``count`` sessions between the high and the session, the latest first."""
        rows = self.rows.between(self.peak + timedelta(days=1), self.session - timedelta(days=1))
        return tuple(to_date(d) for d in rows.dates[::-1][:count])


def fall_at(
    closes: Series, session: date, threshold: float, *, start: date | None = None, listed: date | None = None
) -> Fall | None:
    """The fall at a session that has a row; the high is searched from ``start``, else in a year. None under two
    rows."""
    first = start or closes.session_offset(session, 1 - YEAR)
    rows = closes.between(first, session)
    if len(rows) < 2:
        return None
    fall = running_drawdown(rows.values, threshold)
    return Fall(
        closes=closes, rows=rows, session=session, peak=to_date(rows.dates[fall.peak]),
        high=float(rows.values[fall.peak]), depth=fall.depth, trough=to_date(rows.dates[fall.trough]),
        deepest=fall.deepest, crossing=None if fall.crossing is None else to_date(rows.dates[fall.crossing]),
        covered=_covered(closes, start, first, listed),
    )  # fmt: skip


def _covered(closes: Series, start: date | None, first: date | None, listed: date | None) -> bool:
    begins = closes.first
    if begins is None:
        return False
    if listed is not None and begins <= listed:
        return True
    return first is not None if start is None else begins <= start + LONG_WEEKEND


@dataclass(frozen=True)
class Sequel:
    """What came after a fall's session: the first crossing before the high was regained, the lowest close until
    then."""

    fell: date | None
    trough: date
    deepest: float
    regained: date | None
    last: date


def sequel(fall: Fall, threshold: float) -> Sequel | None:
    """None while no session has followed."""
    later = fall.later
    if not len(later):
        return None
    after = aftermath(later.values, fall.high, threshold)
    days = [None if row is None else to_date(later.dates[row]) for row in (after.fell, after.regained)]
    return Sequel(
        fell=days[0], regained=days[1], trough=to_date(later.dates[after.trough]), deepest=after.deepest,
        last=to_date(later.dates[-1]),
    )  # fmt: skip
