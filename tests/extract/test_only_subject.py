"""An article that is about one thing lends it to a clause that speaks of a price and names nobody's; no other does."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Trial

BITCOIN = (
    "Bitcoin is back. Bitcoin was worth 63,843 dollars on Friday, and nobody doubted Bitcoin.\n\n"
    "The old hands kept calm.\n\n"
)


def trials(text: str) -> list[Trial]:
    article = view(Article.model_validate({"id": "a", "text": text, "language": "en"}), load_catalogue())
    claims = RulesReader().read(article.article, article).claims or ()
    last = claims[-1]
    return list(bind(last, article, Setting(Clock(date(2024, 4, 22))))[0].trials)


def test_the_one_thing_that_the_article_is_about_is_what_is_meant() -> None:
    (trial,) = trials(f"{BITCOIN}Then the price rose by 5 percent on Friday.")
    assert trial.params["symbol"] == "BTC-USD"
    assert trial.basis["symbol"] == "article"


@pytest.mark.parametrize(
    "text",
    [
        "Bitcoin and Nvidia and Bitcoin and Nvidia were in fashion, and so was Bitcoin.\n\n{}",
        "Bitcoin is back.\n\n{}",
    ],
)
def test_an_article_on_several_things_or_on_none_lends_nothing(text: str) -> None:
    assert trials(text.format("Others kept calm.\n\nThen a sell-off of 5 percent began on Friday.")) == []


@pytest.mark.parametrize(
    "clause", ["Then revenues rose by 5 percent on Friday.", "Then the mood rose by 5 percent on Friday."]
)
def test_what_is_no_price_is_not_the_articles(clause: str) -> None:
    assert trials(f"{BITCOIN}{clause}") == []
