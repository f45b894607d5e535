"""Prices on the basis that is asked for.

as traded       split-adjusted price x the factors of all splits after the day, up to the share basis of the file
split adjusted  as the file has it
total return    the dividend-adjusted close; open, high and low scaled alike
volume          always on the share basis of the file

A level (an index, a rate, a currency ...) has no shares to split: as traded, split-adjusted and raw are one. A price
index has no total return here; a performance index is one, and what pays no income has none to add. Of a share, raw
is another word for as traded.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analyzer.market.sources import RawInstrument, Split
from analyzer.series import PriceBasis, SeriesRequest, day

LEVELS = frozenset({"index", "rate", "commodity", "currency", "crypto", "volatility", "macro"})
WITHOUT_INCOME = frozenset({"commodity", "currency", "crypto"})
PERFORMANCE_INDICES = frozenset({"^GDAXI", "^MDAXI", "^SDAXI", "^TECDAX"})
"""Indices whose usual quotation reinvests dividends."""


def is_level(raw: RawInstrument, kind: str | None) -> bool:
    return raw.basis == "raw" or kind in LEVELS


def values_on(
    raw: RawInstrument, request: SeriesRequest, kind: str | None, splits: Sequence[Split]
) -> tuple[np.ndarray, PriceBasis] | None:
    """(n,) values beside ``raw.dates``, NaN where unknown, and the basis they are on; None where it cannot be had."""
    if is_level(raw, kind):
        return _level(raw, request, kind)
    if request.field == "volume":
        return _labelled(raw.columns.get("volume"), "split_adjusted")
    if request.basis == "total_return":
        return _labelled(_total_return(raw, request.field), "total_return")
    column = _column(raw, request.field)
    if column is None or request.basis == "split_adjusted":
        return _labelled(column, "split_adjusted")
    factors = later_split_factors(raw, splits)
    return _labelled(None if factors is None else column * factors, "as_traded")


def later_split_factors(raw: RawInstrument, splits: Sequence[Split]) -> np.ndarray | None:
    """(n,) product of the factors of splits with date < ex-date <= share basis; None when an ex-date is unknown."""
    factors = np.ones(len(raw.dates))
    for split in splits:
        if split.ex_date is None:
            return None
        if raw.share_basis is not None and split.ex_date <= raw.share_basis:
            factors[raw.dates < day(split.ex_date)] *= split.new_shares_per_old
    return factors


def _level(raw: RawInstrument, request: SeriesRequest, kind: str | None) -> tuple[np.ndarray, PriceBasis] | None:
    has_total = kind in WITHOUT_INCOME or raw.symbol in PERFORMANCE_INDICES
    if request.basis == "total_return" and request.field != "volume" and not has_total:
        return None
    return _labelled(_column(raw, request.field), request.basis)


def _column(raw: RawInstrument, name: str) -> np.ndarray | None:
    """The column; ``close`` and ``value`` stand for each other where an instrument has only one of them."""
    found = raw.columns.get(name)
    return raw.columns.get({"close": "value", "value": "close"}.get(name, name)) if found is None else found


def _total_return(raw: RawInstrument, name: str) -> np.ndarray | None:
    adjusted = raw.columns.get("adj_close")
    if adjusted is None or name in ("close", "value"):
        return adjusted
    column, close = raw.columns.get(name), raw.columns.get("close")
    return None if column is None or close is None else column * (adjusted / close)


def _labelled(values: np.ndarray | None, basis: PriceBasis) -> tuple[np.ndarray, PriceBasis] | None:
    return None if values is None else (values, basis)
