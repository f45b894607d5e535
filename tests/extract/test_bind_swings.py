"""Sentences on swings that grew or shrank, and sentences on other things that swing."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Volatility has doubled since January.", "en",
         {"symbol": "^GSPC", "direction": "rose", "since": "2024-12-31"}),
        ("The swings in the S&P 500 have grown since the summer.", "en",
         {"symbol": "^GSPC", "direction": "rose", "since": "2024-05-31"}),
        ("Die Schwankungen am Aktienmarkt haben zugenommen.", "de", {"symbol": "^GSPC", "direction": "rose"}),
        ("Die Schwankungen des Dax haben sich seit dem Sommer verringert.", "de",
         {"symbol": "^GDAXI", "direction": "fell", "since": "2024-05-31"}),
        ("The volatility of Bitcoin has halved.", "en", {"symbol": "BTC-USD", "direction": "fell"}),
    ],
)  # fmt: skip
def test_swings_that_grew_or_shrank(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "volatility_change"
    assert {k: v for k, v in trial.params.items() if k not in ("stated", "last")} == params
    assert trial.params["last"] == "2025-01-27"
    figure = trial.params.get("stated")
    assert (figure["value"] if figure else None) == {"doubled": 1.0, "halved": -0.5}.get(
        next((w for w in ("doubled", "halved") if w in text), "")
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Implied volatility has risen since January.", "en"),
        ("The VIX has doubled since January.", "en"),
        ("Volatility could increase.", "en"),
        ("Earnings volatility has increased at Nvidia.", "en"),
        ("Die Schwankungen haben nicht zugenommen.", "de"),
        ("Volatility has increased in the options market.", "en"),
        ("Temperature swings have grown.", "en"),
        ("The price of Nvidia has doubled since January.", "en"),
        ("Die Schwankungen haben am Montag zugenommen.", "de"),
    ],
)
def test_other_things_that_swing(text: str, language: Language) -> None:
    assert all(t.check != "volatility_change" for t in trials(text, language))
