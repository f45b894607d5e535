"""Groups without names of their own bind to the members of the day, and the output says which and when."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest
from binding_texts import TUESDAY

from analyzer.market.instruments import load_catalogue
from analyzer.model import Language, Trial


def trials(text: str, language: Language = "de", published: date = TUESDAY) -> dict[str, Trial]:
    """By check, those of all claims of the text."""
    return {trial.check: trial for trial in binding_texts.trials(text, language, published)}


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("Die KI-Aktien fielen am Montag.", "de", "AI stocks"),
        ("Tech-Werte fielen am Montag.", "de", "Big Tech"),
        ("Der Dax gab nach. Bankaktien verloren am Montag.", "de", "German banks"),
        ("Der S&P 500 gab nach. Bankaktien verloren am Montag.", "de", "US banks"),
        ("Europäische Bankaktien fielen am Montag.", "de", "European banks"),
        ("European drugmakers fell on Monday.", "en", "European pharma stocks"),
        ("The Granolas fell on Monday.", "en", "GRANOLAS"),
    ],
)
def test_a_group_is_its_members_of_the_day_and_says_so(text: str, language: Language, label: str) -> None:
    trial = trials(text, language)["breadth"]
    assert trial.params["label"] == label
    basket = next(b for b in load_catalogue().baskets if b.name == label)
    assert tuple(trial.params["members"]) == basket.at(date(2025, 1, 27))
    (said,) = trial.assumed
    assert said.startswith(f"{label} on 2025-01-27: ")
    assert said.count(", ") == len(trial.params["members"]) - 1


def test_money_that_a_group_lost_names_the_group_too() -> None:
    trial = trials("KI-Aktien verloren am Montag 600 Milliarden Dollar an Börsenwert.")["market_value_change"]
    (said,) = trial.assumed
    assert said.startswith("AI stocks on 2025-01-27: Nvidia, Microsoft, Alphabet, ")


def test_who_had_not_been_listed_or_had_left_was_no_member() -> None:
    banks = trials("Europäische Banken fielen am Freitag.", published=date(2023, 6, 19))["breadth"].params["members"]
    assert "UBSG.SW" in banks
    assert "CSGN.SW" not in banks
    tech = load_catalogue().basket("big-tech")
    assert tech
    assert "META" not in tech.at(date(2012, 5, 17))
    assert "META" in tech.at(date(2012, 5, 18))
