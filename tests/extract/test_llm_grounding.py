"""A quote stands in the text word for word, or it is refused with its code and the nearest stretch."""

from __future__ import annotations

import pytest

from analyzer.extract.grounding import MAX_QUOTE, Refusal, check_figures, ground
from analyzer.text.spans import Span

TEXT = (
    "Am 27. Januar 2025 verlor der Dax 3,1 Prozent. Nvidia büßte nicht weniger als 600 Mrd. Dollar ein – "
    "»ein schwarzer Tag«. Danach verlor der Dax 3,1 Prozent noch einmal."
)

HONEST = (
    "verlor der Dax 3,1 Prozent",
    "Nvidia büßte nicht weniger als 600 Mrd. Dollar ein",
    'ein - "ein schwarzer Tag"',
)
FALSE = (
    "verlor der Dax 3,7 Prozent",
    "Nvidia büßte nicht weniger als 600 Mio. Dollar ein",
    "verlor der Dax nicht 3,1 Prozent",
    "Am 27. Januar 2024 verlor der Dax",
    "Apple büßte 600 Mrd. Dollar ein",
    "1 Prozent. Nvidia",
    "Nvidia büßte … 600 Mrd. Dollar ein",
)


@pytest.mark.parametrize("quote", HONEST)
def test_an_honest_quote_is_found(quote: str) -> None:
    span = ground(quote, TEXT)
    assert isinstance(span, Span)
    assert span.of(TEXT)[:3] == quote[:3]


@pytest.mark.parametrize("quote", FALSE)
def test_a_falsified_quote_is_refused(quote: str) -> None:
    refusal = ground(quote, TEXT)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "quote_not_found"


def test_a_refusal_shows_the_nearest_stretch_and_how_like_it_is() -> None:
    refusal = ground("büßte nicht weniger als 700 Mrd. Dollar ein", TEXT)
    assert isinstance(refusal, Refusal)
    assert "nicht weniger als 600 Mrd. Dollar ein" in refusal.why
    assert "% alike" in refusal.why


def test_of_several_places_the_one_nearby_is_taken() -> None:
    later = TEXT.rindex("verlor der Dax")
    assert ground("verlor der Dax 3,1 Prozent", TEXT, later - 10) == Span(later, later + 26)
    assert ground("verlor der Dax 3,1 Prozent", TEXT) == Span(19, 45)


@pytest.mark.parametrize("quote", ["", "  ", "…", '""', "–"])
def test_a_quote_without_words_is_refused(quote: str) -> None:
    assert getattr(ground(quote, TEXT), "code", None) == "quote_empty"


def test_a_passage_is_no_quote() -> None:
    long = "wort " * (MAX_QUOTE // 5 + 1)
    assert getattr(ground(long, long * 2), "code", None) == "quote_too_long"


def test_figures_must_stand_in_the_quote_as_whole_numbers() -> None:
    quote = "Nvidia fiel um 17 Prozent und verlor 600\u00a0Mrd. Dollar"
    assert check_figures(["17 Prozent", "600 Mrd. Dollar"], quote) is None
    for figure in ("7 Prozent", "600 Mio. Dollar", "17,0 Prozent", "", "60"):
        refusal = check_figures(["17 Prozent", figure], quote)
        assert refusal is not None
        assert refusal.code == "figure_not_in_quote"
