"""What the names of a claim whose series is not in the catalogue may be misspelt for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analyzer.extract.candidates import slips
from analyzer.extract.view import view
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Language, article_id


def _slips(text: str, language: Language = "en", near: Sequence[tuple[str, float]] = ()) -> tuple[list[str], list[str]]:
    """The candidates, and the names that were searched by meaning."""
    article = Article(id=article_id(text, None, None), text=text, language=language)
    asked: list[str] = []

    def nearest(name: str) -> Sequence[tuple[str, float]]:
        asked.append(name)
        return near

    seen = view(article, load_catalogue())
    return [str(c) for c in slips(seen.at(0, len(text)), nearest)], asked


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Nvida lost 17 percent on Monday.", "en", ["Nvidia (NVDA) 0.83"]),
        ("Die Nvida-Aktie verlor 17 Prozent.", "de", ["Nvidia (NVDA) 0.83"]),
        ("Goldman Sachs rose, Morgen Stanley fell.", "en", ["Morgan Stanley (MS) 0.83"]),
        ("Lennar shed 3 percent.", "en", []),
        ("Hapag-Lloyd verlor 3 Prozent.", "de", []),
        ("Shares have lost 17 percent.", "en", []),
        ("Die Anleger und die Bundesregierung sind nervös.", "de", []),
    ],
)
def test_a_misspelt_name_has_its_candidate_and_another_name_none(
    text: str, language: Language, found: list[str]
) -> None:
    assert _slips(text, language)[0] == found


def test_a_name_that_the_words_around_it_ruled_out_is_not_offered_again() -> None:
    assert _slips("Shell companies lost 17 percent. Gold medals too.")[0] == []


def test_neighbours_in_meaning_are_offered_only_when_they_are_near() -> None:
    assert _slips("Uranium lost 3 percent.", near=[("PA=F", 0.81)]) == ([], ["Uranium"])
    assert _slips("Uranium lost 3 percent.", near=[("PA=F", 0.95)]) == (["Palladium (PA=F) 0.95"], ["Uranium"])
