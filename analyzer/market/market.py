"""The market, opened as of a date: the only way to read a price, and blind after that date.

Sources are tried in order, a user's folders first, the facts pack last. The first that has rows of a symbol's field on
the basis asked for, up to the date, gives the whole series; sources are never mixed within one. Arrays are copies of
the rows up to the date, so nothing later can be reached from them. A series asked for in a currency is converted by
rates that are cut at the same date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from analyzer.errors import DataError
from analyzer.market import calendars, conversion, known
from analyzer.market.serving import Listing, Served, serve, split_list
from analyzer.market.sources import Source
from analyzer.model import content_id
from analyzer.recent import Recent
from analyzer.series import Data, Event, InstrumentFacts, Series, SeriesRequest, Unconverted, to_date

US_EXCHANGES = frozenset({"XNYS", "XNAS"})
VIEWS = 6
"""How many as-of dates are kept open; each holds the series that were asked of it, some ten megabytes."""
MOST_COMPUTED = 1_000
"""What checks found that is kept of one date; a finding takes up to 50 kB with its chart."""
HEADLINE_KINDS = frozenset({"equity", "etf", "index"})
"""Kinds whose last row, on a US exchange, says how far the data reach."""


class Catalogue(Protocol):
    @property
    def instruments(self) -> Sequence[Listing]: ...

    def get(self, symbol: str) -> Listing | None: ...
    def concerned(self, event: Event) -> tuple[str, ...]: ...


def open_market(folders: Sequence[Path], catalogue: Catalogue) -> Market:
    """The user's folders, then the facts pack. ConfigError for a folder without market data."""
    from analyzer.market.facts import FactsSource
    from analyzer.market.folder import FolderSource

    return Market((*(FolderSource(folder) for folder in folders), FactsSource()), catalogue)


class Market:
    """Sources in order, and the catalogue. It answers nothing about prices: ``open`` does."""

    def __init__(self, sources: Sequence[Source], catalogue: Catalogue, notices: list[str] | None = None) -> None:
        self._sources = tuple(sources)
        self._catalogue = catalogue
        self._notices = notices if notices is not None else []
        self._views: Recent[date, MarketView] = Recent(VIEWS)

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong with a source and cost no result: a service that did not answer, an old series used."""
        return tuple(self._notices)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(source.name for source in self._sources)

    def prepare(self, symbols: Iterable[str]) -> None:
        """Have the series of these symbols fetched where a source does that; nothing is asked of the network else.

        A symbol is asked for until a source has it: what comes after that source would not be served.
        """
        new = False
        for symbol in symbols:
            for source in self._sources:
                new = source.prepare(symbol) or new
                if source.span(symbol) is not None:
                    break
        if new:
            self._views.clear()
            for name in ("_spans", "last_session"):
                self.__dict__.pop(name, None)

    def rates(self, requests: Iterable[SeriesRequest]) -> frozenset[str]:
        """Symbols of the exchange rates that converting the requested series takes, on the shortest way."""
        found: set[str] = set()
        for request in requests:
            listing = self._catalogue.get(request.symbol)
            if request.currency and listing is not None and listing.currency:
                ways = conversion.routes(self._catalogue.instruments, listing.currency, request.currency)
                found |= {leg.symbol for way in ways[:1] for leg in way}
        return frozenset(found)

    @cached_property
    def last_session(self) -> date:
        """The latest date of the US shares, ETFs and indices, or of anything where there are none."""
        if not self._spans:
            raise DataError("The market data hold no rows. Name a folder with prices: --data FOLDER.")
        return max(last for _, last in self._spans)

    def vintage(self) -> str:
        """16 hex digits over the content of all sources: equal data, equal vintage."""
        return content_id("vintage", [source.identity() for source in self._sources])

    def open(self, as_of: date | None = None) -> MarketView:
        """The market as it was known at the end of ``as_of``; None: at the last session that the data hold. The views
        asked for last are kept: articles of one day, and all as of the end of the data, share their series."""
        as_of = as_of or self.last_session
        return self._views.get(as_of) or self._views.put(as_of, MarketView(self, as_of))

    @cached_property
    def _spans(self) -> tuple[tuple[date, date], ...]:
        """First and last date of each series that counts for ``last_session``."""
        everywhere = [(source, symbol) for source in self._sources for symbol in sorted(source.symbols())]
        headline = [(source, symbol) for source, symbol in everywhere if self._is_headline(symbol)]
        found = [source.span(symbol) for source, symbol in headline or everywhere]
        return tuple(span for span in found if span)

    def _is_headline(self, symbol: str) -> bool:
        listing = self._catalogue.get(symbol)
        return listing is not None and listing.exchange in US_EXCHANGES and listing.kind in HEADLINE_KINDS


class MarketView:
    """What was known at the end of ``as_of``. Each series is made once. ``computed``: what checks found in it, by what
    was asked, for whoever asks the same again."""

    def __init__(self, market: Market, as_of: date) -> None:
        self.as_of = as_of
        self.computed: Recent[str, Any] = Recent(MOST_COMPUTED)
        self._market = market
        self._made: dict[SeriesRequest, Series | Unconverted | None] = {}

    def data(self, requests: Iterable[SeriesRequest], symbols_for_shares: Iterable[str] = ()) -> Data:
        """The box for a check: the series that exist, the share counts, what the instruments are, the events."""
        requests, counted = tuple(requests), tuple(symbols_for_shares)
        sources, catalogue = self._market._sources, self._market._catalogue
        made = {request: self._made_for(request) for request in requests}
        listings = {symbol: catalogue.get(symbol) for symbol in (*(r.symbol for r in requests), *counted)}
        return Data(
            as_of=self.as_of, series={r: found for r, found in made.items() if isinstance(found, Series)},
            unconverted={
                (r.symbol, r.currency): found
                for r, found in made.items() if r.currency and isinstance(found, Unconverted)
            },
            shares={symbol: known.share_counts(symbol, self.as_of, sources) for symbol in counted},
            instruments={symbol: _facts(found) for symbol, found in listings.items() if found is not None},
            events=self._events,
        )  # fmt: skip

    def has(self, symbol: str) -> bool:
        """Whether any source has a row of the symbol dated up to the as-of date, or may get it."""
        return any(source.offers(symbol, self.as_of) for source in self._market._sources)

    def last_session(self, symbol: str | None = None) -> date | None:
        """The last day with a row up to the as-of date: of the symbol, or of the US market as a whole."""
        if symbol is None:
            latest = calendars.session_on_or_before("XNYS", self.as_of) or self.as_of
            return max((min(last, latest) for first, last in self._market._spans if first <= latest), default=None)
        for source in self._market._sources:
            raw = source.load(symbol)
            if raw is not None and len(rows := known.as_known(raw, self.as_of)[0].dates):
                return to_date(rows[-1])
        return None

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        """The events, each with all symbols that it concerns by the catalogue."""
        found = known.events(self.as_of, self._market._sources)
        return tuple(replace(event, symbols=self._market._catalogue.concerned(event)) for event in found)

    def _made_for(self, request: SeriesRequest) -> Series | Unconverted | None:
        if request not in self._made:
            found = self._converted(request, request.currency) if request.currency else self._priced(request)
            self._made[request] = found
        return self._made[request]

    def _converted(self, request: SeriesRequest, currency: str) -> Series | Unconverted | None:
        """The series of the request in a currency; None when there are no prices at all."""
        prices = self._made_for(replace(request, currency=None))
        if not isinstance(prices, Series):
            return None
        catalogue = self._market._catalogue
        listing = catalogue.get(request.symbol)
        kind = listing.kind if listing else None
        return conversion.in_currency(prices, kind, currency, catalogue.instruments, self._rate)

    def _rate(self, symbol: str) -> Series | None:
        found = self._made_for(SeriesRequest(symbol, basis="raw"))
        return found if isinstance(found, Series) else None

    def _priced(self, request: SeriesRequest) -> Series | None:
        made = (self._serve(source, request) for source in self._market._sources)
        return next((series for series in made if series is not None), None)

    def _serve(self, source: Source, request: SeriesRequest) -> Series | None:
        raw = source.load(request.symbol)
        if raw is None:
            return None
        others = [s for s in self._market._sources if s is not source]
        splits = split_list(request.symbol, (source, *others))
        return serve(Served(source, raw, self._market._catalogue.get(request.symbol), splits), request, self.as_of)


def _facts(listing: Listing) -> InstrumentFacts:
    return InstrumentFacts(
        symbol=listing.symbol, name=listing.name, kind=listing.kind, currency=listing.currency, listed=listing.listed,
        benchmark=listing.benchmark,
    )  # fmt: skip
