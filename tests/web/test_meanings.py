"""Every code means something in both languages of the page, and the German page shows it in German."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
import yaml
from command import ROOT
from review_page import Served

from analyzer.codes import FAILURES, REASONS, REFUSALS
from analyzer.model import Kind
from analyzer.web.meanings import assumption, german, meaning, short

ENGLISH = {"reasons": REASONS, "refusals": REFUSALS, "failures": FAILURES}


@pytest.mark.parametrize("table", ENGLISH)
def test_every_code_has_both_languages_and_no_other_is_there(table: str) -> None:
    assert list(german()[table]) == list(ENGLISH[table])
    for code, english in ENGLISH[table].items():
        assert meaning(table, code, "en") == english
        translated = meaning(table, code, "de")
        assert translated == translated.strip() != ""
        assert translated not in (english, code.replace("_", " "))


def test_no_two_reasons_mean_the_same_in_german() -> None:
    assert len(set(german()["reasons"].values())) == len(REASONS)


def test_every_kind_has_a_german_name() -> None:
    assert set(german()["kinds"]) == set(get_args(Kind))
    assert short("kinds", "record_extreme", "de") == "Rekord"
    assert short("kinds", "record_extreme", "en") == "record extreme"


def test_a_code_of_another_version_is_shown_in_words() -> None:
    assert meaning("reasons", "new_one", "de") == meaning("reasons", "new_one", "en") == "new one"


def test_the_page_says_why_in_its_language(served: Served) -> None:
    (found, *_) = [row for row in served.ledger.claims() if row.reason == "rounded"]
    where = f"/articles/{found.article}"
    german_page, english_page = (
        client.get(f"{where}/claims/{found.id}").text
        for client in (served.enter(language="de"), served.enter(language="en"))
    )
    assert "die Zahl stimmt nach der Rundung, die ihre Worte zulassen" in german_page
    assert REASONS["rounded"] in english_page
    assert REASONS["rounded"] not in german_page
    article = served.enter(language="de").get(where).text
    assert "die ihre Worte zulassen · Bewegung mit Zahl" in article
    assert '<option value="wrong_sign">es ging in die andere Richtung</option>' in article


ASSUMPTIONS = yaml.safe_load(files("analyzer.web").joinpath("assumptions_de.yaml").read_text("utf-8"))
BLANK = re.compile(r"\{\w+\}")


def binders() -> str:
    """The source of what assumes, in one line and with the joints of long strings closed."""
    text = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "analyzer" / "extract").rglob("*.py")))
    return re.sub(r'"\s+f?"', "", text)


SOURCE = binders()


@pytest.mark.parametrize("english", ASSUMPTIONS)
def test_an_assumption_has_the_same_blanks_in_german_and_is_one_that_binders_make(english: str) -> None:
    german_one = ASSUMPTIONS[english]
    assert sorted(BLANK.findall(german_one)) == sorted(BLANK.findall(english))
    fixed = [piece for piece in BLANK.split(english) if piece.strip(' ":“”')]
    assert all(piece in SOURCE or piece.strip(' ":“”') in SOURCE for piece in fixed)
    filled = BLANK.sub(lambda found: "2025-01-27" if found[0] == "{day}" else "7", english)
    said, language = assumption(filled, "de")
    assert language == "de"
    assert said == BLANK.sub(lambda found: "2025-01-27" if found[0] == "{day}" else "7", german_one)
    assert assumption(filled, "en") == (filled, "en")


def test_braces_in_an_article_stay_what_they_are() -> None:
    said, _ = assumption('the day last named in the text, "{day} {x} 〈b〉": 2025-01-27', "de")
    assert said == "der zuletzt im Text genannte Tag, „{day} {x} 〈b〉“: 2025-01-27"


def test_what_is_not_known_stays_english() -> None:
    assert assumption("something new: 3", "de") == ("something new: 3", "en")


@pytest.mark.slow
def test_every_assumption_of_the_corpus_is_known_in_german(tmp_path: Path) -> None:
    from analyzer.config import load
    from analyzer.extract.rules import RulesReader
    from analyzer.pipeline import Options, Workshop, bind_all, read_article, view

    workshop = Workshop(load(home=tmp_path))
    notes = set()
    for path in sorted((ROOT / "corpus").glob("[0-9]*.md")):
        article = read_article(str(path), workshop.settings, Options())
        seen = view(article, workshop.catalogue)
        reading = RulesReader().read(article, seen)
        bound, _ = bind_all(reading.claims or (), seen, article, workshop, reading)
        notes |= {note for one in bound.values() for trial in one.trials for note in trial.assumed}
    assert len(notes) > 20
    assert [note for note in sorted(notes) if assumption(note, "de")[1] != "de"] == []
