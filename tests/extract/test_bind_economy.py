"""Sentences on figures of the economy bind to macro_level: the right series, measure and period; and others do not."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import binding_texts
import pytest

from analyzer.model import Trial

MONDAY = date(2024, 8, 5)
trials = partial(binding_texts.trials, published=MONDAY)


def said(trial: Trial, *names: str) -> tuple[Any, ...]:
    return tuple(trial.params.get(name) for name in names)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "relation", "measure"),
    [
        ("Unemployment has risen to 4.3 percent.", "en", "UNRATE", "at", None),
        ("Die Arbeitslosenquote in den USA ist auf 4,3 Prozent gestiegen.", "de", "UNRATE", "at", None),
        ("US inflation stood at 3.0 percent in June.", "en", "CPIAUCSL", "at", "on_year"),
        ("Die US-Inflation lag im Juni bei 3,0 Prozent.", "de", "CPIAUCSL", "at", "on_year"),
        ("US consumer prices fell 0.1 percent from the previous month.", "en", "CPIAUCSL", "at", "on_period"),
        ("US GDP grew 2.8 percent in the second quarter.", "en", "GDPC1", "at", "annualised"),
        ("The US economy added 114,000 jobs in July.", "en", "PAYEMS", "rose", None),
        ("Nonfarm payrolls rose by 114,000 in July.", "en", "PAYEMS", "rose", None),
        ("Initial jobless claims fell to 249,000.", "en", "ICSA", "at", None),
        ("Unemployment is falling.", "en", "UNRATE", "fell", "level"),
        ("Die Inflation in den USA steigt wieder.", "de", "CPIAUCSL", "rose", "on_year"),
        ("US inflation is the highest since 1981.", "en", "CPIAUCSL", "highest", "on_year"),
        ("Die US-Arbeitslosenquote ist so niedrig wie seit 1969 nicht mehr.", "de", "UNRATE", "lowest", "level"),
        ("The Fed's balance sheet has fallen to 7.2 trillion dollars.", "en", "WALCL", "at", None),
        ("Die Fed hat den Leitzins um 0,25 Prozentpunkte gesenkt.", "de", "FEDFUNDS", "fell", None),
        ("Economists forecast a recession in 2025.", "en", "USREC", "occurs", "level"),
        ("The US economy slid into a recession.", "en", "USREC", "occurs", None),
    ],
)  # fmt: skip
def test_a_sentence_binds_to_its_series_and_measure(
    text: str, language: str, symbol: str, relation: str, measure: str | None
) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "macro_level"
    assert said(trial, "symbol", "relation", "measure") == (symbol, relation, measure)


def test_each_figure_has_the_period_beside_it() -> None:
    text = "The US inflation rate dropped from its high of 9.1% in June to 6.5% in December."
    first, second = trials(text, "en", published=date(2023, 1, 31))
    assert said(first, "first", "last") == ("2022-06-01", "2022-06-30")
    assert said(second, "first", "last") == ("2022-12-01", "2022-12-31")
    assert first.basis["first"] == "quote"


def test_a_start_is_of_the_month_in_which_the_span_begins() -> None:
    first, second = trials("The Fed funds rate rose from 0.08% to 4.33% in 2022.", "en", published=date(2023, 1, 31))
    assert said(first, "first") == ("2022-01-01",)
    assert said(second, "last") == ("2022-12-31",)


def test_without_a_period_the_latest_is_meant() -> None:
    (trial,) = trials("Unemployment has risen to 4.3 percent.", "en")
    assert said(trial, "published", "first") == ("2024-08-05", None)
    assert trial.basis["published"] == "article"


def test_a_comparison_names_the_period_that_it_is_measured_from() -> None:
    figure, way = trials(
        "US inflation, at 2.4 percent, is lower than it was in January.", "en", published=date(2025, 5, 30)
    )
    assert said(figure, "relation", "first") == ("at", None)
    assert said(way, "relation", "base_first", "base_last") == ("fell", "2025-01-01", "2025-01-31")


def test_the_span_of_a_forecast_recession_is_from_the_first_to_the_last_time() -> None:
    (trial,) = trials("There will be a recession in 2023 or early 2024.", "en", published=date(2023, 1, 31))
    assert trial.params["first"].startswith("2023-01")
    assert trial.params["last"] > "2024-01-01"


def test_a_threshold_allows_what_lies_beyond_it() -> None:
    (trial,) = trials("US unemployment stands above 4 percent.", "en")
    assert (trial.params["stated"]["low"], trial.params["stated"]["high"]) == (0.04, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Recession fears are spreading on Wall Street.", "en"),
        ("If a recession comes in 2025, stocks will fall.", "en"),
        ("Die Furcht vor einer Rezession in den USA nimmt zu.", "de"),
        ("History shows that rising rates have always pushed the US economy into recession.", "en"),
        ("The Fed says that its inflation target is 2.0 percent.", "en"),
        ("Does anyone still believe that US inflation is falling?", "en"),
        ("US inflation has not fallen.", "en"),
        ("The company cut 12,000 jobs in July.", "en"),
        ("Nvidia rose 4.3 percent on Friday.", "en"),
    ],
)
def test_what_only_looks_like_it_does_not_bind(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check == "macro_level"] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Fed has held the federal funds rate near zero for two years. This is unprecedented.", "en"),
        ("Die US-Arbeitslosenquote verharrt seit Jahren dort. Das ist beispiellos.", "de"),
    ],
)
def test_what_is_without_precedent_is_no_highest(text: str, language: str) -> None:
    assert not [t for t in trials(text, language) if t.params.get("relation") in ("highest", "lowest")]


def test_an_unprecedented_high_is_one() -> None:
    (trial,) = trials("US inflation reached an unprecedented high.", "en")
    assert said(trial, "relation") == ("highest",)
