"""What never was, ranks whose betters are named, and figures that are the level of a high or a low."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language

JANUARY = date(2023, 1, 31)


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Oil prices have never gone below 10.75 dollars.", "en", {"symbol": "CL=F", "relation": "below"}),
        ("Der Vix lag noch nie über 90 Punkten.", "de", {"symbol": "^VIX", "relation": "above"}),
        ("Der Dax fiel 2024 nie unter 16.000 Punkte.", "de", {"symbol": "^GDAXI", "relation": "below"}),
    ],
)
def test_a_level_that_never_was(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "level"
    assert trial.params["never"] is True
    assert {k: trial.params[k] for k in params} == params


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nie zuvor hatte der Dax über 20.000 Punkten geschlossen.", "de"),
        ("The S&P 500 will never fall below 5,000 points again.", "en"),
        ("Der Dax wird nie unter 10.000 Punkte fallen.", "de"),
        ("The Nasdaq has never fallen 30 percent in a week.", "en"),
        ("The S&P 500 has never closed below 5,000 points since the election.", "en"),
    ],
)
def test_another_denial(text: str, language: Language) -> None:
    assert not any(t.params.get("never") for t in trials(text, language))


@pytest.mark.parametrize(
    ("text", "betters"),
    [
        ("The S&P 500 suffered the third worst returns since 1976, surpassed only in 2002 and 2008.", [2002, 2008]),
        ("2022 was the third-worst year for the S&P 500 since 1976, behind only 2002 and 2008.", [2002, 2008]),
    ],
)
def test_the_years_that_were_worse(text: str, betters: list[int]) -> None:
    (trial,) = trials(text, "en", JANUARY)
    assert trial.check == "record_extreme"
    assert (trial.params["rank"], trial.params["period"], trial.params["session"]) == (3, "year", "2022-12-30")
    assert trial.params["outdone_by"] == betters


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 had its fourth-worst year since 1976, behind only 2002 and 2008.", "en"),
        ("Es war das viertschlechteste Jahr des S&P 500 seit 1976, nur in 2008 war es schlimmer.", "de"),
    ],
)
def test_a_rank_that_the_named_years_do_not_fill(text: str, language: Language) -> None:
    assert not any(t.check == "record_extreme" for t in trials(text, language, JANUARY))


def test_the_figure_of_a_low_is_a_level() -> None:
    found = trials("The oil price reached a record low of minus 37.63 dollars on Monday.", "en")
    assert {t.check for t in found} == {"record_extreme", "level"}


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("WTI crude has never gone below 10.75 dollars.", ["DCOILWTICO"]),
        ("It is the first time in history that WTI crude oil dropped below zero.", ["DCOILWTICO"]),
        ("Brent crude closed at its lowest level ever on Friday.", ["DCOILBRENTEU"]),
        ("The Dax has never gone below 500 points.", None),
        ("The S&P 500 closed at its highest level ever on Friday.", None),
        ("WTI crude closed at 74.66 dollars on Friday.", None),
    ],
)
def test_other_prices_of_the_same_thing(text: str, also: list[str] | None) -> None:
    found = [t for t in trials(text, "en") if t.check in ("level", "record_extreme")]
    assert [t.params.get("also") for t in found] == [also]
