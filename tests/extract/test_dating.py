"""The missing date: two independent anchors, or unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analyzer import config
from analyzer.model import Report
from analyzer.pipeline import Workshop, analyze_source


@pytest.fixture
def read(tmp_path: Path) -> Any:
    workshop = Workshop(config.load(home=tmp_path / "home"))

    def analyse(text: str) -> Report:
        path = tmp_path / "undated.txt"
        path.write_text(text, encoding="utf-8")
        return analyze_source(str(path), workshop).report

    return analyse


def test_a_figure_and_an_event_of_the_table_date_a_text(read: Any) -> None:
    report = read("Die Nvidia-Aktie ist über Nacht um 17 Prozent abgestürzt. Schuld ist die Nachricht von DeepSeek.")
    assert report.article.published == date(2025, 1, 28)
    assert report.article.published_basis == "inferred"
    assert "17 Prozent" in report.article.published_why
    assert "DeepSeek" in report.article.published_why
    (fall,) = [c for c in report.claims if "17 Prozent" in c.quote]
    assert any("dated_by_this" in caveat for e in fall.evidence for caveat in e.caveats)


def test_figures_of_two_instruments_date_a_text(read: Any) -> None:
    report = read("Broadcom shares sank 17.4 percent in one day. Nvidia shares sank 17 percent.")
    assert report.article.published == date(2025, 1, 28)


def test_two_figures_of_one_move_are_one_anchor(read: Any) -> None:
    report = read("Die Nvidia-Aktie ist über Nacht um 17 Prozent abgestürzt, um 600 Milliarden Dollar.")
    assert report.article.published is None
    assert report.article.published_basis == "unknown"
    assert all(c.verdict.when_written is None for c in report.claims)


def test_an_article_id_does_not_hold_the_inferred_date(read: Any) -> None:
    text = "Die Nvidia-Aktie ist über Nacht um 17 Prozent abgestürzt. Schuld ist die Nachricht von DeepSeek."
    assert read(text).article.id == read(text).article.id
    from analyzer.model import article_id

    assert read(text).article.id == article_id(text, None, None)


def test_a_dateline_is_read_and_not_inferred(read: Any) -> None:
    report = read("Frankfurt, 28. Januar 2025\n\nDie Nvidia-Aktie ist am Montag um 17 Prozent abgestürzt.")
    assert report.article.published == date(2025, 1, 28)
    assert report.article.published_basis == "text"


@pytest.mark.parametrize(
    "first",
    [
        "Lessons of the crash of October 19, 1987",
        "Crash vom 19. Oktober 1987",
        "Nvidia fell 17 percent on January 27, 2035.",
    ],
)
def test_a_date_in_a_headline_or_a_sentence_is_no_dateline(read: Any, first: str) -> None:
    report = read(f"{first}\n\nThe S&P 500 fell 1.5 percent on Monday.")
    assert report.article.published_basis != "text"


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia hat nie mehr als 10 Prozent an einem Tag verloren.",
        "Nvidia never closed above 150 dollars.",
        "The S&P 500 has never closed above 6000.",
    ],
)
def test_one_session_decides_no_universal_denial(read: Any, text: str) -> None:
    (claim,) = read(f"January 28, 2025\n\n{text}").claims
    assert claim.evidence == ()
    assert claim.verdict.latest.label in ("not_checkable", "no_data")


@pytest.mark.parametrize(
    "text", ["Gold stieg am Montag auf 2750 Dollar.", "Am Montag fiel der Goldpreis um 30 Dollar."]
)
def test_the_price_of_a_fund_is_not_the_price_of_gold(read: Any, text: str) -> None:
    for claim in read(f"28. Januar 2025\n\n{text}").claims:
        assert claim.verdict.latest.label in ("not_checkable", "no_data")
