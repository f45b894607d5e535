"""Dated series and the closed box of data that a check receives.

A check gets parameters and a ``Data`` box, nothing else. The market floor fills the box, cut at the as-of date; a
check cannot reach past it. Dates are exchange sessions without a time zone (numpy ``datetime64[D]``), values float64.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np

from analyzer.model import DataUsed

Field = Literal["open", "high", "low", "close", "volume", "value"]
PriceBasis = Literal["as_traded", "split_adjusted", "total_return", "raw"]


def day(value: date | np.datetime64 | str) -> np.datetime64:
    # numpy's stubs have no overload for the union of what they accept one by one.
    return np.datetime64(value, "D")  # type: ignore[call-overload, no-any-return]


def to_date(value: np.datetime64) -> date:
    return value.astype("datetime64[D]").item()  # type: ignore[no-any-return]


def common_days(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The days of ``one`` that ``other`` has too. Both are sorted, without repeats; looking up needs no other sorting.

    >>> days = np.array(["2025-01-24", "2025-01-27", "2025-01-28"], dtype="datetime64[D]")
    >>> common_days(days, days[1:2]).tolist()
    [datetime.date(2025, 1, 27)]
    """
    if not len(other):
        return one[:0]
    places = np.minimum(np.searchsorted(other, one), len(other) - 1)
    return np.asarray(one[other[places] == one])


@dataclass(frozen=True)
class Caveat:
    """A weakness of a series; with ``before`` it holds only for rows before that day."""

    text: str
    before: date | None = None

    def concerns(self, first: date | None) -> bool:
        """Whether it holds for rows from ``first`` on; None is every row."""
        return self.before is None or first is None or first < self.before


@dataclass(frozen=True)
class SeriesRequest:
    """What a check needs. ``basis``: prices as traded on the day, split-adjusted, or with dividends; ``raw`` for
    volumes, indices and macro values, which have no adjustment. ``currency`` (ISO 4217): into which the prices are
    converted day by day; None leaves them in the instrument's own."""

    symbol: str
    field: Field = "close"
    basis: PriceBasis = "split_adjusted"
    currency: str | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """One field of one instrument, sorted by session, without NaN.

    ``sessions`` are the sessions of the instrument's own exchange from its first to its last row: a session that is not
    in ``dates`` is a hole, across which no daily return may be formed.
    """

    symbol: str
    field: Field
    basis: PriceBasis
    dates: np.ndarray
    values: np.ndarray
    sessions: np.ndarray
    currency: str | None = None
    source: str = ""
    """The name of the source that served it: "facts", or a folder's."""
    origin: str = ""
    """Where that source has it from."""
    retrieved: str | None = None
    sha256: str = ""
    """Of all rows that were served, as they are priced: of a converted series, before the rates were applied."""
    caveats: tuple[Caveat, ...] = ()
    rates: tuple[Series, ...] = ()
    """The exchange rates that the values were multiplied or divided by; empty for prices in their own currency."""

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def first(self) -> date | None:
        return to_date(self.dates[0]) if len(self.dates) else None

    @property
    def last(self) -> date | None:
        return to_date(self.dates[-1]) if len(self.dates) else None

    def at(self, session: date) -> float | None:
        """The value on a session, None where there is none."""
        wanted = day(session)
        i = int(self.dates.searchsorted(wanted))
        if i < len(self.dates) and self.dates[i] == wanted:
            return float(self.values[i])
        return None

    def session_on_or_before(self, when: date) -> date | None:
        i = int(self.sessions.searchsorted(day(when), side="right")) - 1
        return to_date(self.sessions[i]) if i >= 0 else None

    def session_offset(self, session: date, steps: int) -> date | None:
        """The exchange's session ``steps`` after (negative: before) the given day, whether or not it has a row.

        From a day that is no session, one step forward is the next session and one step back the last one.
        """
        if steps > 0:
            i = int(self.sessions.searchsorted(day(session), side="right")) + steps - 1
        else:
            i = int(self.sessions.searchsorted(day(session), side="left")) + steps
        return to_date(self.sessions[i]) if 0 <= i < len(self.sessions) else None

    def between(self, first: date | None, last: date | None) -> Series:
        """The rows from ``first`` to ``last``, both included; None is open."""
        lo = 0 if first is None else int(np.searchsorted(self.dates, day(first)))
        hi = len(self.dates) if last is None else int(np.searchsorted(self.dates, day(last), side="right"))
        a = 0 if first is None else int(np.searchsorted(self.sessions, day(first)))
        b = len(self.sessions) if last is None else int(np.searchsorted(self.sessions, day(last), side="right"))
        return self._with(self.dates[lo:hi], self.values[lo:hi], self.sessions[a:b])

    def most_extreme(self, side: Literal["high", "low"]) -> tuple[date, float]:
        """The day and the value of the highest or the lowest row, of equal ones the first. Raises without a row.

        >>> days = np.array(["2025-01-24", "2025-01-27", "2025-01-28"], dtype="datetime64[D]")
        >>> series = Series("NVDA", "close", "split_adjusted", days, np.array([142.6, 118.4, 128.9]), days)
        >>> series.most_extreme("low")
        (datetime.date(2025, 1, 27), 118.4)
        """
        i = int(self.values.argmax() if side == "high" else self.values.argmin())
        return to_date(self.dates[i]), float(self.values[i])

    def returns(self) -> Series:
        """Simple close-to-close returns, dated by the later session; none across a hole."""
        return self._returns

    @cached_property
    def _returns(self) -> Series:
        """Kept: the trials of an article ask for the same ones dozens of times."""
        if len(self.dates) < 2:
            return self._with(self.dates[:0], self.values[:0], self.sessions)
        # A return needs a positive base: the front oil future closed below zero on 2020-04-20.
        adjacent = self._adjacent() & (self.values[:-1] > 0)
        ratio = np.ones(len(self) - 1)
        moves = np.divide(self.values[1:], self.values[:-1], out=ratio, where=self.values[:-1] > 0) - 1.0
        kept = moves[adjacent]
        kept.setflags(write=False)
        return self._with(self.dates[1:][adjacent], kept, self.sessions)

    def changes(self) -> Series:
        """First differences in the series' own unit, dated by the later session; none across a hole."""
        if len(self.dates) < 2:
            return self._with(self.dates[:0], self.values[:0], self.sessions)
        adjacent = self._adjacent()
        return self._with(self.dates[1:][adjacent], np.diff(self.values)[adjacent], self.sessions)

    def _adjacent(self) -> np.ndarray:
        """(len - 1,) whether each row but the first follows on the session before; most series have no hole at all."""
        if np.array_equal(self.sessions, self.dates):
            return np.ones(len(self) - 1, dtype=bool)
        return np.asarray(np.diff(np.searchsorted(self.sessions, self.dates)) == 1)

    def used(self) -> DataUsed:
        """The series as it is priced; the rates of a converted one are series of their own."""
        return DataUsed(
            symbol=self.symbol, field=self.field, basis=self.basis, source=self.source, origin=self.origin,
            first=self.first, last=self.last, retrieved=self.retrieved, sha256=self.sha256,
        )  # fmt: skip

    def _with(self, dates: np.ndarray, values: np.ndarray, sessions: np.ndarray) -> Series:
        return replace(self, dates=dates, values=values, sessions=sessions)


@dataclass(frozen=True)
class Unconverted:
    """Why the prices of an instrument cannot be had in a currency: ``why`` ends a sentence and says what to do."""

    reason: Literal["rate", "unit", "currency"]
    """No rate, no price in money, or an own currency that is not known."""
    why: str
    rates: tuple[str, ...] = ()
    """Symbols of the rate series that are missing; empty where none would do."""


@dataclass(frozen=True)
class ShareCount:
    """Shares outstanding: what they are as of, when that became known, and how sure the row is."""

    symbol: str
    as_of: date
    known: date
    shares: float
    complete: bool = True
    """False when the row counts one share class only: no market value is formed from it."""
    known_is_assumed: bool = False
    source: str = ""
    status: str = ""


@dataclass(frozen=True)
class InstrumentFacts:
    """What a check may know of an instrument besides its prices."""

    symbol: str
    name: str
    kind: str
    currency: str | None = None
    listed: date | None = None
    """First session ever: a series that begins later does not cover "ever"."""
    benchmark: str | None = None


@dataclass(frozen=True)
class Event:
    date: date
    kind: str
    title: str
    symbols: tuple[str, ...] = ()
    after_close: bool = False
    source: str = ""
    status: str = ""


@dataclass(frozen=True)
class Data:
    """Everything one trial may see, cut at ``as_of``."""

    as_of: date
    series: Mapping[SeriesRequest, Series] = field(default_factory=dict)
    shares: Mapping[str, tuple[ShareCount, ...]] = field(default_factory=dict)
    instruments: Mapping[str, InstrumentFacts] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    unconverted: Mapping[tuple[str, str], Unconverted] = field(default_factory=dict)
    """By symbol and currency: what was asked for in a currency in which it cannot be had."""
    said: date | None = None
    """The day of the text that is tested: what came later it cannot have meant. None: not known."""

    def may_mean(self, day: date) -> bool:
        """Whether a statement of the text can be of that day: where its figure is looked for when it is not found."""
        return self.said is None or day <= self.said

    def get(self, request: SeriesRequest) -> Series | None:
        """The series, or None when no source has a row of it up to the as-of date."""
        found = self.series.get(request)
        return found if found is not None and len(found) else None

    def name(self, symbol: str) -> str:
        facts = self.instruments.get(symbol)
        return facts.name if facts else symbol
