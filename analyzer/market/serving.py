"""One request made into a ``Series``: the right basis, cut at a day, with sessions, hash and caveats."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from analyzer.market import calendars
from analyzer.market.bases import PERFORMANCE_INDICES, is_level, values_on
from analyzer.market.known import as_known
from analyzer.market.quotation import quotation
from analyzer.market.sources import RawInstrument, Source, Split
from analyzer.series import Caveat, PriceBasis, Series, SeriesRequest, to_date


class Listing(Protocol):
    """What the market needs to know of an instrument."""

    @property
    def symbol(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def exchange(self) -> str: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def benchmark(self) -> str | None: ...
    @property
    def listed(self) -> date | None: ...
    @property
    def base(self) -> str | None: ...


@dataclass(frozen=True)
class SplitList:
    """The splits of one symbol, and a caveat where another source than that of the prices lists them."""

    splits: tuple[Split, ...] = ()
    caveat: str = ""


@dataclass(frozen=True)
class Served:
    """One symbol of one source, as a view serves it."""

    source: Source
    raw: RawInstrument
    listing: Listing | None
    splits: SplitList

    @property
    def kind(self) -> str | None:
        return self.listing.kind if self.listing else None


def split_list(symbol: str, sources: Sequence[Source]) -> SplitList:
    """The splits that the first of the sources to list any gives; the first source is the one with the prices."""
    for source in sources:
        splits = tuple(s for s in source.splits() if s.symbol == symbol)
        if splits:
            elsewhere = f"as traded by the splits that {source.name} lists; earlier ones may be missing"
            return SplitList(splits, "" if source is sources[0] else elsewhere)
    unlisted = "no table of splits: taken as if there had been none"
    return SplitList((), "" if sources and sources[0].splits() else unlisted)


def serve(served: Served, request: SeriesRequest, as_of: date) -> Series | None:
    """The rows known on a day, as copies; None when there are none in this field and basis."""
    raw, lag = as_known(served.raw, as_of)
    found = values_on(raw, request, served.kind, served.splits.splits)
    if found is None:
        return None
    column, basis = found
    there = np.isfinite(column)
    stated = quotation(raw.currency, served.listing)
    dates, values = raw.dates[there], column[there] / (1 if request.field == "volume" else stated.parts)
    if not len(dates):
        return None
    sessions = _sessions(served, dates)
    for array in (dates, values, sessions):
        array.setflags(write=False)
    return Series(
        symbol=request.symbol, field=request.field, basis=basis, dates=dates, values=values, sessions=sessions,
        currency=stated.currency,
        source=served.source.name, origin=raw.source, retrieved=raw.retrieved,
        sha256=_content(dates, values), caveats=_caveats(served, basis, (lag, stated.caveat)),
    )  # fmt: skip


def _sessions(served: Served, dates: np.ndarray) -> np.ndarray:
    """The exchange's sessions over the rows' span; a row on another day makes that day a session too."""
    if served.listing is None or served.kind == "macro" or served.raw.basis == "raw":
        return dates.copy()
    own = calendars.sessions(served.listing.exchange, to_date(dates[0]), to_date(dates[-1]))
    return own.copy() if np.array_equal(own, dates) else np.union1d(own, dates)


def _content(dates: np.ndarray, values: np.ndarray) -> str:
    """SHA-256 of the dates as little-endian int64 days since 1970 and the values as little-endian float64."""
    days = dates.astype("datetime64[D]").astype("<i8")
    return hashlib.sha256(days.tobytes() + values.astype("<f8").tobytes()).hexdigest()


def _caveats(served: Served, basis: PriceBasis, more: Sequence[str]) -> tuple[Caveat, ...]:
    said = ["performance index: dividends reinvested"] if served.raw.symbol in PERFORMANCE_INDICES else []
    unadjusted = basis == "as_traded" and not is_level(served.raw, served.kind)
    unlisted = served.listing is None and served.raw.basis != "raw"
    later = [
        served.splits.caveat if unadjusted else "",
        "not in the catalogue of instruments: holes cannot be seen" if unlisted else "",
        *more,
    ]
    own = [Caveat(text) for text in said]
    return (*own, *served.raw.caveats, *(Caveat(text) for text in later if text))
