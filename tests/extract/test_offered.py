"""The instruments that a model may choose from."""

from __future__ import annotations

from datetime import date

import pytest
from llm_stage import catalogue, seen

from analyzer.extract.candidates import MAX_OFFERED, candidates
from analyzer.model import Article, article_id
from analyzer.pipeline import Workshop


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    from analyzer import config

    return Workshop(config.load(home=tmp_path_factory.mktemp("home")))


def offered(text: str, language: str, workshop: Workshop) -> list[str]:
    article = Article(
        id=article_id(text, None, date(2022, 9, 16)), text=text, language=language, published=date(2022, 9, 16),
        published_basis="given",
    )  # fmt: skip
    view = seen(article)
    return list(candidates(workshop.reader.read(article, view).claims or (), view, workshop.nearest))


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("The central bank will raise borrowing costs again, and a recession will follow.", "en", "FEDFUNDS"),
        ("Unemployment will rise before long.", "en", "UNRATE"),
        ("Die Notenbank wird die Zinsen weiter anheben, und die Aktien werden fallen.", "de", "ECBDFR"),
        ("Der deutsche Leitindex fiel am Freitag um zwei Prozent.", "de", "IRLTLT01DEM156N"),
    ],
)
def test_what_commentary_speaks_of_without_a_name_is_at_hand(
    text: str, language: str, wanted: str, workshop: Workshop
) -> None:
    found = offered(text, language, workshop)
    assert wanted in found
    assert len(found) <= MAX_OFFERED


def test_a_company_that_is_not_named_is_not_offered_and_one_that_is_comes_first(workshop: Workshop) -> None:
    text = "Nvidia fell 3 percent on Thursday. Costs will rise, and the parcels will be late. Lenders suffered heavily."
    found = offered(text, "en", workshop)
    assert found[0] == "NVDA"
    assert [s for s in found if catalogue().get(s).kind == "equity"] == ["NVDA"]  # type: ignore[union-attr]
