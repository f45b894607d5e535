"""FRED by its CSV and, with a key, by its API; the server on loopback answers and fails as they do."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from services import Answer, Services

from analyzer.market.network import FetchError
from analyzer.market.network.fred import Fred
from analyzer.market.network.retry import Pace, Patience

CSV = "observation_date,CPIAUCNS\n2024-01-01,308.417\n2024-02-01,.\n2024-03-01,312.332\n"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def fred(services: Services, patience: Patience, pace: Pace) -> Fred:
    return Fred(f"{services.url}/graph/fredgraph.csv", f"{services.url}/observations", None, patience, pace)


@pytest.fixture
def alfred(services: Services, patience: Patience, pace: Pace) -> Fred:
    return Fred(f"{services.url}/csv", f"{services.url}/fred/series/observations", KEY, patience, pace, page=3)


def test_the_latest_values_need_no_key(services: Services, fred: Fred) -> None:
    services.answers = [Answer(CSV)]
    found = fred.fetch("CPIAUCNS", "macro")
    assert found.dates.astype(str).tolist() == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert np.array_equal(found.columns["value"], [308.417, np.nan, 312.332], equal_nan=True)
    assert (found.basis, found.currency, found.vintages) == ("raw", None, None)
    assert services.queries() == [{"id": "CPIAUCNS"}]


def page(rows: list[tuple[str, str, str]], count: int, offset: int) -> Answer:
    observations = [
        {"realtime_start": known, "realtime_end": "9999-12-31", "date": dated, "value": value}
        for dated, known, value in rows
    ]
    return Answer(json.dumps({"count": count, "offset": offset, "limit": 3, "observations": observations}))


def test_with_a_key_every_value_that_was_published_comes_page_by_page(services: Services, alfred: Fred) -> None:
    rows = [
        ("2024-01-01", "2024-04-25", "1.6"), ("2024-01-01", "2024-05-30", "1.3"), ("2024-04-01", "2024-07-25", "2.8"),
        ("2024-04-01", "2024-08-29", "3.0"), ("2024-07-01", "2024-10-30", "."),
    ]  # fmt: skip
    services.answers = [page(rows[:3], 5, 0), page(rows[3:], 5, 3)]
    found = alfred.fetch("GDP", "macro")
    assert found.vintages is not None
    assert found.vintages.known.astype(object).tolist() == [
        date(2024, 4, 25), date(2024, 5, 30), date(2024, 7, 25), date(2024, 8, 29),
    ]  # fmt: skip
    assert found.columns["value"].tolist() == [1.3, 3.0]
    assert [q["offset"] for q in services.queries()] == ["0", "3"]
    assert KEY not in found.url


@pytest.mark.parametrize("code", [400, 403, 429, 500])
def test_the_key_stands_in_no_message(services: Services, alfred: Fred, code: int) -> None:
    services.answers = [Answer(f"bad api_key={KEY}", code)]
    with pytest.raises(FetchError) as caught:
        alfred.fetch("GDP", "macro")
    assert KEY not in str(caught.value)
    assert "fred: GDP" in str(caught.value)


def test_a_service_that_is_busy_is_asked_again(services: Services, fred: Fred) -> None:
    services.answers = [Answer("slow down", 429, {"Retry-After": "0"}), Answer("", 503), Answer(CSV)]
    assert len(fred.fetch("CPIAUCNS", "macro").dates) == 3
    assert len(services.asked) == 3


def test_and_not_for_ever(services: Services, fred: Fred) -> None:
    services.answers = [Answer("slow down", 429, {"Retry-After": "0"})]
    with pytest.raises(FetchError, match="too many requests") as caught:
        fred.fetch("CPIAUCNS", "macro")
    assert (caught.value.code, caught.value.retryable, len(services.asked)) == ("throttled", True, 3)


@pytest.mark.parametrize(
    ("answer", "code", "what"),
    [
        (Answer("nothing here", 404), "no_data", "no such series"),
        (Answer("Bad Request. The series does not exist.", 400), "refused", "was refused"),
        (Answer(""), "no_data", "an empty answer"),
        (Answer("observation_date,X\n"), "no_data", "no rows"),
        (Answer("day,month,value\n1,2,3\n"), "changed", "unknown columns"),
        (Answer("observation_date,X\n2024-01-01,dear\n"), "changed", "no date and number"),
        (Answer("observation_date,X\n2024-01-01\n"), "changed", "no date and number"),
        (Answer("<!doctype html><html>Log in</html>"), "changed", "a web page instead of data"),
    ],
)
def test_what_will_not_get_better_is_asked_once(
    services: Services, fred: Fred, answer: Answer, code: str, what: str
) -> None:
    services.answers = [answer]
    with pytest.raises(FetchError, match=what) as caught:
        fred.fetch("X12", "macro")
    assert (caught.value.code, caught.value.retryable, len(services.asked)) == (code, False, 1)


@pytest.mark.parametrize("body", ["{", '{"count": 1}', '{"count": 1, "observations": [{"date": "x"}]}', "[]"])
def test_a_page_that_is_none_is_said(services: Services, alfred: Fred, body: str) -> None:
    services.answers = [Answer(body)]
    with pytest.raises(FetchError) as caught:
        alfred.fetch("GDP", "macro")
    assert caught.value.code == "changed"


def test_a_body_that_ends_too_early_and_a_closed_door_are_no_answer(
    services: Services, fred: Fred, patience: Patience, pace: Pace
) -> None:
    services.answers = [Answer(CSV, cut=True)]
    with pytest.raises(FetchError, match="no answer") as caught:
        fred.fetch("CPIAUCNS", "macro")
    assert (caught.value.code, len(services.asked)) == ("unreachable", 3)
    closed = Fred("http://127.0.0.1:9/csv", "http://127.0.0.1:9/json", None, patience, pace)
    with pytest.raises(FetchError, match="no answer"):
        closed.fetch("CPIAUCNS", "macro")


@pytest.mark.parametrize(
    ("symbol", "kind", "serves"),
    [("CPIAUCNS", "macro", True), ("DGS10", "rate", True), ("^TNX", "rate", False), ("NVDA", "equity", False),
     ("DCOILBRENTEU", "commodity", True), ("CL=F", "commodity", False), ("NVDA", None, False)],
)  # fmt: skip
def test_which_symbols_it_may_have(fred: Fred, symbol: str, kind: str | None, serves: bool) -> None:
    assert fred.serves(symbol, kind) is serves
