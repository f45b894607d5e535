"""Moves that are as small as can be, and none at all; and the season that is no fall."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

WRITTEN = date(2020, 2, 28)
trials = partial(binding_texts.trials, published=WRITTEN)


@pytest.mark.parametrize(
    ("text", "language", "symbol"),
    [
        ("The Dow was little changed on Friday.", "en", "^DJI"),
        ("The Dow ended flat on Friday.", "en", "^DJI"),
        ("Apple closed unchanged on Friday.", "en", "AAPL"),
        ("Der Dax notierte am Freitag kaum verändert.", "de", "^GDAXI"),
        ("Der Dax trat am Freitag auf der Stelle.", "de", "^GDAXI"),
    ],
)
def test_no_move_is_a_claim_of_its_own(text: str, language: str, symbol: str) -> None:
    (trial,) = trials(text, language)
    stated = trial.params["stated"]
    assert (trial.check, trial.params["symbol"], stated["low"], stated["high"]) == (
        "session_return", symbol, -0.0025, 0.0025,
    )  # fmt: skip
    assert trial.basis["stated"] == "default"
    assert "at most 0.25 %" in trial.assumed[0]


def test_of_a_longer_time_one_per_cent_is_none() -> None:
    (trial,) = trials("The Dow was little changed for the week.", "en")
    assert (trial.check, trial.params["stated"]["high"]) == ("period_return", 0.01)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Fed left interest rates unchanged on Friday.", "en"),
        ("A flat tax would hurt Apple.", "en"),
        ("The yield curve is flat.", "en"),
        ("The Dow was hardly unchanged before the opening bell on Friday.", "en"),
        ("Die EZB ließ den Leitzins unverändert.", "de"),
    ],
)
def test_what_says_it_of_something_else_is_none(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check in ("session_return", "period_return")] == []


def test_an_inch_is_a_rise() -> None:
    (slight,) = trials("The Nasdaq inched up on Friday.", "en")
    assert slight.params["slight"] is True
    (plain,) = trials("The Nasdaq rose on Friday.", "en")
    assert plain.params.get("slight") is None


@pytest.mark.parametrize(
    "text", ["Apple will do well this fall.", "The launch will return Apple to growth in the fall."]
)
def test_the_fall_is_a_season(text: str) -> None:
    assert trials(text, "en") == ()


def test_a_fall_in_the_fall_is_one() -> None:
    (trial,) = trials("Apple will fall this fall.", "en")
    assert trial.params["direction"] == "down"


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("The S&P 500 is near 2950.", "en", 2940.0, 2960.0),
        ("Der Dax steht bei rund 11.890 Punkten.", "de", 11880.0, 11900.0),
    ],
)
def test_a_level_that_is_only_near_a_figure(text: str, language: str, low: float, high: float) -> None:
    (trial,) = trials(text, language)
    assert (trial.check, trial.params["stated"]["low"], trial.params["stated"]["high"]) == ("level", low, high)


def test_what_fell_by_around_so_much_is_at_no_level() -> None:
    (trial,) = trials("The Dow fell around 350 points on Friday.", "en")
    assert trial.check == "session_return"


def test_no_other_index_of_the_dollar_stands_in_for_its_level() -> None:
    (trial,) = trials("The U.S. dollar index closed at 98.1 on Friday.", "en")
    assert (trial.check, trial.params["symbol"], trial.params["stated"]["unit"]) == ("level", "DX-Y.NYB", "points")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Gold is about $1,570 an ounce.", "en"), ("Der Euro steht nahe 1,10 Dollar.", "de")],
)
def test_what_a_thing_costs_is_a_level(text: str, language: str) -> None:
    assert [t.check for t in trials(text, language)] == ["level"]


@pytest.mark.parametrize(
    ("text", "language", "negated"),
    [
        ("Most economists are predicting a recession.", "en", None),
        ("A recession is likely.", "en", None),
        ("The economy could escape a mild recession.", "en", True),
        ("There will be no recession.", "en", True),
        ("Viele Volkswirte erwarten für die USA eine Rezession.", "de", None),
        ("In den USA wird es keine Rezession geben.", "de", True),
    ],
)
def test_a_recession_that_is_foretold_or_denied_is_scored(text: str, language: str, negated: bool | None) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["symbol"], trial.params["relation"], trial.params.get("negated") or None) == (
        "USREC", "occurs", negated,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "first", "last"),
    [
        ("During the financial panic of 2008, investors bought government bonds.", "panic", "2008-01-01", "2008-12-31"),
        ("In 2017 the stock market was calm.", "calm", "2016-12-31", "2017-12-29"),
    ],
)
def test_a_mood_of_a_year_is_looked_for_in_all_of_it(text: str, word: str, first: str, last: str) -> None:
    (trial,) = (t for t in trials(text, "en") if t.check == "volatility_regime")
    assert (trial.params["word"], trial.params["first"], trial.params["session"]) == (word, first, last)


def test_who_heads_a_central_bank_names_its_economy() -> None:
    text = "In den USA ist die Inflation hoch.\n\n»Wir beobachten einen Rückgang der Inflation«, sagte Lagarde."
    assert [t.params["symbol"] for t in trials(text, "de")] == ["CP0000EZ19M086NEST"]


@pytest.mark.parametrize(
    ("text", "language", "checks", "basis"),
    [
        ("All three indices fell on Friday.", "en", {"session_return"}, "default"),
        ("All three major averages posted weekly losses.", "en", {"period_return"}, "default"),
        (
            "Der Dax, der MDax und der TecDax eröffneten am Freitag. Alle drei Indizes fielen am Freitag deutlich.",
            "de", {"session_return"}, "article",
        ),
    ],
)  # fmt: skip
def test_all_three_indices_are_one_after_the_other(text: str, language: str, checks: set[str], basis: str) -> None:
    found = [t for t in trials(text, language) if t.params.get("direction") == "down"]
    assert {t.check for t in found} == checks
    assert len({t.params["symbol"] for t in found}) == 3
    assert {t.basis["symbol"] for t in found} == {basis}
    assert all("the indices that are meant" in t.assumed[0] for t in found)


def test_in_german_three_indices_that_are_not_named_are_none() -> None:
    assert trials("Alle drei Indizes fielen am Freitag.", "de") == ()
