"""A small catalogue and a small folder of market data for the market floor's tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from analyzer.market.market import Market, open_market
from analyzer.series import Event


@dataclass(frozen=True)
class Instrument:
    symbol: str
    name: str
    kind: str
    exchange: str = "XNYS"
    currency: str | None = "USD"
    benchmark: str | None = "^GSPC"
    listed: date | None = None
    base: str | None = None


LISTINGS = {
    one.symbol: one
    for one in (
        Instrument("NVDA", "Nvidia", "equity", listed=date(1999, 1, 22)),
        Instrument("META", "Meta Platforms", "equity"),
        Instrument("SOXX", "iShares Semiconductor ETF", "etf"),
        Instrument("TLT", "iShares 20+ Year Treasury Bond ETF", "etf"),
        Instrument("KWEB", "KraneShares China Internet ETF", "etf"),
        Instrument("KLAC", "KLA", "equity"),
        Instrument("^GSPC", "S&P 500", "index", currency=None),
        Instrument("^IXIC", "Nasdaq Composite", "index", currency=None),
        Instrument("^VIX", "VIX", "volatility", currency=None),
        Instrument("^GDAXI", "DAX", "index", "XFRA", currency=None),
        Instrument("BTC-USD", "Bitcoin", "crypto", "24/7"),
        Instrument("EURUSD=X", "Euro", "currency", "24/5", base="EUR"),
        Instrument("GBPUSD=X", "Pound", "currency", "24/5", base="GBP"),
        Instrument("BP.L", "BP", "equity", "XLON", "GBP"),
        Instrument("CPIAUCNS", "US consumer prices", "macro", currency=None),
        Instrument("GDP", "US gross domestic product", "macro", currency=None),
        Instrument("ICSA", "US initial jobless claims", "macro", currency=None),
        Instrument("DGS10", "US 10-year yield", "rate", currency=None),
    )
}


class SmallCatalogue:
    instruments = tuple(LISTINGS.values())

    def get(self, symbol: str) -> Instrument | None:
        return LISTINGS.get(symbol)

    def concerned(self, event: Event) -> tuple[str, ...]:
        return event.symbols


@pytest.fixture(scope="session")
def catalogue() -> SmallCatalogue:
    return SmallCatalogue()


@pytest.fixture(scope="session")
def facts(catalogue: SmallCatalogue) -> Market:
    """The facts pack alone."""
    return open_market((), catalogue)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Write files by their names under a folder "data" and give the folder."""

    def written(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "data"

    return written
