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


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Am 27. Januar ist die Nvidia-Aktie um 17 Prozent abgestürzt.", "27. Januar"),
        ("Am Montag, dem 27. Januar, ist die Nvidia-Aktie um 17 Prozent abgestürzt.", "Montag, dem 27. Januar"),
        ("Der 27.1. war ein schwarzer Tag. Die Nvidia-Aktie ist um 17 Prozent abgestürzt.", "27.1."),
        ("Nvidia shares sank 17 percent on January 27.", "January 27"),
        ("It was Jan. 27 that stunned the market. Nvidia shares sank 17 percent.", "Jan. 27"),
    ],
)
def test_a_figure_and_a_day_without_a_year_date_a_text(read: Any, text: str, named: str) -> None:
    article = read(text).article
    assert (article.published, article.published_basis) == (date(2025, 1, 28), "inferred")
    assert "17 " in article.published_why
    assert f'"{named}"' in article.published_why


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia shares sank 17 percent.",  # a figure alone
        "January 27 stunned the market.",  # a day alone
        "Nvidia shares sank 17 percent on January 28.",  # in no year
        "Am 28. Januar ist die Nvidia-Aktie um 17 Prozent abgestürzt.",
        "Nvidia shares fell 6.1 percent on April 21.",  # in 2020 and in 2022
        "Am 21. April fiel die Nvidia-Aktie um 6,1 Prozent.",
        "On August 5 the Nasdaq Composite fell 3.4 percent.",  # in 2002 and in 2024
        "Nvidia shares sank 17 percent on January 27 of last year.",
        "Nvidia shares sank 17 percent in the week of January 27.",
        "Am 31. April ist die Nvidia-Aktie um 17 Prozent abgestürzt.",
        "In 1987 panic ruled. On October 19 the S&P 500 fell 20.5 percent.",  # told as history
        "1987 herrschte Panik. Am 19. Oktober fiel der S&P 500 um 20,5 Prozent.",
    ],
)
def test_a_figure_and_a_day_that_do_not_fit_in_one_year_leave_the_date_unknown(read: Any, text: str) -> None:
    article = read(text).article
    assert (article.published, article.published_basis) == (None, "unknown")


@pytest.mark.parametrize("day", ["28. Januar", "31. April", "27. Januar 2024"])
def test_a_figure_that_names_another_day_is_no_anchor_beside_an_event(read: Any, day: str) -> None:
    text = f"Am {day} ist die Nvidia-Aktie um 17 Prozent abgestürzt. Schuld ist die Nachricht von DeepSeek."
    assert read(text).article.published is None


def test_a_later_day_that_may_be_past_leaves_the_date_unknown(read: Any) -> None:
    fall = "Nvidia shares sank 17 percent on January 27."
    assert read(f"{fall} The shares closed at 120 dollars on January 31.").article.published is None
    assert read(f"{fall} The shares had closed at 147 dollars on January 24.").article.published == date(2025, 1, 28)


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


def test_one_session_decides_no_universal_denial(read: Any) -> None:
    (claim,) = read("January 28, 2025\n\nNvidia hat nie mehr als 10 Prozent an einem Tag verloren.").claims
    assert claim.evidence == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Nvidia never closed above 150 dollars.", "inconclusive"),  # above 1,000 before its split
        ("The S&P 500 has never closed above 6000.", "refuted"),
        ("The S&P 500 has never closed above 6500.", "no_data"),  # the closes do not begin with the index
    ],
)
def test_a_level_that_never_was_is_sought_in_all_closes(read: Any, text: str, label: str) -> None:
    (claim,) = read(f"January 28, 2025\n\n{text}").claims
    assert {(e.check, e.params.get("never")) for e in claim.evidence} == {("level", True)}
    assert claim.verdict.latest.label == label


@pytest.mark.parametrize(
    "text", ["Gold stieg am Montag auf 2750 Dollar.", "Am Montag fiel der Goldpreis um 30 Dollar."]
)
def test_the_price_of_a_fund_is_not_the_price_of_gold(read: Any, text: str) -> None:
    claims = read(f"28. Januar 2025\n\n{text}").claims
    assert claims
    assert {c.verdict.latest.label for c in claims} <= {"not_checkable", "no_data"}
