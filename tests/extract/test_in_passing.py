"""Claims that lean on the sentences before: a bare figure that somebody foretells, a movement of "it"."""

from __future__ import annotations

import pytest

from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article

EN, DE = "The gold price rose to 1,300 dollars in May. ", "Der Dax notierte im Mai bei 15.000 Punkten. "


def last(text: str, language: str) -> tuple[str, str] | None:
    """Kind and quote of the claim that the last sentence makes."""
    article = Article(id="case", text=text, language=language)
    seen = view(article, load_catalogue())
    found = [c for c in RulesReader().read(article, seen).claims or () if c.start >= seen.sentences[-1].start]
    return (found[-1].kind, found[-1].quote) if found else None


@pytest.mark.parametrize(
    ("before", "text", "language", "kind"),
    [
        (EN, "The lady at the counter says 1,800 by October.", "en", "prediction"),
        (EN, "My barber has 2,000 for the end of the year.", "en", "prediction"),
        (EN, "His bank sees it at 1,500 before the end of June.", "en", "prediction"),
        (DE, "Mein Friseur tippt auf 16.500 bis zum Jahresende.", "de", "prediction"),
        (EN, "The lady at the counter has 200 sheep for the end of the year.", "en", None),
        (EN, "The shop sold 3,000 coins by Friday.", "en", None),
        (EN, "My barber has 2,000.", "en", None),
        ("The weather was fine in May. ", "The lady at the counter says 1,800 by October.", "en", None),
        (EN, "It then gave it all back.", "en", "quantitative_move"),
        (EN, "By the evening it had given it all back.", "en", "quantitative_move"),
        (EN, "It fell on every day of the week.", "en", "quantitative_move"),
        (DE, "Er stieg danach an jedem Tag.", "de", "quantitative_move"),
        (EN, "It is a fine thing to climb a hill.", "en", None),
        ("The cat sat on the roof. ", "It fell on Monday.", "en", None),
        (EN, "Now it's under 1,200.", "en", "level"),
        (EN, "That is 28 percent more than at Easter.", "en", "quantitative_move"),
        (DE, "Das sind 28 Prozent mehr als zu Ostern.", "de", "quantitative_move"),
        (EN, "That is 28 percent of the membership.", "en", None),
        ("The orchard bore well. ", "That is 28 percent more than at Easter.", "en", None),
        (EN, "That stopped being true in 2022.", "en", "trend_regime"),
        (DE, "Das gilt seit Ostern nicht mehr.", "de", "trend_regime"),
        ("Children like sweets. ", "That stopped being true in 2022.", "en", None),
        (EN, "The house is no longer ours.", "en", None),
        (EN, "It's under the bed.", "en", None),
    ],
)
def test_a_sentence_behind_another(before: str, text: str, language: str, kind: str | None) -> None:
    found = last(before + text, language)
    assert (found[0] if found else None) == kind


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "On Friday the S&P 500 rose 2.3%, and by the evening the guests were singing in the garden.",
            "On Friday the S&P 500 rose 2.3%",
        ),
        (
            "Apple lost more than 100 billion dollars that day, a sum with which one could buy many apples.",
            "Apple lost more than 100 billion dollars that day",
        ),
        ("Oil fell 3 percent, and by Tuesday had gained 2 percent.", "by Tuesday had gained 2 percent."),
    ],
)
def test_the_quote_ends_where_another_story_begins(text: str, quote: str) -> None:
    assert last(text, "en") == ("quantitative_move", quote)
