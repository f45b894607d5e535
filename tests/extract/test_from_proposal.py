"""Trials that a model proposed for words which no binder reads: what is the text's, what is marked, what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from analyzer.checks.base import PROPOSED_CAP
from analyzer.extract.bind import Setting, bind
from analyzer.extract.proposals import Proposal
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, Attribution, Claim, ExtractedBy, Trial

TUESDAY = date(2025, 1, 28)
HINT = Proposal("c", "session_return", (), None, None, None, None, None, "direct", "")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def claimed(text: str, kind: str) -> Claim:
    return Claim(
        id="c", article="a", quote=text, start=0, end=len(text), kind=kind, statement=text, modality="asserted",
        attribution=Attribution(to="author"), checkable="partly", extracted_by=ExtractedBy(reader="llm"),
    )  # fmt: skip


def bound(text: str, kind: str, language: str = "en", **hint: Any) -> list[Trial]:
    seen = view(Article(id="a", text=text, language=language, published=TUESDAY), catalogue())
    found, _ = bind(claimed(text, kind), seen, Setting(Clock(TUESDAY)), [replace(HINT, **hint)])
    return list(found.trials)


def marked(trial: Trial) -> set[str]:
    """Parameters that the model supplied."""
    return {name for name, basis in trial.basis.items() if basis == "proposed"}


SHOOK = "The tremors were felt in every corner of the investment world."


def test_a_window_and_a_series_of_the_model_are_marked() -> None:
    (trial,) = bound(
        SHOOK, "volatility_sentiment", check="period_return", symbols=("^GSPC",), direction="down",
        first=date(2025, 1, 2), last=date(2025, 1, 27),
    )  # fmt: skip
    assert trial.check == "period_return"
    assert (trial.params["base"], trial.params["last"]) == ("2025-01-02", "2025-01-27")
    assert marked(trial) == {"symbol", "direction", "base", "last"} <= set(PROPOSED_CAP)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Dax steckt in schwierigem Fahrwasser.", "de"),
        ("The Nasdaq is in trouble.", "en"),
    ],
)
def test_a_series_that_the_text_names_is_the_texts(text: str, language: str) -> None:
    symbol = "^GDAXI" if language == "de" else "^IXIC"
    hint = {"check": "period_return", "direction": "down", "first": date(2025, 1, 2), "last": date(2025, 1, 27)}
    (trial,) = bound(text, "trend_regime", language, symbols=(symbol,), **hint)
    assert trial.basis["symbol"] == "quote"
    assert bound(text, "trend_regime", language, symbols=("NVDA",), **hint) == []


def test_a_group_a_pair_and_a_mood() -> None:
    day = {"direction": "down", "first": date(2025, 1, 27), "last": date(2025, 1, 27)}
    (group,) = bound(SHOOK, "volatility_sentiment", check="breadth", symbols=("^GSPC", "^IXIC", "^DJI"), **day)
    assert (group.params["members"], group.params["last"]) == (["^GSPC", "^IXIC", "^DJI"], "2025-01-27")
    (pair,) = bound(SHOOK, "comparison", check="relative_performance", symbols=("QQQ", "SPY"), **day)
    assert pair.params["relation"] == "worse"
    mood = {"check": "volatility_regime", "symbols": ("^VIX",), "direction": "up", "last": date(2025, 1, 27)}
    (nervous,) = bound(SHOOK, "volatility_sentiment", **mood)
    assert (nervous.params["word"], nervous.params["session"]) == ("nervous", "2025-01-27")
    assert {"symbol", "session", "word"} <= marked(nervous)


AHEAD = "Rough seas lie before us."


def test_a_forecast_begins_with_the_text_and_ends_as_proposed() -> None:
    hint = {"check": "forecast", "symbols": ("^GSPC",), "direction": "down"}
    (trial,) = bound(AHEAD, "prediction", last=date(2025, 6, 30), **hint)
    assert (trial.params["made"], trial.params["end"]) == ("2025-01-28", "2025-06-30")
    assert marked(trial) == {"symbol", "direction", "end"}
    (today,) = bound(AHEAD, "prediction", first=TUESDAY, last=TUESDAY, **hint)
    assert (today.check, today.params["session"]) == ("session_return", "2025-01-28")


@pytest.mark.parametrize(
    ("text", "kind", "hint"),
    [
        # a way that the text does not share
        ("The investment world fell apart.", "volatility_sentiment",
         {"check": "breadth", "symbols": ("^GSPC", "^IXIC", "^DJI"), "direction": "up"}),
        # none at all
        (SHOOK, "volatility_sentiment", {"symbols": ("^GSPC",)}),
        # no series
        (SHOOK, "volatility_sentiment", {"direction": "down"}),
        # what has been is no forecast, and what will be is no fact
        (SHOOK, "volatility_sentiment", {"check": "forecast", "symbols": ("^GSPC",), "direction": "down"}),
        (AHEAD, "prediction", {"check": "period_return", "symbols": ("^GSPC",), "direction": "down"}),
        # a window that ends after the text was written
        (SHOOK, "volatility_sentiment", {"symbols": ("^GSPC",), "direction": "down", "last": date(2025, 3, 3)}),
        # prices of goods rise in nearly every year
        (AHEAD, "prediction", {"check": "forecast", "symbols": ("CPIAUCSL",), "direction": "up",
                               "last": date(2026, 1, 28)}),
        # a figure that is no change of a price
        ("Some 40 percent of all firms felt the tremors.", "volatility_sentiment",
         {"symbols": ("^GSPC",), "direction": "down", "figure": "40 percent"}),
        # a record needs words
        (SHOOK, "record_extreme", {"check": "record_extreme", "symbols": ("^GSPC",), "direction": "down"}),
        (SHOOK, "normative", {"symbols": ("^GSPC",), "direction": "down"}),
    ],
)  # fmt: skip
def test_what_makes_no_fair_trial(text: str, kind: str, hint: dict[str, Any]) -> None:
    day = {"first": date(2025, 1, 27), "last": date(2025, 1, 27)}
    assert bound(text, kind, **{**day, **hint}) == []


def test_what_the_text_binds_by_itself_stays_alone() -> None:
    found = bound(
        "Nvidia shares fell 17 percent on Monday.", "quantitative_move", check="breadth",
        symbols=("NVDA", "AMD", "AVGO"), direction="down", first=date(2025, 1, 27), last=date(2025, 1, 27),
    )  # fmt: skip
    assert [trial.check for trial in found] == ["session_return"]


def test_a_trial_of_what_is_not_said_is_refused_by_name() -> None:
    text = "Stocks slid in 2024 as the market has not priced in a recession."
    seen = view(Article(id="a", text=text, language="en", published=TUESDAY), catalogue())
    proposal = replace(HINT, check="macro_level", symbols=("USREC",), first=date(2024, 1, 1), last=date(2024, 12, 31))
    found, refused = bind(claimed(text, "prediction"), seen, Setting(Clock(TUESDAY)), [proposal])
    assert [t for t in found.trials if t.params.get("symbol") == "USREC"] == []
    assert [(one.stage, one.code) for one in refused] == [("bind", "not_in_text")]
