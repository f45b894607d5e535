"""Two claims in their texts: same, contradicting or different. The sentences are not those of the measuring set."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import two_sides
from two_sides import EMBEDDER, TUESDAY

from analyzer.market.instruments import Catalogue
from analyzer.matching.assertion import Assertion
from analyzer.matching.compare import Relation, compare
from analyzer.matching.groups import group
from analyzer.matching.words import headings


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return two_sides.catalogue()


def read(text: str, catalogue: Catalogue, published: date = TUESDAY, language: str | None = None) -> Assertion:
    spoken = language or ("de" if any(w in f" {text} " for w in (" der ", " die ", " am ", " um ", " im ")) else "en")
    return two_sides.bound(("de" if spoken == "de" else "en", text), published)


def relate(a: str, b: str, catalogue: Catalogue, later: date = TUESDAY) -> Relation:
    vectors = EMBEDDER.embed([a, b])
    return compare(read(a, catalogue), read(b, catalogue, later), float(vectors[0] @ vectors[1]))


SAME = [
    ("Intel stieg am Montag um 17 Prozent.", "Intel gained almost 20 percent on Monday."),
    ("Der Dax fiel am Montag um zwei Prozent.", "The DAX lost 2.1 percent on 23 September."),
    ("Gold ist eine Blase.", "Gold is in a bubble."),
    ("Der Euro fiel am Montag zum Franken um ein Prozent.", "Der Franken stieg am Montag zum Euro um ein Prozent."),
]
CONTRADICTING = [
    ("Der Dax stieg am Montag deutlich.", "The DAX fell sharply on Monday."),
    ("Intel verlor am Montag 17 Prozent.", "Intel lost 3 percent on Monday."),
    ("Gold ist eine Blase.", "Gold is not in a bubble."),
    ("The S&P 500 closed above 5,700 on Monday.", "The S&P 500 closed below 5,700 on Monday."),
    (
        "Intel verlor am Montag 5 Milliarden Dollar Börsenwert.",
        "Intel lost 5 million dollars of market value on Monday.",
    ),
]
DIFFERENT = [
    ("Intel verlor am Montag 17 Prozent.", "AMD verlor am Montag 17 Prozent."),
    ("Der Dax fiel am Montag um zwei Prozent.", "Der Dax fiel am Donnerstag um zwei Prozent."),
    ("Der Dax fiel am Montag um zwei Prozent.", "Der Dax wird im Oktober um zwei Prozent fallen."),
    ("Die Zölle haben den Dax am Montag gedrückt.", "Der Dax fiel am Montag um zwei Prozent."),
    ("Trading volume in Intel doubled on Monday.", "Intel doubled on Monday."),
    ("Core inflation in the US was 3.2 percent in August.", "Inflation in the US was 2.5 percent in August."),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_claim_in_other_words(a: str, b: str, catalogue: Catalogue) -> None:
    assert relate(a, b, catalogue).label == "same"


@pytest.mark.parametrize(("a", "b"), CONTRADICTING)
def test_claims_that_cannot_both_hold_contradict(a: str, b: str, catalogue: Catalogue) -> None:
    assert relate(a, b, catalogue).label == "contradicting"


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_what_only_looks_alike_is_kept_apart(a: str, b: str, catalogue: Catalogue) -> None:
    assert relate(a, b, catalogue).label == "different"


@pytest.mark.parametrize(("a", "b"), SAME + CONTRADICTING + DIFFERENT)
def test_order_does_not_matter(a: str, b: str, catalogue: Catalogue) -> None:
    assert relate(a, b, catalogue).label == relate(b, a, catalogue).label


def test_the_same_words_of_another_year_are_another_claim(catalogue: Catalogue) -> None:
    said = "Der Dax fiel am Montag um zwei Prozent."
    assert relate(said, said, catalogue).label == "same"
    found = relate(said, said, catalogue, later=date(2022, 9, 27))
    assert found == Relation("different", "other times")


def test_the_reason_names_both_figures(catalogue: Catalogue) -> None:
    found = relate("Intel verlor am Montag 17 Prozent.", "Intel lost 3 percent on Monday.", catalogue)
    assert found.reason == "17 Prozent and 3 percent lie far apart"


def test_a_group_never_holds_two_that_contradict(catalogue: Catalogue) -> None:
    """15 may be 18, 18 may be 21, and 15 is not 21: the chain breaks rather than joining them."""
    texts = [f"Intel lost {n} percent on Monday." for n in (15, 18, 21, 26)]
    vectors = EMBEDDER.embed(texts)
    found = group([read(text, catalogue) for text in texts], vectors)
    foes = {(edge.a, edge.b) for edge in found.against}
    assert foes
    for members in found.groups:
        assert not any((a, b) in foes for a in members for b in members)
    assert sorted(i for members in found.groups for i in members) == [0, 1, 2, 3]


def test_words_are_found_where_they_begin() -> None:
    assert headings("causes", "die zölle trafen alle") == {"tariffs"}
    assert headings("causes", "verzollt") == set()


def test_a_claim_without_neighbours_is_a_group_of_its_own(catalogue: Catalogue) -> None:
    one = read("Intel lost 15 percent on Monday.", catalogue)
    assert group([one], np.zeros((1, 256), dtype=np.float32)).groups == ((0,),)
    assert group([], np.zeros((0, 256), dtype=np.float32)).groups == ()
