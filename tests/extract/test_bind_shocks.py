"""Sentences on what a shock does as a rule, and sentences on one day."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language

BASE = {"shock": "up", "effect": "down", "days": "all", "last": "2025-01-27"}


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Rate hikes hurt tech stocks.", "en",
         {"symbol": "QQQ", "driver": "DGS2", "days": "announcements", "benchmark": "^GSPC"}),
        ("Zinserhöhungen belasten Tech-Werte.", "de",
         {"symbol": "QQQ", "driver": "DGS2", "days": "announcements", "benchmark": "^GSPC"}),
        ("Zinssenkungen beflügeln die Aktien.", "de",
         {"symbol": "^GSPC", "driver": "DGS2", "days": "announcements", "shock": "down", "effect": "up"}),
        ("A strong dollar hurts gold.", "en", {"symbol": "GC=F", "driver": "DX-Y.NYB"}),
        ("Ein starker Dollar drückt auf den Goldpreis.", "de", {"symbol": "GC=F", "driver": "DX-Y.NYB"}),
        ("Steigende Zinsen sind Gift für Wachstumsaktien.", "de",
         {"symbol": "QQQ", "driver": "DGS10", "benchmark": "^GSPC"}),
        ("Higher oil prices weigh on Lufthansa.", "en",
         {"symbol": "LHA.DE", "driver": "CL=F", "benchmark": "^MDAXI"}),
        ("Higher oil prices weigh on airlines.", "en",
         {"symbol": "JETS", "driver": "CL=F", "benchmark": "^GSPC"}),
        ("Falling yields support gold.", "en",
         {"symbol": "GC=F", "driver": "DGS10", "shock": "down", "effect": "up"}),
    ],
)  # fmt: skip
def test_what_a_shock_does_as_a_rule(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "shock_sensitivity"
    assert trial.params == {**BASE, **params}
    assert trial.basis["effect"] == "quote"
    assert any(params["driver"] != a and ": " in a for a in trial.assumed)


def test_a_substitute_of_the_dollar_index_is_said() -> None:
    (trial,) = trials("A strong dollar hurts gold.", "en", missing=("DX-Y.NYB",))
    assert trial.params["driver"] == "DTWEXBGS"
    assert trial.assumed == ("“strong dollar”: Broad US dollar index",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rising yields weighed on tech stocks on Monday.", "en"),
        ("Steigende Zinsen belasten heute die Tech-Werte.", "de"),
        ("Rate hikes hurt homeowners.", "en"),
        ("Rate hikes could hurt tech stocks.", "en"),
        ("Rate hikes do not hurt tech stocks.", "en"),
        ("A strong dollar hurts exporters.", "en"),
        ("Higher oil prices weigh on gold and silver.", "en"),
        ("Gold hurts.", "en"),
        ("Das Unternehmen setzt auf Zinserhöhungen.", "de"),
    ],
)
def test_what_is_no_rule_is_not(text: str, language: Language) -> None:
    assert all(t.check != "shock_sensitivity" for t in trials(text, language))
