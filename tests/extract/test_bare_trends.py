"""Moves that go on without a length, and what only looks like one: an idiom, an expectation."""

from __future__ import annotations

import pytest
from binding_texts import trials

from analyzer.model import Language


def test_what_falls_at_last_goes_on_falling() -> None:
    (trial,) = trials("Endlich fällt der Wert des Euro.", "de")
    assert (trial.check, trial.params["symbol"], trial.params["direction"]) == ("trend_reversal", "EURUSD=X", "down")
    assert trial.basis["recent"] == "default"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Endlich fällt der Vorhang für Nvidia.", "de"),
        ("Der Dax stieg in fast jedem der letzten zehn Jahre.", "de"),
        ("The S&P 500 rose in nearly every year since 2010.", "en"),
        ("Investors were pricing in fewer cuts.", "en"),
    ],
)
def test_no_move_of_one_window(text: str, language: Language) -> None:
    assert trials(text, language) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Dax stieg in sieben der letzten zehn Jahre.", "de"),
        ("The S&P 500 rose in eight of the last ten years.", "en"),
    ],
)
def test_how_often_something_moved_is_a_share_of_periods(text: str, language: Language) -> None:
    assert [t.check for t in trials(text, language)] == ["period_share"]
