"""The returns of an event study: security and benchmark on common days, and where event and estimation lie in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analyzer.series import Series, common_days, day, to_date
from analyzer.stats.event_study import AbnormalReturn, MarketModel, abnormal_return, fit_model, prediction


@dataclass(frozen=True, eq=False)
class Returns:
    """``returns`` (n,) of a security on ``days`` (n,), and ``market`` (n,), None under the constant-mean model.

    With ``changes`` they are differences in the series' own unit, which add up and do not compound.
    """

    days: np.ndarray
    returns: np.ndarray
    market: np.ndarray | None
    changes: bool = False

    def at(self, session: date) -> int | None:
        """The row of a session, None where it has no common return."""
        row = int(np.searchsorted(self.days, day(session)))
        return row if row < len(self.days) and self.days[row] == day(session) else None

    def moved(self, rows: slice) -> float:
        """The security's return over the rows, as a fraction; of changes their sum."""
        if self.changes:
            return float(self.returns[rows].sum())
        return float(np.prod(1.0 + self.returns[rows]) - 1.0)


def changes_of(series: Series) -> Returns:
    """Differences of a yield or another rate: its relative change would be no return."""
    moves = series.changes()
    return Returns(moves.dates, moves.values, None, changes=True)


def common_returns(security: Series, benchmarks: Sequence[Series]) -> Returns:
    """Simple close-to-close returns on the days that all of them have; several benchmarks are weighted equally."""
    series = [s.returns() for s in (security, *benchmarks)]
    days = series[0].dates
    for one in series[1:]:
        if not np.array_equal(days, one.dates):
            days = common_days(days, one.dates)
    rows = [one.values if len(one) == len(days) else one.values[np.searchsorted(one.dates, days)] for one in series]
    return Returns(days, rows[0], np.mean(rows[1:], axis=0) if benchmarks else None)


@dataclass(frozen=True)
class Study:
    """Where event and estimation lie in the returns (slices of rows)."""

    event: slice
    estimation: slice

    @property
    def length(self) -> int:
        return int(self.event.stop - self.event.start)

    @property
    def nobs(self) -> int:
        return int(self.estimation.stop - self.estimation.start)


def study(event: slice, estimation: int, gap: int) -> Study:
    """At most ``estimation`` rows that end ``gap`` rows before the event."""
    end = max(event.start - gap, 0)
    return Study(event, slice(max(end - estimation, 0), end))


def fitted(sample: Returns, rows: slice) -> MarketModel:
    return fit_model(sample.returns[rows], None if sample.market is None else sample.market[rows])


def examined(sample: Returns, placed: Study, alpha: float) -> tuple[MarketModel, AbnormalReturn]:
    """The model of the estimation rows and the abnormal return of the event rows."""
    model = fitted(sample, placed.estimation)
    returns, market = _event(sample, placed.event)
    return model, abnormal_return(model, returns, market, alpha)


def cumulated(sample: Returns, placed: Study) -> float:
    """The cumulative abnormal return of the event rows, as a fraction."""
    return prediction(fitted(sample, placed.estimation), *_event(sample, placed.event))[0]


def standardised(sample: Returns, placed: Study) -> float:
    """``CAR / S`` of the event rows, without a test."""
    value, stderr = prediction(fitted(sample, placed.estimation), *_event(sample, placed.event))
    return value / stderr


def _event(sample: Returns, rows: slice) -> tuple[np.ndarray, np.ndarray]:
    returns = sample.returns[rows]
    return returns, np.zeros(len(returns)) if sample.market is None else sample.market[rows]


def day_of(sample: Returns, row: int) -> date:
    return to_date(sample.days[row])
