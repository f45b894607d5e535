"""The embedded facts: what they say on known days, and what they say of themselves."""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import pytest

from analyzer.market.facts import FOLDER, FactsSource
from analyzer.market.market import Market
from analyzer.series import SeriesRequest

CLOSE = SeriesRequest("NVDA")
AS_TRADED = SeriesRequest("NVDA", "close", "as_traded")


def test_nvidia_lost_16_97_percent_on_27_january_2025(facts: Market) -> None:
    series = facts.open(date(2025, 1, 28)).data([CLOSE]).get(CLOSE)
    assert series is not None
    assert series.returns().at(date(2025, 1, 27)) == pytest.approx(-0.1697, abs=5e-5)
    assert (series.first, series.last) == (date(2018, 1, 5), date(2025, 1, 28))


def test_nvidia_traded_near_1038_dollars_before_its_split(facts: Market) -> None:
    data = facts.open().data([CLOSE, AS_TRADED])
    traded, adjusted = data.get(AS_TRADED), data.get(CLOSE)
    assert traded is not None
    assert adjusted is not None
    assert traded.at(date(2024, 5, 23)) == pytest.approx(1037.99, abs=0.05)
    assert adjusted.at(date(2024, 5, 23)) == pytest.approx(103.80, abs=0.005)
    assert traded.at(date(2024, 6, 10)) == adjusted.at(date(2024, 6, 10))
    assert traded.at(date(2021, 7, 19)) == pytest.approx(40 * (adjusted.at(date(2021, 7, 19)) or 0))
    assert (traded.basis, adjusted.basis) == ("as_traded", "split_adjusted")


def test_a_hole_is_a_session_without_a_row_and_forms_no_return(facts: Market) -> None:
    request = SeriesRequest("^IXIC")
    series = facts.open().data([request]).get(request)
    assert series is not None
    hole = date(2003, 1, 22)
    assert series.at(hole) is None
    assert np.datetime64(hole) in series.sessions
    holes = np.setdiff1d(series.sessions, series.dates)
    assert len(holes) == 286
    after = series.session_offset(hole, 1)
    assert after is not None
    assert series.returns().at(after) is None


def test_the_share_count_is_the_one_known_on_the_day(facts: Market) -> None:
    def known_on(when: date) -> float | None:
        rows = facts.open(when).data([], ["NVDA"]).shares["NVDA"]
        assert all(row.known <= when for row in rows)
        return max(rows, key=lambda row: (row.known, row.as_of)).shares if rows else None

    assert known_on(date(2024, 11, 19)) is None
    assert known_on(date(2025, 1, 28)) == 24.49e9
    assert known_on(date(2025, 2, 25)) == 24.49e9
    assert known_on(date(2025, 3, 1)) == 24.477e9


def test_an_unknown_filing_day_is_assumed_45_days_later_and_said(facts: Market) -> None:
    (row,) = facts.open().data([], ["MSFT"]).shares["MSFT"]
    assert (row.as_of, row.known, row.known_is_assumed) == (date(2025, 1, 31), date(2025, 3, 17), True)
    assert "month only" in row.status


def test_a_count_of_one_share_class_is_marked_incomplete(facts: Market) -> None:
    (row,) = facts.open().data([], ["META"]).shares["META"]
    assert not row.complete


def test_all_bases_of_an_index_are_one_and_volumes_answer_to_any(facts: Market) -> None:
    bases = ("as_traded", "split_adjusted", "raw")
    data = facts.open().data(SeriesRequest(s, f, b) for s, f in (("^GSPC", "close"), ("NVDA", "volume")) for b in bases)
    for symbol, name in (("^GSPC", "close"), ("NVDA", "volume")):
        served = [data.get(SeriesRequest(symbol, name, basis)) for basis in bases]
        assert len({s.sha256 for s in served if s is not None}) == 1
        assert all(s is not None for s in served)
    volume = data.get(SeriesRequest("NVDA", "volume", "raw"))
    assert volume is not None
    assert volume.at(date(2024, 7, 1)) == 284885500
    assert volume.first == date(2024, 7, 1)


def test_the_pack_has_no_total_return_but_that_of_a_performance_index(facts: Market) -> None:
    requests = [SeriesRequest(s, "close", "total_return") for s in ("NVDA", "^GSPC", "^GDAXI")]
    data = facts.open().data(requests)
    assert [data.get(r) is not None for r in requests] == [False, False, True]
    dax = data.get(requests[2])
    assert dax is not None
    assert "performance index: dividends reinvested" in [c.text for c in dax.caveats]


def test_caveats_name_a_different_fixing_and_coarse_early_prices(facts: Market) -> None:
    euro = SeriesRequest("EURUSD=X")
    data = facts.open().data([euro, CLOSE])
    assert any("noon buying rate in New York" in c.text for c in data.series[euro].caveats)
    (coarse,) = [c for c in data.series[CLOSE].caveats if "two digits only" in c.text]
    assert [coarse.concerns(day) for day in (None, date(2019, 1, 2), date(2025, 1, 24))] == [True, True, False]


def test_monthly_figures_are_known_45_days_after_their_month(facts: Market) -> None:
    request = SeriesRequest("CPIAUCNS", "value", "raw")
    before = facts.open(date(2008, 11, 13)).data([request]).get(request)
    after = facts.open(date(2008, 11, 14)).data([request]).get(request)
    assert before is not None
    assert after is not None
    assert (before.last, after.last) == (date(2008, 8, 1), date(2008, 9, 1))
    assert any("45 days" in c.text for c in after.caveats)
    assert np.array_equal(after.sessions, after.dates)


def test_results_after_the_close_are_marked(facts: Market) -> None:
    events = facts.open(date(2024, 11, 20)).data([]).events
    assert events[-1].date == date(2024, 11, 20)
    assert events[-1].after_close
    assert not any(e.date > date(2024, 11, 20) for e in events)
    assert any("DeepSeek" in e.title and "NVDA" in e.symbols for e in facts.open().data([]).events)


def test_the_view_says_how_far_the_data_reach(facts: Market) -> None:
    assert facts.last_session == date(2025, 7, 31)
    view = facts.open(date(2025, 1, 26))
    assert view.last_session() == date(2025, 1, 24)
    assert facts.open().last_session("TLT") == date(2025, 4, 8)
    assert view.has("TLT")
    assert not view.has("NO_SUCH")
    assert not facts.open(date(2017, 12, 31)).has("NVDA")


def test_every_series_of_the_pack_is_described_as_it_is() -> None:
    source = FactsSource()
    with (FOLDER / "SOURCES.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["symbol"]: row for row in csv.DictReader(file)}
    assert set(rows) == source.symbols()
    for symbol, row in rows.items():
        raw = source.load(symbol)
        assert raw is not None
        said = (row["first"], row["last"], int(row["rows"]))
        assert said == (str(raw.dates[0]), str(raw.dates[-1]), len(raw.dates)), symbol
        assert source.span(symbol) == (raw.dates[0].item(), raw.dates[-1].item())
        assert row["source"]
