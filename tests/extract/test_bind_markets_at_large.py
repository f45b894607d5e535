"""Markets that are named by a general word alone, and forecasts that are none."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Language, article_id

MAY = date(2023, 5, 26)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction", "base"),
    [
        ("Interest rates rose in February 2023.", "en", "DGS10", "up", "2023-01-31"),
        ("Stocks fell in March 2023.", "en", "^GSPC", "down", "2023-02-28"),
        ("Die Zinsen sind im Februar 2023 kräftig gestiegen.", "de", "DGS10", "up", "2023-01-31"),
        ("Die Aktien gaben im Jahr 2022 nach.", "de", "^GSPC", "down", "2021-12-31"),
    ],
)
def test_a_market_at_large(text: str, language: Language, symbol: str, direction: str, base: str) -> None:
    (trial,) = trials(text, language, MAY)
    assert trial.check == "period_return"
    assert (trial.params["symbol"], trial.params["direction"], trial.params["base"]) == (symbol, direction, base)
    assert trial.basis["symbol"] == "default"  # so that it cannot be contradicted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Crude stocks rose in March 2023.", "en"),
        ("Bond issuance rose in March 2023.", "en"),
        ("Interest rates rose.", "en"),
        ("The rise in interest rates in February 2023 hit banks.", "en"),
        ("Interest rates and stocks rose in February 2023.", "en"),
        ("Die Leitzinsen stiegen im Februar 2023.", "de"),
    ],
)
def test_a_general_word_in_another_sense(text: str, language: Language) -> None:
    assert all(t.check != "period_return" for t in trials(text, language, MAY))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The rise in yields likely pushed Nvidia lower in February.", False),
        ("The Dow probably fell because yields rose.", False),
        ("The Dow is likely to fall in the coming weeks.", True),
    ],
)
def test_what_likely_was_is_no_forecast(text: str, kind: bool) -> None:
    article = Article(id=article_id(text, None, MAY), text=text, language="en", published=MAY)
    claims = RulesReader().read(article, view(article, load_catalogue())).claims or ()
    assert [c.kind == "prediction" for c in claims] == [kind]


def test_another_asset_class_is_no_neighbour() -> None:
    (trial,) = trials("The S&P 500 fell 2 percent on Thursday.", "en", MAY)
    assert set(trial.params["peers"]) == {"^IXIC", "^DJI"}
