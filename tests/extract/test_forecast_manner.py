"""Forecasts that something will not come, levels that need only be touched, and surveys that forecast nothing."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article, Claim, Trial


def read(text: str, language: str) -> tuple[Claim, list[Trial]]:
    article = view(Article.model_validate({"id": "a", "text": text, "language": language}), load_catalogue())
    (claim,) = RulesReader().read(article.article, article).claims or ()
    return claim, list(bind(claim, article, Setting(Clock(date(2024, 4, 22))))[0].trials)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Analysts do not expect Bitcoin to reach 100,000 dollars this year.", "en"),
        ("Nobody expects the S&P 500 to fall below 4,000 points this year.", "en"),
        ("Sie erwarten nicht, dass der Bitcoin in diesem Jahr 100.000 Dollar erreicht.", "de"),
        ("Niemand rechnet damit, dass der Dax bis Ende 2024 unter 15.000 Punkte fällt.", "de"),
    ],
)
def test_what_is_said_not_to_come_is_denied(text: str, language: str) -> None:
    claim, trials = read(text, language)
    assert claim.modality == "denied"
    assert [t.check for t in trials] == ["forecast"]
    assert trials[0].params["mode"] == "touch"


@pytest.mark.parametrize(
    ("text", "language", "mode"),
    [
        ("Bitcoin will hit 100,000 dollars this year.", "en", "touch"),
        ("Der Dax wird in diesem Jahr 20.000 Punkte knacken.", "de", "touch"),
        ("Der Dax wird Ende 2024 bei 20.000 Punkten stehen.", "de", "at_horizon"),
        ("The S&P 500 will finish 2024 above 5,500 points.", "en", "at_horizon"),
    ],
)
def test_a_level_that_is_reached_may_be_touched_by_any_close(text: str, language: str, mode: str) -> None:
    claim, trials = read(text, language)
    assert claim.modality != "denied"
    assert [t.params["mode"] for t in trials] == [mode]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Only 10 percent of those surveyed expect Bitcoin to end the year above 75,000 dollars.", "en"),
        ("Nur jeder Zehnte der Befragten sieht den Bitcoin bis zum Jahresende über 75.000 Dollar.", "de"),
        ("40 Prozent der Befragten erwarten, dass der Bitcoin bis zum Jahresende auf 100.000 Dollar steigt.", "de"),
    ],
)
def test_a_survey_counts_opinions_and_forecasts_nothing(text: str, language: str) -> None:
    claim, trials = read(text, language)
    assert (claim.checkable, claim.why_not) == ("no", "out_of_scope")
    assert trials == []
