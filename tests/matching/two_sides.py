"""Two claims in their texts, for the tests of what matching makes of them: read with binder and trials, or the words
alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import ArticleView, view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.matching.assertion import Assertion, assertion
from analyzer.matching.compare import Relation, compare
from analyzer.model import Article, Language
from analyzer.store.static import StaticEmbedder

TUESDAY = date(2024, 9, 24)
EMBEDDER = StaticEmbedder()
"""It loads its vectors once."""
Side = tuple[Language, str]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue(())


def seen(side: Side, published: date = TUESDAY) -> ArticleView:
    language, text = side
    return view(Article(id="x", text=text, language=language, published=published), catalogue())


def bound(side: Side, published: date = TUESDAY) -> Assertion:
    """What the first claim asserts, with the trials that were bound to it."""
    read = seen(side, published)
    clause = read.at(0, len(side[1]))
    claims = RulesReader().read(read.article, read).claims or ()
    if not claims:
        return assertion(clause, published)
    found, _ = bind(claims[0], read, Setting(Clock(published)))
    return assertion(clause, published, found.trials, claims[0].kind, claims[0].modality)


def in_words(side: Side) -> Assertion:
    """Without reader and binder: what stands in the words alone."""
    return assertion(seen(side).at(0, len(side[1])), TUESDAY)


def related(a: Side, b: Side, read: Callable[[Side], Assertion] = bound) -> Relation:
    vectors = EMBEDDER.embed([a[1], b[1]])
    return compare(read(a), read(b), float(vectors[0] @ vectors[1]))


def label_both_ways(a: Side, b: Side, read: Callable[[Side], Assertion] = bound) -> set[str]:
    """One label, where it does not hang on which of the two comes first."""
    return {related(a, b, read).label, related(b, a, read).label}
