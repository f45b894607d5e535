"""What a bank, prices or work are forecast to do: which series, which way, until when; and what is no forecast."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import claims_in, trials

from analyzer.extract.bind import Setting, bind
from analyzer.extract.windows import Clock
from analyzer.model import Language

WRITTEN = date(2024, 4, 22)
OF_A_FORECAST = ("will_rise", "will_fall", "will_reach")


def forecasts(text: str, language: Language) -> list[dict[str, Any]]:
    found = trials(text, language, WRITTEN)
    return [dict(t.params) for t in found if t.params.get("relation") in OF_A_FORECAST]


@pytest.mark.parametrize(
    ("text", "language", "symbol", "relation", "span"),
    [
        ("The Fed will cut interest rates this year.", "en", "FEDFUNDS", "will_fall", "2024-04-22/2024-12-31"),
        ("The Federal Reserve is likely to raise rates in the second half.", "en", "FEDFUNDS", "will_rise",
         "2024-07-01/2024-12-31"),
        ("The Fed will go back to buying bonds in 2025.", "en", "WALCL", "will_rise", "2025-01-01/2025-12-31"),
        ("The Fed will shrink its balance sheet in 2025.", "en", "WALCL", "will_fall", "2025-01-01/2025-12-31"),
        ("The ECB will lower its key rate in June.", "en", "ECBDFR", "will_fall", "2024-06-01/2024-06-30"),
        ("Inflation will fall in 2025.", "en", "CPIAUCSL", "will_fall", "2025-01-01/2025-12-31"),
        ("The unemployment rate will rise by the end of the year.", "en", "UNRATE", "will_rise",
         "2024-04-22/2024-12-31"),
        ("Die Fed wird die Zinsen in diesem Jahr senken.", "de", "FEDFUNDS", "will_fall", "2024-04-22/2024-12-31"),
        ("Die US-Notenbank dürfte den Leitzins 2025 anheben.", "de", "FEDFUNDS", "will_rise", "2025-01-01/2025-12-31"),
        ("Die EZB wird im Juni die Zinsen senken.", "de", "ECBDFR", "will_fall", "2024-06-01/2024-06-30"),
        ("Die Fed wird im zweiten Halbjahr wieder Anleihen kaufen.", "de", "WALCL", "will_rise",
         "2024-07-01/2024-12-31"),
        ("Die US-Inflation wird 2025 sinken.", "de", "CPIAUCSL", "will_fall", "2025-01-01/2025-12-31"),
    ],
)  # fmt: skip
def test_series_way_and_span_are_read(text: str, language: str, symbol: str, relation: str, span: str) -> None:
    (params,) = forecasts(text, language)
    assert (params["symbol"], params["relation"]) == (symbol, relation)
    assert f"{params['first']}/{params['last']}" == span
    assert params["horizon_basis"] == "text"


def test_a_step_of_a_rate_is_measured_from_the_month_of_writing() -> None:
    assert [params["settles"] for params in forecasts("The Fed will cut interest rates this year.", "en")] == [True]
    assert [params.get("settles") for params in forecasts("Inflation will fall in 2025.", "en")] == [None]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The Fed will cut rates twice in 2025.", ("twice",)),
        ("Die Fed wird die Zinsen 2025 zweimal senken.", ("zweimal",)),
        ("The Fed will make three more rate cuts in 2025.", ("three more rate cuts",)),
        ("The Fed will cut rates in 2025.", ()),
    ],
)
def test_how_often_a_rate_will_be_moved_is_left_untested(text: str, left: tuple[str, ...]) -> None:
    seen, (claim,) = claims_in(text, "de" if "Die" in text else "en", WRITTEN)
    assert bind(claim, seen, Setting(Clock(WRITTEN)))[0].untested == left


@pytest.mark.parametrize(
    ("text", "language", "months"),
    [
        ("One likely consequence of so much money is an onslaught of inflation.", "en", 24),
        ("Den USA droht eine Inflationswelle.", "de", 24),
        ("The Fed will cut rates soon.", "en", 6),
        ("The Fed is about to raise rates.", "en", 12),
    ],
)
def test_a_horizon_that_is_not_stated_is_a_default(text: str, language: str, months: int) -> None:
    (params,) = forecasts(text, language)
    assert params["horizon_basis"] == "default"
    assert round((date.fromisoformat(params["last"]) - WRITTEN).days / 30.4375) == months


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("We will see a wave of inflation over the next two years.", "en", 0.05, None),
        ("Inflation will soar above 6 percent by the end of 2025.", "en", 0.06, None),
        ("Inflation will drop below 3 percent in 2024.", "en", None, 0.03),
        ("Die Arbeitslosenquote in den USA wird bis Jahresende auf 5 Prozent steigen.", "de", 0.045, None),
    ],
)
def test_the_figure_to_be_reached_is_the_texts_else_a_default(
    text: str, language: str, low: float | None, high: float | None
) -> None:
    (params,) = forecasts(text, language)
    assert params["relation"] == "will_reach"
    assert (params["stated"]["low"], params["stated"]["high"]) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The shock could prevent the Federal Reserve from cutting rates this year.", "en"),
        ("For the Fed a rate cut in June is off the table, and that will hurt.", "en"),
        ("Eine Zinssenkung der Fed im Juni ist vom Tisch.", "de"),
    ],
)
def test_what_is_kept_away_is_forecast_not_to_come(text: str, language: str) -> None:
    params = forecasts(text, language)[0]
    assert params["negated"] is True
    assert params["relation"] == "will_fall"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # conditions and questions
        ("If unemployment rises, the Fed will cut rates this year.", "en"),
        ("Will the Fed cut rates this year?", "en"),
        ("Falls die Konjunktur einbricht, wird die Fed die Zinsen 2024 senken.", "de"),
        ("Ob die Fed die Zinsen 2024 senkt, ist offen.", "de"),
        ("Wird die Fed die Zinsen in diesem Jahr senken?", "de"),
        ("Higher wages would lead to an onslaught of inflation.", "en"),
        # fears, and what others deny
        ("Investors fear that the Fed will raise rates this year.", "en"),
        ("Powell denied that the Fed will cut rates this year.", "en"),
        ("Markets no longer expect the Fed to cut rates this year.", "en"),
        ("Powell wies zurück, dass die Fed die Zinsen 2024 senken wird.", "de"),
        ("Anleger fürchten, dass die Fed die Zinsen in diesem Jahr anhebt.", "de"),
        # what was expected once
        ("Last year, economists expected the Fed to cut rates this year.", "en"),
        ("He was wrong to predict an onslaught of inflation.", "en"),
        ("Im vergangenen Jahr hieß es, die Fed werde die Zinsen 2023 senken.", "de"),
        ("Die befürchtete Inflationswelle blieb aus.", "de"),
        # not meant
        ("Sure, the Fed will cut rates this year, and pigs will fly.", "en"),
        ("Na klar, die Fed wird die Zinsen 2024 senken.", "de"),
        # of things without a series, or of another time than is read
        ("The Bank of Mordor will cut rates this year.", "en"),
        ("Die Bank wird die Zinsen auf Tagesgeld in diesem Jahr senken.", "de"),
        ("The Fed will publish its minutes on Wednesday.", "en"),
        ("The Fed will not cut rates before September.", "en"),
        ("Inflation will rise.", "en"),
        ("Inflation will rise by 2 percent in 2025.", "en"),
    ],
)
def test_what_is_no_forecast_of_a_series_is_not_bound(text: str, language: str) -> None:
    assert forecasts(text, language) == []
