"""Sentences on rules of the calendar, and sentences on one year."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language

STOCKS = {"symbol": "^GSPC", "direction": "up", "last": "2025-01-27"}


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Sell in May and go away, the old saying goes.", "en", {"effect": "halloween"}),
        ("„Sell in May and go away“ lautet eine alte Börsenregel.", "de", {"effect": "halloween"}),
        ("The January effect is real.", "en", {"effect": "january", "symbol": "IWM", "against": "^GSPC"}),
        ("A Santa rally usually lifts stocks.", "en", {"effect": "santa"}),
        ("Eine Jahresendrally bringt den Aktien meist Gewinne.", "de", {"effect": "months", "months": [12]}),
        ("September is the worst month for stocks.", "en",
         {"effect": "months", "months": [9], "direction": "down", "rank": True}),
        ("Der September ist der schwächste Börsenmonat.", "de",
         {"effect": "months", "months": [9], "direction": "down", "rank": True}),
        ("Der Oktober gilt als Crash-Monat.", "de", {"effect": "crashes", "months": [10], "direction": "down"}),
        ("Im September fallen die Kurse besonders oft.", "de",
         {"effect": "months", "months": [9], "direction": "down"}),
        ("Historically the Dax is strong in April.", "en",
         {"effect": "months", "months": [4], "symbol": "^GDAXI"}),
    ],
)  # fmt: skip
def test_a_rule_of_the_calendar_is_bound(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "calendar_effect"
    assert trial.params == {**STOCKS, **params}
    assert trial.basis["symbol"] == ("quote" if params.get("symbol") == "^GDAXI" else "default")


def test_what_a_vague_name_stands_for_is_said() -> None:
    (trial,) = trials("Eine Jahresendrally bringt den Aktien meist Gewinne.", "de")
    assert trial.assumed == ("“Aktien”: S&P 500", "“Jahresendrally”: December")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("September is the worst month for stocks and April the best.", "en"),
        ("The Santa rally failed to come this year.", "en"),
        ("Die Jahresendrally blieb aus.", "de"),
        ("September 2022 was the worst month for stocks since 2008.", "en"),
        ("In September stocks fell 9 percent.", "en"),
        ("September is the worst month for hurricanes.", "en"),
        ("Der September ist der letzte Sommermonat.", "de"),
        ("There will be a Santa rally.", "en"),
        ("Sell in May did not work this year.", "en"),
        ("It was the worst month for the Dax in three years.", "en"),
        ("The company is to sell in May its stake in the bank.", "en"),
    ],
)
def test_what_one_year_did_is_no_rule(text: str, language: Language) -> None:
    assert all(t.check != "calendar_effect" for t in trials(text, language))
