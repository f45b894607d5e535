"""What is read of a text does not hang on how it is set: wrapped lines, no-break spaces, typewriter's quotes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article
from analyzer.text.documents import read_document
from analyzer.text.numbers import figures
from analyzer.text.tables import table
from analyzer.text.times import times

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PIECES = {"01-augustgewitter": "de", "12-die-schwerkraft-ist-zurueck": "de", "05-nasdaq-correction": "en"}
PUBLISHED = date(2025, 8, 4)
TYPEWRITTEN = str.maketrans("„“”‚‘’–—", "\"\"\"'''--")
FORMS: dict[str, Callable[[str], str]] = {
    "wrapped": lambda text: "\n\n".join(
        "\n".join(textwrap.wrap(one, 60, break_on_hyphens=False, break_long_words=False)) for one in text.split("\n\n")
    ),
    "no-break spaces": lambda text: re.sub(r"(?<!\d) | (?!\d)", "\u00a0", text),
    "typewritten": lambda text: text.translate(TYPEWRITTEN),
    "decomposed line ends": lambda text: text.replace("\n", " \n"),
}


def read(text: str, language: str) -> list[tuple[str, ...]]:
    """Quote, kind, modality and trials of each claim, whatever the quote is set with."""
    article = Article(id="a", text=text, language=language, published=PUBLISHED)  # type: ignore[arg-type]
    seen, found = view(article, load_catalogue()), []
    for claim in RulesReader().read(article, seen).claims or ():
        assert text[claim.start : claim.end] == claim.quote
        bound, _ = bind(claim, seen, Setting(Clock(PUBLISHED)))
        trials = [f"{trial.check} {sorted(trial.params.items())}" for trial in bound.trials]
        found.append((" ".join(claim.quote.translate(TYPEWRITTEN).split()), claim.kind, claim.modality, *trials))
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("piece", PIECES)
def test_claims_are_the_same_in_every_form(piece: str, form: str) -> None:
    document = read_document(str(CORPUS / f"{piece}.md"), max_bytes=10**6)
    flat = "\n\n".join(" ".join(one.split()) for one in re.split(r"\n\s*\n", document.text))
    language = PIECES[piece]
    expected = read(flat, language)
    assert len(expected) > 10
    assert read(FORMS[form](flat), language) == expected


@pytest.mark.parametrize(
    ("said", "spaced"),
    [
        ("in the last five trading\ndays", "in the last five trading days"),
        ("for ten trading-days in a row", "for ten trading days in a row"),
        ("at the tail-end of 2020", "at the tail end of 2020"),
    ],
)
def test_words_of_time_may_be_divided_otherwise_than_in_the_list(said: str, spaced: str) -> None:
    assert [e.value for e in times(said, "en")] == [e.value for e in times(spaced, "en")] != []


def test_a_qualifier_may_be_hyphenated() -> None:
    (said,), (spaced,) = (figures(f"It lost 3 percent {words}.", "en") for words in ("or-so", "or so"))
    assert (
        (said.qualifier, said.low, said.high) == (spaced.qualifier, spaced.low, spaced.high) == ("about", 0.025, 0.035)
    )


def leaves(node: object) -> list[str]:
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in (str(key), *leaves(value))]
    return [leaf for one in node for leaf in leaves(one)] if isinstance(node, list) else [str(node)]


LISTED = sorted({word for name in ("times_en", "times_de", "numbers_en", "numbers_de") for word in leaves(table(name))})
GAPS = st.sampled_from([" ", "-", "\u00a0", "\n", "  ", "\u2011", "–", "/", ""])


@given(st.lists(st.tuples(st.sampled_from([*LISTED, "3", "2020", "the", "der"]), GAPS, GAPS), max_size=12))
def test_no_run_of_listed_words_is_too_much(words: list[tuple[str, str, str]]) -> None:
    text = "".join(word.replace(" ", inside) + behind for word, inside, behind in words)
    for language in ("de", "en"):
        for expression in times(text, language):
            assert text[expression.start : expression.end] == expression.text
        for figure in figures(text, language):
            assert 0 <= figure.start < figure.end <= len(text)
