"""Checks that a person runs by hand on the facts pack: what is missing or assumed is said as it is."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.config import load
from analyzer.extract.by_hand import parameters
from analyzer.judge import doubt
from analyzer.model import Evidence
from analyzer.pipeline import Workshop, check_by_hand


def tried(name: str, options: str, said: str | None = None) -> Evidence:
    given = parameters(name, [*options.split(), *(["--stated", said] if said else [])])
    return check_by_hand(name, given, Workshop(load()).market, date(2025, 7, 31))


@pytest.mark.parametrize(
    ("options", "said", "outcome", "reason"),
    [
        ("--relation above", "100 dollars", "mixed", "wrong_period"),
        ("--relation below", "100 dollars", "refuted", "wrong_side"),
        ("--relation crossed_above --first-time", "1 dollars", "refuted", "not_crossed"),
    ],
)
def test_a_level_named_for_a_sunday_is_of_another_day(options: str, said: str, outcome: str, reason: str) -> None:
    evidence = tried("level", f"--symbol NVDA --session 2025-01-24 --named-day 2025-01-26 {options}", said)
    assert (evidence.outcome, evidence.reason) == (outcome, reason)
    assert "2025-01-26 was no session; the last one before was 2025-01-24." in evidence.summary


def test_a_figure_of_a_peer_refutes_where_the_instrument_was_given_by_hand() -> None:
    evidence = tried("session_return", "--symbol AAPL --session 2025-01-27 --direction down --peers NVDA", "17 %")
    assert (evidence.outcome, evidence.reason) == ("refuted", "wrong_subject")
    assert doubt([evidence]) == (evidence,)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("level", "--symbol ^GSPC --session 1985-01-02 --relation crossed_above", "100 points"),
        ("session_return", "--symbol ^GSPC --session 1985-01-02 --direction up", None),
        ("record_extreme", "--symbol ^GSPC --session 1985-01-02 --quantity return --side low", None),
    ],
)
def test_nothing_before_the_first_row_is_said_as_that(name: str, options: str, said: str | None) -> None:
    evidence = tried(name, options, said)
    assert (evidence.outcome, evidence.reason) == ("no_data", "span")
    assert "has no close before 1985-01-02" in evidence.summary


def test_a_span_that_holds_too_few_volumes_is_named() -> None:
    options = "--symbol NVDA --session 2025-01-27 --usual-from 2024-12-01 --usual-to 2024-12-31"
    evidence = tried("abnormal_volume", options)
    assert "21 volumes from 2024-12-01 to 2024-12-31; 60 that differ are needed" in evidence.summary
    assert "Try:" not in evidence.summary


def test_a_rise_in_points_has_its_sign() -> None:
    assert "VIX +4.49 points" in tried(
        "session_return", "--symbol ^VIX --session 2025-03-10 --direction up", "4.5 points"
    ).summary  # fmt: skip
