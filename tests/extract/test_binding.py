"""From sentences to trials: subject, window, direction and figure are read from the text, nothing is guessed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.proposals import Proposal
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import ArticleView, view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, Trial

TUESDAY = date(2025, 1, 28)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def seen(text: str, language: str) -> ArticleView:
    return view(Article(id="a", text=text, language=language, published=TUESDAY), catalogue())


def trials(text: str, language: str = "en", published: date | None = TUESDAY) -> list[Trial]:
    article = seen(text, language)
    claims = RulesReader().read(article.article, article).claims or ()
    return [t for c in claims for t in bind(c, article, Setting(Clock(published)))[0].trials]


def some(text: str, check: str, language: str = "en") -> Trial:
    found = [t for t in trials(text, language) if t.check == check]
    assert found, [t.check for t in trials(text, language)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "language", "check", "params"),
    [
        ("Nvidia shares fell 17 percent on Monday.", "en", "session_return",
         {"symbol": "NVDA", "session": "2025-01-27", "direction": "down"}),
        ("Die Nvidia-Aktie brach über Nacht um 17 Prozent ein.", "de", "session_return",
         {"symbol": "NVDA", "session": "2025-01-27"}),
        ("Der Dax hat seit Jahresbeginn um 7 Prozent zugelegt.", "de", "period_return",
         {"symbol": "^GDAXI", "base": "2024-12-30", "direction": "up"}),
        ("The S&P 500 gained 23 percent in 2024.", "en", "period_return",
         {"symbol": "^GSPC", "base": "2023-12-29", "last": "2024-12-31"}),
        ("Nvidia lost $600bn in market value on Monday.", "en", "market_value_change",
         {"symbols": ["NVDA"], "base": "2025-01-24", "last": "2025-01-27"}),
        ("The Dow fell 504 points on Monday.", "en", "session_return", {"symbol": "^DJI", "session": "2025-01-27"}),
        ("Am Montag schloss der S&P 500 bei 6.012 Punkten.", "de", "level", {"symbol": "^GSPC", "relation": "at"}),
        ("On Monday the VIX reached its highest level since December.", "en", "record_extreme",
         {"symbol": "^VIX", "quantity": "level", "side": "high", "since": "2024-12-01"}),
        ("An den Börsen herrschte am Montag Panik.", "de", "volatility_regime", {"symbol": "^VIX", "word": "panic"}),
        ("The Nasdaq is 10 percent below its record high.", "en", "drawdown", {"symbol": "^IXIC", "mode": "size"}),
        ("The S&P 500 will fall below 5,000 by the end of 2025.", "en", "forecast",
         {"symbol": "^GSPC", "end": "2025-12-31", "mode": "touch"}),
    ],
)  # fmt: skip
def test_a_sentence_becomes_its_trial(text: str, language: str, check: str, params: dict[str, Any]) -> None:
    trial = some(text, check, language)
    assert {name: trial.params.get(name) for name in params} == params


def test_every_parameter_that_decides_has_a_basis() -> None:
    trial = some("Nvidia shares fell 17 percent on Monday.", "session_return")
    assert trial.basis == {"symbol": "quote", "direction": "quote", "stated": "quote", "session": "quote"}


def test_a_session_that_is_not_named_is_said_to_be_assumed() -> None:
    trial = some("Nvidia shares fell 17 percent.", "session_return")
    assert trial.basis["session"] == "default"
    assert any("names no day" in note for note in trial.assumed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In premarket trading Nvidia shares fell 7.5 percent.", "en"),
        ("In 75 percent of those years the S&P 500 recorded a gain.", "en"),
        ("Nvidia shares fell 17 percent on the same day.", "en"),
        ("The S&P 500 has risen by 10 percent since the crash.", "en"),
        ("US-Konsumentenpreise stiegen um 3 Prozent.", "de"),
    ],
)
def test_what_the_text_does_not_fix_is_not_tested(text: str, language: str) -> None:
    assert [t.check for t in trials(text, language) if t.check in ("session_return", "period_return")] == []


def test_the_other_side_of_a_series_turns_the_sign() -> None:
    trial = some("Der Yen stieg am Montag um 2 Prozent.", "session_return", "de")
    assert trial.params["symbol"] == "JPY=X"
    assert trial.params["direction"] == "down"
    assert trial.params["stated"]["value"] == pytest.approx(-0.02)


def proposed(text: str, **proposal: Any) -> tuple[list[Trial], list[str]]:
    article = seen(text, "en")
    (claim,) = RulesReader().read(article.article, article).claims or ()
    hint = {
        "symbols": (),
        "figure": None,
        "first": None,
        "last": None,
        "event": None,
        "directness": "direct",
        "why": "",
    }
    bound, refused = bind(
        claim, article, Setting(Clock(TUESDAY)), [Proposal(claim_id=claim.id, **{**hint, **proposal})]
    )
    return list(bound.trials), [r.code for r in refused]


def test_a_model_that_proposes_another_window_than_the_text_is_refused() -> None:
    found, refused = proposed(
        "Nvidia shares fell 17 percent on Monday.", check="session_return", symbols=("NVDA",), last=date(2020, 3, 16)
    )
    assert "window_differs" in refused
    assert found[0].params["session"] == "2025-01-27"


def test_a_model_that_proposes_another_subject_than_the_text_is_refused() -> None:
    found, refused = proposed("Nvidia shares fell 17 percent on Monday.", check="session_return", symbols=("AVGO",))
    assert "subject_differs" in refused
    assert {t.params["symbol"] for t in found if t.check == "session_return"} == {"NVDA"}


def test_a_proposed_check_that_is_not_there_yet_is_a_need_and_no_trial() -> None:
    found, refused = proposed("Nvidia shares fell 17 percent on Monday.", check="tail_probability", symbols=("NVDA",))
    assert "tail_probability" not in {t.check for t in found}
    assert refused == []
