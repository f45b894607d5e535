"""What a claim quotes: the words that make it, and not what stands around them."""

from __future__ import annotations

import pytest

from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article


def quoted(text: str, language: str) -> list[str]:
    article = Article.model_validate(
        {"id": "0" * 16, "text": text, "language": language, "published_basis": "unknown", "source": "a.txt"}
    )
    return [c.quote for c in RulesReader().read(article, view(article, load_catalogue())).claims or ()]


@pytest.mark.parametrize(
    ("text", "language", "quotes"),
    [
        # who says it
        ('"Nvidia will fall 20 percent this year," Jane Doe, a strategist at a bank in Leeds, told us.', "en",
         ['Nvidia will fall 20 percent this year']),
        # what came of it, and what the author did
        ("That dragged the Nikkei down more than 8 percent and surprised officials in the ministry.", "en",
         ["That dragged the Nikkei down more than 8 percent"]),
        ("Nvidia closed above 1,000 dollars, and I celebrated with a sandwich.", "en",
         ["Nvidia closed above 1,000 dollars"]),
        # two claims of one kind without figures
        ("Treasuries had the worst month in their history, while US stocks suffered the third worst since 1976.", "en",
         ["Treasuries had the worst month in their history",
          "while US stocks suffered the third worst since 1976."]),
        ("Stocks will rise this year, but bond prices may fall in the summer.", "en",
         ["Stocks will rise this year", "bond prices may fall in the summer."]),
        # hard negatives: nothing is left out that a test may rest on
        ("Nvidia fell 17 percent, and on Tuesday it recovered.", "en",
         ["Nvidia fell 17 percent, and on Tuesday it recovered."]),
        ("Nvidia fell 17 percent because a Chinese model had surprised everybody.", "en",
         ["Nvidia fell 17 percent because a Chinese model had surprised everybody."]),
        ("Wenn die Fed die Zinsen senkt, steigt der Dax um 10 Prozent.", "de",
         ["Wenn die Fed die Zinsen senkt, steigt der Dax um 10 Prozent."]),
        ("Nvidia ist über Nacht um nicht weniger als 600 Mrd. Dollar – minus 17 Prozent – abgestürzt.", "de",
         ["Nvidia ist über Nacht um nicht weniger als 600 Mrd. Dollar – minus 17 Prozent – abgestürzt."]),
        ("Der Dax gab nach: minus 1,8 Prozent am Montag.", "de",
         ["Der Dax gab nach: minus 1,8 Prozent am Montag."]),
    ],
)  # fmt: skip
def test_a_quote_holds_the_claim_and_no_more(text: str, language: str, quotes: list[str]) -> None:
    assert quoted(text, language) == quotes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He met Bubbles at the market, and Bubbles made copies of several bills.", "en"),
        ("This usage shows up in the accounts of the banks.", "en"),
        ("One of the biggest losers of the reform is the bank in our street.", "en"),
        ("What will happen to the markets next, and who is to say?", "en"),
        ("Einer der größten Leidtragenden ist die Bank um die Ecke.", "de"),
    ],
)
def test_words_that_mean_something_else_make_no_claim_of_a_series(text: str, language: str) -> None:
    article = Article.model_validate(
        {"id": "0" * 16, "text": text, "language": language, "published_basis": "unknown", "source": "a.txt"}
    )
    claims = RulesReader().read(article, view(article, load_catalogue())).claims or ()
    assert [c.kind for c in claims if c.checkable != "no"] == []
