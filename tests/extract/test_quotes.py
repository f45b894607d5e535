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
        ("Sterling sank 9 percent to $1.30, having carved out a range of $1.28 to $1.47.", "en",
         ["Sterling sank 9 percent to $1.30"]),
        ("Yields on 10-year Treasuries fell 20 basis points to 1.4 percent, giving savers little to cheer about.", "en",
         ["Yields on 10-year Treasuries fell 20 basis points to 1.4 percent"]),
        ("Dass diese Nachricht den Kurssturz der Nvidia auslöste, zeigt, wie nervös die Börse ist.", "de",
         ["Dass diese Nachricht den Kurssturz der Nvidia auslöste, zeigt, wie nervös die Börse ist."]),
        # what stands before it
        ("Although called a perma-bull for years, the strategist expects US stocks to fall in 2023.", "en",
         ["the strategist expects US stocks to fall in 2023."]),
        ("The table overleaf shows that 2008 was the worst year for the S&P 500 since 1937.", "en",
         ["2008 was the worst year for the S&P 500 since 1937."]),
        # a predicate behind a fronted clause, and one in a tail
        ("After the Dow fell 504 points on Monday, the most in years, stocks will fall again this week.", "en",
         ["After the Dow fell 504 points on Monday, the most in years", "stocks will fall again this week."]),
        ("Seit Januar hat der Bitcoin 50 Prozent zugelegt und damit Erinnerungen an den Kurssturz von 2021 geweckt.",
         "de",
         ["Seit Januar hat der Bitcoin 50 Prozent zugelegt", "damit Erinnerungen an den Kurssturz von 2021 geweckt."]),
        # main clauses side by side
        ("The S&P 500 has tripled in ten years, the dollar has lost 4 percent since May.", "en",
         ["The S&P 500 has tripled in ten years", "the dollar has lost 4 percent since May."]),
        # bare numbers that a price stands at, and records of what was named before
        ("In the evening the VIX stood at 82.69.", "en", ["In the evening the VIX stood at 82.69."]),
        ("The S&P 500 fell 3.6 percent. It was the worst day since August.", "en",
         ["The S&P 500 fell 3.6 percent.", "It was the worst day since August."]),
        ("Der Dax stieg um 2 Prozent. Das war sein bester Tag seit fast zwei Jahren.", "de",
         ["Der Dax stieg um 2 Prozent.", "Das war sein bester Tag seit fast zwei Jahren."]),
        # names with their figures in brackets are one list
        ("Unter Druck gerieten Aktien wie Aixtron (-6,3 Prozent), Siltronic (-4,7 Prozent) und Kontron (-3,8 Prozent).",
         "de",
         ["Unter Druck gerieten Aktien wie Aixtron (-6,3 Prozent), Siltronic (-4,7 Prozent) und "
          "Kontron (-3,8 Prozent)."]),
        # two claims of one kind without figures
        ("Treasuries had the worst month in their history, while US stocks suffered the third worst since 1976.", "en",
         ["Treasuries had the worst month in their history",
          "while US stocks suffered the third worst since 1976."]),
        ("Stocks will rise this year, but bond prices may fall in the summer.", "en",
         ["Stocks will rise this year", "bond prices may fall in the summer."]),
        # the predicate stands behind the relative clause
        ("The bull market in U.S. stocks, which began in March 2009, is the longest on record.", "en",
         ["The bull market in U.S. stocks, which began in March 2009, is the longest on record."]),
        # hard negatives: nothing is left out that a test may rest on
        ("Nvidia fell 17 percent, and on Tuesday it recovered.", "en",
         ["Nvidia fell 17 percent, and on Tuesday it recovered."]),
        ("Nvidia fell 17 percent because a Chinese model had surprised everybody.", "en",
         ["Nvidia fell 17 percent", "because a Chinese model had surprised everybody."]),
        ("Die Aktie von BASF gab am Mittwoch 3 Prozent nach, weil der Konzern seine Dividende gekürzt hatte.", "de",
         ["Die Aktie von BASF gab am Mittwoch 3 Prozent nach", "weil der Konzern seine Dividende gekürzt hatte."]),
        ("Der Goldpreis ist gestiegen, da viele Sparer ihrem Geld misstrauen und Münzen horten.", "de",
         ["Der Goldpreis ist gestiegen", "da viele Sparer ihrem Geld misstrauen und Münzen horten."]),
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
        ("Stocks and bonds were forgotten. It was the best day of her life.", "en"),
        ("The question is whether the market will rise or fall next year.", "en"),
        ("Offen ist, ob der Dax im nächsten Jahr steigen wird.", "de"),
        ("Nobody can predict when the market will crash.", "en"),
    ],
)
def test_words_that_mean_something_else_make_no_claim_of_a_series(text: str, language: str) -> None:
    article = Article.model_validate(
        {"id": "0" * 16, "text": text, "language": language, "published_basis": "unknown", "source": "a.txt"}
    )
    claims = RulesReader().read(article, view(article, load_catalogue())).claims or ()
    assert [c.kind for c in claims if c.checkable != "no"] == []
