"""A CSV service in the manner of stooq: its names, its answers, and what it says instead of data."""

from __future__ import annotations

import pytest
from services import Answer, Services

from analyzer.market.network import FetchError
from analyzer.market.network.retry import Pace, Patience
from analyzer.market.network.stooq import Stooq, own_name

CSV = "Date,Open,High,Low,Close,Volume\n2024-06-06,1,3,0.5,2,100\n2024-06-07,2,4,1,3,200\n"


@pytest.fixture
def stooq(services: Services, patience: Patience, pace: Pace) -> Stooq:
    return Stooq(f"{services.url}/q/d/l/?s={{symbol}}&i=d", patience, pace)


def test_the_prices_of_a_share_are_kept_as_adjusted_for_dividends(services: Services, stooq: Stooq) -> None:
    services.answers = [Answer(CSV)]
    found = stooq.fetch("NVDA", "equity")
    assert {n: c.tolist() for n, c in found.columns.items()} == {"adj_close": [2.0, 3.0]}
    assert services.queries() == [{"s": "nvda.us", "i": "d"}]


def test_a_level_is_kept_as_it_is(services: Services, stooq: Stooq) -> None:
    services.answers = [Answer(CSV)]
    found = stooq.fetch("^GSPC", "index")
    assert found.columns["close"].tolist() == [2.0, 3.0]
    assert found.columns["low"].tolist() == [0.5, 1.0]
    assert services.queries() == [{"s": "^spx", "i": "d"}]


@pytest.mark.parametrize(
    ("symbol", "name"),
    [("NVDA", "nvda.us"), ("BRK-B", "brk-b.us"), ("SAP.DE", "sap.de"), ("VOD.L", "vod.uk"), ("7203.T", "7203.jp"),
     ("^GDAXI", "^dax"), ("EURUSD=X", "eurusd"), ("JPY=X", "usdjpy"), ("GC=F", "gc.f"), ("^XYZ", None),
     ("MC.PA", None), ("BTC-USD", None)],
)  # fmt: skip
def test_the_names_of_the_service(symbol: str, name: str | None) -> None:
    assert own_name(symbol) == name


@pytest.mark.parametrize(
    ("body", "code", "what"),
    [
        ("No data", "no_data", "no data"),
        ("Exceeded the daily hits limit", "refused", "daily limit"),
        ("<html><body>stooq</body></html>", "changed", "a web page"),
        ("Data,Otwarcie,Zamkniecie\n2024-06-06,1,2\n", "changed", "unknown columns"),
        ("Date,Open,High,Low,Close,Volume\n2024-06-06,1,2\n", "changed", "no date and numbers"),
        ("Date,Open,High,Low,Close,Volume\n", "no_data", "no rows"),
    ],
)
def test_what_it_says_instead_of_data(services: Services, stooq: Stooq, body: str, code: str, what: str) -> None:
    services.answers = [Answer(body)]
    with pytest.raises(FetchError, match=what) as caught:
        stooq.fetch("NVDA", "equity")
    assert (caught.value.code, len(services.asked)) == (code, 1)


def test_it_has_no_macro_series(stooq: Stooq) -> None:
    assert not stooq.serves("CPIAUCNS", "macro")
    assert stooq.serves("NVDA", "equity")
