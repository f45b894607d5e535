"""Turns of phrase of market reports that once led to a wrong subject, window, direction or verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from test_binding import seen, trials

from analyzer.extract.manner import modality
from analyzer.model import Language

THURSDAY = date(2022, 4, 14)


def bound(text: str, language: Language, published: date = THURSDAY) -> list[dict[str, Any]]:
    return [{"check": t.check, **t.params} for t in trials(text, language, published)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Am Montag machte der Dax jede Hoffnung auf Erholung zunichte.", "de"),
        ("Higher Treasury yields tend to make the S&P 500 fall on a Monday.", "en"),
        ("On Tuesday the rate beat the Dow Jones estimate for 8.4 percent.", "en"),
    ],
)
def test_what_is_no_move_of_a_session(text: str, language: Language) -> None:
    assert [t for t in bound(text, language) if t["check"] == "session_return"] == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The Dow fell on Monday. The Producer Price Index rose 11.2 percent.", "11.2 percent"),
        ("Nvidia saw its shares fall 3 percent on Monday, and Lennert shed 4.4 percent.", "4.4 percent"),
    ],
)
def test_the_figure_of_another_name_is_not_tested(text: str, figure: str) -> None:
    assert [t for t in bound(text, "en") if t.get("stated", {}).get("text") == figure] == []


def test_a_slide_that_does_not_want_to_end_is_not_denied() -> None:
    text = "Der Dax setzt am Montag seine nicht enden wollende Talfahrt fort."
    assert modality(seen(text, "de").clause(0, len(text))) == "asserted"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The 10-year Treasury yield climbed 13 basis points on Thursday to top 2.8%.", "en",
         {"check": "level", "symbol": "DGS10", "relation": "above"}),
        ("The Dow Jones fell on Thursday. Meanwhile, the S&P 500 lost 1.21%.", "en",
         {"check": "session_return", "symbol": "^GSPC", "session": "2022-04-14"}),
        ("The S&P 500 is down 2.13% for the four-day holiday week.", "en",
         {"check": "period_return", "symbol": "^GSPC", "base": "2022-04-08"}),
        ("Der Dax fiel am Mittwoch. Der Leitindex wurde von der Wall Street gezogen und fiel um 1,57 Prozent.", "de",
         {"check": "session_return", "symbol": "^GDAXI", "session": "2022-04-13"}),
        ("Der Dax fiel am Mittwoch. Er verlor bis zu 3,5 Prozent und fiel auf knapp 8700 Punkte.", "de",
         {"check": "level", "symbol": "^GDAXI", "session": "2022-04-13"}),
        ("The Nasdaq fell 2.6% this week. The S&P 500 lost 2.1%.", "en",
         {"check": "period_return", "symbol": "^GSPC", "base": "2022-04-08"}),
        ("On Wednesday gold rose. The metal gained 1.2 percent.", "en",
         {"check": "session_return", "symbol": "GC=F", "session": "2022-04-13"}),
    ],
)  # fmt: skip
def test_a_report_is_bound(text: str, language: Language, expected: dict[str, Any]) -> None:
    assert [t for t in bound(text, language) if expected.items() <= t.items()]


def test_the_directions_of_two_instruments_are_their_own() -> None:
    found = bound("On Wednesday the S&P 500 slipped, while the Nasdaq edged higher.", "en")
    assert {t["symbol"]: t["direction"] for t in found if t["check"] == "session_return"} == {
        "^GSPC": "down", "^IXIC": "up",
    }  # fmt: skip


def test_the_day_of_a_beginning_is_not_that_of_the_figure() -> None:
    found = bound("The 10-year Treasury yield rose to 1.65% from 1.63% late Wednesday.", "en", date(2021, 4, 9))
    to = [t for t in found if t.get("stated", {}).get("text") == "1.65%"]
    assert [t["session"] for t in to if t["check"] == "level"] == ["2021-04-08"]


def test_a_named_year_is_taken_to_the_letter_and_a_length_is_not() -> None:
    named = bound("On Tuesday the Dow closed above 30,000 points for the first time since 2019.", "en")
    length = bound("On Tuesday the Dow closed above 30,000 points for the first time in three years.", "en")
    assert [t["since"] for t in named if t["check"] == "level"] == ["2019-01-01"]
    assert [t["since"] for t in length if t["check"] == "level"] == ["2019-08-01"]


def test_a_time_long_past_is_about_then() -> None:
    (found,) = bound("Vor einem halben Jahr stand der Dax bei 18.400 Punkten.", "de", date(2025, 1, 28))
    assert (found["start"], found["session"]) == ("2024-07-10", "2024-08-15")
    assert (found["stated"]["low"], found["stated"]["high"]) == (18350.0, 18450.0)


@pytest.mark.parametrize(
    ("text", "published", "period", "session"),
    [
        ("It was the worst week for the Nasdaq since March 2020.", date(2025, 1, 28), "week", "2025-01-24"),
        ("It was the worst week for the Nasdaq since March 2020.", date(2025, 1, 31), "week", "2025-01-30"),
        ("It was the best quarter for the Nasdaq since 2020.", date(2024, 4, 3), "quarter", "2024-03-28"),
        ("It was the best month for the Nasdaq since 2020.", date(2024, 4, 29), "month", "2024-04-26"),
        ("It was the worst year for the Nasdaq since 2008.", date(2023, 1, 10), "year", "2022-12-30"),
    ],
)
def test_the_worst_of_its_kind_is_the_period_that_has_just_ended(
    text: str, published: date, period: str, session: str
) -> None:
    (found,) = bound(text, "en", published)
    assert (found["symbol"], found["period"], found["session"]) == ("^IXIC", period, session)


def test_a_share_has_no_session_at_a_weekend() -> None:
    (found,) = bound("Am Wochenende brach der Dax um 3 Prozent ein.", "de", date(2025, 1, 28))
    assert (found["session"], found["named_day"]) == ("2025-01-24", "2025-01-25")


@pytest.mark.parametrize(
    ("text", "language", "symbol", "currency"),
    [
        ("The yen rose on Friday to stand at 101.52 per dollar.", "en", "JPY=X", "JPY"),
        ("Der Euro stieg am Freitag auf 1,1275.", "de", "EURUSD=X", "USD"),
    ],
)
def test_an_exchange_rate_needs_no_currency(text: str, language: Language, symbol: str, currency: str) -> None:
    levels = [t for t in bound(text, language, date(2016, 6, 25)) if t["check"] == "level"]
    assert [(t["symbol"], t["stated"]["currency"]) for t in levels] == [(symbol, currency)]


def test_two_figures_of_growth_are_no_exchange_rate() -> None:
    found = bound("Der Euro stieg am Freitag, die Wirtschaft wuchs auf 1,25 Billionen.", "de", date(2016, 6, 25))
    assert not [t for t in found if t["check"] == "level"]


@pytest.mark.parametrize(
    ("text", "language", "symbol", "amount"),
    [
        ("Nvidia is now worth almost 3.9 trillion dollars.", "en", "NVDA", 3.9e12),
        ("Nvidia ist jetzt 3,1 Billionen Dollar wert.", "de", "NVDA", 3.1e12),
        ("Apple kommt derzeit auf eine Marktkapitalisierung von gut 3,4 Billionen Dollar.", "de", "AAPL", 3.4e12),
        ("Apple currently has a market cap of $3.2 trillion.", "en", "AAPL", 3.2e12),
    ],
)
def test_what_a_company_is_worth(text: str, language: Language, symbol: str, amount: float) -> None:
    (found,) = [t for t in bound(text, language, date(2025, 1, 28)) if t["check"] == "market_value_change"]
    assert (found["symbols"], found["stated"]["value"], found["worth"]) == ([symbol], amount, True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia rose 16 percent on Thursday as its earnings outperformed Wall Street's forecast.", "en"),
        ("Nvidia stieg am Donnerstag, weil die Quartalszahlen die hohen Erwartungen übertrafen.", "de"),
        ("Über den Kursgewinn von fast 200 Prozent seit Jahresbeginn dürften die Nvidia-Aktionäre lächeln.", "de"),
        ("Wie erwartet senkte die Notenbank den Leitzins um einen Viertelpunkt.", "de"),
    ],
)
def test_what_was_expected_and_has_come_is_no_forecast(text: str, language: Language) -> None:
    assert "forecast" not in {t["check"] for t in bound(text, language)}


def test_the_quarter_of_a_report_is_no_window() -> None:
    found = bound("Nvidia rose 16 percent on Thursday after its earnings for the fourth quarter.", "en")
    assert [(t["check"], t["session"]) for t in found] == [("session_return", "2022-04-14")]


def test_the_exchange_of_another_listing_is_a_place() -> None:
    found = bound("Nvidia stieg am Mittwoch. Am deutschen Aktienmarkt stieg das Papier um drei Prozent.", "de")
    assert {t["symbol"] for t in found if t["check"] == "session_return"} == {"NVDA"}


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Apple legten am Donnerstag um 1,4 Prozent zu.", False),
        ("Apple legten am Donnerstag um 1,4 Prozent zu. Der Dow Jones schloss im Plus.", True),
        ("Apple legten am Mittwoch um 1,4 Prozent zu.", True),
    ],
)
def test_a_text_of_the_day_itself_may_precede_the_close(text: str, closed: bool) -> None:
    (found,) = [t for t in trials(text, "de", THURSDAY) if t.params["symbol"] == "AAPL"]
    assert (found.basis.get("close") is None) == closed
