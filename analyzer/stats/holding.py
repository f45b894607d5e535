"""Returns over a holding period.

``P_T / P_0 - 1``; a year of it ``(P_T / P_0) ** (365.25 / days) - 1``. Campbell, Lo and MacKinlay, The Econometrics of
Financial Markets (1997), chapter 1.4. Prices are positive floats in one unit; returns are fractions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analyzer.series import Series, day

DAYS_A_YEAR = 365.25
CLOSED_DAYS = 4
"""Calendar days that a session may lie before the day asked for: a long weekend."""


def holding_return(before: float, now: float) -> float | None:
    """Simple return; None where the base is not positive, since then it has no meaning."""
    return now / before - 1.0 if before > 0 else None


def annual_return(before: float, now: float, days: int) -> float | None:
    """Compound return a year over ``days`` calendar days; None unless both prices and the span are positive."""
    if before <= 0 or now <= 0 or days <= 0:
        return None
    return float((now / before) ** (DAYS_A_YEAR / days) - 1.0)


@dataclass(frozen=True)
class Span:
    """A period from the close of ``base`` to that of ``last``; ``points`` asks for a difference instead of a return."""

    base: date
    last: date
    annualised: bool = False
    points: bool = False

    @property
    def years(self) -> float:
        return (self.last - self.base).days / DAYS_A_YEAR

    def change(self, before: float, now: float) -> float | None:
        if self.points:
            return now - before
        days = (self.last - self.base).days
        return annual_return(before, now, days) if self.annualised else holding_return(before, now)

    def move(self, closes: Series | None) -> float | None:
        """The change of the series; None where a row is missing or the base price allows no return."""
        before, now = (closes.at(d) if closes is not None else None for d in (self.base, self.last))
        return None if before is None or now is None else self.change(before, now)

    def neighbours(self, closes: Series, reach: int) -> list[Span]:
        """Spans whose start or end is moved by up to ``reach`` sessions, the nearest first."""
        found = []
        for steps in sorted((s for s in range(-reach, reach + 1) if s), key=abs):
            last, base = (closes.session_offset(d, steps) for d in (self.last, self.base))
            found += [replace(self, last=last)] if last else []
            found += [replace(self, base=base)] if base else []
        return [s for s in found if s.base < s.last]


def row_day(closes: Series, when: date) -> date | None:
    """The day itself, or the last session before a day without one; None in a hole and outside the data.

    After the last row only a weekend is known to have had no session, and only where weekends have none.
    """
    session = closes.session_on_or_before(when)
    if session is None or closes.at(session) is None or (when - session).days > CLOSED_DAYS:
        return None
    if session == closes.last and session < when:
        weekdays = bool(np.is_busday(closes.sessions[-7:]).all())
        return session if weekdays and np.busday_count(day(session) + 1, day(when) + 1) == 0 else None
    return session


def returns_from_neighbours(closes: Series, span: Span, reach: int) -> np.ndarray:
    """Simple returns to the end of the span from each row within ``reach`` rows of its base and before its end.

    ``closes`` has rows on both days. Returns float64 fractions (at most ``2 * reach + 1``) in the order of the start
    dates; starts that are not positive are left out.
    """
    i, j = (int(np.searchsorted(closes.dates, day(d))) for d in (span.base, span.last))
    starts = closes.values[max(i - reach, 0) : min(i + reach + 1, j)]
    moves: np.ndarray = closes.values[j] / starts[starts > 0] - 1.0
    return moves
