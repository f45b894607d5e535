"""In which currency a move is counted: phrases, the figure that each belongs to, and what only looks like one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.currencies import CODES, PHRASES
from analyzer.extract.drafts import Bound
from analyzer.extract.lexicon import load_lexicon
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, Claim, Trial

END_OF_JULY = date(2025, 7, 31)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def read(text: str, language: str) -> list[tuple[Claim, Bound]]:
    article = view(Article(id="a", text=text, language=language, published=END_OF_JULY), catalogue())
    claims = RulesReader().read(article.article, article).claims or ()
    return [(claim, bind(claim, article, Setting(Clock(END_OF_JULY)))[0]) for claim in claims]


def trials(text: str, language: str) -> list[Trial]:
    return [trial for _, bound in read(text, language) for trial in bound.trials]


def counted(text: str, language: str) -> list[tuple[str, str | None]]:
    """Each trial's figure, or the name of its check where it has none, with the currency that it is counted in."""
    found = trials(text, language)
    return [((t.params.get("stated") or {"text": t.check})["text"], t.params.get("currency")) for t in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Der S&P 500 hat in Euro gerechnet seit Jahresbeginn 2,4 Prozent verloren.", "de", [("2,4 Prozent", "EUR")]),
        ("Auf Euro-Basis fiel der S&P 500 seit Jahresbeginn um 2,4 Prozent.", "de", [("2,4 Prozent", "EUR")]),
        ("Gold stieg am Montag in Euro um 3 Prozent.", "de", [("3 Prozent", "EUR")]),
        ("Gold in Euro stieg am Montag um 3 Prozent.", "de", [("3 Prozent", "EUR")]),
        ("In Dollar gerechnet stieg der Dax seit Jahresbeginn um 36 Prozent.", "de", [("36 Prozent", "USD")]),
        ("Aus Sicht eines Euro-Anlegers verlor der S&P 500 seit Jahresbeginn 2,4 Prozent.", "de",
         [("2,4 Prozent", "EUR")]),
        ("Gemessen in Franken fiel der S&P 500 am Montag um 2 Prozent.", "de", [("2 Prozent", "CHF")]),
        ("In Euro gerechnet fiel der S&P 500 am Montag.", "de", [("session_return", "EUR")]),
        ("In Euro gerechnet hinkt der S&P 500 dem Dax seit Jahresbeginn hinterher.", "de",
         [("relative_performance", "EUR")]),
        ("Nvidia verlor am Montag in Euro gerechnet 558 Milliarden Euro an Börsenwert.", "de",
         [("558 Milliarden Euro", "EUR")]),
        ("Die Aktie von Nvidia fiel am Montag in Euro gerechnet um 20 Euro.", "de", [("20 Euro", "EUR")]),
        ("In euro terms, the S&P 500 has lost 2.4 percent this year.", "en", [("2.4 percent", "EUR")]),
        ("In dollar terms the Dax has gained 36 percent this year.", "en", [("36 percent", "USD")]),
        ("Measured in euros, Nvidia fell 17 percent on Monday.", "en", [("17 percent", "EUR")]),
        ("For a euro-based investor the S&P 500 has lost 2.4 percent this year.", "en", [("2.4 percent", "EUR")]),
        ("Bitcoin fell 3 percent in euros on Monday.", "en", [("3 percent", "EUR")]),
        ("The Dax rose 1 percent in sterling terms on Monday.", "en", [("1 percent", "GBP")]),
        ("The S&P 500 beat the Dax in dollar terms this year.", "en", [("relative_performance", "USD")]),
    ],
)  # fmt: skip
def test_a_phrase_asks_for_a_currency(text: str, language: str, expected: list[tuple[str, str | None]]) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Der S&P 500 legte seit Jahresbeginn um 7,8 Prozent zu, in Euro sind es minus 2,4 Prozent.", "de",
         [("7,8 Prozent", None), ("minus 2,4 Prozent", "EUR")]),
        ("Der Dax verlor am Montag 3 Prozent und in Dollar sogar 4 Prozent.", "de",
         [("3 Prozent", None), ("4 Prozent", "USD")]),
        ("Seit Jahresbeginn stieg der Dax um 20 Prozent (in Dollar: 36 Prozent).", "de",
         [("20 Prozent", None), ("36 Prozent", "USD")]),
        ("In Euro gerechnet verlor der S&P 500 am Montag 8 Prozent, der Nasdaq 10 Prozent.", "de",
         [("8 Prozent", "EUR"), ("10 Prozent", "EUR")]),
        ("Am Montag verlor der S&P 500 8 Prozent, der Nasdaq in Euro gerechnet 10 Prozent.", "de",
         [("8 Prozent", None), ("10 Prozent", "EUR")]),
        ("Der Goldpreis in Dollar fiel am Montag um 2 Prozent, in Euro stieg er um 1 Prozent.", "de",
         [("2 Prozent", None), ("1 Prozent", "EUR")]),
        ("The Nikkei rose 5 percent in July in dollar terms and 9 percent in local currency.", "en",
         [("5 percent", "USD"), ("9 percent", None)]),
        ("The S&P 500 is down 2 percent this year for a euro-based investor but up 8 percent in dollars.", "en",
         [("2 percent", "EUR"), ("8 percent", None)]),
    ],
)  # fmt: skip
def test_a_phrase_belongs_to_its_figure(text: str, language: str, expected: list[tuple[str, str | None]]) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Nvidia-Aktie fiel am Montag auf 120 Dollar.", "de"),
        ("Die Aktie von SAP kostet 100 Euro.", "de"),
        ("Die Aktie von Nvidia stieg am Montag um 3 Prozent auf umgerechnet 120 Euro.", "de"),
        ("Nvidia verlor am Montag 600 Milliarden Dollar an Börsenwert, umgerechnet 570 Milliarden Euro.", "de"),
        ("Währungsbereinigt stieg der S&P 500 seit Jahresbeginn um 7,8 Prozent.", "de"),
        ("In Lokalwährung stieg der Nikkei am Freitag um 2 Prozent.", "de"),
        ("Der Dax stieg am Montag in Euro um 1 Prozent.", "de"),
        ("Die in Euro notierte Nvidia-Aktie fiel am Montag um 17 Prozent.", "de"),
        ("Nvidia, in Frankfurt in Euro gehandelt, fiel am Montag um 17 Prozent.", "de"),
        ("Der S&P 500 fiel am Montag um 3 Prozent, Anleihen in Euro gaben nach.", "de"),
        ("Euro-Anleger flüchteten am Montag in Gold, das 3 Prozent zulegte.", "de"),
        ("The S&P 500 has gained 7.8 percent this year in local currency.", "en"),
        ("Brent crude, which is also traded in euros, fell 2 percent on Monday.", "en"),
        ("Nvidia fell 17 percent on Monday and paid its suppliers in euros.", "en"),
        ("Nvidia shares fell 17 percent on Monday to 120 euros in Frankfurt.", "en"),
        ("Nvidia, whose bonds in euros are rare, fell 17 percent on Monday.", "en"),
        ("In Europe, the S&P 500 tracker lost 2 percent on Monday.", "en"),
    ],
)
def test_money_and_what_is_quoted_in_it_are_no_conversion(text: str, language: str) -> None:
    found = counted(text, language)
    assert found
    assert {currency for _, currency in found} == {None}


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("In Euro gerechnet verlor der S&P 500 am Montag 2 Prozent.", ["quote"]),
        ("In Euro gerechnet verlor der S&P 500 am Montag 2 Prozent, der Dow Jones fiel am Montag um 1 Prozent.",
         ["quote", "context"]),
        ("In Euro gerechnet verlor der S&P 500 am Montag 2 Prozent; am Dienstag gewann der Nasdaq 3 Prozent.",
         ["quote", None]),
        ("In Euro gerechnet verlor der S&P 500 am Montag 2 Prozent. Der Nasdaq gewann am Montag 3 Prozent.",
         ["quote", None]),
    ],
)  # fmt: skip
def test_a_phrase_holds_for_its_sentence_up_to_a_semicolon(text: str, bases: list[str | None]) -> None:
    """The basis says whether the claim's own words ask for the currency, or its sentence."""
    found = trials(text, "de")
    assert [t.basis.get("currency") for t in found] == bases
    assert [t.params.get("currency") for t in found] == ["EUR" if basis else None for basis in bases]


def test_the_euro_of_an_investor_is_no_subject() -> None:
    (trial,) = trials("Der S&P 500 verlor aus Sicht von Euro-Anlegern am Montag 2 Prozent.", "de")
    assert trial.params["symbol"] == "^GSPC"


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("In Euro gerechnet erreichte der S&P 500 am Montag ein Rekordhoch.", "record_extreme"),
        ("In Euro gerechnet liegt der S&P 500 rund 9 Prozent unter seinem Rekordhoch.", "drawdown"),
    ],
)
def test_a_check_that_cannot_convert_is_named_and_not_run_in_another_currency(text: str, check: str) -> None:
    ((_, bound),) = read(text, "de")
    assert (bound.trials, bound.why_not, bound.needs) == ((), "needs_check", (f"{check} in EUR",))


@pytest.mark.parametrize(
    ("text", "language", "statement"),
    [
        ("In Euro gerechnet verlor der S&P 500 seit Jahresbeginn 2,4 Prozent.", "de",
         "The S&P 500 has fallen 2.4 % since the start of the year, counted in euros."),
        ("The S&P 500 fell 2 percent on Monday.", "en", "The S&P 500 fell 2 % on Monday."),
    ],
)  # fmt: skip
def test_the_statement_says_the_currency(text: str, language: str, statement: str) -> None:
    ((claim, _),) = read(text, language)
    assert claim.statement == statement


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_currency_has_its_phrases_in_both_languages(language: str) -> None:
    headings: Any = load_lexicon(language).headings
    assert set(headings) >= PHRASES | {"stated_in"}
    assert {f"in_{code}" for code in CODES} <= PHRASES
