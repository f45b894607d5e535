"""What the check of a record takes: the parameters, those of its variants, and the series they ask for."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analyzer.checks.base import (
    Params,
    SeriesRequest,
)
from analyzer.stats.records import Period, Precision, Side

Quantity = Literal["level", "return", "points", "market_value"]
Place = Literal["exact", "among", "one_of", "outside"]


class RecordExtremeParams(Params):
    """The ``quantity`` of ``symbol`` in the ``period`` that contains ``session`` was the ``rank``-th most extreme on
    its ``side`` (the largest fall is the lowest return), ever or ``since`` a day, month or year."""

    symbol: str
    quantity: Quantity
    side: Side
    session: date
    start: date | None = None
    """First day of a span that ends with ``session``, of which a text names no day ("in December"): its most extreme
    close is tested, for a record of any of its sessions is passed by that one."""
    period: Period = "session"
    since: date | None = None
    since_precision: Precision = "day"
    since_by: date | None = None
    """The last day of what ``since`` names, where that is no day, month or year: "since the financial crisis"."""
    rank: int = Field(default=1, ge=1)
    place: Place = "exact"
    """``among``: one of the ``rank`` most extreme ones; ``one_of``: one of the most extreme, without a number;
    ``outside``: not one of the ``rank`` most extreme ones."""
    universe: Literal["own", "any"] = "own"
    peers: tuple[str, ...] = ()
    """Other instruments that can refute "of any company"."""
    also: tuple[str, ...] = ()
    """Other prices of the same thing, where the own series does not reach back to the listing."""
    outdone_by: tuple[int, ...] = ()
    """The years that the text names as the more extreme ones."""
    so_far: bool = False
    """Whether the period is ranked by what it had come to by ``session``: "on pace for its worst month"."""
    or_session: date | None = None
    """The other reading where the text names no day (the session of the day of publication) or may mean two ("last
    Friday"): the claim stands if either session bears it out."""
    or_said: str | None = None
    """The words that may mean either session; None where the text names no day."""

    def prices(self, symbol: str) -> SeriesRequest:
        """What the values are formed from."""
        return SeriesRequest(symbol)


class ByExtremes(RecordExtremeParams):
    """The same claim on the sessions' highs or lows: like the next two a variant, not a claim's own parameters."""

    def prices(self, symbol: str) -> SeriesRequest:
        return SeriesRequest(symbol, self.side)


class WithDividends(RecordExtremeParams):
    """The same claim on closes with dividends reinvested."""

    def prices(self, symbol: str) -> SeriesRequest:
        return SeriesRequest(symbol, basis="total_return")


class InPoints(RecordExtremeParams):
    """The same claim on changes in points, for what is quoted in them."""


def symbols_of(params: RecordExtremeParams) -> tuple[str, ...]:
    """The instrument and those that can refute the claim, each once."""
    return tuple(dict.fromkeys((params.symbol, *(params.peers if params.universe == "any" else ()))))


def ranked(params: RecordExtremeParams) -> list[SeriesRequest]:
    """The series that the ranked values are formed from."""
    symbols = symbols_of(params)
    traded = symbols if params.quantity == "market_value" else ()
    return [*map(params.prices, symbols), *(SeriesRequest(s, "close", "as_traded") for s in traded)]
