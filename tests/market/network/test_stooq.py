"""A CSV service in the manner of stooq: its names, its answers, and what it says instead of data."""

from __future__ import annotations

import pytest
from services import Answer, Services

from analyzer.errors import ConfigError
from analyzer.market.instruments import load_catalogue
from analyzer.market.network import FetchError
from analyzer.market.network.retry import Pace, Patience
from analyzer.market.network.stooq import Stooq, own_name

CSV = "Date,Open,High,Low,Close,Volume\r\n2024-06-06,1,3,0.5,2,100\r\n2024-06-07,2,4,1,3,\r\n"
WITHOUT_VOLUME = "Date,Open,High,Low,Close\n2024-06-06,1,3,0.5,2\n"
KEY = "0123456789ABCDEF"


@pytest.fixture
def stooq(services: Services, patience: Patience, pace: Pace) -> Stooq:
    return Stooq(f"{services.url}/q/d/l/?s={{symbol}}&i=d", patience, pace)


@pytest.mark.parametrize(("symbol", "kind"), [("NVDA", "equity"), ("SPY", "etf"), ("XYZ", None)])
def test_the_prices_of_a_share_are_kept_as_adjusted_for_dividends(
    services: Services, stooq: Stooq, symbol: str, kind: str | None
) -> None:
    services.answers = [Answer(CSV)]
    found = stooq.fetch(symbol, kind)
    assert {n: c.tolist() for n, c in found.columns.items()} == {"adj_close": [2.0, 3.0]}
    assert (found.basis, found.currency, found.splits) == ("split_adjusted", None, ())
    assert services.queries() == [{"s": f"{symbol.lower()}.us", "i": "d"}]


@pytest.mark.parametrize("kind", ["index", None])
def test_a_level_is_kept_as_it_is(services: Services, stooq: Stooq, kind: str | None) -> None:
    services.answers = [Answer(CSV)]
    found = stooq.fetch("^GSPC", kind)
    assert set(found.columns) == {"open", "high", "low", "close", "volume"}
    assert found.columns["close"].tolist() == [2.0, 3.0]
    assert found.columns["low"].tolist() == [0.5, 1.0]
    assert services.queries() == [{"s": "^spx", "i": "d"}]


def test_a_currency_has_no_volume(services: Services, stooq: Stooq) -> None:
    services.answers = [Answer(WITHOUT_VOLUME)]
    assert set(stooq.fetch("EURUSD=X", "currency").columns) == {"open", "high", "low", "close"}


@pytest.mark.parametrize(
    ("symbol", "name"),
    [("NVDA", "nvda.us"), ("BRK-B", "brk-b.us"), ("SAP.DE", "sap.de"), ("VOD.L", "vod.uk"), ("7203.T", "7203.jp"),
     ("^GSPC", "^spx"), ("^GDAXI", "^dax"), ("EURUSD=X", "eurusd"), ("JPY=X", "usdjpy"), ("GC=F", "gc.f"),
     ("000001.SS", "^shc"), ("^XYZ", None), ("MC.PA", None), ("BTC-USD", None), ("ABCDEF", None)],
)  # fmt: skip
def test_the_names_of_the_service(stooq: Stooq, symbol: str, name: str | None) -> None:
    assert own_name(symbol) == name
    assert stooq.serves(symbol, None) is (name is not None)


@pytest.mark.parametrize("symbol", ["^FTSE", "DX-Y.NYB", "SI=F", "HG=F"])
def test_a_series_that_is_only_near_is_not_offered(symbol: str) -> None:
    assert own_name(symbol) is None


def test_no_two_instruments_of_the_catalogue_have_one_name(stooq: Stooq) -> None:
    names = [own_name(i.symbol) for i in load_catalogue().instruments if stooq.serves(i.symbol, i.kind)]
    assert len(names) > 100
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("body", "code", "what"),
    [
        ("No data", "no_data", "no data"),
        ("Brak danych", "no_data", "no data"),
        ("Exceeded the daily hits limit", "refused", "daily limit of requests is reached. Try tomorrow"),
        ("Get your apikey:\n\n1. Open https://stooq.com/q/d/?s=nvda.us&get_apikey\n", "refused", "it wants a key"),
        ("<html><body>stooq</body></html>", "changed", "a web page"),
        ("Data,Otwarcie,Zamkniecie\n2024-06-06,1,2\n", "changed", "unknown columns"),
        ("Date,Open,High,Low\n2024-06-06,1,2,3\n", "changed", "unknown columns"),
        ("Date,Open,High,Low,Close,Volume\n2024-06-06,1,2\n", "changed", "not a date and its numbers"),
        ("Date,Open,High,Low,Close,Volume\n", "no_data", "no rows"),
    ],
)
def test_what_it_says_instead_of_data(services: Services, stooq: Stooq, body: str, code: str, what: str) -> None:
    services.answers = [Answer(body)]
    with pytest.raises(FetchError, match=f"stooq: NVDA: .*{what}") as caught:
        stooq.fetch("NVDA", "equity")
    assert (caught.value.code, len(services.asked)) == (code, 1)


def test_a_service_that_fails_is_asked_again(services: Services, stooq: Stooq) -> None:
    services.answers = [Answer("", 502), Answer(CSV, cut=True), Answer(CSV)]
    assert len(stooq.fetch("NVDA", "equity").dates) == 2


def test_a_key_in_the_address_is_sent_and_in_nothing_that_is_kept_or_said(
    services: Services, patience: Patience, pace: Pace, caplog: pytest.LogCaptureFixture
) -> None:
    stooq = Stooq(f"{services.url}/q/d/l/?s={{symbol}}&i=d&apikey={KEY}", patience, pace)
    services.answers = [Answer(CSV), Answer(f"apikey={KEY}?", 403)]
    with caplog.at_level("DEBUG"):
        found = stooq.fetch("^GSPC", "index")
        with pytest.raises(FetchError) as caught:
            stooq.fetch("^GSPC", "index")
    assert [query["apikey"] for query in services.queries()] == [KEY, KEY]
    assert found.url == f"{services.url}/q/d/l/?s=^spx&i=d"
    assert KEY not in f"{caught.value} {caught.value.__cause__} {caplog.text}"


def test_an_address_without_a_place_for_the_name_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"stooq_url holds no \{symbol\}"):
        Stooq("https://stooq.com/q/d/l/?s=nvda.us&i=d")


def test_it_has_no_macro_series(stooq: Stooq) -> None:
    assert not stooq.serves("GDP", "macro")
    assert not stooq.serves("DGS", "rate")
    assert stooq.serves("NVDA", "equity")
