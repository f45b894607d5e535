"""Sentences on what runs ahead of what, and sentences on a day's leaders."""

from __future__ import annotations

import pytest
from binding_texts import trials

from analyzer.model import Language


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [
        ("Copper leads the S&P 500.", "en", "HG=F", "^GSPC"),
        ("Copper is a leading indicator for stocks.", "en", "HG=F", "^GSPC"),
        ("Der Dax folgt der Wall Street.", "de", "^GSPC", "^GDAXI"),
        ("Der Bitcoin läuft dem Nasdaq 100 voraus.", "de", "BTC-USD", "^NDX"),
        ("Der Kupferpreis gilt als Frühindikator für die Aktien.", "de", "HG=F", "^GSPC"),
        ("Silver usually lags behind gold.", "en", "GC=F", "SI=F"),
    ],
)
def test_what_runs_ahead_of_what(text: str, language: Language, first: str, second: str) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "lead_lag"
    assert trial.params == {"symbol": first, "other": second, "last": "2025-01-27"}


def test_months_are_tested_by_months() -> None:
    (trial,) = trials("Copper leads the S&P 500 by several months.", "en")
    assert trial.params["every"] == "month"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia leads the Nasdaq.", "en"),
        ("Apple leads the S&P 500 lower.", "en"),
        ("Der Dax folgt der Wall Street nach unten.", "de"),
        ("The Dax followed Wall Street on Monday.", "en"),
        ("Tesla leads the market for electric cars.", "en"),
        ("Gold does not lead silver.", "en"),
        ("Apple leads the pack of tech stocks.", "en"),
        ("Gold leads silver in the race for the best asset of the year.", "en"),
        ("Copper could lead stocks.", "en"),
        ("Auf den Dax folgt ein Bericht zur Wall Street.", "de"),
    ],
)
def test_what_leads_on_a_day_does_not(text: str, language: Language) -> None:
    assert all(t.check != "lead_lag" for t in trials(text, language))
