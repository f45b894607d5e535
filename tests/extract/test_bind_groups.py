"""How many of a group are said to have moved: most, nearly all, none, hardly any; and groups of asset classes."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.model import Language

JANUARY = date(2023, 1, 31)


@pytest.mark.parametrize(
    ("text", "language", "quantifier", "direction", "base"),
    [
        ("Most asset classes suffered negative returns in 2022.", "en", "most", "down", "2021-12-31"),
        ("Many asset classes rose in the fourth quarter of 2022.", "en", "most", "up", "2022-09-30"),
        ("The year 2022 had one bright spot, the fourth quarter, which saw many asset classes climb.", "en",
         "most", "up", "2022-09-30"),
        ("No asset class gained in 2022.", "en", "none", "up", "2021-12-31"),
        ("All asset classes fell in 2022.", "en", "all", "down", "2021-12-31"),
        ("The majority of chip stocks had positive returns in 2022.", "en", "most", "up", "2021-12-31"),
        ("Die meisten Anlageklassen verloren im Jahr 2022.", "de", "most", "down", "2021-12-31"),
        ("Fast alle Anlageklassen gaben 2022 nach.", "de", "market", "down", "2021-12-31"),
        ("Keine Anlageklasse legte 2022 zu.", "de", "none", "up", "2021-12-31"),
    ],
)  # fmt: skip
def test_how_many_of_a_group(text: str, language: Language, quantifier: str, direction: str, base: str) -> None:
    (trial,) = [t for t in trials(text, language, JANUARY) if t.check == "breadth"]
    assert (trial.params["quantifier"], trial.params["direction"]) == (quantifier, direction)
    assert (trial.params["base"], trial.params["last"]) == (base, "2022-12-30")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Few asset classes fell in 2022.", "en"),
        ("Hardly any asset class rose in 2022.", "en"),
        ("Not all chip stocks fell in 2022.", "en"),
        ("Kaum eine Anlageklasse legte 2022 zu.", "de"),
        ("Most asset classes will fall in 2023.", "en"),
        ("Most asset classes are hard to value.", "en"),
    ],
)
def test_what_says_no_number_that_is_tested(text: str, language: Language) -> None:
    assert all(t.check != "breadth" for t in trials(text, language, JANUARY))
