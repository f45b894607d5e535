"""What is looked at, and what is found: the nouns of the check of integrity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from analyzer.market.bases import LEVELS
from analyzer.market.serving import Listing
from analyzer.market.sources import RawInstrument, Split

FindingKind = Literal[
    "unreadable", "missing_sessions", "extra_sessions", "split_like", "impossible_bar", "stale_tail", "disagreement",
]  # fmt: skip
KINDS: tuple[FindingKind, ...] = get_args(FindingKind)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or looks wrong, with one series.

    ``source`` names the source, or both of a disagreement ("market, facts"). ``what`` says it in a few words with its
    figures, ``detail`` adds what helps to judge it. ``first`` and ``last`` are the days that it concerns.
    """

    symbol: str
    source: str
    kind: FindingKind
    what: str
    first: date | None
    last: date | None
    detail: str = ""


@dataclass(frozen=True, eq=False)
class Held:
    """One symbol as one source holds it, with the splits that any source lists of it."""

    source: str
    raw: RawInstrument
    kind: str | None = None
    exchange: str | None = None
    """A code of exchange_calendars, "24/7", "24/5"; None or "macro": rows are compared with no sessions."""
    splits: tuple[Split, ...] = ()

    @property
    def symbol(self) -> str:
        return self.raw.symbol

    @property
    def has_sessions(self) -> bool:
        return self.raw.basis != "raw" and self.kind != "macro" and self.exchange not in (None, "macro")

    @property
    def is_share(self) -> bool:
        """Whether it can split: a share or a fund, or what is in no catalogue and may be one."""
        return self.raw.basis != "raw" and self.kind not in LEVELS

    @cached_property
    def closes(self) -> np.ndarray:
        """(n,) closes beside ``raw.dates``; dividend-adjusted ones where the source has no others, macro values."""
        columns = self.raw.columns
        named = [columns[name] for name in ("close", "adj_close", "value") if name in columns]
        filled = [column for column in named if np.isfinite(column).any()]
        return filled[0] if filled else np.full(len(self.raw.dates), np.nan)

    @cached_property
    def filled(self) -> np.ndarray:
        """(n,) whether the row has a price or a value at all."""
        columns = self.raw.columns
        named = [columns[name] for name in ("close", "adj_close", "value") if name in columns]
        return np.isfinite(np.vstack(named)).any(axis=0) if named else np.zeros(len(self.raw.dates), dtype=bool)

    def column(self, name: str) -> np.ndarray:
        """(n,) the column, all NaN where the source does not have it."""
        found = self.raw.columns.get(name)
        return np.full(len(self.raw.dates), np.nan) if found is None else found

    def found(self, kind: FindingKind, what: str, first: date, last: date, detail: str = "") -> Finding:
        return Finding(self.symbol, self.source, kind, what, first, last, detail)


def held(source: str, raw: RawInstrument, listing: Listing | None, splits: Sequence[Split] = ()) -> Held:
    """A loaded series with what the catalogue says of it and those of ``splits`` that are its own."""
    kind, exchange = (listing.kind, listing.exchange) if listing else (None, None)
    own = {(s.ex_date, s.new_shares_per_old): s for s in splits if s.symbol == raw.symbol}
    return Held(source, raw, kind, exchange, tuple(own.values()))


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
