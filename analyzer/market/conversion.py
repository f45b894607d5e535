"""Prices in another currency: the rates that lead there, and what they make of a series.

A price of a session is multiplied by the rate of the same session: the close of the rate's series on that day, else the
last one at most ``REACH`` days before. A session without such a rate becomes a hole, and is said to be one. Rates are
quoted directly ("dollars per euro"), the other way round, or crossed over the dollar or the euro.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Protocol

import numpy as np

from analyzer.series import Caveat, Series, Unconverted, to_date

REACH = 4
"""Calendar days that a rate may be older than the price: a long weekend."""
HUBS = ("USD", "EUR")
"""Currencies over which a rate is crossed when two have no pair of their own."""
IN_PER_CENT = frozenset({"rate", "macro", "volatility"})
"""Kinds of instruments whose figures are no prices in money."""


class Pair(Protocol):
    """What must be known of an instrument to see whether it is a rate, and of what."""

    @property
    def symbol(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def base(self) -> str | None: ...
    @property
    def currency(self) -> str | None: ...


@dataclass(frozen=True)
class Leg:
    """One rate of the way: prices are multiplied by it, or divided where it is quoted the other way round."""

    symbol: str
    divides: bool = False


Route = tuple[Leg, ...]


def routes(instruments: Iterable[Pair], own: str, wanted: str) -> tuple[Route, ...]:
    """The ways from one currency to another, the shortest first; none when the instruments hold no such rate."""
    pairs: dict[tuple[str, str], str] = {}
    for one in instruments:
        if one.kind == "currency" and one.base and one.currency:
            pairs.setdefault((one.base, one.currency), one.symbol)
    ways = [(own, wanted), *((own, hub, wanted) for hub in HUBS if hub not in (own, wanted))]
    legs = ([_leg(pairs, *step) for step in pairwise(way)] for way in ways)
    return tuple(tuple(leg for leg in route if leg is not None) for route in legs if None not in route)


def _leg(pairs: Mapping[tuple[str, str], str], own: str, wanted: str) -> Leg | None:
    if (own, wanted) in pairs:
        return Leg(pairs[own, wanted])
    return Leg(pairs[wanted, own], divides=True) if (wanted, own) in pairs else None


def in_currency(
    prices: Series, kind: str | None, wanted: str, instruments: Iterable[Pair], rate: Callable[[str], Series | None]
) -> Series | Unconverted:
    """The series in the currency ``wanted``, or why it cannot be had; ``rate`` serves the series of a symbol."""
    if kind in IN_PER_CENT or prices.field == "volume":
        return Unconverted("unit", "it is no price in money, so it has no currency to be converted from.")
    if prices.currency == wanted:
        return prices
    if kind == "currency":
        return Unconverted("unit", f"it is an exchange rate itself; test the pair with {wanted} instead.")
    if prices.currency is None:
        return Unconverted("currency", "its own currency is not known. State it in SOURCES.csv or with --catalogue.")
    ways = routes(instruments, prices.currency, wanted)
    served = [(way, [rate(leg.symbol) for leg in way]) for way in ways]
    for way, found in served:
        rates = [series for series in found if series is not None]
        if len(rates) == len(way):
            return converted(prices, wanted, way, rates)
    return _no_rate(prices.currency, wanted, served)


def _no_rate(own: str, wanted: str, served: Sequence[tuple[Route, Sequence[Series | None]]]) -> Unconverted:
    """What is missing on the way that lacks the fewest series."""
    said = f"there is no exchange rate from {own} to {wanted}"
    if not served:
        return Unconverted("rate", f"{said} in the catalogue. Add the pair, with base and currency: --catalogue FILE.")
    lacking = [tuple(leg.symbol for leg, series in zip(*way, strict=True) if series is None) for way in served]
    rates = min(lacking, key=len)
    return Unconverted("rate", f"{said}. Try: --data FOLDER with a file of {' and '.join(rates)}.", rates)


def converted(prices: Series, wanted: str, way: Route, rates: Sequence[Series]) -> Series | Unconverted:
    """The prices times the rates of their days, as copies; sessions without a rate are holes."""
    values = prices.values.copy()
    for leg, series in zip(way, rates, strict=True):
        of_the_day = rate_on(prices.dates, series)
        values = values / of_the_day if leg.divides else values * of_the_day
    there = np.isfinite(values)
    if not there.any():
        symbols = " and ".join(leg.symbol for leg in way)
        why = f"{symbols} holds no rate of its sessions. Try: --data FOLDER with more rows of {symbols}."
        return Unconverted("rate", why, tuple(leg.symbol for leg in way))
    dates, values = prices.dates[there], values[there]
    sessions = prices.sessions[(prices.sessions >= dates[0]) & (prices.sessions <= dates[-1])]
    for array in (dates, values, sessions):
        array.setflags(write=False)
    of_rates = (replace(c, text=f"{series.symbol}: {c.text}") for series in rates for c in series.caveats)
    caveats = (*prices.caveats, *of_rates, *_left_out(prices.dates, there, rates))
    return replace(
        prices, dates=dates, values=values, sessions=sessions, currency=wanted, caveats=caveats, rates=tuple(rates)
    )


def rate_on(dates: np.ndarray, rate: Series) -> np.ndarray:
    """The rate of each of the days, the last one at most ``REACH`` days before it: (n,) float64, NaN where none is."""
    position = np.searchsorted(rate.dates, dates, side="right") - 1
    latest = np.maximum(position, 0)
    fresh = (position >= 0) & (dates - rate.dates[latest] <= np.timedelta64(REACH, "D"))
    return np.where(fresh, rate.values[latest], np.nan)


def _left_out(dates: np.ndarray, there: np.ndarray, rates: Sequence[Series]) -> tuple[Caveat, ...]:
    """The sessions that have a price and no rate: those before the last row concern earlier windows only."""
    gone, last = dates[~there], dates[there][-1]
    symbols = " and ".join(series.symbol for series in rates)
    found = []
    for part, before in ((gone[gone < last], True), (gone[gone > last], False)):
        if len(part):
            first, end = to_date(part[0]), to_date(part[-1])
            text = f"no rate of {symbols} for {_counted(len(part), first, end)}: left out"
            found.append(Caveat(text, to_date(part[-1] + 1) if before else None))
    return tuple(found)


def _counted(sessions: int, first: date, last: date) -> str:
    return f"the session of {first}" if sessions == 1 else f"{sessions} sessions from {first} to {last}"
