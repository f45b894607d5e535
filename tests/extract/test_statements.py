"""The statement of a rules claim: English, of the right subject, and never more than the quote says."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.roles import parts
from analyzer.extract.rules import RulesReader
from analyzer.extract.statements import LIMIT, statement
from analyzer.extract.view import ArticleView, view
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Article, Attribution, Claim, Kind, Language, Modality
from analyzer.text.documents import read_document
from analyzer.text.numbers import Figure

CORPUS = sorted((Path(__file__).resolve().parents[2] / "corpus").glob("[0-9]*.md"))


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def seen(text: str, language: Language) -> ArticleView:
    return view(Article(id="a", text=text, language=language), catalogue())


def claims(text: str, language: Language) -> tuple[Claim, ...]:
    article = seen(text, language)
    return RulesReader().read(article.article, article).claims or ()


def said(text: str, language: Language = "en") -> str:
    """The statement of the first claim of a text."""
    return claims(text, language)[0].statement


@lru_cache(maxsize=16)
def of_piece(path: Path) -> tuple[ArticleView, tuple[Claim, ...]]:
    document = read_document(str(path), max_bytes=100_000)
    article = seen(document.text, "de" if document.metadata.language == "de" else "en")
    return article, RulesReader().read(article.article, article).claims or ()


# --- quotes of the corpus, with what a careful person would have written ------------------------------------------


@pytest.mark.parametrize(
    ("piece", "quote", "expected"),
    [
        ("01", "Der S&P 500 verlor drei Prozent", "The S&P 500 fell 3 %."),
        ("01", "der Nasdaq Composite sogar", "The Nasdaq Composite fell 3.4 %."),
        ("01", "Minus 6,4 Prozent", "Nvidia fell 6.4 % in one day."),
        ("01", "Es war der schwärzeste Tag", 'The S&P 500 had its worst day since "Ausbruch der Pandemie".'),
        ("01", "Seit dem Rekordschluss",
         "Nvidia has lost a little over a quarter of its value since its record close of 18 June."),
        ("01", "der Nasdaq Composite liegt", "The Nasdaq Composite stands about 13 % below its high in July."),
        ("01", "Dem S&P 500 fehlen", "The S&P 500 stands about 8 % below its high of 16 July."),
        ("01", "Allein bei Nvidia", "Nvidia lost about 170 bn USD of market value on Monday."),
        ("01", "Am vergangenen Mittwoch", "Nvidia rose almost 13 % last Wednesday."),
        ("01", "Zwei Tage später", "Amazon fell almost 9 % two days later."),
        ("01", "Noch vor Weihnachten", "The S&P 500 falls below 4,500 points before Christmas."),
        ("01", "Diese Blase platzt", "The bubble is bursting."),
        ("02", "Der S&P 500 schloss mit", "The S&P 500 rose 3.3 % to 5,844.19 points."),
        ("02", "Für den S&P 500 war es", "The S&P 500 had its second-best day of this year."),
        ("02", "Der S&P 500 notiert damit", "The S&P 500 stands as high as it last did at the start of March."),
        ("02", "Vom Tief am 8. April", "The S&P 500 rose 17.3 % from its low of 8 April (4,982.77 points)."),
        ("02", "zum Rekordschluss", "The S&P 500 stands 4.9 % below its record close of 19 February."),
        ("02", "während der Dax", "The DAX rose about 18 % over the same period."),
        ("02", "In Börsenwert",
         "Apple gained about 184 bn USD of market value and Amazon gained about 165 m USD of market value."),
        ("02", "Der Euro verlor", "The euro fell 1.5 % to 1.1106 USD."),
        ("02", "Beim Vix", "The VIX is expected to close below 15 points within the next 4 weeks."),
        ("03", "Der Vix schloss am Montag bei nicht", "The VIX closed below 18 points on Monday."),
        ("03", "Der gesamte Markt", "It is said that the market fell."),
        ("03", "bis zum Oktober 2002", "The Nasdaq Composite lost almost four fifths of its value by October 2002."),
        ("03", "Nvidia wiederum", "Nvidia has multiplied about 8-fold since the end of 2022."),
        ("03", "Ich wette dennoch", "Nvidia is expected to reach a record high on a closing basis this half-year."),
        ("04", "Nvidia steckt nun",
         "Nvidia stands a little over a third below its record high in November and is in a bear market."),
        ("04", "AMD hat sich", "Advanced Micro Devices has almost halved since its high in March."),
        ("04", "Machen wir uns", "The market is a bubble."),
        ("05", "U.S. stocks sank", "The US stock market fell on Monday."),
        ("05", "with the Nasdaq", "The Nasdaq Composite fell 4.0 %, its steepest one-day loss since September 2022."),
        ("05", "The S&P 500 lost", "The S&P 500 fell 155.64 points or 2.7 %."),
        ("05", "now stands 8.6", "The S&P 500 stands 8.6 % below its record high of 19 February."),
        ("05", "It has dropped",
         "The Nasdaq Composite has fallen more than 13 % from its high of 16 December and is in a correction."),
        ("05", "All of the so-called", "All of the Magnificent Seven fell."),
        ("05", "Nvidia dropped", "Nvidia fell 5.1 %."),
        ("05", "Strategists at one",
         "According to strategists at one large brokerage, "
         "the S&P 500 will fall to 5,400 points before the end of June."),
        ("06", "By Wednesday it", "Nvidia had fallen 27 % from its high by Wednesday."),
        ("06", "The unwinding",
         "It is said that \"Monday's rout\" is due to \"The unwinding of the yen carry trade\"."),
        ("07", "One day later", "The S&P 500 rose 9.5 % one day later, its biggest one-day gain ever."),
        ("08", "Since the low of 8 April", "The S&P 500 has risen 24 % since the low of 8 April."),
        ("08", "Apple lost more", "Apple lost more than 300 bn USD of market value in that one session."),
    ],
)  # fmt: skip
def test_quotes_of_the_corpus_in_english(piece: str, quote: str, expected: str) -> None:
    path = next(p for p in CORPUS if p.stem.startswith(piece))
    found = [c for c in of_piece(path)[1] if c.quote.startswith(quote)]
    assert [c.statement for c in found] == [expected]


# --- figures, subjects, times -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Allen voran Nvidia, die über Nacht um nicht weniger als 600 Mrd. Dollar – minus 17 Prozent – abstürzte.",
         "de",
         "Nvidia fell 17 % and lost at least 600 bn USD of market value overnight."),
        ("Amazon stieg um 8,1 Prozent, Nvidia um 5,4 Prozent.", "de", "Amazon rose 8.1 %."),
        ("Im Dax fielen Infineon und Siemens jeweils um mehr als 4 Prozent.", "de",
         "Infineon and Siemens fell more than 4 % each."),
        ("The 10-year Treasury yield rose 10 basis points to 4.5 percent.", "en",
         "The US 10-year Treasury yield rose 10 basis points to 4.5 %."),
        ("The dollar rose 1 percent against the yen.", "en", "The US dollar rose 1 % against the yen."),
        ("Der Euro stieg gegenüber dem Dollar um 1 Prozent auf 1,12 Dollar.", "de", "The euro rose 1 % to 1.12 USD."),
        ("The safe-haven yen fell 2 percent.", "en", "The yen fell 2 %."),
        ("Die Inflation stieg im Mai auf 2,4 Prozent.", "de", "Inflation rose to 2.4 % in May."),
        ("Oil fell below $60 a barrel.", "en", "Oil fell below 60 USD."),
        ("Apple is worth more than 3 trillion dollars.", "en", "Apple is worth more than 3 tn USD."),
        ("Palantir lost half of its value in 2022.", "en", "Palantir lost half of its value in 2022."),
        ("Bitcoin hat sich seit dem Tief im November 2022 vervierfacht.", "de",
         "Bitcoin has multiplied 4-fold since the low in November 2022."),
        ("Gold hit a record high of $2,500 an ounce.", "en", "Gold reached a record high of 2,500 USD."),
        ("Zwischen März und Mai stieg der Dax um 12 Prozent.", "de", "The DAX rose 12 % between March and May."),
        ("The S&P 500 rose 2% and the Nasdaq 3% on Friday.", "en", "The S&P 500 rose 2 %."),
        ("The Nasdaq fell up to 3 percent on Monday.", "en", "The Nasdaq Composite fell up to 3 % on Monday."),
        ("Der Dax verlor knapp 3 Prozent.", "de", "The DAX fell almost 3 %."),
        ("Der Dax verlor gut 3 Prozent.", "de", "The DAX fell a little over 3 %."),
        ("Der Dax verlor weniger als 3 Prozent.", "de", "The DAX fell less than 3 %."),
        ("Der Dax verlor zwischen 3 und 5 Prozent.", "de", "The DAX fell between 3 % and 5 %."),
    ],
)  # fmt: skip
def test_figures_and_times_of_the_right_subject(text: str, language: Language, expected: str) -> None:
    assert said(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Fiel der Dax am Montag wirklich um 3 Prozent?", "de", "It is asked whether the DAX fell 3 % on Monday."),
        ("Is the bubble bursting?", "en", "It is asked whether the bubble is bursting."),
        ("Nvidia did not fall 17 percent.", "en", "It is denied that Nvidia fell 17 %."),
        ("Der Dax könnte um 10 Prozent fallen.", "de", "The DAX may fall 10 %."),
        ("The Dow will fall 10 percent by the end of June.", "en",
         "The Dow Jones Industrial Average will fall 10 % by the end of June."),
        ("Laut Goldman Sachs wird der S&P 500 bis Jahresende auf 6.500 Punkte steigen.", "de",
         "According to Goldman Sachs, the S&P 500 will rise to 6,500 points by the end of the year."),
        ("Analysten zufolge könnte der Dax um weitere 5 Prozent fallen.", "de",
         "According to analysts, the DAX may fall 5 %."),
        ("He thinks the Dow will drop to 30,000.", "en",
         "It is said that the Dow Jones Industrial Average will fall to 30,000 points."),
        ("Ist das der Anfang einer Trendwende im Dax?", "de",
         'The text asks about a trend reversal: "Ist das der Anfang einer Trendwende im Dax?".'),
        ("There is no panic on Wall Street.", "en",
         'The text makes a denial about panic: "There is no panic on Wall Street".'),
        ("The Nasdaq is in a bear market.", "en", "The Nasdaq Composite is in a bear market."),
    ],
)  # fmt: skip
def test_manner_is_worked_in(text: str, language: Language, expected: str) -> None:
    assert said(text, language) == expected


# --- in doubt the words themselves --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Gewinn von Apple stieg um 10 Prozent.", "de"),
        ("Der Umsatz von Nvidia verdoppelte sich im vergangenen Quartal.", "de"),
        ("Nvidia's rivals lost 5 percent.", "en"),
        ("Shares of Nvidia suppliers fell 5 percent.", "en"),
        ("Nur drei Dax-Werte fielen um mehr als 2 Prozent.", "de"),
        ("Most chip stocks fell more than 2 percent.", "en"),
        ("None of the Magnificent Seven fell more than 2 percent.", "en"),
        ("Boeing lost 5 percent more than Airbus.", "en"),
        ("Der Markt für Elektroautos schrumpfte um 5 Prozent.", "de"),
        ("Anleger verloren mit Wirecard 99 Prozent.", "de"),
        ("Whoever bought Nvidia on Monday is sitting on a gain of 9 percent.", "en"),
        ("Without Nvidia, the S&P 500 would have lost 2 percent.", "en"),
        ("Wenn die Fed die Zinsen senkt, steigt der Dax um 10 Prozent.", "de"),
        ("Der Nasdaq hatte sich in den zwölf Monaten vor dem Gipfel im März 2000 mehr als verdoppelt.", "de"),
        ("Between March and May the Dow rose 12 percent.", "en"),
        ("The Dow closed above 40,000 for the first time.", "en"),
        ("Stocks that fell 20 percent include Intel and Boeing.", "en"),
    ],
)
def test_what_cannot_be_said_for_sure_is_quoted_to_the_letter(text: str, language: Language) -> None:
    told = said(text, language)
    assert told.startswith("The text ")
    assert text.rstrip(".") in told


def test_a_name_of_another_clause_is_not_taken_over() -> None:
    both = claims("MSCI's broadest index of Asian shares slid 5 percent while Shanghai stocks lost 1.1 percent.", "en")
    assert [c.statement for c in both] == [
        'The text reports a move: "MSCI\'s broadest index of Asian shares slid 5 percent".',
        "The Shanghai Composite fell 1.1 %.",
    ]


@pytest.mark.parametrize(
    ("kind", "frame"),
    [
        ("quantitative_move", "The text reports a move"),
        ("level", "The text gives a level"),
        ("record_extreme", "The text speaks of a record or an extreme"),
        ("comparison", "The text makes a comparison"),
        ("volatility_sentiment", "The text describes the mood"),
        ("causal", "The text gives a cause"),
        ("prediction", "The text speaks of what is expected"),
        ("trend_regime", "The text speaks of a trend"),
        ("bubble_valuation", "The text speaks of a valuation"),
        ("analogy", "The text recalls an earlier episode"),
        ("macro", "The text speaks of the economy"),
        ("policy_effect", "The text speaks of the effect of a policy"),
        ("normative", "The text judges"),
        ("rhetorical", "The text remarks"),
        ("other_fact", "The text states"),
    ],
)
def test_every_kind_has_a_frame(kind: Kind, frame: str) -> None:
    text = "Es ist, wie es ist, und „so“ bleibt es."
    clause = seen(text, "de").clause(0, len(text))
    assert statement(clause, kind, Attribution(), "asserted") == f"{frame}: \"Es ist, wie es ist, und 'so' bleibt es\"."


def test_a_remark_that_is_cited_keeps_its_speaker() -> None:
    assert said('"This is outright panic," one equity trader in Chicago said as Wall Street closed.') == (
        'A remark by one equity trader in Chicago on panic is cited: "This is outright panic".'
    )


def test_a_long_quotation_is_cut_and_keeps_its_figures() -> None:
    text = f"Man könnte {'sehr ' * 80}lange darüber reden, warum 17 Prozent der Anleger den Dax für eine Blase halten."
    told = said(text, "de")
    assert len(told) <= LIMIT
    assert "…" in told
    assert "17 Prozent" in told


# --- properties ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_every_statement_is_one_short_line_with_all_market_figures(path: Path) -> None:
    article, found = of_piece(path)
    assert found
    for claim in found:
        check_form(claim.statement)
        for part in parts(article.clause(claim.start, claim.end)):
            assert holds(claim.statement, part.figure, article.article.language), (claim.statement, part.figure.text)


def check_form(told: str) -> None:
    assert told.endswith(".")
    assert not told.endswith("..")
    assert 0 < len(told) <= LIMIT
    assert "\n" not in told
    assert told == told.strip()
    outside = re.sub(r'"[^"]*"', "", told)
    assert not re.search(r"[.!?]\s+[A-Z]", re.sub(r"\bU\.S\.", "US", outside)), told


def holds(told: str, figure: Figure, language: Language) -> bool:
    """Whether a statement holds a figure: as written, or its number in English."""
    if " ".join(figure.text.split()) in told:
        return True
    number = re.search(r"\d[\d.,]*", figure.text)
    if number is None:  # in words
        size = abs(figure.value) * (100 if figure.unit in ("fraction", "percentage_points") else 1)
        words = ("half", "third", "quarter", "fifth", "tenth", "halved", "double", "-fold")
        return f"{size:g}" in told or any(w in told for w in words)
    written = number[0].rstrip(".,")
    plain = written.replace(".", "").replace(",", ".") if language == "de" else written.replace(",", "")
    return plain in told.replace(",", "")


NAMES = {"Nvidia": "Nvidia", "Tesla": "Tesla", "Der Dax": "The DAX", "Der S&P 500": "The S&P 500", "Gold": "Gold"}


@given(name=st.sampled_from(sorted(NAMES)), tenths=st.integers(1, 400), down=st.booleans())
def test_a_plain_german_move_is_told_exactly(name: str, tenths: int, down: bool) -> None:
    number = f"{tenths // 10},{tenths % 10}"
    told = said(f"{name} {'fiel' if down else 'stieg'} am Montag um {number} Prozent.", "de")
    assert told == f"{NAMES[name]} {'fell' if down else 'rose'} {number.replace(',', '.')} % on Monday."


@given(text=st.text(max_size=400), manner=st.sampled_from(["asserted", "hedged", "asked", "denied"]))
def test_any_words_make_one_short_line(text: str, manner: Modality) -> None:
    clause = seen(f"Der Dax fiel um 3 Prozent {text} am Montag.", "de")
    whole = clause.clause(0, len(clause.article.text))
    for kind in ("quantitative_move", "record_extreme", "causal", "rhetorical"):
        told = statement(whole, kind, Attribution(to="cited", name=None), manner)
        assert told.endswith(".")
        assert len(told) <= LIMIT
        assert "\n" not in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Im Januar vergangenen Jahres stieg der Dax um 3 Prozent.", "in January last year"),
        ("Ende vergangenen Jahres notierte der Dax bei 19.909 Punkten.", "last year"),
        ("Am 15. Dezember des vergangenen Jahres fiel der Dax um 3 Prozent.", "15 December last year"),
    ],
)
def test_a_year_that_is_told_from_today_is_worded(text: str, expected: str) -> None:
    statement = said(text, "de")
    assert "RelativePeriod" not in statement
    assert expected in statement
