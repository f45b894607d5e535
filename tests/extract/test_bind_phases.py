"""Sentences on bull and bear markets, and sentences on other things that bear those names."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language, Trial

OCTOBER = {"began": "2022-10-01", "began_by": "2022-10-31"}


def of_phases(text: str, language: Language) -> list[Trial]:
    return [t for t in trials(text, language) if t.check == "cycle_phase"]


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("The S&P 500 has been in a bull market since October 2022.", "en",
         {"symbol": "^GSPC", "phase": "bull", **OCTOBER}),
        ("The bull market that began in October 2022 is over.", "en",
         {"symbol": "^GSPC", "phase": "bull", "over": True, **OCTOBER}),
        ("The bear market ended in October 2022.", "en",
         {"symbol": "^GSPC", "phase": "bear", "over": True, "ended": "2022-10-01", "ended_by": "2022-10-31"}),
        ("The bull market is not over.", "en", {"symbol": "^GSPC", "phase": "bull"}),
        ("The bull market in bonds is over.", "en", {"symbol": "TLT", "phase": "bull", "over": True}),
        ("The Nasdaq is in its longest bull market since 2000.", "en",
         {"symbol": "^IXIC", "phase": "bull", "longest": True, "since": "2000-01-01"}),
        ("The bull market in U.S. stocks, which began in March 2009, is the longest on record.", "en",
         {"symbol": "^GSPC", "phase": "bull", "longest": True, "began": "2009-03-01", "began_by": "2009-03-31"}),
        ("Das ist der längste Bullenmarkt der Geschichte.", "de",
         {"symbol": "^GSPC", "phase": "bull", "longest": True}),
        ("Der Dax befindet sich in einem Bullenmarkt.", "de", {"symbol": "^GDAXI", "phase": "bull"}),
        ("Der im Oktober 2022 begonnene Bullenmarkt ist intakt.", "de",
         {"symbol": "^GSPC", "phase": "bull", **OCTOBER}),
        ("Der Bärenmarkt bei Bitcoin ist seit 2023 vorbei.", "de",
         {"symbol": "BTC-USD", "phase": "bear", "over": True, "ended": "2023-01-01", "ended_by": "2023-12-31"}),
        ("Wir stecken in einem Bärenmarkt.", "de", {"symbol": "^GSPC", "phase": "bear"}),
    ],
)  # fmt: skip
def test_phases(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = of_phases(text, language)
    assert trial.directness == "statistical"
    assert {k: v for k, v in trial.params.items() if k != "word"} == {**params, "session": "2025-01-27"}


@pytest.mark.parametrize(
    ("text", "language", "words", "months", "low", "high"),
    [
        ("This bull run is 30 months old.", "en", "30 months", 30, 29.25, 30.75),
        ("The 27-month-old bull market in the S&P 500 is intact.", "en", "27-month", 27, 26.5, 27.5),
        ("The bull market has lasted almost three years.", "en", "almost three years", 36, 32.4, 42),
        ("Der Bullenmarkt an der Nasdaq dauert schon mehr als zwei Jahre.", "de", "mehr als zwei Jahre", 24, 18, None),
        ("Die Hausse am deutschen Aktienmarkt ist drei Jahre alt.", "de", "drei Jahre", 36, 30, 42),
    ],
)
def test_ages_in_months(
    text: str, language: Language, words: str, months: float, low: float, high: float | None
) -> None:
    (trial,) = of_phases(text, language)
    said = trial.params["stated"]
    assert (said["text"], said["value"], said["unit"]) == (words, months, "count")
    assert (said["low"], said["high"]) == (pytest.approx(low), high and pytest.approx(high))


def test_what_the_clause_names_comes_before_what_was_named_before() -> None:
    (found,) = of_phases("The Nasdaq rose on Monday. The bear market in bonds is over.", "en")
    assert (found.params["symbol"], found.basis["symbol"]) == ("TLT", "default")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Nasdaq entered a bear market in January.", "en"),
        ("Der Nasdaq 100 ist in einen Bärenmarkt gerutscht.", "de"),
        ("Bitcoin steckt seit November 2021 im Bärenmarkt.", "de"),
        ("The Dax is not in a bear market.", "en"),
    ],
)
def test_the_threshold_of_a_bear_market_comes_first(text: str, language: Language) -> None:
    """The dated phase stands beside it, where the clause names no time of another kind."""
    found = trials(text, language)
    assert (found[0].check, found[0].directness) == ("drawdown", "direct")
    assert [t.check for t in found[1:]] in ([], ["cycle_phase"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Stocks staged a bear market rally.", "en"),
        ("It is not the longest bull market in history.", "en"),
        ("Investors fear a bear market.", "en"),
        ("In every bull market there are corrections.", "en"),
        ("We are in a secular bull market.", "en"),
        ("The Nikkei is near a bear market.", "en"),
        ("The S&P 500 narrowly escaped a bear market.", "en"),
        ("If the bull market ends, gold will rise.", "en"),
        ("In 2022 stocks were in a bear market.", "en"),
        ("The bull market in stocks will continue.", "en"),
        ("Der letzte Bärenmarkt begann im Januar 2022.", "de"),
        ("Auf jeden Bullenmarkt folgt ein Bärenmarkt.", "de"),
        ("Dem Dax droht ein Bärenmarkt.", "de"),
        ("Das war der längste Bullenmarkt der Geschichte.", "de"),
    ],
)
def test_other_things_are_no_phase(text: str, language: Language) -> None:
    assert of_phases(text, language) == []
