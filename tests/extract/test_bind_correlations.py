"""Sentences on what moves together, and sentences that only look like it."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Bonds and stocks now fall together.", "en",
         {"symbol": "TLT", "other": "^GSPC", "relation": "together", "new": True, "falls": True}),
        ("Aktien und Anleihen fallen gemeinsam.", "de",
         {"symbol": "^GSPC", "other": "TLT", "relation": "together", "falls": True}),
        ("Gold and the dollar move in opposite directions.", "en",
         {"symbol": "GC=F", "other": "DX-Y.NYB", "relation": "opposite"}),
        ("Der Goldpreis und der Dollar entwickeln sich gegenläufig.", "de",
         {"symbol": "GC=F", "other": "DX-Y.NYB", "relation": "opposite"}),
        ("Bitcoin läuft mit den Tech-Aktien.", "de", {"symbol": "QQQ", "other": "BTC-USD", "relation": "together"}),
        ("Bitcoin trades like a tech stock.", "en", {"symbol": "QQQ", "other": "BTC-USD", "relation": "together"}),
        ("Bitcoin is increasingly correlated with the Nasdaq-100.", "en",
         {"symbol": "BTC-USD", "other": "^NDX", "relation": "together", "change": "rose"}),
        ("The correlation between stocks and bonds has turned positive since 2022.", "en",
         {"symbol": "^GSPC", "other": "TLT", "relation": "together", "change": "rose", "new": True,
          "since": "2021-12-31"}),
    ],
)  # fmt: skip
def test_what_moves_together_is_bound(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "correlation_change"
    assert trial.params == {**params, "last": "2025-01-27"}


def test_what_stands_for_a_general_word_is_said_and_marked() -> None:
    (trial,) = trials("Bonds and stocks now fall together.", "en")
    assert trial.basis["symbol"] == trial.basis["other"] == "default"
    assert trial.assumed == ("“Bonds”: iShares 20+ Year Treasury Bond ETF", "“stocks”: S&P 500")
    assert trial.basis["relation"] == "quote"


def test_a_yield_in_place_of_the_price_of_bonds_is_turned_round() -> None:
    (trial,) = trials("Stocks and Treasuries fall together.", "en", missing=("TLT",))
    assert trial.params["other"] == "DGS30"
    assert trial.params["turned"] == ["DGS30"]


def test_the_yen_is_the_rate_of_the_dollar_turned_round() -> None:
    (trial,) = trials("The yen and the S&P 500 move in opposite directions.", "en")
    assert trial.params["turned"] == ["JPY=X"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Stocks and bonds fell together on Monday.", "en"),
        ("Aktien und Anleihen fallen heute gemeinsam.", "de"),
        ("Bitcoin is digital gold, its fans insist, but Bitcoin trades like a tech stock.", "en"),
        ("Gold and silver rose together by 5 percent.", "en"),
        ("Stocks and bonds no longer fall together.", "en"),
        ("Aktien und Anleihen fallen nicht mehr gemeinsam.", "de"),
        ("Stocks and bonds could fall together.", "en"),
        ("The members of the panel move together to the next room.", "en"),
        ("The S&P 500 moves with the seasons.", "en"),
        ("In January stocks and bonds moved together.", "en"),
        ("Risk and reward go hand in hand for stocks.", "en"),
        ("Er läuft mit den Hunden durch den Park.", "de"),
    ],
)
def test_what_only_looks_like_it_is_not(text: str, language: Language) -> None:
    assert all(t.check != "correlation_change" for t in trials(text, language))
