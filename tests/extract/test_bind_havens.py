"""Sentences on what protects, and sentences that only look like it."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Gold is a safe haven.", "en", {"symbol": "GC=F"}),
        ("Gold gilt als sicherer Hafen.", "de", {"symbol": "GC=F"}),
        ("Bitcoin is digital gold.", "en", {"symbol": "BTC-USD"}),
        ("Bitcoin is a hedge against falling stocks.", "en", {"symbol": "BTC-USD", "role": "hedge"}),
        ("Gold dient vielen als Absicherung gegen fallende Kurse.", "de", {"symbol": "GC=F", "role": "hedge"}),
        ("The yen remains a safe haven.", "en", {"symbol": "JPY=X", "turned": ["JPY=X"]}),
        ("US-Staatsanleihen gelten als sicherer Hafen.", "de", {"symbol": "TLT"}),
    ],
)
def test_what_protects_as_a_rule(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "safe_haven"
    assert trial.params == {"market": "^GSPC", "last": "2025-01-27", **params}
    assert trial.basis["market"] == "default"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Investors fled into gold on Monday.", "en"), ("Die Anleger flüchteten am Montag in Gold.", "de")],
)
def test_a_flight_is_of_its_day(text: str, language: Language) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "safe_haven"
    assert trial.params == {"symbol": "GC=F", "market": "^GSPC", "base": "2025-01-24", "last": "2025-01-27"}
    assert trial.basis["last"] == "quote"
    assert trial.directness == "proxy"


def test_the_market_that_is_named_is_the_market() -> None:
    (trial,) = trials("Gold is a safe haven when the Dax is under pressure.", "en")
    assert trial.params["market"] == "^GDAXI"
    assert trial.basis["market"] == "quote"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gold is a hedge against inflation.", "en"),
        ("Gold ist ein Schutz vor Inflation.", "de"),
        ("Gold is no longer a safe haven.", "en"),
        ("Gold ist kein sicherer Hafen.", "de"),
        ("Treasuries lost their role as a safe haven.", "en"),
        ("Gold hat als sicherer Hafen versagt.", "de"),
        ("Bridgewater is a hedge fund that holds gold.", "en"),
        ("The safe-haven yen rose on Monday.", "en"),
        ("Gold, often seen as a safe haven, rose 2 percent on Monday.", "en"),
        ("Gold is a safe haven, they say, and on Monday investors fled into gold.", "en"),
        ("Money piled into Nvidia on Monday.", "en"),
        ("Investors fled into Bitcoin in 2021.", "en"),
        ("Refugees fled into the mountains while gold rose.", "en"),
        ("Die Anleger flüchten sich in Ausreden.", "de"),
        ("Gold could become a safe haven.", "en"),
        ("Stocks are a safe haven.", "en"),
    ],
)
def test_what_only_looks_like_it_is_not(text: str, language: Language) -> None:
    assert all(t.check != "safe_haven" for t in trials(text, language))
