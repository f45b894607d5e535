"""Bars that no session can have had."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analyzer.market.integrity.findings import Finding, Held, counted
from analyzer.series import to_date

ROUNDING = 1e-4
"""What adjusted and rounded prices of one bar may contradict each other by, relative."""
MAY_BE_NEGATIVE = frozenset({"rate", "macro", "commodity"})
"""Yields and spreads are; the front oil future settled at -37.63 dollars on 2020-04-20."""
PRICES = ("open", "high", "low", "close", "adj_close")


def impossible_bars(held: Held) -> Iterator[Finding]:
    """Highs below lows, closes outside of both, prices that are not positive; each kind of bar as one finding."""
    if held.raw.basis == "raw":
        return
    high, low, close = (held.column(name) for name in ("high", "low", "close"))
    slack = ROUNDING * np.abs(close)
    crossed = high < low - ROUNDING * np.abs(low)
    yield from _told(held, crossed, "high is below its low", ("high", "low"))
    outside = ~crossed & ((close > high + slack) | (close < low - slack))
    yield from _told(held, outside, "close is outside its low and high", ("low", "high", "close"))
    if held.kind not in MAY_BE_NEGATIVE:
        for name in PRICES:
            column = held.column(name)
            yield from _told(held, column <= 0, f"{name} is not positive", (name,))


def _told(held: Held, where: np.ndarray, what: str, columns: tuple[str, ...]) -> Iterator[Finding]:
    """The days as one finding, with the figures of the first."""
    rows = np.flatnonzero(where)
    if not len(rows):
        return
    first, last = (to_date(held.raw.dates[i]) for i in (rows[0], rows[-1]))
    figures = ", ".join(f"{name} {held.column(name)[rows[0]]:g}" for name in columns)
    at = f"on {first} " if len(rows) > 1 else ""
    yield held.found("impossible_bar", f"{counted(len(rows), 'bar')} whose {what}", first, last, at + figures)
