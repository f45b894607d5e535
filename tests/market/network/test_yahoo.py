"""Yahoo by the real yfinance, against a server on loopback that answers what it asks for."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from services import NOT_FOUND, Answer, Services, chart

from analyzer.config import load
from analyzer.errors import MissingExtra
from analyzer.market.cache import store
from analyzer.market.folder import FolderSource
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market
from analyzer.market.network import FetchError
from analyzer.market.network import yahoo as module
from analyzer.market.network.registry import providers
from analyzer.market.network.retry import Pace, Patience
from analyzer.series import SeriesRequest

pytest.importorskip("yfinance", reason="the extra market is not installed")
DAYS = ["2024-06-06", "2024-06-07", "2024-06-10"]


@pytest.fixture
def yahoo(services: Services, patience: Patience, pace: Pace) -> module.Yahoo:
    return module.Yahoo(services.url, patience, pace)


def test_bars_and_splits(services: Services, yahoo: module.Yahoo) -> None:
    services.answers = [Answer(chart(DAYS, [120.0, 121.0, 122.0], splits={"2024-06-10": 10}))]
    found = yahoo.fetch("NVDA", "equity")
    assert found.dates.astype(str).tolist() == DAYS
    assert found.columns["close"].tolist() == [120.0, 121.0, 122.0]
    assert found.columns["adj_close"] == pytest.approx([118.8, 119.79, 120.78])
    assert set(found.columns) == {"open", "high", "low", "close", "adj_close", "volume"}
    assert [(s.ex_date, s.new_shares_per_old) for s in found.splits] == [(date(2024, 6, 10), 10.0)]
    assert (found.currency, found.basis) == ("USD", "split_adjusted")


def test_pence_become_pounds(services: Services, yahoo: module.Yahoo) -> None:
    services.answers = [Answer(chart(DAYS, [70.0, 71.0, 72.0], currency="GBp"))]
    found = yahoo.fetch("VOD.L", "equity")
    assert (found.currency, found.columns["close"].tolist()) == ("GBP", [0.70, 0.71, 0.72])
    assert found.columns["volume"].tolist() == [100.0, 100.0, 100.0]


def test_the_bar_of_a_session_that_is_not_over_is_left_out(services: Services, yahoo: module.Yahoo) -> None:
    now = datetime.now(UTC)
    today = str((now + timedelta(hours=1)).date())
    services.answers = [Answer(chart([*DAYS, today], [1.0, 2.0, 3.0, 4.0], end=int(now.timestamp()) + 3600))]
    assert yahoo.fetch("NVDA", "equity").columns["close"].tolist() == [1.0, 2.0, 3.0]


def test_a_service_that_is_busy_is_asked_again(services: Services, yahoo: module.Yahoo) -> None:
    busy = Answer("Too Many Requests", 429)
    services.answers = [busy, busy, Answer(chart(DAYS, [1.0, 2.0, 3.0]))]
    assert len(yahoo.fetch("TSLA", "equity").dates) == 3


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("Too Many Requests", 429), "throttled"),
        (Answer(NOT_FOUND, 404), "no_data"),
        (Answer(chart([], [])), "no_data"),
        (Answer("<html>Will be right back</html>"), "changed"),
        (Answer('{"chart": {"result": [{"meta": {}}]}}'), "changed"),
    ],
)
def test_what_is_no_series_is_said(services: Services, yahoo: module.Yahoo, answer: Answer, code: str) -> None:
    services.answers = [answer]
    with pytest.raises(FetchError, match="yahoo: QQQQ: ") as caught:
        yahoo.fetch("QQQQ", "etf")
    assert caught.value.code in (code, "no_data")
    assert services.url not in str(caught.value)


def test_a_closed_door_is_no_answer(patience: Patience, pace: Pace) -> None:
    with pytest.raises(FetchError, match="yahoo: AMD: ") as caught:
        module.Yahoo("http://127.0.0.1:9", patience, pace).fetch("AMD", "equity")
    assert caught.value.code in ("unreachable", "no_data")


def test_a_split_re_bases_the_past_and_the_cache_is_replaced(
    services: Services, yahoo: module.Yahoo, tmp_path: Path
) -> None:
    before = Answer(chart(DAYS[:2], [1200.0, 1210.0]))
    after = Answer(chart(DAYS, [120.0, 121.0, 122.0], splits={"2024-06-10": 10}))
    catalogue, traded = load_catalogue(), SeriesRequest("NVDA", "close", "as_traded")
    for answer, values in ((before, [1200.0, 1210.0]), (after, [1200.0, 1210.0, 122.0])):
        services.answers = [answer]
        store(tmp_path, yahoo.fetch("NVDA", "equity"), "yahoo")
        series = Market([FolderSource(tmp_path)], catalogue).open(date(2024, 6, 10)).data([traded]).series[traded]
        assert series.values.tolist() == values


def test_without_yfinance_the_line_to_type_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    module._library.cache_clear()
    monkeypatch.setitem(sys.modules, "yfinance", None)
    try:
        with pytest.raises(MissingExtra, match=r'pip install "commentary-analyzer\[market\]"'):
            providers(load())
    finally:
        module._library.cache_clear()


def test_the_providers_come_in_the_order_of_the_settings() -> None:
    assert list(providers(load(sources=("facts", "stooq", "fred", "yahoo")))) == ["stooq", "fred", "yahoo"]
    assert list(providers(load(sources=("facts",)))) == []
