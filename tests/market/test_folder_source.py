"""A user's folder before the facts pack: which source serves what, on which basis, with which sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analyzer.errors import ConfigError, DataError
from analyzer.market.folder import FolderSource
from analyzer.market.market import Catalogue, Market, open_market
from analyzer.series import SeriesRequest

Write = Callable[[Mapping[str, str]], Path]
HEAD = "Date,Open,High,Low,Close,Adj Close,Volume\n"


def test_a_plain_download_is_a_source(write: Write, catalogue: Catalogue) -> None:
    folder = write({"nvda.csv": HEAD + "2025-01-24,148.37,148.97,141.88,142.62,142.58,234657600\n"})
    market = open_market([folder], catalogue)
    assert market.sources == ("data", "facts")
    low, total = SeriesRequest("NVDA", "low"), SeriesRequest("NVDA", "open", "total_return")
    data = market.open(date(2025, 1, 28)).data([low, total])
    assert data.series[low].at(date(2025, 1, 24)) == 141.88
    assert data.series[total].at(date(2025, 1, 24)) == pytest.approx(148.37 * 142.58 / 142.62)


def test_the_first_source_gives_the_whole_series_and_the_next_only_what_it_lacks(
    write: Write, catalogue: Catalogue
) -> None:
    folder = write({"prices/NVDA.csv": "date,close\n2025-01-24,142.0\n2025-01-27,118.0\n"})
    close, volume = SeriesRequest("NVDA"), SeriesRequest("NVDA", "volume", "raw")
    data = open_market([folder], catalogue).open(date(2025, 1, 28)).data([close, volume])
    assert data.series[close].values.tolist() == [142.0, 118.0]
    assert data.series[close].source == "data"
    assert data.series[volume].source == "facts"


def test_a_series_with_adjusted_closes_only_has_a_total_return_only(write: Write, catalogue: Catalogue) -> None:
    folder = write({"prices/XLU.csv": "date,open,high,low,close,adj_close,volume\n2025-01-24,,,,,77.1,\n"})
    view = open_market([folder], catalogue).open()
    requests = [SeriesRequest("XLU", "close", b) for b in ("total_return", "split_adjusted", "as_traded")]
    data = view.data(requests)
    assert [data.get(r) is not None for r in requests] == [True, False, False]


def test_as_traded_prices_follow_the_folders_splits_up_to_its_share_basis(write: Write, catalogue: Catalogue) -> None:
    rows = "date,close\n2024-06-07,120.0\n2024-06-10,121.0\n"
    splits = "symbol,ex_date,new_shares_per_old\nNVDA,2024-06-10,10\nNVDA,2027-01-04,2\nKLAC,,10\n"
    folder = write({"prices/NVDA.csv": rows, "prices/KLAC.csv": rows, "reference/splits.csv": splits})
    view = open_market([folder], catalogue).open(date(2024, 6, 28))
    known, undated = SeriesRequest("NVDA", "close", "as_traded"), SeriesRequest("KLAC", "close", "as_traded")
    data = view.data([known, undated])
    assert data.series[known].values.tolist() == [1200.0, 121.0]
    assert data.series[known].caveats == ()
    assert data.get(undated) is None


def test_a_file_older_than_a_split_is_not_multiplied_by_it(write: Write, catalogue: Catalogue) -> None:
    request = SeriesRequest("NVDA", "close", "as_traded")
    downloaded = {"NVDA.csv": "date,close\n2024-05-23,1037.99\n"}
    series = open_market([write(downloaded)], catalogue).open().data([request]).series[request]
    assert series.values.tolist() == [1037.99]
    assert any("facts lists" in c.text for c in series.caveats)


def test_the_share_basis_is_the_day_that_the_sources_table_names(write: Write, catalogue: Catalogue) -> None:
    files = {
        "prices/NVDA.csv": "date,close\n2024-05-23,103.799\n",
        "reference/splits.csv": "symbol,ex_date,new_shares_per_old\nNVDA,2024-06-10,10\n",
        "SOURCES.csv": "symbol,adjusted,source,retrieved\nNVDA,split-adjusted (base 2026-08-03),a vendor,2026-08-03\n",
    }
    request = SeriesRequest("NVDA", "close", "as_traded")
    series = open_market([write(files)], catalogue).open().data([request]).series[request]
    assert series.values.tolist() == [pytest.approx(1037.99)]
    assert (series.source, series.origin, series.retrieved) == ("data", "a vendor", "2026-08-03")


def test_a_row_on_a_day_without_a_session_makes_it_one(write: Write, catalogue: Catalogue) -> None:
    rows = "date,close\n2025-01-17,6000\n2025-01-20,6010\n2025-01-22,6020\n"
    request = SeriesRequest("^GSPC")
    folder = write({"prices/^GSPC.csv": rows})
    series = open_market([folder], catalogue).open().data([request]).series[request]
    days = ["2025-01-17", "2025-01-20", "2025-01-21", "2025-01-22"]
    assert series.sessions.astype(str).tolist() == days
    assert len(series.returns()) == 1


def test_an_instrument_outside_the_catalogue_is_served_and_said_to_be(write: Write, catalogue: Catalogue) -> None:
    request = SeriesRequest("SIE.DE")
    folder = write({"SIE.DE.csv": "date,close\n2025-01-17,200\n2025-01-20,201\n"})
    data = open_market([folder], catalogue).open().data([request])
    assert len(data.series[request].returns()) == 1
    assert any("not in the catalogue" in c.text for c in data.series[request].caveats)
    assert data.name("SIE.DE") == "SIE.DE"


@pytest.mark.parametrize(
    ("rows", "when", "last"),
    [
        ("2024-07-01,1\n2024-10-01,2\n2025-01-01,3\n", date(2025, 2, 14), date(2024, 10, 1)),
        ("2024-07-01,1\n2024-10-01,2\n2025-01-01,3\n", date(2025, 2, 13), date(2024, 7, 1)),
        ("2025-01-04,1\n2025-01-11,2\n2025-01-18,3\n", date(2025, 1, 18), date(2025, 1, 11)),
        ("2025-01-16,1\n2025-01-17,2\n2025-01-21,3\n", date(2025, 1, 17), date(2025, 1, 17)),
        ("2024-11-30,1\n2024-12-31,2\n2025-01-31,3\n", date(2025, 2, 14), date(2024, 12, 31)),
        ("2022-01-01,1\n2023-01-01,2\n2024-01-01,3\n", date(2025, 2, 13), date(2023, 1, 1)),
    ],
    ids=["quarters", "quarters-a-day-earlier", "weeks", "days", "month-ends", "years"],
)
def test_a_macro_figure_is_known_when_it_could_have_been(
    write: Write, catalogue: Catalogue, rows: str, when: date, last: date
) -> None:
    request = SeriesRequest("GDP", "value", "raw")
    series = open_market([write({"macro/GDP.csv": "date,value\n" + rows})], catalogue).open(when).data([request])
    assert series.series[request].last == last


def test_close_and_value_stand_for_each_other(write: Write, catalogue: Catalogue) -> None:
    market = open_market([write({"macro/DGS10.csv": "date,value\n2025-01-24,4.63\n2025-01-27,4.53\n"})], catalogue)
    requests = [SeriesRequest("DGS10"), SeriesRequest("DGS10", "value", "raw"), SeriesRequest("^VIX", "value", "raw")]
    data = market.open(date(2025, 1, 27)).data(requests)
    assert [data.series[r].at(date(2025, 1, 27)) for r in requests] == [4.53, 4.53, 17.9]


def test_events_of_both_sources_are_listed_once(write: Write, catalogue: Catalogue) -> None:
    events = (
        "date,category,event,detail,symbols,check\n"
        "2025-01-27,AI,DeepSeek sell-off,,NVDA;AVGO,recalled\n"
        "2025-01-29,FOMC,FOMC decision,,,recalled\n"
        "2025-01-29,earnings,Microsoft results,after the US close; reaction on the next session,MSFT,recalled\n"
    )
    folder = write({"reference/events.csv": events, "prices/NVDA.csv": "date,close\n2025-01-24,142.62\n"})
    found = [e for e in open_market([folder], catalogue).open(date(2025, 1, 31)).data([]).events if e.date.day >= 27]
    late = [e for e in found if e.date >= date(2025, 1, 27)]
    assert [e.kind for e in late] == ["AI", "FOMC", "earnings"]
    assert [e.after_close for e in late] == [False, False, True]


def test_a_folder_without_market_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "SOURCES.csv").write_text("symbol\n")
    with pytest.raises(ConfigError, match="holds no market data"):
        FolderSource(tmp_path)
    with pytest.raises(ConfigError, match="is no folder"):
        FolderSource(tmp_path / "absent")


def test_a_malformed_file_stops_with_its_name_and_line(write: Write, catalogue: Catalogue) -> None:
    folder = write({"prices/NVDA.csv": "date,close\n2025-01-24,142.62\n2025-01-27,?\n"})
    with pytest.raises(DataError, match=r"NVDA\.csv, line 3: '\?' in column close"):
        open_market([folder], catalogue).open(date(2025, 1, 28)).data([SeriesRequest("NVDA")])


def test_the_vintage_changes_with_the_content_and_with_nothing_else(write: Write, catalogue: Catalogue) -> None:
    folder = write({"prices/NVDA.csv": "date,close\n2025-01-24,142.62\n"})
    first = open_market([folder], catalogue).vintage()
    path = folder / "prices" / "NVDA.csv"
    path.touch()
    assert open_market([folder], catalogue).vintage() == first
    path.write_text("date,close\n2025-01-24,142.63\n")
    assert open_market([folder], catalogue).vintage() != first
    assert len(first) == 16


def test_the_shared_folder_agrees_with_the_facts_pack(shared: Path, catalogue: Catalogue, facts: Market) -> None:
    market = open_market([shared / "market"], catalogue)
    request, traded = SeriesRequest("NVDA"), SeriesRequest("NVDA", "close", "as_traded")
    theirs = market.open(date(2025, 7, 31)).data([request, traded])
    ours = facts.open().data([request]).series[request].between(date(2023, 12, 29), None)
    same = theirs.series[request].between(ours.first, ours.last)
    assert np.array_equal(same.dates, ours.dates)
    assert np.max(np.abs(same.values / ours.values - 1)) < 1e-4
    assert theirs.series[traded].at(date(2024, 5, 23)) == pytest.approx(1037.99, abs=0.005)
    assert theirs.series[request].source == "market"


def test_the_whole_shared_folder_can_be_read(shared: Path) -> None:
    source = FolderSource(shared / "market")
    for symbol in source.symbols():
        raw = source.load(symbol)
        assert raw is not None
        assert len(raw.dates) > 100, symbol
    assert len(source.splits()) > 40
    assert len(source.shares()) > 15
    assert any(e.after_close for e in source.events())
