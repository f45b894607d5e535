"""How much of a move came after a piece of news, by days and, with opening prices, by night and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from analyzer.series import Series


@dataclass(frozen=True)
class Timing:
    """``reacts``: the first session that could react; ``lag``: sessions from it to the first of the move, negative when
    the move began before.

    ``after``: share of the move from the close before ``reacts`` on, in logs (in differences where a rate is not above
    zero); above 1 when the price had first gone the other way, below 0 when what came after went the other way.
    ``overnight``: share of the move of one session that was there at its opening; None without an opening price, or
    over several sessions.
    """

    reacts: date
    lag: int
    after: float
    overnight: float | None


def timing(
    prices: Series, opening: Series | None, first: date, last: date, stamp: date, after_close: bool
) -> Timing | None:
    """None where a price that is needed is missing, where there was no move, or where the first session that could
    react is not in the series yet."""
    reacts = prices.session_offset(stamp if after_close else stamp - timedelta(days=1), 1)
    before, end = _before(prices, first), prices.at(last)
    if before is None or end is None or before == end:
        return None
    overnight = _overnight(opening, first, before, end) if first == last else None
    if reacts is None or reacts > last:
        return Timing(reacts or stamp, -1, 0.0, overnight)
    lag = len(prices.between(reacts, first).sessions) - 1 if reacts <= first else -_count(prices, first, reacts)
    if reacts <= first:
        return Timing(reacts, lag, 1.0, overnight)
    known = _before(prices, reacts)
    return None if known is None else Timing(reacts, lag, _share(before, known, end, from_start=False), overnight)


def _share(before: float, between: float, end: float, *, from_start: bool) -> float:
    """The share of the move from ``before`` to ``end`` that lies before (``from_start``) or behind ``between``."""
    if min(before, between, end) > 0:
        part = log(between / before) if from_start else log(end / between)
        return part / log(end / before)
    part = between - before if from_start else end - between
    return part / (end - before)


def _before(prices: Series, session: date) -> float | None:
    previous = prices.session_offset(session, -1)
    return None if previous is None else prices.at(previous)


def _count(prices: Series, first: date, reacts: date) -> int:
    return len(prices.between(first, reacts).sessions) - 1


def _overnight(opening: Series | None, session: date, before: float, end: float) -> float | None:
    opened = opening.at(session) if opening is not None else None
    return None if opened is None else _share(before, opened, end, from_start=True)
