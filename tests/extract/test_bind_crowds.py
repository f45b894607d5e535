"""Sentences on a few that carry a group, and on the probability of a forecast."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.extract.binders.breadth import carried_by
from analyzer.model import Language


@pytest.mark.parametrize(
    ("text", "language", "top"),
    [
        ("Big Tech rose in 2024, but only a handful of stocks carried it.", "en", 5),
        ("Big Tech rose in 2024, but only three shares carried it.", "en", 3),
        ("Die Chipwerte stiegen im Jahr 2024 stark, doch nur eine Handvoll Aktien trägt sie.", "de", 5),
        ("Im Jahr 2024 legten die Magnificent Seven zu, nur drei Aktien trugen den Anstieg.", "de", 3),
    ],
)
def test_a_few_that_carry_a_group(text: str, language: Language, top: int) -> None:
    found = [t for t in trials(text, language) if t.check == "breadth"]
    assert found[0].params["quantifier"] == "few"
    assert found[0].params["top"] == top
    assert found[0].params["base"] == "2023-12-29"


@pytest.mark.parametrize(
    "text",
    [
        "Only three stocks fell on Monday.",
        "Nur wenige Aktien legten zu.",
        "The market is carried by hope.",
        "A handful of banks failed.",
    ],
)
def test_what_says_nothing_of_who_carries(text: str) -> None:
    assert carried_by(text) is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("With a probability of 70 percent the S&P 500 will be higher at the end of 2025.", "en",
         {"direction": "up", "probability": 0.7}),
        ("There is a 30 percent chance that the S&P 500 will fall by the end of 2025.", "en",
         {"direction": "down", "probability": 0.3}),
        ("Mit einer Wahrscheinlichkeit von 70 Prozent wird der S&P 500 Ende 2025 höher stehen.", "de",
         {"direction": "up", "probability": 0.7}),
        ("Der Dax wird mit 60-prozentiger Wahrscheinlichkeit bis Ende 2025 fallen.", "de",
         {"direction": "down", "probability": 0.6}),
    ],
)  # fmt: skip
def test_a_probability_is_scored_and_no_target(text: str, language: Language, expected: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "forecast"
    assert trial.params.items() >= expected.items()
    assert "stated" not in trial.params


def test_a_target_is_no_probability() -> None:
    (trial,) = trials("The S&P 500 will rise 10 percent by the end of 2025.", "en")
    assert "probability" not in trial.params
    assert trial.params["stated"]["value"] == pytest.approx(0.1)
