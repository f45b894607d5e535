"""Sentences on bubbles bind to explosive growth of what they speak of; fears and other bubbles bind to nothing."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.extract.binders.denials import is_denied


@pytest.mark.parametrize(
    ("text", "language", "symbol"),
    [
        ("Nvidia is a bubble.", "en", "NVDA"),
        ("The Nasdaq Composite is in a bubble.", "en", "^IXIC"),
        ("Bitcoin remains in bubble territory.", "en", "BTC-USD"),
        ("A lot of air has been flowing into the Nvidia bubble.", "en", "NVDA"),
        ("The Nvidia bubble is inflating.", "en", "NVDA"),
        ("Die Nvidia-Aktie ist eine einzige Blase.", "de", "NVDA"),
        ("Der S&P 500 steckt in einer Blase.", "de", "^GSPC"),
        ("Beim Bitcoin bildet sich eine Blase.", "de", "BTC-USD"),
        ("Die Blase an den US-Börsen wächst weiter.", "de", "^GSPC"),
        ("Seit langem strömt Luft in die Blase bei Nvidia.", "de", "NVDA"),
    ],
)
def test_a_bubble_of_the_present_is_explosive_growth_up_to_the_session(text: str, language: str, symbol: str) -> None:
    (trial,) = [t for t in trials(text, language) if t.check == "explosive_root"]
    assert (trial.params["symbol"], trial.params["says"], trial.directness) == (symbol, "inside", "statistical")
    assert trial.params["session"] <= "2025-01-28"
    assert trial.params["start"][:4] == "2020"
    assert trial.params["word"] == ("Blase" if language == "de" else "bubble")
    assert trial.basis["says"] == "quote"
    assert trial.basis["start"] == "default"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Nvidia bubble is bursting.", "en"),
        ("The bubble in the Nasdaq is on the point of bursting.", "en"),
        ("Die Blase bei Nvidia platzt gerade.", "de"),
        ("Die Blase bei Nvidia platzt bald.", "de"),
        ("Die Blase am Aktienmarkt steht kurz vor dem Platzen, der Dax ist viel zu teuer.", "de"),
    ],
)
def test_a_bursting_bubble_is_decided_by_what_followed_and_explosive_growth_is_beside_it(
    text: str, language: str
) -> None:
    first, second, third = trials(text, language)
    assert (first.check, first.params["mode"]) == ("trend_reversal", "reversal")
    assert (second.check, second.params["says"], second.directness) == ("explosive_root", "bursting", "proxy")
    assert (third.check, third.params["session"], third.directness) == ("lppls_confidence", "2025-01-27", "proxy")


@pytest.mark.parametrize(
    ("text", "language", "symbol", "word"),
    [
        ("Nvidia's rise has turned parabolic.", "en", "NVDA", "parabolic"),
        ("The S&P 500 shows super-exponential growth.", "en", "^GSPC", "super-exponential"),
        ("Gold's parabolic rally goes on.", "en", "GC=F", "parabolic"),
        ("Nvidia shares are rising faster than exponentially.", "en", "NVDA", "faster than exponentially"),
        ("Der Anstieg der Nvidia-Aktie ist parabolisch geworden.", "de", "NVDA", "parabolisch"),
        ("Der Goldpreis wächst überexponentiell.", "de", "GC=F", "überexponentiell"),
        ("Nvidia ist eine klassische Blase mit immer schnelleren Zyklen.", "de", "NVDA", "immer schnelleren Zyklen"),
    ],
)
def test_a_rise_that_feeds_on_itself_has_log_periodic_growth_beside_the_test_that_decides(
    text: str, language: str, symbol: str, word: str
) -> None:
    first, second = trials(text, language)
    assert (first.check, first.directness, first.params["says"]) == ("explosive_root", "statistical", "inside")
    assert (second.check, second.directness) == ("lppls_confidence", "proxy")
    assert first.params["symbol"] == second.params["symbol"] == symbol
    assert first.params["word"] == second.params["word"] == word
    assert first.params["session"] == second.params["session"]


def test_a_parabolic_rise_of_a_named_year_is_looked_at_up_to_its_end() -> None:
    first, second = trials("In 1999 the Nasdaq Composite went parabolic.", "en")
    assert (first.params["says"], first.params["session"]) == ("explosive", "1999-12-31")
    assert (second.check, second.params["session"]) == ("lppls_confidence", "1999-12-31")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia's revenue has gone parabolic.", "en"),
        ("Nvidia's fall has turned parabolic.", "en"),
        ("Nvidia's share price could turn parabolic.", "en"),
        ("The rise in Nvidia is not parabolic.", "en"),
        ("The parabolic SAR of Nvidia points up.", "en"),
        ("Der Umsatz von Nvidia wächst überexponentiell.", "de"),
    ],
)
def test_what_else_grows_like_that_and_what_only_may_is_not_tested(text: str, language: str) -> None:
    assert not {t.check for t in trials(text, language)} & {"explosive_root", "lppls_confidence"}


def test_a_bubble_of_a_named_span_is_looked_for_in_it() -> None:
    (trial,) = trials("In 1999 the Nasdaq Composite was a bubble.", "en")
    assert (trial.check, trial.params["says"]) == ("explosive_root", "explosive")
    assert trial.params["session"] == "1999-12-31"
    assert trial.params["start"][:4] == "1993"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Investors fear that Nvidia is a bubble.", "en"),
        ("If Nvidia is a bubble, nobody has noticed.", "en"),
        ("The housing bubble is still inflating.", "en"),
        ("The dot-com bubble is a warning to Nvidia.", "en"),
        ("Bubbles is an honest man, and Nvidia is not his concern.", "en"),
        ("The dollar is a bubble.", "en"),
        ("The S&P 500 is not a bubble.", "en"),
        ("The S&P 500 is nowhere near a bubble.", "en"),
        ("Nvidia is far from a bubble.", "en"),
        ("When the bubble burst in 2000, the Nasdaq fell by 78 percent.", "en"),
        ("Nvidia ist keine Blase.", "de"),
        ("Der S&P 500 ist weit von einer Blase entfernt.", "de"),
        ("Nvidia ist alles andere als eine Blase.", "de"),
        ("Nvidia könnte eine Blase sein.", "de"),
        ("Die Angst, dass der S&P 500 in einer Blase steckt, wächst.", "de"),
        ("Die Immobilienblase ist noch lange nicht am Ende.", "de"),
        ("Anleger leben in einer Filterblase, und Nvidia ist ihr Gott.", "de"),
    ],
)
def test_fears_and_other_bubbles_bind_to_no_explosive_growth(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check == "explosive_root"] == []


def test_a_leap_day_has_a_day_five_years_before() -> None:
    (trial,) = trials("Nvidia is a bubble.", "en", date(2024, 3, 1))
    assert trial.params["session"] == "2024-02-29"
    assert trial.params["start"] == "2019-02-28"


def test_the_market_as_a_whole_is_the_index_that_the_article_names_first() -> None:
    text = (
        "The Nasdaq Composite closed at 19,341 points, the yen at 154 to the dollar. "
        "Make no mistake, this is a bubble in shares."
    )
    (trial,) = [t for t in trials(text, "en") if t.check == "explosive_root"]
    assert (trial.params["symbol"], trial.basis["symbol"]) == ("^IXIC", "article")


def test_a_bubble_without_any_market_in_its_text_is_not_tested() -> None:
    assert trials("Make no mistake, this is a bubble, and it is bursting.", "en") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bubble has not burst yet, Nvidia stands at 130 dollars.", "en"),
        ("Die Blase bei Nvidia ist noch nicht geplatzt.", "de"),
    ],
)
def test_a_bubble_that_is_said_not_to_burst_has_no_trial_of_its_bursting(text: str, language: str) -> None:
    assert not {t.check for t in trials(text, language)} & {"drawdown", "trend_reversal", "explosive_root"}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("no doubt this is a bubble", False), ("nothing but a bubble", False), ("it isn't a bubble", True),
        ("Machen wir uns nichts vor, der Markt ist eine Blase", False), ("kein Zweifel, eine Blase", False),
        ("weder Blase noch Manie", True), ("kaum eine Blase", True),
    ],
)  # fmt: skip
def test_denials_in_form_only_deny_nothing(text: str, denied: bool) -> None:
    assert is_denied(text) is denied
