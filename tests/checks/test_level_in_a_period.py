"""A level "in November": on the first session of the period on which it holds."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.checks import CHECKS
from analyzer.config import load
from analyzer.errors import ConfigError
from analyzer.extract.by_hand import parameters
from analyzer.model import Evidence
from analyzer.pipeline import Workshop, check_by_hand


def tried(start: str, session: str, said: str) -> Evidence:
    options = f"--symbol ^GSPC --start {start} --session {session} --relation crossed_above --first-time"
    given = parameters("level", [*options.split(), "--stated", said])
    return check_by_hand("level", given, Workshop(load()).market, date(2025, 7, 31))


@pytest.mark.parametrize(
    ("start", "session", "outcome", "day"),
    [
        ("2024-11-01", "2024-11-29", "no_data", "2024-11-11"),  # the pack begins in 1985, the index in 1927
        ("2024-12-01", "2024-12-31", "refuted", "2024-11-11"),  # crossed again in December, and not for the first time
        ("2024-10-01", "2024-10-31", "refuted", "2024-10-31"),
    ],
)
def test_the_first_crossing_of_the_period_decides(start: str, session: str, outcome: str, day: str) -> None:
    evidence = tried(start, session, "6,000 points")
    assert evidence.outcome == outcome, evidence.summary
    assert day in evidence.summary


def test_a_period_ends_after_it_begins() -> None:
    said = {"text": "6,000", "value": 6000.0, "low": 6000.0, "high": 6000.0, "unit": "points"}
    with pytest.raises(ConfigError, match="start begins a period"):
        CHECKS["level"].parse(
            {"symbol": "^GSPC", "start": "2024-12-01", "session": "2024-11-01", "relation": "above", "stated": said}
        )
