"""A record claim with its own value among the earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analyzer.checks.base import (
    Data,
    Series,
    SeriesRequest,
    amount,
    number,
    percent,
)
from analyzer.checks.records.params import (
    Quantity,
    RecordExtremeParams,
)
from analyzer.model import Unit
from analyzer.series import day, to_date
from analyzer.stats.market_value import value_changes
from analyzer.stats.record_claims import RecordClaim
from analyzer.stats.records import Measure, Ranking, Side, bounds, by_period
from analyzer.stats.shares import adjusted_counts

MEASURE: dict[Quantity, Measure] = {
    "level": "level", "points": "change", "return": "return", "market_value": "return",
}  # fmt: skip
UNIT: dict[Quantity, Unit] = {
    "level": "points", "points": "points", "return": "fraction", "market_value": "currency",
}  # fmt: skip


FEW, SHARE = 10, 100
"""What "one of the largest" is taken for: one of so many, or of one in so many where that is more."""


@dataclass(frozen=True)
class Case:
    """The claim with what is needed to put it into words."""

    params: RecordExtremeParams
    data: Data
    claim: RecordClaim

    @property
    def ranking(self) -> Ranking:
        return self.claim.ranking

    @property
    def currency(self) -> str | None:
        return self.ranking.levels.currency if self.params.quantity == "market_value" else None

    def said(self, value: float) -> str:
        if self.params.quantity == "return":
            return percent(value)
        if self.params.quantity == "market_value":
            return amount(value, self.currency)
        return number(value) + (" points" if self.params.quantity == "points" else "")


def case_of(params: RecordExtremeParams, data: Data, closes: Series) -> Case | None:
    """The claim's own value among the earlier ones; None where it has no value."""
    named, exactly = _named(params, closes)
    found = values_of(params, data, params.symbol)
    if found is None:
        return None
    levels, values = found
    first, last = bounds(params.session, params.period)
    i = int(np.searchsorted(values.dates, day(last), side="right")) - 1
    if i < 0 or not first <= to_date(values.dates[i]) <= last:
        return None
    if params.start is not None:
        i = _most_extreme(values, params.start, to_date(values.dates[i]), params.side)
    start = int(np.searchsorted(values.dates, day(named[0]))) if named and not exactly else 0
    before = int(np.searchsorted(levels.dates, values.dates[0])) - 1  # the close that the first change is measured from
    begins = to_date(levels.dates[max(before, 0)]) if params.quantity == "market_value" else levels.first
    ranking = Ranking(levels, values, i, params.side, MEASURE[params.quantity], begins, min(start, i))
    facts = data.instruments.get(params.symbol)
    listed, signed = facts.listed if facts else None, params.quantity != "level"
    rank = max(FEW, ranking.nobs // SHARE) if params.place == "one_of" else params.rank
    claim = RecordClaim(
        ranking, rank, named, exactly, listed, signed, among=params.place != "exact", outside=params.place == "outside"
    )
    return Case(params, data, claim)


def _most_extreme(values: Series, first: date, last: date, side: Side) -> int:
    """The position of the most extreme value of a span: "hit a 16-year high in October" is of the highest close."""
    when, _ = values.between(min(first, last), last).most_extreme(side)
    return int(np.searchsorted(values.dates, day(when)))


def _named(params: RecordExtremeParams, closes: Series) -> tuple[tuple[date, date] | None, bool]:
    """What ``since`` names, and whether it can hold a value: a day without a session only begins a span."""
    since, precision = params.since, params.since_precision
    if since is None:
        return None, False
    begin, end = bounds(since, precision) if params.since_by is None else (since, params.since_by)
    a_session = begin != end or precision != "day" or since == closes.session_on_or_before(since)
    first = params.rank == 1 and params.place == "exact"
    return (bounds(begin, params.period)[0], bounds(end, params.period)[1]), first and a_session


def values_of(params: RecordExtremeParams, data: Data, symbol: str) -> tuple[Series, Series] | None:
    """Closes at the ends of the periods, up to the claim's own one, and the quantity formed from them."""
    daily = data.get(params.prices(symbol))
    if daily is None:
        return None
    own_end = None if params.period == "session" else bounds(params.session, params.period)[1]
    own_end = params.session if params.so_far else own_end
    closes = by_period(daily.between(None, own_end), params.period)
    if params.quantity == "level":
        return closes, closes
    if params.quantity == "market_value":
        traded = data.get(SeriesRequest(symbol, "close", "as_traded"))
        counts = adjusted_counts(data.shares.get(symbol, ()), traded, daily) if traded is not None else []
        return closes, value_changes(closes, counts)
    return closes, closes.returns() if params.quantity == "return" else closes.changes()
