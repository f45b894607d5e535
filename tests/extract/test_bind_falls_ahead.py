"""Falls that are seen ahead without a figure."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.judge import doubt
from analyzer.model import Evidence, Language, Stated

MONDAY = date(2025, 1, 27)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "size", "end", "basis"),
    [
        ("Analysten rechnen mit einer Korrektur am US-Aktienmarkt.", "de", "^GSPC", -0.10, "2026-01-27", "context"),
        ("Dem Dax droht ein Kursrutsch.", "de", "^GDAXI", -0.10, "2026-01-27", "default"),
        ("Ein Crash des Dax droht noch in diesem Jahr.", "de", "^GDAXI", -0.20, "2025-12-31", "default"),
        ("Das könnte im Dax einen Rücksetzer auslösen.", "de", "^GDAXI", -0.05, "2026-01-27", "default"),
        ("The S&P 500 is likely to see a pullback.", "en", "^GSPC", -0.05, "2026-01-27", "default"),
        ("The Nasdaq will see a sell-off in 2025.", "en", "^IXIC", -0.10, "2025-12-31", "default"),
    ],
)
def test_a_fall_ahead(text: str, language: Language, symbol: str, size: float, end: str, basis: str) -> None:
    (trial,) = trials(text, language, MONDAY)
    assert (trial.check, trial.params["symbol"], trial.params["mode"]) == ("forecast", symbol, "touch")
    assert (trial.params["stated"]["value"], trial.params["end"]) == (size, end)
    assert trial.basis["stated"] == basis


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sell-off in the Nasdaq will continue.", "en"),
        ("A correction in the S&P 500 is not going to come.", "en"),
        ("Will the Nasdaq see a correction?", "en"),
        ("If yields rise, the Nasdaq will see a correction.", "en"),
        ("Inflation will see a correction.", "en"),
        ("Die Korrektur im Dax dürfte weitergehen.", "de"),
        ("Der Dax wird nach der Korrektur steigen.", "de"),
        ("Der Vorstand erwartet eine Konsolidierung der Branche.", "de"),
    ],
)
def test_no_fall_ahead(text: str, language: Language) -> None:
    assert not [t for t in trials(text, language, MONDAY) if t.params.get("mode") == "touch"]


@pytest.mark.parametrize(("basis", "outcome"), [("default", "inconclusive"), ("context", "refuted")])
def test_only_a_size_that_is_agreed_on_can_refute(basis: str, outcome: str) -> None:
    said = Stated(text="fall", value=-0.1, low=None, high=-0.1, unit="fraction", qualifier="at_least")
    one = Evidence(
        id="e", trial="t", check="forecast", params={}, as_of=MONDAY, directness="direct", outcome="refuted",
        reason="not_reached", summary="s.", rule="", stated=said, basis={"stated": basis, "symbol": "quote"},
    )  # fmt: skip
    assert doubt([one])[0].outcome == outcome
