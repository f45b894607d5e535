"""The cache of what the network gave: replaced whole, served when old, silent unless asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from analyzer.config import load
from analyzer.errors import DataError
from analyzer.market.facts import FactsSource
from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue, Market
from analyzer.market.network import Fetched, FetchError
from analyzer.market.online import OnlineSource
from analyzer.market.opening import cache_folder, folders_read, open_sources
from analyzer.market.sources import Split, Vintages
from analyzer.series import SeriesRequest

pytest.importorskip("duckdb", reason="the extra market is not installed")
from analyzer.market.cache import fetched_at, store

NVDA = SeriesRequest("NVDA")
TRADED = SeriesRequest("NVDA", "close", "as_traded")
DAY = timedelta(days=1)


def fetched(symbol: str = "NVDA", closes: tuple[float, ...] = (1200.0, 1210.0), **more: object) -> Fetched:
    dates = np.array(["2024-06-06", "2024-06-07", "2024-06-10"][: len(closes)], dtype="datetime64[D]")
    fields: dict[str, object] = {
        "columns": {"close": np.array(closes)}, "basis": "split_adjusted", "currency": "USD",
        "url": f"https://example.test/{symbol}", **more,
    }  # fmt: skip
    return Fetched(symbol=symbol, dates=dates, **fields)  # type: ignore[arg-type]


@dataclass
class Shelf:
    """A provider that has what the test has put there; an error is raised."""

    has: dict[str, Fetched | FetchError]
    name: str = "yahoo"
    asked: list[str] = field(default_factory=list)

    def serves(self, symbol: str, kind: str | None) -> bool:
        return kind != "macro"

    def fetch(self, symbol: str, kind: str | None) -> Fetched:
        self.asked.append(symbol)
        found = self.has.get(symbol, FetchError(f"yahoo has no series {symbol}.", "no_data"))
        if isinstance(found, FetchError):
            raise found
        return found


Opened = Callable[[Shelf], tuple[Market, list[str]]]


@pytest.fixture
def opened(tmp_path: Path, catalogue: Catalogue) -> Opened:
    def opened(shelf: Shelf, max_age: timedelta = DAY) -> tuple[Market, list[str]]:
        notices: list[str] = []

        def kind_of(symbol: str) -> str | None:
            listing = catalogue.get(symbol)
            return listing.kind if listing else None

        online = OnlineSource(shelf, tmp_path / "yahoo", max_age, kind_of, notices.append)
        return Market([online, FactsSource()], catalogue, notices), notices

    return opened


def test_a_series_is_fetched_when_it_is_prepared_and_then_served(opened: Opened) -> None:
    shelf = Shelf({"NVDA": fetched()})
    market, notices = opened(shelf)
    market.prepare(["NVDA", "NVDA"])
    series = market.open(date(2024, 6, 7)).data([NVDA]).series[NVDA]
    assert (series.source, series.values.tolist(), series.currency) == ("yahoo", [1200.0, 1210.0], "USD")
    assert series.origin == "https://example.test/NVDA"
    assert series.retrieved is not None
    assert datetime.fromisoformat(series.retrieved) <= datetime.now(UTC)
    assert shelf.asked == ["NVDA"]
    assert notices == []


def test_opening_asks_for_nothing(opened: Opened) -> None:
    shelf = Shelf({"NVDA": fetched()})
    market, _ = opened(shelf)
    view = market.open()
    assert view.data([NVDA]).series[NVDA].source == "facts"
    assert view.has("NVDA")
    assert view.has("LMT")  # not there, but it may be had
    assert market.vintage()
    assert shelf.asked == []


def test_a_series_that_is_young_enough_is_not_fetched_again(opened: Opened, tmp_path: Path) -> None:
    store(tmp_path / "yahoo", fetched(), "yahoo", datetime.now(UTC) - timedelta(hours=23))
    shelf = Shelf({"NVDA": fetched(closes=(1.0, 2.0))})
    market, _ = opened(shelf)
    market.prepare(["NVDA"])
    assert shelf.asked == []
    assert market.open(date(2024, 6, 7)).data([NVDA]).series[NVDA].values.tolist() == [1200.0, 1210.0]


def test_after_a_split_the_whole_series_is_replaced(opened: Opened, tmp_path: Path) -> None:
    store(tmp_path / "yahoo", fetched(), "yahoo", datetime.now(UTC) - 2 * DAY)
    split = Split("NVDA", date(2024, 6, 10), 10.0)
    market, _ = opened(Shelf({"NVDA": fetched(closes=(120.0, 121.0, 122.0), splits=(split,))}))
    market.prepare(["NVDA"])
    data = market.open(date(2024, 6, 10)).data([NVDA, TRADED])
    assert data.series[NVDA].values.tolist() == [120.0, 121.0, 122.0]
    assert data.series[TRADED].values.tolist() == [1200.0, 1210.0, 122.0]


def test_an_old_series_is_served_and_said_when_the_service_does_not_answer(opened: Opened, tmp_path: Path) -> None:
    store(tmp_path / "yahoo", fetched(), "yahoo", datetime(2024, 6, 8, 12, tzinfo=UTC))
    shelf = Shelf({"NVDA": FetchError("yahoo did not answer for NVDA (HTTP 429). Try later.", "throttled")})
    market, _ = opened(shelf)
    market.prepare(["NVDA"])
    market.prepare(["NVDA"])
    series = market.open(date(2024, 6, 7)).data([NVDA]).series[NVDA]
    (stale,) = [c.text for c in series.caveats if "stale" in c.text]
    assert stale == (
        "stale: retrieved 2024-06-08T12:00:00+00:00, and yahoo did not answer for NVDA (HTTP 429). Try later."
    )
    assert market.notices == ("yahoo did not answer for NVDA (HTTP 429). Try later.; the series of 2024-06-08 is used",)
    assert shelf.asked == ["NVDA"]


def test_a_source_before_it_leaves_nothing_to_ask_for(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "NVDA.csv").write_text("Date,Close\n2024-06-07,1208.88\n")
    shelf = Shelf({"NVDA": fetched()})
    online = OnlineSource(shelf, tmp_path / "cache", DAY, lambda symbol: "equity", print)
    Market([FolderSource(tmp_path), online], catalogue).prepare(["NVDA"])
    assert shelf.asked == []


def test_other_symbols_stay_as_they_were(tmp_path: Path) -> None:
    for symbol in ("NVDA", "META"):
        store(tmp_path, fetched(symbol, splits=(Split(symbol, date(2020, 1, 2), 2.0),)), "yahoo")
    store(tmp_path, fetched("NVDA", closes=(7.0,)), "yahoo")
    source = FolderSource(tmp_path)
    assert [s.symbol for s in source.splits()] == ["META"]
    assert {symbol: _values(source, symbol) for symbol in source.symbols()} == {"NVDA": [7.0], "META": [1200.0, 1210.0]}


def _values(source: FolderSource, symbol: str) -> list[float]:
    raw = source.load(symbol)
    assert raw is not None
    return raw.columns["close"].tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("symbol", ["^GSPC", "EURUSD=X", "BRK/B", "SAP.DE", "A B"])
def test_every_symbol_has_a_file(tmp_path: Path, symbol: str) -> None:
    store(tmp_path, fetched(symbol), "yahoo")
    assert FolderSource(tmp_path).symbols() == {symbol}
    assert fetched_at(tmp_path, symbol) is not None


def test_vintages_are_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    days = np.array(["2024-01-01", "2024-01-01"], dtype="datetime64[D]")
    known = np.array(["2024-04-25", "2024-05-30"], dtype="datetime64[D]")
    one = fetched(
        "GDP", closes=(1.0,), columns={"value": np.array([1.3])}, basis="raw", currency=None,
        vintages=Vintages(days, known, np.array([1.6, 1.3])),
    )  # fmt: skip
    store(tmp_path, one, "fred")
    request = SeriesRequest("GDP", "value", "raw")
    view = Market([FolderSource(tmp_path)], catalogue).open(date(2024, 5, 1))
    assert view.data([request]).series[request].values.tolist() == [1.6]


def test_a_damaged_file_is_named(opened: Opened, tmp_path: Path) -> None:
    store(tmp_path / "yahoo", fetched(), "yahoo")
    (tmp_path / "yahoo" / "prices" / "NVDA.parquet").write_bytes(b"PAR1")
    market, _ = opened(Shelf({}))
    with pytest.raises(DataError, match=r"NVDA\.parquet is no Parquet file"):
        market.open(date(2024, 6, 7)).data([NVDA])


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(DataError, match="cannot be written"):
        store(tmp_path / "home" / "yahoo", fetched(), "yahoo")


# --- the settings ---------------------------------------------------------------------------------------------------


def test_without_online_the_cache_is_read_and_nothing_is_asked(home: Path, catalogue: Catalogue) -> None:
    settings = load()
    assert open_sources(settings, catalogue).sources == ("facts",)
    store(cache_folder(settings, "yahoo"), fetched(), "yahoo", datetime(2020, 1, 1, tzinfo=UTC))
    market = open_sources(settings, catalogue)
    assert market.sources == ("yahoo", "facts")
    market.prepare(["NVDA"])
    assert market.open(date(2024, 6, 7)).data([NVDA]).series[NVDA].source == "yahoo"
    assert folders_read(settings) == (str(home.resolve() / "market" / "yahoo"),)


def test_the_order_of_the_settings_is_that_of_the_sources(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "NVDA.csv").write_text("Date,Close\n2024-06-07,1208.88\n")
    settings = load(data=(tmp_path / "mine",), sources=("facts", "folders"))
    assert open_sources(settings, catalogue).sources == ("facts", "mine")


def test_a_cached_series_changes_the_vintage_of_the_data(catalogue: Catalogue) -> None:
    settings = load()
    before = open_sources(settings, catalogue).vintage()
    store(cache_folder(settings, "yahoo"), fetched(), "yahoo")
    assert open_sources(settings, catalogue).vintage() != before
