"""What else than its price is said of an instrument: no test of the price bears it out or contradicts it."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import claims_in, trials

from analyzer.extract.bind import Setting, bind
from analyzer.extract.measures import OF_A_PRICE
from analyzer.extract.windows import Clock
from analyzer.model import Language

TUESDAY = date(2025, 1, 28)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Short interest in Nvidia rose 5 percent on Monday.", "en"),
        ("Hedge funds cut their exposure to US stocks by a third last week.", "en"),
        ("Open interest in bitcoin futures fell 10 percent on Monday.", "en"),
        ("The cash holdings of Apple fell 12 percent in 2024.", "en"),
        ("Apple's iPhone sales fell 5 percent in 2024.", "en"),
        ("Nvidia sales in China fell 20 percent in 2024.", "en"),
        ("Demand for gold and silver rose 12 percent in 2024.", "en"),
        ("The volatility of Bitcoin dropped 20 percent on Monday.", "en"),
        ("The price target for Nvidia was cut by 10 percent on Monday.", "en"),
        ("The bank raised its target for Nvidia by 10 percent.", "en"),
        ("Bullish bets on the dollar rose to the highest level since 2015 on Monday.", "en"),
        ("Die Zuflüsse in den Dax stiegen am Montag um 5 Prozent.", "de"),
        ("Die Short-Quote bei Tesla stieg am Montag auf ein Jahreshoch.", "de"),
        ("Der Umsatz von Apple fiel 2024 um 5 Prozent.", "de"),
        ("Das Kursziel für Nvidia wurde um 10 Prozent gesenkt.", "de"),
    ],
)
def test_another_measure_is_not_tested_on_the_price(text: str, language: Language) -> None:
    assert [t.check for t in trials(text, language) if t.check in OF_A_PRICE] == []


def test_the_reason_is_named() -> None:
    article, (claim,) = claims_in("Short interest in Nvidia rose 5 percent on Monday.", "en")
    assert bind(claim, article, Setting(Clock(TUESDAY)))[0].why_not == "other_measure"


@pytest.mark.parametrize(
    ("text", "language", "check"),
    [
        ("On weak sales in China Apple fell 5 percent on Monday.", "en", "session_return"),
        ("Nvidia profits from the boom and rose 3 percent on Monday.", "en", "session_return"),
        ("The price of gold rose 2 percent on Monday in spite of weak demand for gold.", "en", "session_return"),
        ("Demand for dollars pushed the euro down by 1 percent on Monday.", "en", "session_return"),
        ("The market value of Apple fell by $100bn on Monday.", "en", "market_value_change"),
        ("Bei hoher Nachfrage stieg Gold am Montag um 1 Prozent.", "de", "session_return"),
        ("Die Aktie von Nvidia verlor am Montag 17 Prozent.", "de", "session_return"),
        ("Im Minus von 2 Prozent schloss der Dax am Montag.", "de", "session_return"),
    ],
)
def test_the_price_is_tested_where_it_is_what_moved(text: str, language: Language, check: str) -> None:
    assert check in [t.check for t in trials(text, language)]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Turnover in Apple shares fell to the lowest level since 2012 on Monday.", "low"),
        ("Turnover in Apple shares rose to the highest level since 2012 on Monday.", "high"),
    ],
)
def test_a_record_of_turnover_has_its_side(text: str, direction: str) -> None:
    (trial,) = [t for t in trials(text, "en") if t.check == "abnormal_volume"]
    assert trial.params["direction"] == direction


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Chinese rivals of Tesla gained 5 percent on Monday.", "en"),
        ("Nvidia suppliers fell 5 percent on Monday.", "en"),
        ("Half of the S&P 500 fell more than 10 percent in 2024.", "en"),
        ("The average stock in the S&P 500 fell 5 percent in 2024.", "en"),
        ("Leveraged Nvidia ETFs lost 34 percent on Monday.", "en"),
        ("S&P 500 futures fell 2 percent on Monday.", "en"),
        ("Nvidia bonds fell 2 percent on Monday.", "en"),
        ("S&P 500 companies' earnings fell 5 percent in 2024.", "en"),
        ("Die Konkurrenten von Tesla legten am Montag um 5 Prozent zu.", "de"),
        ("Drei Viertel der Dax-Werte fielen am Montag um mehr als 1 Prozent.", "de"),
        ("Der Umsatz mit Nvidia-Aktien stieg am Montag um 40 Prozent.", "de"),
    ],
)
def test_what_others_did_is_not_tested_on_the_price(text: str, language: Language) -> None:
    assert [t.check for t in trials(text, language) if t.check in OF_A_PRICE] == []


@pytest.mark.parametrize(
    "text",
    ["Nvidia cut its workforce by 10 percent on Monday.", "Apple erhöhte am Montag seine Dividende um 4 Prozent."],
)
def test_what_a_company_did_to_a_measure_of_its_own_is_no_move_of_its_price(text: str) -> None:
    assert [t.check for t in trials(text, "de" if "seine" in text else "en") if t.check in OF_A_PRICE] == []


def test_a_cause_does_not_take_the_move_from_its_share() -> None:
    (trial,) = trials("Nvidia shares rose 5 percent on Monday on strong demand for its chips.", "en")
    assert (trial.check, trial.params["symbol"]) == ("session_return", "NVDA")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Stocks always rise in January.", "en"),
        ("The Dow typically gains 2 percent in December.", "en"),
        ("Der Dax steigt im Januar fast immer.", "de"),
        ("Im Dezember gewinnt der Dax gewöhnlich 2 Prozent.", "de"),
    ],
)
def test_what_is_so_as_a_rule_is_not_tested_on_one_window(text: str, language: Language) -> None:
    assert [t.check for t in trials(text, language) if t.check in OF_A_PRICE] == []


def test_what_is_pressed_is_not_moved_the_way_of_what_presses_it() -> None:
    assert [t.check for t in trials("Rising rates crushed tech stocks in 2022.", "en") if t.check == "breadth"] == []


def test_what_stands_against_a_currency_is_no_index_named_before() -> None:
    text = "The S&P 500 rose 1 percent on Monday. It is at its lowest against the dollar for thirty years."
    assert [t.check for t in trials(text, "en")] == ["session_return"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 hit 57 record highs in 2024.", "en"),
        ("Nvidia is worth more than Intel.", "en"),
        ("Nvidia ist mehr wert als Intel.", "de"),
    ],
)
def test_a_count_of_records_is_no_level_and_a_worth_no_performance(text: str, language: Language) -> None:
    found = [t.check for t in trials(text, language)]
    assert "level" not in found
    assert "relative_performance" not in found
