"""Sentences on how rare a day is, and sentences that only sound like it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language, Trial

MONDAY = "2025-01-27"


def rare(text: str, language: Language) -> Trial:
    (trial,) = [t for t in trials(text, language) if t.check == "tail_probability"]
    return trial


@pytest.mark.parametrize(
    ("text", "language", "symbol", "session", "years"),
    [
        ("Monday's fall of the S&P 500 was a once-in-a-century event.", "en", "^GSPC", MONDAY, 100),
        ("Such a day comes once in ten years for the S&P 500.", "en", "^GSPC", MONDAY, 10),
        ("Statistically, Monday's plunge in Nvidia should happen once in 10,000 years.", "en", "NVDA", MONDAY, 10_000),
        ("Stocks suffered a once-in-a-generation crash on 19 October 1987.", "en", "^GSPC", "1987-10-19", 30),
        ("A rout like this is seen once every two decades in the Nasdaq.", "en", "^IXIC", MONDAY, 20),
        ("Der Kurssturz des Dow am 19. Oktober 1987 war ein Jahrhundertereignis.", "de", "^DJI", "1987-10-19", 100),
        ("Der Montag war für Nvidia ein Jahrhundertcrash.", "de", "NVDA", MONDAY, 100),
        ("Ein solcher Kurssturz kommt im S&P 500 nur alle zehn Jahre vor.", "de", "^GSPC", MONDAY, 10),
        ("Einen solchen Tag gibt es im Dax nur einmal in einem Jahrhundert.", "de", "^GDAXI", MONDAY, 100),
    ],
)
def test_a_day_of_once_in_so_many_years(text: str, language: Language, symbol: str, session: str, years: float) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "tail_probability"
    assert (trial.params["symbol"], trial.params["session"]) == (symbol, session)
    assert trial.params["stated"]["value"] == years
    assert trial.params["stated"]["text"] in text


def test_an_event_is_at_least_so_rare_and_a_number_of_years_is_as_written() -> None:
    event = rare("Monday's fall of the S&P 500 was a once-in-a-century event.", "en").params["stated"]
    assert (event["low"], event["high"]) == (100.0, None)
    number = rare("Such a crash comes about once in 20 years for the S&P 500.", "en").params["stated"]
    assert number["low"] < 20 < number["high"]
    more = rare("Such a crash of the S&P 500 happens once in more than 50 years.", "en").params["stated"]
    assert (more["value"], more["high"]) == (50.0, None)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "sigmas"),
    [
        ("The crash of the S&P 500 on 19 October 1987 was a 25-sigma event.", "en", "^GSPC", 25),
        ("Nvidia's plunge on Monday was a move of six standard deviations.", "en", "NVDA", 6),
        ("Der Kurssturz am Montag war ein 20-Sigma-Ereignis für Nvidia.", "de", "NVDA", 20),
        ("Der Absturz von Nvidia am Montag betrug sieben Standardabweichungen.", "de", "NVDA", 7),
    ],
)
def test_sigmas(text: str, language: Language, symbol: str, sigmas: float) -> None:
    trial = rare(text, language)
    assert (trial.params["symbol"], trial.params["says"], trial.params["stated"]["value"]) == (symbol, "sigma", sigmas)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Absturz von Nvidia am Montag war ein Schwarzer Schwan.", "de"),
        ("Nvidia's plunge on Monday was a black swan.", "en"),
    ],
)
def test_a_word_of_rarity_without_a_figure(text: str, language: Language) -> None:
    trial = rare(text, language)
    assert (trial.params["symbol"], trial.params["says"], trial.params["direction"]) == ("NVDA", "rare", "down")
    assert "stated" not in trial.params


@pytest.mark.parametrize(
    ("text", "language", "size"),
    [
        ("Ein Tagesverlust von 10 Prozent kommt im S&P 500 nur einmal in hundert Jahren vor.", "de", -0.10),
        ("A fall of 5 percent in a day happens once in three years in the S&P 500.", "en", -0.05),
        ("Daily losses of more than 5 percent happen once a year in the S&P 500.", "en", -0.05),
    ],
)
def test_a_size_of_a_kind_of_day_has_no_session(text: str, language: Language, size: float) -> None:
    (trial,) = trials(text, language)
    params: dict[str, Any] = trial.params
    assert (params["size"]["value"], params["direction"]) == (size, "down")
    assert "session" not in params


def test_beside_the_size_of_a_move_it_is_a_second_trial() -> None:
    found = trials("Nvidia fell 17 percent on Monday, a once-in-a-century event.", "en")
    assert [t.check for t in found] == ["session_return", "tail_probability"]
    assert {t.directness for t in found} == {"direct"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It was not a once-in-a-century event for the Dow.", "en"),
        ("The pandemic was a black swan.", "en"),
        ("GE cut costs with Six Sigma and its shares rose on Monday.", "en"),
        ("The S&P 500 could see a once-in-a-century crash.", "en"),
        ("The mining reward of Bitcoin halves every four years.", "en"),
        ("Nvidia holds its conference once a year.", "en"),
        ("Der Bitcoin halbiert seine Belohnung alle vier Jahre.", "de"),
        ("Im letzten Jahrhundert fiel der Dow am Montag kräftig.", "de"),
        ("Der Dax verliert, wie alle zwei Jahre, am Montag 2 Prozent.", "de"),
        ("Kein Jahrhundertereignis war der Kurssturz des Dax am Montag.", "de"),
        ("Siemens führte Six Sigma ein.", "de"),
        ("Die Flut war ein Jahrhundertereignis, und der Dax fiel am Montag um 2 Prozent.", "de"),
        ("Kursverluste von 20 Prozent kommen am Aktienmarkt alle fünf Jahre vor.", "de"),
        ("Alle vier Jahre wählen die Amerikaner, und die Börse steigt am Tag danach.", "de"),
        ("Corrections of 10 percent come once every two years in the S&P 500.", "en"),
        ("The crash of 2008 was a once-in-a-century event for the S&P 500.", "en"),
        ("Last week's fall of the Nasdaq was a once-in-a-decade event.", "en"),
        ("The S&P 500 suffered its biggest drop in 10 years on Monday.", "en"),
        ("Nvidia had its worst day in five years on Monday.", "en"),
    ],
)
def test_what_only_sounds_like_it(text: str, language: Language) -> None:
    assert all(t.check != "tail_probability" for t in trials(text, language))


def test_a_claim_of_a_coming_weekday_s_name_is_of_the_last_one() -> None:
    trial = rare("Statistically, Monday's plunge in Nvidia should happen once in 10,000 years.", "en")
    assert date.fromisoformat(trial.params["session"]) < date(2025, 1, 28)
