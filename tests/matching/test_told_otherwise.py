"""Claims told in other words, and what looks like a denial or a time of the claim and is none. Our own sentences."""

from __future__ import annotations

from datetime import date

import pytest
from two_sides import Side, bound, label_both_ways, related

from analyzer.matching.words import composed, said

SAME: list[tuple[Side, Side]] = [
    (
        ("en", "Norway aside, Japan's central bank raised its rate on Monday."),
        ("de", "Die Bank von Japan hat den Zins am Montag erhöht."),
    ),
    (
        ("de", "Die Inflation in Deutschland fiel im August auf 1,9 Prozent."),
        ("en", "German consumer prices were 1.9% higher in August than a year earlier."),
    ),
    (("en", "The dollar rose against the yen on Monday."), ("de", "Der Yen fiel am Montag zum Dollar.")),
    (
        ("de", "Intel verlor am Montag 20 Prozent, keine andere Chipaktie fiel so stark."),
        ("en", "Intel lost 20% on Monday."),
    ),
    (("de", "Nie zuvor war Gold so teuer wie am Montag."), ("en", "Gold hit an all-time high on Monday.")),
    (
        ("de", "Bis Jahresende steigt der Dax auf 20.000 Punkte."),
        ("en", "The Dax will reach 20,000 points by the end of the year."),
    ),
    (("en", "The S&P 500 has entered a bear market."), ("de", "Der S&P 500 steckt in einem Bärenmarkt.")),
]
CONTRADICTING: list[tuple[Side, Side]] = [
    (("en", "The Fed raised rates on Monday."), ("de", "Die Fed legte am Montag eine Zinspause ein.")),
    (
        ("de", "Der Dax wird Ende 2025 über 22.000 Punkten stehen."),
        ("en", "At the end of 2025 the Dax will stand below 20,000 points."),
    ),
    (("en", "The US economy is in a recession."), ("de", "Die US-Wirtschaft ist an einer Rezession vorbeigeschrammt.")),
]
DIFFERENT: list[tuple[Side, Side]] = [
    (("de", "Der Dax fiel am Montag um 2 Prozent."), ("de", "Der Dax fiel in der vergangenen Woche um 5 Prozent.")),
    (("en", "Inflation in Germany was 1.9% in August."), ("en", "Unemployment in Germany was 6.1% in August.")),
    (("en", "Inflation in Germany was 1.9% in August."), ("en", "Inflation in Britain was 2.2% in August.")),
    (("en", "The S&P 500 lost 18% in 2022."), ("en", "Including dividends, the S&P 500 lost 18% in 2022.")),
    (("en", "The tariffs sank the Dax on Monday."), ("de", "Die Zölle haben den Goldpreis am Montag steigen lassen.")),
    (("en", "The Nasdaq 100 beat the S&P 500 in 2023."), ("en", "The Nasdaq 100 beat the Dax in 2023.")),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_told_otherwise_and_still_the_same(a: Side, b: Side) -> None:
    assert label_both_ways(a, b) == {"same"}


@pytest.mark.parametrize(("a", "b"), CONTRADICTING)
def test_denied_in_words_without_a_not(a: Side, b: Side) -> None:
    assert label_both_ways(a, b) == {"contradicting"}


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_another_measure_window_effect_or_rival(a: Side, b: Side) -> None:
    assert label_both_ways(a, b) == {"different"}


def test_a_day_without_a_year_lies_behind_a_fact_and_ahead_of_a_forecast() -> None:
    told = bound(("en", "On 25 November the chip maker Intel gained 5%."))
    assert (told.first, told.forecast) == (date(2023, 11, 25), False)
    hoped = bound(("de", "Zum Jahresende sehen wir den Dax bei 20.000 Punkten."))
    assert hoped.forecast
    assert hoped.first is not None
    assert hoped.last is not None
    assert hoped.first <= date(2024, 12, 31) <= hoped.last <= date(2025, 1, 7)


def test_a_fact_and_its_denial_beside_it_do_not_contradict() -> None:
    """Two claims on one subject, one of them with a "not", say nothing of each other."""
    found = related(("en", "Intel lost 20% on Monday."), ("en", "Intel has not named its customers."))
    assert found.label == "different"


def test_every_composed_thing_is_one_that_the_lists_or_the_catalogue_know() -> None:
    assert composed()["japan"]["central_bank"] == "boj"
    assert {kind for kinds in composed().values() for kind in kinds} == {"central_bank", "shares", "bonds", "currency"}
    assert "negations" in said("the comparison does not hold")
