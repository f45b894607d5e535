"""The day or week ahead, outlooks without a figure, and what a central bank's steps have done: what is bound, and what
is not."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article

WRITTEN = date(2024, 4, 22)
"""A Monday."""
trials = partial(binding_texts.trials, published=WRITTEN)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction", "span"),
    [
        ("Wall Street is in for another difficult day.", "en", "^GSPC", "down", "2024-04-19/2024-04-22"),
        ("The S&P 500 is set for a strong week.", "en", "^GSPC", "up", "2024-04-22/2024-04-26"),
        ("Stocks are heading for another ugly session.", "en", "^GSPC", "down", "2024-04-19/2024-04-22"),
        ("Dem Dax steht ein schwieriger Handelstag bevor.", "de", "^GDAXI", "down", "2024-04-19/2024-04-22"),
        ("Der Dax steht vor einer guten Woche.", "de", "^GDAXI", "up", "2024-04-22/2024-04-26"),
    ],
)
def test_the_session_ahead_is_that_of_the_day_of_writing(
    text: str, language: str, symbol: str, direction: str, span: str
) -> None:
    (trial,) = trials(text, language)
    params = trial.params
    assert (trial.check, params["symbol"], params["direction"]) == ("forecast", symbol, direction)
    assert f"{params['made']}/{params['end']}" == span


def test_after_the_close_it_is_the_next_session() -> None:
    found = trials("The S&P 500 closed lower. Wall Street is in for another difficult day.", "en")
    (ahead,) = [t.params for t in found if t.check == "forecast"]
    assert (ahead["made"], ahead["end"]) == ("2024-04-22", "2024-04-23")


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction", "end"),
    [
        ("All in all, things are being set up for better returns ahead.", "en", "^GSPC", "up", "2025-04-22"),
        ("This is a good entry point for Bitcoin.", "en", "BTC-USD", "up", "2025-04-22"),
        ("Beim Bitcoin ist das jetzt ein guter Einstiegszeitpunkt.", "de", "BTC-USD", "up", "2025-04-22"),
        ("The S&P 500 will fall soon.", "en", "^GSPC", "down", "2024-10-22"),
        ("Tight money is likely to cause interest rates to rise in the near term.", "en", "DGS10", "up", "2024-10-22"),
        ("Die Renditen dürften kurzfristig steigen.", "de", "DGS10", "up", "2024-10-22"),
        ("Dem Dax stehen bessere Zeiten bevor.", "de", "^GDAXI", "up", "2025-04-22"),
    ],
)
def test_an_outlook_has_a_default_horizon(text: str, language: str, symbol: str, direction: str, end: str) -> None:
    (trial,) = trials(text, language)
    params = trial.params
    assert (params["symbol"], params["direction"], params["end"]) == (symbol, direction, end)
    assert params["horizon_basis"] == "default"
    assert trial.basis["end"] == "default"


@pytest.mark.parametrize(
    ("text", "language", "check", "symbol"),
    [
        ("Since the crash the Fed has gone all in.", "en", "macro_level", "WALCL"),
        ("The new measures of the Federal Reserve did little to calm investors.", "en", "volatility_regime", "^VIX"),
        ("In calm markets like these, small moves of the S&P 500 make headlines.", "en", "volatility_regime", "^VIX"),
        ("In ruhigen Zeiten wie diesen bewegt sich der Dax kaum.", "de", "volatility_regime", "^VIX"),
        ("Investors have gone from underpricing risk to overpricing it.", "en", "volatility_regime", "BAMLH0A0HYM2"),
    ],
)
def test_steps_of_a_bank_moods_and_the_price_of_risk(text: str, language: str, check: str, symbol: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.check, trial.params["symbol"]) == (check, symbol)


@pytest.mark.parametrize(
    ("text", "language", "share"),
    [
        ("Every hiking cycle of the Fed has ended in a recession.", "en", "all"),
        ("Rate hikes have usually pushed the economy into recession.", "en", "most"),
        ("Zinserhöhungen haben die US-Wirtschaft immer in eine Rezession geführt.", "de", "all"),
    ],
)
def test_a_rule_on_rises_of_the_rate_is_counted(text: str, language: str, share: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["relation"], trial.params["after"], trial.params["share"]) == ("follows", "FEDFUNDS", share)


def test_an_economy_in_ruins_all_year_is_a_recession_in_every_month() -> None:
    (trial,) = trials("The economy will be in shambles throughout 2009.", "en", published=date(2008, 12, 1))
    assert (trial.params["symbol"], trial.params["relation"]) == ("USREC", "throughout")
    assert (trial.params["first"], trial.params["last"]) == ("2009-01-01", "2009-12-31")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Is Wall Street in for another difficult day?", "en"),
        ("If the Fed hikes, Wall Street is in for a rough day.", "en"),
        ("Traders feared that Wall Street was in for a bad day.", "en"),
        ("The minister is in for a tough week.", "en"),
        ("This is not a good entry point for Bitcoin.", "en"),
        ("Analysts wonder whether this is a good entry point for Bitcoin.", "en"),
        ("Last year looked like a good time to buy Bitcoin.", "en"),
        ("Better returns ahead, if rates fall.", "en"),
        ("The Fed wants interest rates to rise in the near term.", "en"),
        ("He promised better times ahead for his marriage.", "en"),
        ("Steht dem Dax ein schwieriger Tag bevor?", "de"),
        ("Das ist kein guter Einstiegszeitpunkt beim Bitcoin.", "de"),
        ("Wenn die Zinsen fallen, steht dem Dax eine gute Woche bevor.", "de"),
        ("Der Minister steht vor einer schwierigen Woche.", "de"),
        ("Ob jetzt ein guter Einstiegszeitpunkt ist, weiß niemand.", "de"),
        ("If things get worse, the Fed will go all in.", "en"),
        ("Has the Fed gone all in?", "en"),
        ("The ECB has gone all in.", "en"),
        ("The minister's speech did little to calm the nurses.", "en"),
        ("Risk is not overpriced.", "en"),
        ("The next hiking cycle of the Fed could end in a recession.", "en"),
        ("Not every hiking cycle of the Fed has ended in a recession.", "en"),
        ("Nicht jeder Zinserhöhungszyklus endet in einer Rezession.", "de"),
        ("In ruhigen Zeiten wie diesen gehen wir gern angeln.", "de"),
        ("Wenn alle Stricke reißen, flutet die Fed die Märkte mit Geld.", "de"),
    ],
)
def test_what_is_open_denied_or_of_something_else_is_not_bound(text: str, language: str) -> None:
    assert trials(text, language) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Shares slid on Monday as traders fretted that a long dispute would tip the economy into recession.",
        "Nvidia fell as investors fretted that higher rates could tip the economy into recession.",
    ],
)
def test_a_recession_that_is_feared_is_no_recession(text: str) -> None:
    assert [t for t in trials(text, "en") if t.params.get("symbol") == "USREC"] == []


def test_of_a_feared_recession_no_session_was_missed() -> None:
    text = "Stocks sank on Monday, as investors fretted that a widening dispute would tip the economy into recession."
    article = view(Article.model_validate({"id": "a", "text": text, "language": "en"}), load_catalogue())
    claim = next(c for c in RulesReader().read(article.article, article).claims or () if c.kind == "macro")
    bound, _ = bind(claim, article, Setting(Clock(WRITTEN)))
    assert bound.why_not != "time_not_read"
    assert "the time" not in bound.lacks
