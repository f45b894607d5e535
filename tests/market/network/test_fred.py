"""FRED by its CSV and, with a key, by its API; the server on loopback answers and fails as they do."""

from __future__ import annotations

import json
import logging
import time
from datetime import date, timedelta

import numpy as np
import pytest
from services import Answer, Archive, Services

from analyzer import __version__
from analyzer.market.network import FetchError
from analyzer.market.network.fred import Fred
from analyzer.market.network.retry import Pace, Patience

CSV = "observation_date,CPIAUCNS\n2024-01-01,308.417\n2024-02-01,.\n2024-03-01,312.332\n"
KEY = "0123456789abcdef0123456789abcdef"
GDP = [
    ("2024-01-01", "2024-04-25", "1.6"), ("2024-01-01", "2024-05-30", "1.3"), ("2024-01-01", "2024-09-26", "1.6"),
    ("2024-04-01", "2024-07-25", "2.8"), ("2024-04-01", "2024-08-29", "3.0"), ("2024-07-01", "2024-10-30", "."),
]  # fmt: skip
"""Six vintages; the first period goes back to what it was at first, the last one has no value yet."""


@pytest.fixture
def fred(services: Services, patience: Patience, pace: Pace) -> Fred:
    return Fred(f"{services.url}/graph/fredgraph.csv", f"{services.url}/observations", None, patience, pace)


def alfred(services: Services, patience: Patience, pace: Pace, page: int | None = None, span: int = 2000) -> Fred:
    url = f"{services.url}/fred/series/observations"
    return Fred(f"{services.url}/csv", url, KEY, patience, pace, page=page, span=span)


# --- without a key ----------------------------------------------------------------------------------------------------


def test_the_latest_values_need_no_key(services: Services, fred: Fred) -> None:
    services.answers = [Answer(CSV)]
    found = fred.fetch("CPIAUCNS", "macro")
    assert found.dates.astype(str).tolist() == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert np.array_equal(found.columns["value"], [308.417, np.nan, 312.332], equal_nan=True)
    assert (found.basis, found.currency, found.vintages) == ("raw", None, None)
    assert services.queries() == [{"id": "CPIAUCNS"}]
    assert services.agents == [f"commentary-analyzer/{__version__}"]


def test_the_name_that_the_date_had_before_is_read_too(services: Services, fred: Fred) -> None:
    services.answers = [Answer("DATE,CPIAUCNS\r\n2024-01-01,308.417\r\n\r\n")]
    assert fred.fetch("CPIAUCNS", "macro").columns["value"].tolist() == [308.417]


def test_a_service_that_is_busy_is_asked_again(services: Services, fred: Fred) -> None:
    services.answers = [Answer("slow down", 429, {"Retry-After": "0"}), Answer("", 503), Answer(CSV)]
    assert len(fred.fetch("CPIAUCNS", "macro").dates) == 3
    assert len(services.asked) == 3


def test_and_not_for_ever(services: Services, fred: Fred) -> None:
    services.answers = [Answer("slow down", 429)]
    with pytest.raises(FetchError, match=r"too many requests \(HTTP 429\)\. Try later\.") as caught:
        fred.fetch("CPIAUCNS", "macro")
    assert (caught.value.code, caught.value.retryable, len(services.asked)) == ("throttled", True, 3)


def test_every_request_keeps_the_pace(services: Services, patience: Patience) -> None:
    services.answers = [Answer(CSV)]
    fred, start = Fred(f"{services.url}/csv", services.url, None, patience, Pace(0.05)), time.monotonic()
    for _ in range(3):
        fred.fetch("CPIAUCNS", "macro")
    assert time.monotonic() - start >= 0.1


def test_a_pause_that_is_too_long_is_told_and_not_broken(services: Services, fred: Fred) -> None:
    services.answers = [Answer("slow down", 429, {"Retry-After": "1800"})]
    with pytest.raises(FetchError, match="Try again in 1800 seconds") as caught:
        fred.fetch("CPIAUCNS", "macro")
    assert (caught.value.retry_after, len(services.asked)) == (1800.0, 1)


@pytest.mark.parametrize(
    ("answer", "code", "what"),
    [
        (Answer("<html>Not here</html>", 404), "no_data", "no such series"),
        (Answer("<html>Access Denied</html>", 403), "refused", r"was refused \(HTTP 403\)"),
        (Answer(""), "no_data", "an empty answer"),
        (Answer("observation_date,X\n"), "no_data", "no rows"),
        (Answer("day,month,value\n1,2,3\n"), "changed", "unknown columns"),
        (Answer("observation_date,X,Y\n2024-01-01,1,2\n"), "changed", "unknown columns"),
        (Answer("observation_date,X\n2024-01-01,dear\n"), "changed", "not a date and its numbers"),
        (Answer("observation_date,X\n2024-01-01,inf\n"), "changed", "not a date and its numbers"),
        (Answer("observation_date,X\n2024-01-01,1\n2024-02-01\n"), "changed", "not a date and its numbers"),
        (Answer("observation_date,X\n2024-01-01,1\n2024-01-01,2\n"), "changed", "dates that do not rise"),
        (Answer("<!doctype html><html>Log in</html>"), "changed", "a web page instead of data"),
    ],
)
def test_what_will_not_get_better_is_asked_once(
    services: Services, fred: Fred, answer: Answer, code: str, what: str
) -> None:
    services.answers = [answer]
    with pytest.raises(FetchError, match=f"fred: X12: .*{what}") as caught:
        fred.fetch("X12", "macro")
    assert (caught.value.code, caught.value.retryable, len(services.asked)) == (code, False, 1)


def test_a_body_that_ends_too_early_is_no_answer(services: Services, fred: Fred) -> None:
    services.answers = [Answer(CSV, cut=True)]
    with pytest.raises(FetchError, match="no answer") as caught:
        fred.fetch("CPIAUCNS", "macro")
    assert (caught.value.code, len(services.asked)) == ("unreachable", 3)


def test_nor_is_a_closed_door(patience: Patience, pace: Pace) -> None:
    closed = Fred("http://127.0.0.1:9/csv", "http://127.0.0.1:9/json", None, patience, pace)
    with pytest.raises(FetchError, match=r"no answer \(ConnectError\)") as caught:
        closed.fetch("CPIAUCNS", "macro")
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize("url", ["fred.example/graph.csv", "http://127.0.0.1:port/graph.csv"])
def test_an_address_that_is_none_is_a_matter_of_the_settings(url: str, patience: Patience, pace: Pace) -> None:
    with pytest.raises(FetchError, match="Check its URL in the settings") as caught:
        Fred(url, url, None, patience, pace).fetch("CPIAUCNS", "macro")
    assert caught.value.code == "refused"


# --- with a key -------------------------------------------------------------------------------------------------------


def published(found: object) -> list[tuple[str, str, float]]:
    vintages = found.vintages  # type: ignore[attr-defined]
    return [(str(d), str(k), float(v)) for d, k, v in zip(vintages.dates, vintages.known, vintages.values, strict=True)]


@pytest.mark.parametrize(("page", "span"), [(None, 2000), (2, 2000), (None, 1), (None, 2), (None, 5), (3, 2)])
def test_every_value_that_was_published_comes_whatever_the_pages_and_spans(
    services: Services, patience: Patience, pace: Pace, page: int | None, span: int
) -> None:
    services.archive = Archive(GDP, most=span)
    found = alfred(services, patience, pace, page, span).fetch("GDP", "macro")
    assert published(found) == [(dated, known, float(value)) for dated, known, value in GDP if value != "."]
    assert np.array_equal(found.columns["value"], [1.6, 3.0, np.nan], equal_nan=True)
    assert found.dates.astype(str).tolist() == ["2024-01-01", "2024-04-01", "2024-07-01"]


def test_a_daily_series_has_more_vintages_than_one_request_may_span(
    services: Services, patience: Patience, pace: Pace
) -> None:
    days = [date(2010, 1, 4) + timedelta(days=n) for n in range(4500)]
    rows = [(str(day), str(day + timedelta(days=1)), f"{n / 100}") for n, day in enumerate(days)]
    services.archive = Archive(rows)
    found = alfred(services, patience, pace).fetch("T10Y2Y", "rate")
    assert published(found) == [(dated, known, float(value)) for dated, known, value in rows]
    assert [q["realtime_start"] for q in services.queries()] == ["1776-07-04", "1776-07-04", "2015-06-28", "2020-12-18"]


def test_what_is_asked_of_the_api(services: Services, patience: Patience, pace: Pace) -> None:
    services.archive = Archive(GDP)
    found = alfred(services, patience, pace).fetch("GDP", "macro")
    assert [path.partition("?")[0] for path in services.asked] == [
        "/fred/series/vintagedates",
        "/fred/series/observations",
    ]
    assert services.queries()[-1] == {
        "series_id": "GDP", "api_key": KEY, "file_type": "json", "limit": "100000", "offset": "0",
        "realtime_start": "1776-07-04", "realtime_end": "9999-12-31", "output_type": "1",
    }  # fmt: skip
    assert found.url == f"{services.url}/fred/series/observations?series_id=GDP"


def test_a_series_without_values_is_no_series(services: Services, patience: Patience, pace: Pace) -> None:
    services.archive = Archive([])
    with pytest.raises(FetchError, match="no rows") as caught:
        alfred(services, patience, pace).fetch("GDP", "macro")
    assert caught.value.code == "no_data"


@pytest.mark.parametrize("answer", [Answer(f"bad api_key={KEY}", code) for code in (400, 403, 404, 429, 500)])
def test_the_key_stands_in_no_message_and_no_log(
    services: Services, patience: Patience, pace: Pace, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    services.answers = [answer]
    with caplog.at_level(logging.DEBUG), pytest.raises(FetchError, match="fred: GDP: ") as caught:
        alfred(services, patience, pace).fetch("GDP", "macro")
    assert KEY not in "".join(map(str, (caught.value, repr(caught.value), caught.value.__cause__)))
    assert "/fred/series/vintagedates" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    ("message", "code", "what"),
    [
        ("Bad Request.  The series does not exist.", "no_data", "no such series"),
        ("Bad Request.  The value for variable api_key is not registered.", "refused", "Check ANALYZER_FRED_API_KEY"),
        ("Bad Request.  Variable offset is not between 0 and 4.", "refused", r"was refused \(HTTP 400\)"),
    ],
)
def test_the_words_of_the_api_tell_a_wrong_symbol_from_a_wrong_key(
    services: Services, patience: Patience, pace: Pace, message: str, code: str, what: str
) -> None:
    services.answers = [Answer(json.dumps({"error_code": 400, "error_message": message}), 400)]
    with pytest.raises(FetchError, match=what) as caught:
        alfred(services, patience, pace).fetch("GDP", "macro")
    assert (caught.value.code, len(services.asked)) == (code, 1)


@pytest.mark.parametrize(
    "body",
    ["{", '{"count": 1}', '{"count": "many", "vintage_dates": []}', '{"count": 1, "vintage_dates": ["x"]}', "[]"],
)
def test_a_page_that_is_none_is_said(services: Services, patience: Patience, pace: Pace, body: str) -> None:
    services.answers = [Answer(body)]
    with pytest.raises(FetchError, match="no page of vintage_dates") as caught:
        alfred(services, patience, pace).fetch("GDP", "macro")
    assert caught.value.code == "changed"


def test_so_is_a_row_that_is_none(services: Services, patience: Patience, pace: Pace) -> None:
    row = {"date": "2024-01-01", "value": "1.0"}
    services.answers = [
        Answer('{"count": 1, "vintage_dates": ["2024-04-25"]}'),
        Answer(json.dumps({"count": 1, "observations": [row]})),
    ]
    with pytest.raises(FetchError, match="no page of observations"):
        alfred(services, patience, pace).fetch("GDP", "macro")


# --- whose symbols ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("symbol", "kind", "serves"),
    [("CPIAUCNS", "macro", True), ("DGS10", "rate", True), ("^TNX", "rate", False), ("NVDA", "equity", False),
     ("DCOILBRENTEU", "commodity", True), ("CL=F", "commodity", False), ("DTWEXBGS", "currency", True),
     ("EURUSD=X", "currency", False), ("NVDA", None, False), ("UNRATE", None, True), ("DGS2", None, True)],
)  # fmt: skip
def test_which_symbols_it_may_have(fred: Fred, symbol: str, kind: str | None, serves: bool) -> None:
    assert fred.serves(symbol, kind) is serves
