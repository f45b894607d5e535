"""Sentences on runs, trends and turns, and sentences on other things that come in a row or have a trend."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language, Trial


def of_trends(text: str, language: Language) -> list[Trial]:
    return [t for t in trials(text, language) if t.check == "trend_reversal"]


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("The S&P 500 fell for the third straight week.", "en",
         {"symbol": "^GSPC", "direction": "down", "length": 3, "unit": "week", "session": "2025-01-27",
          "other": "2025-01-28"}),
        ("The Dow rose for a fifth consecutive session on Monday.", "en",
         {"symbol": "^DJI", "direction": "up", "length": 5, "unit": "session", "session": "2025-01-27"}),
        ("Nvidia extended its losing streak to four days.", "en",
         {"symbol": "NVDA", "direction": "down", "length": 4, "unit": "session", "session": "2025-01-27",
          "other": "2025-01-28"}),
        ("The Nasdaq snapped a five-day winning streak on Monday.", "en",
         {"symbol": "^IXIC", "direction": "up", "length": 5, "unit": "session", "ended": True,
          "session": "2025-01-27"}),
        ("Gold has risen at least 6 days in a row.", "en",
         {"symbol": "GC=F", "direction": "up", "length": 6, "unit": "session", "at_least": True,
          "session": "2025-01-27", "other": "2025-01-28"}),
        ("The S&P 500 posted its fourth straight weekly loss.", "en",
         {"symbol": "^GSPC", "direction": "down", "length": 4, "unit": "week", "session": "2025-01-27",
          "other": "2025-01-28"}),
        ("Der Dax schloss am Montag den vierten Tag in Folge im Plus.", "de",
         {"symbol": "^GDAXI", "direction": "up", "length": 4, "unit": "session", "session": "2025-01-27"}),
        ("Gold legte am Freitag den fünften Tag in Folge zu.", "de",
         {"symbol": "GC=F", "direction": "up", "length": 5, "unit": "session", "session": "2025-01-24"}),
        ("Der Dax stieg drei Wochen hintereinander.", "de",
         {"symbol": "^GDAXI", "direction": "up", "length": 3, "unit": "week", "session": "2025-01-27",
          "other": "2025-01-28"}),
        ("Der Dax beendete am Montag eine Verlustserie von vier Tagen.", "de",
         {"symbol": "^GDAXI", "direction": "down", "length": 4, "unit": "session", "ended": True,
          "session": "2025-01-27"}),
        ("Der Dax verbuchte den dritten Wochenverlust in Folge.", "de",
         {"symbol": "^GDAXI", "direction": "down", "length": 3, "unit": "week", "session": "2025-01-27",
          "other": "2025-01-28"}),
    ],
)  # fmt: skip
def test_runs(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = of_trends(text, language)
    assert trial.params == {"mode": "streak", **params}
    assert set(trial.basis) <= set(trial.params)
    assert trial.basis["length"] == "quote"


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Stocks are in an uptrend.", "en", {"symbol": "^GSPC", "direction": "up", "session": "2025-01-27"}),
        ("Der Dax befindet sich im Aufwärtstrend.", "de",
         {"symbol": "^GDAXI", "direction": "up", "session": "2025-01-27"}),
        ("Der Abwärtstrend bei Nvidia hält an.", "de",
         {"symbol": "NVDA", "direction": "down", "session": "2025-01-27"}),
        ("Gold has been in an uptrend since October.", "en",
         {"symbol": "GC=F", "direction": "up", "base": "2024-09-30", "session": "2025-01-27"}),
    ],
)  # fmt: skip
def test_trends(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = of_trends(text, language)
    assert trial.params == {"mode": "trend", **params}
    assert trial.directness == "statistical"


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Der Euro steigt seit Monaten.", "de",
         {"symbol": "EURUSD=X", "direction": "up", "base": "2024-10-28", "session": "2025-01-27"}),
        ("Seit Monaten fällt der Euro.", "de",
         {"symbol": "EURUSD=X", "direction": "down", "base": "2024-10-28", "session": "2025-01-27"}),
        ("Gold klettert seit einem halben Jahr.", "de",
         {"symbol": "GC=F", "direction": "up", "base": "2024-07-26", "session": "2025-01-27"}),
        ("The dollar has been rising for months.", "en",
         {"symbol": "DX-Y.NYB", "direction": "up", "base": "2024-10-28", "session": "2025-01-27"}),
        ("Oil has been climbing since October.", "en",
         {"symbol": "CL=F", "direction": "up", "base": "2024-09-30", "session": "2025-01-27"}),
        ("The yen has been weakening for years.", "en",
         {"symbol": "JPY=X", "direction": "up", "base": "2023-01-27", "session": "2025-01-27"}),
        ("The dollar has risen steadily over the past six months.", "en",
         {"symbol": "DX-Y.NYB", "direction": "up", "base": "2024-07-26", "session": "2025-01-27"}),
    ],
)  # fmt: skip
def test_a_move_that_is_under_way_is_a_trend_beside_the_move_itself(
    text: str, language: Language, params: dict[str, Any]
) -> None:
    first, second = trials(text, language)
    assert (first.check, first.directness) == ("period_return", "direct")
    assert (second.check, second.directness) == ("trend_reversal", "statistical")
    assert second.params == {"mode": "trend", **params}
    assert second.basis["base"] == "quote"


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction"),
    [
        ("Endlich fällt der Euro wieder.", "de", "EURUSD=X", "down"),
        ("Der Dax steigt und steigt.", "de", "^GDAXI", "up"),
        ("Der Ölpreis sinkt wieder.", "de", "BZ=F", "down"),
        ("Der Yen fällt weiter.", "de", "JPY=X", "up"),
        ("Bitcoin keeps rising.", "en", "BTC-USD", "up"),
        ("Gold is falling again.", "en", "GC=F", "down"),
        ("The Nasdaq Composite continues to climb.", "en", "^IXIC", "up"),
    ],
)
def test_a_move_that_goes_on_without_a_length_is_looked_at_over_half_a_year(
    text: str, language: Language, symbol: str, direction: str
) -> None:
    (trial,) = of_trends(text, language)
    assert trial.params == {
        "mode": "trend", "symbol": symbol, "direction": direction, "session": "2025-01-27", "recent": 126,
    }  # fmt: skip
    assert (trial.basis["recent"], trial.basis["session"], trial.directness) == ("default", "default", "statistical")
    assert trial.assumed == ("no length is stated: half a year",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia shares are rising.", "en"),
        ("Nvidia fell again on Monday.", "en"),
        ("The S&P 500 has been rising for days.", "en"),
        ("Nvidia's revenue keeps rising.", "en"),
        ("Gold is not falling again.", "en"),
        ("Gold could keep rising.", "en"),
        ("Nvidia is falling again, by 3 percent.", "en"),
        ("Is gold falling again?", "en"),
        ("Der Dax fiel am Montag wieder.", "de"),
        ("Der Dax fällt am Dienstag wieder.", "de"),
        ("Wenn der Euro wieder fällt, freut das die Exporteure.", "de"),
        ("Der Umsatz von SAP steigt wieder.", "de"),
    ],
)
def test_moves_of_a_day_and_moves_of_other_things_are_no_trends(text: str, language: Language) -> None:
    assert of_trends(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("Ist das die Trendwende beim Dax?", "de", None),
        ("Der Dax schafft die Trendwende nach oben.", "de", "up"),
        ("The tide has turned for Nvidia.", "en", None),
        ("Bei Nvidia hat sich das Blatt gewendet.", "de", None),
        ("The Nasdaq saw a trend reversal to the downside.", "en", "down"),
    ],
)
def test_turns(text: str, language: Language, direction: str | None) -> None:
    (trial,) = of_trends(text, language)
    assert (trial.params["mode"], trial.params.get("direction")) == ("reversal", direction)
    assert trial.directness == "proxy"


def test_returns_that_are_said_to_go_on() -> None:
    (trial,) = of_trends("Trends in stocks tend to persist.", "en")
    assert trial.params == {
        "symbol": "^GSPC", "mode": "predictable", "tendency": "persistent", "session": "2025-01-27",
    }  # fmt: skip


def test_a_run_is_tested_beside_the_figure_of_its_last_day() -> None:
    found = trials("The S&P 500 rose 1.2 percent on Monday for a third straight day.", "en")
    assert sorted(t.check for t in found) == ["session_return", "trend_reversal"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Apple beat estimates for the fifth straight quarter.", "en"),
        ("Apple posted its third straight quarterly loss.", "en"),
        ("The S&P 500 closed above 6,000 for a third straight day.", "en"),
        ("ETF inflows rose for the fourth straight week.", "en"),
        ("The S&P 500 could fall for a third straight week.", "en"),
        ("The S&P 500 did not fall for a third straight week.", "en"),
        ("The Nasdaq ended the week with its third straight record high.", "en"),
        ("For the first time since 2020, the S&P 500 fell four weeks in a row.", "en"),
        ("The Fed raised rates three meetings in a row.", "en"),
        ("Der Aufwärtstrend des Dax ist gebrochen.", "de"),
        ("Der Dax ist nicht mehr im Aufwärtstrend.", "de"),
        ("Der Dax könnte den dritten Tag in Folge fallen.", "de"),
        ("Die EZB senkte die Zinsen zum dritten Mal in Folge.", "de"),
        ("Siemens steigerte den Gewinn das dritte Quartal in Folge.", "de"),
        ("Nvidia broke out of its downtrend on Monday.", "en"),
        ("The trend is your friend.", "en"),
    ],
)
def test_other_things_in_a_row(text: str, language: Language) -> None:
    assert of_trends(text, language) == []
