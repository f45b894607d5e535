"""Delivery months of futures: what the front series holds on the day, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.extract.contracts import FRONT
from analyzer.model import Language

TUESDAY = date(2020, 4, 21)


@pytest.mark.parametrize(
    ("text", "language", "session", "value"),
    [
        ("The May WTI contract settled at minus 37.63 dollars on Monday.", "en", "2020-04-20", -37.63),
        ("On April 20 May crude futures settled at -37.63 dollars.", "en", "2020-04-20", -37.63),
        ("Der Mai-Kontrakt auf WTI-Rohöl schloss am Montag bei minus 37,63 Dollar.", "de", "2020-04-20", -37.63),
        ("Der Mai-Future auf WTI-Rohöl notierte am Freitag bei 18,27 Dollar.", "de", "2020-04-17", 18.27),
        (
            "WTI expires on 21 April; on 20 April it settled at negative 37.63 dollars.",
            "en",
            "2020-04-20",
            -37.63,
        ),
    ],
)
def test_the_month_that_the_front_series_holds(text: str, language: Language, session: str, value: float) -> None:
    (trial,) = [t for t in trials(text, language, TUESDAY) if t.check == "level"]
    assert (trial.params["symbol"], trial.params["session"]) == ("CL=F", session)
    assert trial.params["stated"]["value"] == value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The June WTI futures price stood at 20.43 dollars on Monday.", "en"),
        ("Der Juni-Kontrakt auf WTI-Rohöl schloss am Montag bei 20,43 Dollar.", "de"),
        ("The May gold contract settled at 1,701.60 dollars on Monday.", "en"),
        ("The December crude oil contract settled at 32 dollars on Monday.", "en"),
    ],
)
def test_a_month_that_it_does_not_hold_or_that_is_not_known(text: str, language: Language) -> None:
    assert [t for t in trials(text, language, TUESDAY) if t.check == "level"] == []


@pytest.mark.parametrize(
    ("symbol", "session", "month"),
    [
        # last trading days as the exchanges published them
        ("CL=F", date(2020, 4, 21), 5), ("CL=F", date(2020, 4, 22), 6), ("CL=F", date(2023, 1, 20), 2),
        ("CL=F", date(2023, 1, 23), 3), ("CL=F", date(2022, 12, 20), 1), ("CL=F", date(2022, 12, 21), 2),
        ("BZ=F", date(2025, 9, 30), 11), ("BZ=F", date(2025, 10, 1), 12), ("BZ=F", date(2025, 12, 15), 2),
    ],
)  # fmt: skip
def test_front_month(symbol: str, session: date, month: int) -> None:
    assert FRONT[symbol](session) == month
