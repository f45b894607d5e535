"""What a model passed over, as the rules see it: found without reading again what is covered, and the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.extract.rules import RulesReader, passed_over
from analyzer.extract.view import ArticleView, view
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article
from analyzer.text.documents import read_document

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("[0-9]*.md"))[:9:2]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def by_reading_everything(seen: ArticleView, covered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    claims = RulesReader().read(seen.article, seen).claims or ()
    return [
        (c.start, c.end)
        for c in claims
        if c.checkable != "no" and not any(a < c.end and c.start < b for a, b in covered)
    ]


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_it_is_what_reading_everything_finds(path: Path, catalogue: Catalogue) -> None:
    document = read_document(str(path), max_bytes=10**6)
    article = Article(id="a", text=document.text, language=document.metadata.language or "de")
    seen, draw = view(article, catalogue), random.Random(1)
    claims = [(c.start, c.end) for c in RulesReader().read(seen.article, seen).claims or ()]
    whole = [tuple(seen.verbatim(s)) for s in seen.sentences]
    cut = [(a + 3, b) for a, b in whole if b - a > 9] + [(a, b - 1) for a, b in whole]
    sets = [[], claims, claims[::2], whole, whole[1::2], cut[::2], draw.sample(claims + cut, 8)]
    sizes = set()
    for covered in sets:
        found = passed_over(view(article, catalogue), covered)
        assert [tuple(place) for place in found] == by_reading_everything(seen, covered)
        sizes.add(len(found))
    assert len(sizes) > 2
    assert passed_over(seen, whole) == ()


def test_a_sentence_whose_full_stop_is_left_is_covered(catalogue: Catalogue) -> None:
    text = "Der Dax fiel um 3 Prozent. Der Dow Jones verlor 2 Prozent."
    seen = view(Article(id="a", text=text, language="de"), catalogue)
    first = text.index(".")
    assert [text[a:b] for a, b in passed_over(seen, [(0, first)])] == ["Der Dow Jones verlor 2 Prozent."]
    assert len(passed_over(seen, [(0, 3)])) == 1  # a part of the quote is touched
    assert len(passed_over(seen, [])) == 2
