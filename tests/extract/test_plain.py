"""Only a claim that can be read in one way is contradicted by a figure that does not fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analyzer import analyze
from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.model import Article


def plain(text: str, language: str) -> list[bool]:
    article = view(Article(id="a", text=text, language=language), load_catalogue())
    claims = RulesReader().read(article.article, article).claims or ()
    return [bind(c, article, Setting(Clock(date(2025, 1, 28))))[0].plain for c in claims]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Netflix lost 2.1 percent on November 6.", "en"),
        ("Am Montag verlor Nvidia 17 Prozent.", "de"),
        ("On Monday Nvidia fell 17 percent, Broadcom 17.4 percent.", "en"),
        ("The S&P 500 gained 23 percent in 2024.", "en"),
        ("The Nasdaq is 10 percent below the record high of 16 December.", "en"),
        ("On 27 January Nvidia crashed 17 percent in one day.", "en"),
    ],
)
def test_one_instrument_one_time_one_verb_is_plain(text: str, language: str) -> None:
    found = plain(text, language)
    assert found
    assert all(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia lost 2.7 percent on Wednesday, 1.9 percent over the week to Friday.", "en"),
        ("Der S&P 500 gab um 4,1 Prozent nach und rutschte damit in diesem Jahr ins Minus.", "de"),
        ("Nvidia, which Broadcom and AMD supply, fell 17 percent on Monday.", "en"),
        ("Am Montag fiel Nvidia nicht um 17 Prozent.", "de"),
        ("In the evening the VIX stood at 82.69, above anything it closed at in 2008.", "en"),
    ],
)
def test_several_times_things_or_verbs_are_not_plain(text: str, language: str) -> None:
    found = plain(text, language)
    assert found
    assert not all(found)


def only(folder: Path, text: str) -> Any:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (claim,) = analyze(str(folder / "a.txt"), home=folder / "home", date="2025-02-03").claims or ()
    return claim


def test_what_is_not_plain_is_not_refuted_but_borne_out_when_it_fits(tmp_path: Path) -> None:
    wrong = "Nvidia, which had fallen on Friday, lost 9 percent on 27 January."
    assert only(tmp_path, wrong).verdict.latest.reason == "not_plain"
    right = "Nvidia, which had fallen on Friday, lost 17 percent on 27 January."
    assert only(tmp_path, right).verdict.latest.label == "supported"
    assert only(tmp_path, "Nvidia lost 9 percent on 27 January.").verdict.latest.label == "refuted"
