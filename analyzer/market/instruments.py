"""Instruments and baskets: what a text can speak of, and by which names.

The catalogue is a folder of YAML files (``catalogue/``); users add files of their own, whose entries are new or add to
those that ship. ``analyzer.market.instrument_files`` describes the form and reads it, ``analyzer.market.mentions``
finds the names in a text.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from analyzer.model import Language

if TYPE_CHECKING:
    from analyzer.series import Event

InstrumentKind = Literal[
    "equity", "index", "etf", "rate", "commodity", "currency", "crypto", "volatility", "macro",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(InstrumentKind)
UNITS: dict[str, float] = {
    "per cent": 0.01, "index": 1.0, "people": 1.0, "thousands of people": 1e3, "USD": 1.0, "millions of USD": 1e6,
    "billions of USD": 1e9, "ratio": 1.0, "yes or no": 1.0,
}  # fmt: skip
"""What one unit of a figure of the economy is in the unit that a text states it in."""
SHIPPED = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Wording:
    """Names that are not the entry's alone.

    ``ambiguous`` words mean other things too and count only among words that speak of this market. ``default_for``
    words mean this entry unless the text names another region, ``regional`` ones only where it names the entry's own.
    ``inverse`` names the other side: the yen of "dollars in yen", the bond of a yield; its rise is the series' fall.
    """

    ambiguous: tuple[str, ...] = ()
    default_for: tuple[str, ...] = ()
    regional: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instrument:
    """One series with its market.

    ``exchange`` is a code of exchange_calendars, "24/7" for crypto, "24/5" for currencies, "macro" for figures that
    appear weekly or more rarely. ``currency`` is what prices are stated in (None: per cent, or another measure).
    ``listed`` is the first session for which the series exists, None where that is not known for sure.
    """

    symbol: str
    name: str
    kind: InstrumentKind
    exchange: str
    currency: str | None = None
    benchmark: str | None = None
    sector: str | None = None
    listed: date | None = None
    aliases: Mapping[Language, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """The names that always mean this instrument, by language; its own name comes first."""
    context: tuple[str, ...] = ()
    """Words near an ambiguous name that speak for this instrument."""
    volatility_index: str | None = None
    region: str | None = None
    base: str | None = None
    """Of a currency: what is priced, "EUR" in dollars per euro."""
    unit: str | None = None
    """Of a figure of the economy: one of ``UNITS``, in which the series is kept; None is per cent."""
    substitutes: tuple[str, ...] = ()
    """Symbols that measure the same thing from another source, or nearly: the spot price, the fund."""
    wording: Wording = Wording()


@dataclass(frozen=True)
class Member:
    """Membership from ``since`` on, which a file need not give where it is the first session, and until the day before
    ``until``; None is open. ``known``: the day from which it was public, ``since`` where it is not given."""

    symbol: str
    since: date | None = None
    until: date | None = None
    known: date | None = None

    def on(self, when: date) -> bool:
        """Whether it was a member on a day, and that was known by then."""
        begun = all(day is None or day <= when for day in (self.since, self.known))
        return begun and (self.until is None or when < self.until)


@dataclass(frozen=True)
class Basket:
    """Instruments that texts name as one ("AI stocks"); ``why`` says how the members were chosen."""

    id: str
    name: str
    members: tuple[Member, ...]
    why: str
    index: str | None = None
    """An index or fund that stands for the basket."""
    aliases: Mapping[Language, tuple[str, ...]] = field(default_factory=dict, hash=False)
    context: tuple[str, ...] = ()
    region: str | None = None
    wording: Wording = Wording()

    def at(self, when: date) -> tuple[str, ...]:
        """Symbols of the members that were known on a day, in the order of the catalogue."""
        return tuple(m.symbol for m in self.members if m.on(when))


Target = Instrument | Basket


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every instrument and basket, the phrases that look like one and are none, and whom events of a kind concern."""

    instruments: tuple[Instrument, ...] = field(repr=False)
    baskets: tuple[Basket, ...] = field(repr=False)
    not_instruments: tuple[str, ...] = field(repr=False, default=())
    events: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    """Symbols and basket ids by the kind of event, in small letters."""

    def get(self, symbol: str) -> Instrument | None:
        return self._by_symbol.get(symbol)

    def basket(self, basket_id: str) -> Basket | None:
        return self._by_id.get(basket_id)

    def concerned(self, event: Event) -> tuple[str, ...]:
        """Symbols and basket ids that an event concerns: those that it names, those listed for its kind, and the
        members that listed baskets had on its day."""
        listed = self.events.get(event.kind.casefold(), ())
        members = (s for code in listed if (basket := self.basket(code)) for s in basket.at(event.date))
        return tuple(dict.fromkeys((*event.symbols, *listed, *members)))

    def events_for(self, target: Target, events: Iterable[Event]) -> tuple[Event, ...]:
        """Those of the events that concern an instrument or a basket."""
        code = target.symbol if isinstance(target, Instrument) else target.id
        return tuple(event for event in events if code in self.concerned(event))

    def entries_text(self) -> tuple[tuple[str, str], ...]:
        """(symbol or basket id, text) of each entry, for search by meaning: name, kind, sector and names."""
        shares = [(i.symbol, _text(i, i.kind, i.sector or "")) for i in self.instruments]
        return (*shares, *((b.id, _text(b, "group of instruments", b.why)) for b in self.baskets))

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_symbol", {i.symbol: i for i in self.instruments})
        object.__setattr__(self, "_by_id", {b.id: b for b in self.baskets})

    _by_symbol: Mapping[str, Instrument] = field(init=False, repr=False, default_factory=dict)
    _by_id: Mapping[str, Basket] = field(init=False, repr=False, default_factory=dict)


def _text(entry: Target, *words: str) -> str:
    wording = entry.wording
    more = (*entry.aliases.get("de", ()), *entry.aliases.get("en", ()), *wording.ambiguous, *wording.default_for)
    return "; ".join(dict.fromkeys(w for w in (entry.name, *words, *more, *wording.inverse) if w))


def load_catalogue(extra_files: Sequence[Path] = ()) -> Catalogue:
    """The shipped catalogue with the user's files on top; read once per state of the files.

    ConfigError, with file and line, for an unknown key or kind, a bad date, a name that two entries claim, a symbol
    that is not in the catalogue, or a file that cannot be read.
    """
    from analyzer.market.instrument_files import stamp

    return _load(tuple(stamp(Path(path)) for path in extra_files))


@lru_cache(maxsize=8)
def _load(stamped: tuple[tuple[Path, int], ...]) -> Catalogue:
    from analyzer.market.instrument_files import read_catalogue

    with garbage_collector_paused():
        return read_catalogue((*shipped(), *(path for path, _ in stamped)), whole=bool(stamped))


def shipped() -> list[Path]:
    """The files of the package's catalogue."""
    return sorted(SHIPPED.glob("*.yaml"))


@contextmanager
def garbage_collector_paused() -> Iterator[None]:
    """Reading the catalogue and indexing its names make tens of thousands of small objects and hardly a cycle:
    searching them for cycles took as long as making them."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
