"""What is said of every member of an index is not borne out by the index's own move."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article


@pytest.mark.parametrize(
    ("text", "language", "checks", "why_not"),
    [
        ("All 30 members of the Dow fell on Wednesday.", "en", set(), "no_members"),
        ("Alle 500 Mitglieder des S&P 500 schlossen am Mittwoch im Minus.", "de", set(), "no_members"),
        ("Every single component of the Nasdaq Composite rose on Wednesday.", "en", set(), "no_members"),
        ("All chip stocks fell on Wednesday.", "en", {"breadth"}, None),
        ("The Dow fell on Wednesday.", "en", {"session_return"}, None),
    ],
)
def test_an_index_does_not_stand_for_each_of_its_members(
    text: str, language: str, checks: set[str], why_not: str | None
) -> None:
    article = view(Article.model_validate({"id": "a", "text": text, "language": language}), load_catalogue())
    (claim,) = RulesReader().read(article.article, article).claims or ()
    bound = bind(claim, article, Setting(Clock(date(2024, 12, 19))))[0]
    assert {t.check for t in bound.trials} == checks
    assert bound.why_not == why_not
