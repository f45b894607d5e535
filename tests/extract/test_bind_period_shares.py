"""In how many years, months or sessions something rose or fell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language

MARCH = date(2025, 3, 14)


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("The S&P 500 has gained in 75 percent of the past 44 years.", "en",
         {"symbol": "^GSPC", "unit": "year", "direction": "up", "first": "1981-01-01", "last": "2024-12-31"}),
        ("The table covers 44 years. In 75% of those years, the S&P 500 recorded a gain.", "en",
         {"unit": "year", "direction": "up", "first": "1981-01-01", "last": "2024-12-31"}),
        ("The Dow fell in five of the last six sessions.", "en",
         {"symbol": "^DJI", "unit": "session", "direction": "down", "first": "2025-03-06", "last": "2025-03-13"}),
        ("Since 1950 the Dow has risen in three quarters of all years.", "en",
         {"unit": "year", "direction": "up", "first": "1950-01-01", "or_first": "1951-01-01"}),
        ("The Nasdaq has risen in every December since 2019.", "en",
         {"unit": "month", "months": [12], "every": True, "first": "2019-01-01"}),
        ("In acht der vergangenen zehn Jahre legte der Dax zu.", "de",
         {"symbol": "^GDAXI", "unit": "year", "direction": "up", "first": "2015-01-01", "last": "2024-12-31",
          "or_first": "2016-01-01", "or_last": "2025-03-14"}),
        ("Der Dax stieg in 60 Prozent der Monate seit 2015.", "de",
         {"unit": "month", "direction": "up", "first": "2015-01-01", "last": "2025-02-28"}),
        ("In jedem Jahr seit 2019 stieg der Nasdaq.", "de", {"unit": "year", "every": True, "first": "2019-01-01"}),
        ("Der S&P 500 gab in drei der letzten vier Wochen nach.", "de",
         {"unit": "week", "direction": "down", "first": "2025-02-08", "last": "2025-03-07"}),
        ("Der S&P 500 stieg in zwei Dritteln aller Jahre.", "de", {"unit": "year", "last": "2024-12-31"}),
    ],
)  # fmt: skip
def test_how_often_is_bound(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = trials(text, language, MARCH)
    assert trial.check == "period_share"
    assert {k: trial.params.get(k) for k in params} == params


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("The S&P 500 has gained in 75 percent of the past 44 years.", "en", 0.75, "fraction"),
        ("The S&P 500 rose in two-thirds of all months.", "en", 2 / 3, "fraction"),
        ("The S&P 500 rose in eight out of the last ten years.", "en", 8.0, "count"),
        ("Der Dax stieg in neun der letzten 12 Monate.", "de", 9.0, "count"),
    ],
)
def test_a_share_and_a_number(text: str, language: Language, value: float, unit: str) -> None:
    (trial,) = trials(text, language, MARCH)
    assert trial.params["stated"]["value"] == pytest.approx(value)
    assert trial.params["stated"]["unit"] == unit


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 will rise in eight of the next ten years.", "en"),
        ("The fund beat the S&P 500 in nine of the last ten years.", "en"),
        ("The S&P 500 rose by more than 10 percent in six of the last ten years.", "en"),
        ("Der Dax dürfte in acht von zehn Jahren steigen.", "de"),
        ("Fast in jedem Jahr seit 2019 stieg der Nasdaq.", "de"),
        ("Stieg der Dax wirklich in acht der letzten zehn Jahre?", "de"),
        ("The company raised its dividend in each of the last ten years.", "en"),
        ("In 20 Prozent der Fälle stieg der Dax.", "de"),
    ],
)
def test_what_counts_otherwise(text: str, language: Language) -> None:
    assert all(t.check != "period_share" for t in trials(text, language, MARCH))


def test_that_something_rose_nearly_always_is_no_move_of_the_whole_span() -> None:
    assert trials("Fast in jedem Jahr seit 2019 stieg der Nasdaq.", "de", MARCH) == ()


@pytest.mark.parametrize(
    "text",
    [
        "On 27 January Nvidia crashed 17% in one day.",
        "The bull market that he saw, the one of March 2009, lifted the Dow.",
        "The Dow fell on every day of the second week of December.",
    ],
)
def test_a_number_that_counts_no_span(text: str) -> None:
    assert all(t.check != "period_share" for t in trials(text, "en", MARCH))
