"""Two sessions of one move, a year that is named beside a record, and a close that names its session."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import trials

from analyzer.judge import doubt
from analyzer.model import Evidence, Language, Stated, Window

MONDAY = date(2025, 4, 7)
BOTH = {"base": "2025-04-02", "last": "2025-04-04"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On 3 and 4 April the S&P 500 lost more than 10 percent.", "en"),
        ("The S&P 500 lost more than 10 percent on Thursday and Friday combined.", "en"),
        ("Am 3. und 4. April verlor der S&P 500 zusammen gut zehn Prozent.", "de"),
        ("Der S&P 500 verlor am Donnerstag und Freitag zusammen mehr als zehn Prozent.", "de"),
    ],
)
def test_two_days_are_both_in_the_move(text: str, language: Language) -> None:
    (trial,) = trials(text, language, MONDAY)
    assert trial.check == "period_return"
    assert trial.params.items() >= BOTH.items()


def test_a_span_between_two_days_is_from_close_to_close() -> None:
    (trial,) = trials("Between 2 and 4 April the S&P 500 lost more than 10 percent.", "en", MONDAY)
    assert trial.params.items() >= BOTH.items()


def test_a_move_for_each_of_two_days_is_not_tested_on_both() -> None:
    found = trials("The S&P 500 lost 4.8 percent and 6 percent on Thursday and Friday.", "en", MONDAY)
    assert not any(t.params.get("base") == "2025-04-02" for t in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia gained more than 700 percent between the end of 2022 and 2 April 2025.", "en"),
        ("Zwischen Ende 2022 und dem 2. April 2025 gewann Nvidia mehr als 700 Prozent.", "de"),
    ],
)
def test_the_end_of_a_year_is_a_day(text: str, language: Language) -> None:
    (trial,) = trials(text, language, MONDAY)
    assert trial.params.items() >= {"base": "2022-12-30", "last": "2025-04-02"}.items()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In 2022 the S&P 500 had its worst year since 2008.", "en"),
        ("2022 erlebte der S&P 500 sein schlechtestes Jahr seit 2008.", "de"),
    ],
)
def test_the_year_of_a_record_is_the_one_that_is_named(text: str, language: Language) -> None:
    (trial,) = trials(text, language, MONDAY)
    assert trial.check == "record_extreme"
    assert trial.params.items() >= {"period": "year", "session": "2022-12-30"}.items()
    assert trial.basis["session"] == "quote"


def figure(check: str, outcome: Any, said: Stated, reason: str = "exact") -> Evidence:
    return Evidence(
        id=check, trial=check, check=check, params={"symbol": "^GSPC"}, as_of=MONDAY, outcome=outcome, reason=reason,
        directness="direct", rule="",
        basis={"symbol": "quote", "session": "default"}, summary="", stated=said, window=Window(last=date(2025, 4, 4)),
    )  # fmt: skip


WRONG = figure(
    "session_return", "refuted", Stated(text="3 %", value=-0.03, low=-0.035, high=-0.025, unit="fraction"), "wrong_sign"
)


def test_a_close_to_the_hundredth_names_its_session() -> None:
    sharp = Stated(text="5.074,08 Punkten", value=5074.08, low=5074.075, high=5074.085, unit="points")
    assert doubt([figure("level", "supported", sharp), WRONG])[1].outcome == "refuted"


def test_a_round_level_names_none() -> None:
    blunt = Stated(text="5.100 Punkten", value=5100.0, low=5050.0, high=5150.0, unit="points")
    assert doubt([figure("level", "supported", blunt), WRONG])[1].outcome == "inconclusive"


@pytest.mark.parametrize(
    ("text", "language", "symbols"),
    [
        ("Both Broadcom and Nvidia lost 17 percent on Monday.", "en", {"AVGO", "NVDA"}),
        ("Nvidia as well as Broadcom fell 17 percent on Monday.", "en", {"AVGO", "NVDA"}),
        ("Nvidia, Broadcom and Micron fell more than 10 percent on Monday.", "en", {"AVGO", "NVDA", "MU"}),
        ("Sowohl Broadcom als auch Nvidia verloren am Montag 17 Prozent.", "de", {"AVGO", "NVDA"}),
        ("Nvidia und Broadcom verloren am Montag 17 Prozent.", "de", {"AVGO", "NVDA"}),
        ("Nvidia and Broadcom lost $800bn of market value on Monday.", "en", {"AVGO"}),
        ("The Dow rose and the Nasdaq fell 3.1 percent on Monday.", "en", {"^DJI", "^IXIC"}),
    ],
)
def test_names_that_are_joined_moved_each_by_the_share(text: str, language: Language, symbols: set[str]) -> None:
    found = trials(text, language)
    assert {s for t in found for s in t.params.get("symbols") or [t.params["symbol"]]} == symbols


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 rose more than 20 percent in both 2023 and 2024.", "en"),
        ("Der S&P 500 hat 2023 und 2024 jeweils mehr als 20 Prozent zugelegt.", "de"),
    ],
)
def test_a_figure_of_each_year_is_tested_on_each(text: str, language: Language) -> None:
    found = [(t.params["base"], t.params["last"]) for t in trials(text, language)]
    assert found == [("2022-12-30", "2023-12-29"), ("2023-12-29", "2024-12-31")]
