"""Where a model's statement says otherwise than its quote, the output says so."""

from __future__ import annotations

import pytest

from analyzer.extract.second_opinion import disagreement
from analyzer.extract.view import view
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Claim, ExtractedBy


def differs(text: str, language: str, quote: str, statement: str) -> tuple[str, ...]:
    article = Article.model_validate({"id": "a", "text": text, "language": language})
    start = text.index(quote)
    claim = Claim(
        id="c", article="a", quote=quote, start=start, end=start + len(quote), kind="quantitative_move",
        statement=statement, extracted_by=ExtractedBy(reader="llm", model="openai:tester"),
    )  # fmt: skip
    return disagreement(claim, view(article, load_catalogue()))


@pytest.mark.parametrize(
    ("text", "language", "quote", "statement", "says"),
    [
        ("Nvidia brach um 17 Prozent ein.", "de", "Nvidia brach um 17 Prozent ein", "Nvidia rose by 17 percent.",
         ["the quote reads as a fall, the statement says a rise"]),
        ("Nvidia brach um 17 Prozent ein.", "de", "Nvidia brach um 17 Prozent ein", "Nvidia fell by 27 percent.",
         ['"27 percent" stands in the statement and not in the text around the quote']),
        ("Der Dax gewann 2,3 Prozent.", "de", "Der Dax gewann 2,3 Prozent", "The DAX lost 3.2 percent.",
         ["the quote reads as a rise, the statement says a fall",
          '"3.2 percent" stands in the statement and not in the text around the quote']),
    ],
)  # fmt: skip
def test_a_statement_that_says_otherwise_is_named(
    text: str, language: str, quote: str, statement: str, says: list[str]
) -> None:
    assert list(differs(text, language, quote, statement)) == says


@pytest.mark.parametrize(
    ("text", "language", "quote", "statement"),
    [
        ("Nvidia brach um 17 Prozent ein.", "de", "Nvidia brach um 17 Prozent ein", "Nvidia fell by 17 percent."),
        ("Nvidia lost half of its value.", "en", "Nvidia lost half of its value", "Nvidia fell by 50 percent."),
        ("It cost 600 Mrd. Dollar.", "en", "It cost 600 Mrd. Dollar", "Nvidia lost 600 billion US dollars."),
        ("Nvidia erholte sich von seinem Kurssturz.", "de", "erholte sich von seinem Kurssturz", "Nvidia recovered."),
        ("Der Dax fiel nicht.", "de", "Der Dax fiel nicht", "The DAX rose."),
        ("Apple gained, Nvidia 3 percent. It was a good day.", "en", "It was a good day", "Nvidia rose 3 percent."),
    ],
)
def test_what_agrees_or_cannot_be_compared_is_not_named(text: str, language: str, quote: str, statement: str) -> None:
    assert differs(text, language, quote, statement) == ()
