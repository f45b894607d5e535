"""Which kind comes first where a clause could be of two: levels and moves, the economy and prices, advice and moods."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest

from analyzer.model import Language

WRITTEN = date(2024, 8, 20)


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        # a level that a price moved to, and a move that is measured
        ("The 10-year Treasury yield fell to 2.39 percent in March 2019.", "en", "level"),
        ("Apple shares fell 3 percent to 210 dollars.", "en", "quantitative_move"),
        ("Die Rendite zehnjähriger US-Staatsanleihen fiel im März 2019 auf 2,39 Prozent.", "de", "level"),
        ("Der Dax fiel um 2 Prozent auf 17.000 Punkte.", "de", "quantitative_move"),
        # figures of the economy, what is estimated of them, and prices
        ("The US money supply has shrunk.", "en", "macro"),
        ("Consensus earnings growth estimates for the S&P 500 have dropped from 12 to 4.1 percent.", "en", "macro"),
        ("Die Gewinnschätzungen für den S&P 500 sind um 3 Prozent gesunken.", "de", "macro"),
        ("Die US-Geldmenge schrumpft.", "de", "macro"),
        ("The S&P 500 is shrinking fast.", "en", None),
        # states of an economy, and of a price
        ("The labor market has stayed remarkably resilient.", "en", "macro"),
        ("The U.S. economy remains strong.", "en", "macro"),
        ("Der Arbeitsmarkt in den USA bleibt erstaunlich robust.", "de", "macro"),
        ("The dollar remains under pressure against the euro.", "en", "trend_regime"),
        # advice on a mood, and a mood
        ("Buy when there is panic on Wall Street.", "en", "normative"),
        ("There is no reason to panic about the S&P 500.", "en", "normative"),
        ("Panik ist beim Dax völlig fehl am Platz.", "de", "normative"),
        ("Kaufe, wenn an der Börse Panik herrscht.", "de", "normative"),
        ("An der Wall Street herrscht Panik.", "de", "volatility_sentiment"),
        # what is feared, and what is forecast
        ("Buyers worried the stock could drop further, and Apple slid.", "en", None),
        ("Apple stock could drop further.", "en", "prediction"),
    ],
)
def test_the_kind_that_comes_first(text: str, language: Language, kind: str | None) -> None:
    _, claims = binding_texts.claims_in(text, language, WRITTEN)
    if kind is None:
        assert "prediction" not in [claim.kind for claim in claims]
        assert "macro" not in [claim.kind for claim in claims]
    else:
        assert [claim.kind for claim in claims] == [kind]


@pytest.mark.parametrize(
    ("text", "language", "negated"),
    [
        ("The US economy is in a recession.", "en", None),
        ("The US economy is not in a recession.", "en", True),
        ("Die US-Wirtschaft steckt nicht in einer Rezession.", "de", True),
    ],
)
def test_a_recession_may_be_denied(text: str, language: Language, negated: bool | None) -> None:
    (trial,) = binding_texts.trials(text, language, WRITTEN)
    assert (trial.params["symbol"], trial.params["relation"]) == ("USREC", "occurs")
    assert trial.params.get("negated") == negated


def test_a_denial_of_another_thing_denies_no_recession() -> None:
    assert binding_texts.trials("Nobody will say it now, the US economy is in a recession.", "en", WRITTEN) == ()


def test_estimates_are_tested_on_no_price() -> None:
    text = "Consensus earnings growth estimates for the S&P 500 have dropped from 12 percent to 4.1 percent."
    assert binding_texts.trials(text, "en", WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Industrial production fell 0.6 percent in July.", "en"),
        ("Die US-Industrieproduktion ging im Juli um 0,6 Prozent zurück.", "de"),
    ],
)
def test_a_change_that_may_be_of_the_month_or_of_the_year_has_both_readings(text: str, language: Language) -> None:
    (trial,) = binding_texts.trials(text, language, WRITTEN)
    assert (trial.params["measure"], trial.params["or_measure"]) == ("on_year", "on_period")
    assert trial.params["stated"]["value"] == pytest.approx(-0.006)


def test_a_rank_that_does_not_say_which_way_is_not_tested() -> None:
    text = "The Fed has held the federal funds rate near zero for 27 months. This federal funds rate is unprecedented."
    found = binding_texts.trials(text, "en", date(2011, 3, 25))
    assert [t for t in found if t.params.get("relation") in ("highest", "lowest")] == []
