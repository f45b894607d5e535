"""Turnover in figures: shares traded, multiples of what is usual, multiples of the session before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer.checks import CHECKS
from analyzer.config import load
from analyzer.errors import ConfigError
from analyzer.extract.by_hand import parameters
from analyzer.model import Evidence
from analyzer.pipeline import Workshop, check_by_hand

NVIDIA = ["--symbol", "NVDA", "--session", "2025-01-27"]


def tried(*words: str) -> Evidence:
    given = parameters("abnormal_volume", [*NVIDIA, *words])
    return check_by_hand("abnormal_volume", given, Workshop(load()).market, date(2025, 7, 31))


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        (["--stated", "818.8 million"], "supported", 818_830_900.0),
        (["--stated", "900 million"], "mixed", 818_830_900.0),
        (["--stated", "81.9 million"], "refuted", 818_830_900.0),
        (["--stated", "3.5 times", "--against", "before"], "supported", 3.489),
        (["--stated", "more than three times", "--against", "before"], "supported", None),
        (["--stated", "twice", "--against", "before"], "refuted", None),
        (["--stated", "four times", "--usual-from", "2024-12-01", "--usual-to", "2024-12-31"], "supported", None),
    ],
)
def test_a_figure_decides_alone(words: list[str], outcome: str, value: float | None) -> None:
    evidence = tried(*words)
    assert evidence.outcome == outcome, evidence.summary
    assert evidence.pvalue is None
    if value is not None:
        assert evidence.observed is not None
        assert evidence.observed.value == pytest.approx(value, rel=0.01)


def test_the_mean_of_the_window_is_the_arithmetic_one() -> None:
    evidence = tried("--stated", "three times", "--window", "60")
    assert evidence.observed is not None
    assert evidence.observed.value == pytest.approx(3.879, abs=0.005)  # 818.8 m shares by 211.1 m
    assert "3.88 times the mean of 211.1 m" in evidence.summary
    assert "of the 60 sessions from" in evidence.summary


@pytest.mark.parametrize(
    "wrong",
    [
        {"stated": {"text": "3 %", "value": 0.03, "low": 0.025, "high": 0.035, "unit": "fraction"}},
        {"usual_from": "2024-12-01"},
    ],
)
def test_what_is_no_volume_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        CHECKS["abnormal_volume"].parse({"symbol": "NVDA", "session": "2025-01-27", **wrong})
