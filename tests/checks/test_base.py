"""What holds for every check: judging a figure, the cap for proposals, proxies, robustness."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.checks import CHECKS, run_trial
from analyzer.checks.base import amount, judge_direction, judge_figure, percent
from analyzer.model import Directness, Stated, Trial
from analyzer.series import Data, Series, SeriesRequest

DAYS = np.array(["2025-01-24", "2025-01-27", "2025-01-28"], dtype="datetime64[D]")


def stated(value: float, low: float | None, high: float | None, qualifier: str = "rounded") -> Stated:
    return Stated.model_validate(
        {"text": "x", "value": value, "low": low, "high": high, "unit": "fraction", "qualifier": qualifier}
    )


@pytest.mark.parametrize(
    ("figure", "observed", "judged"),
    [
        (stated(-0.17, -0.175, -0.165), -0.1697, ("supported", "rounded")),
        (stated(-0.17, -0.175, -0.165), -0.17, ("supported", "exact")),
        (stated(-0.17, -0.175, -0.165), -0.15, ("mixed", "overstated")),
        (stated(-0.17, -0.175, -0.165), -0.20, ("mixed", "understated")),
        (stated(-0.17, -0.175, -0.165), -0.05, ("refuted", "overstated")),
        (stated(-0.17, -0.175, -0.165), 0.17, ("refuted", "wrong_sign")),
        (stated(165e6, 163e6, 167e6), 165.2e9, ("refuted", "wrong_scale")),
        (stated(-600e9, None, -585e9, "at_least"), -592.7e9, ("supported", "rounded")),
        (stated(-600e9, None, -585e9, "at_least"), -2e9, ("refuted", "overstated")),
        (stated(-600e9, None, -585e9, "at_least"), -900e9, ("supported", "understated")),
    ],
)
def test_a_figure_is_judged_by_its_interval_sign_scale_and_ratio(
    figure: Stated, observed: float, judged: tuple[str, str]
) -> None:
    assert judge_figure(figure, observed) == judged


def test_a_direction_near_zero_is_neither() -> None:
    assert judge_direction("up", 0.0001)[0] == "mixed"
    assert judge_direction("up", -0.01) == ("refuted", "wrong_sign")


def box() -> Data:
    closes = Series("NVDA", "close", "split_adjusted", DAYS, np.array([142.62, 118.42, 128.99]), DAYS, "USD")
    return Data(as_of=date(2025, 1, 28), series={SeriesRequest("NVDA"): closes})


def trial(directness: Directness, **basis: str) -> Trial:
    params = {"symbol": "NVDA", "session": "2025-01-27", "direction": "down"}
    return Trial.model_validate(
        {"id": "t", "claim": "c", "check": "session_return", "params": params, "basis": basis, "directness": directness}
    )


def test_a_proposed_window_caps_the_outcome_and_is_named() -> None:
    check = CHECKS["session_return"]
    assert run_trial(check, trial("direct", session="quote"), box()).outcome == "supported"
    capped = run_trial(check, trial("direct", session="proposed"), box())
    assert capped.outcome == "mixed"
    assert any("session" in caveat for caveat in capped.caveats)


def test_a_proxy_is_at_most_consistent() -> None:
    assert run_trial(CHECKS["session_return"], trial("proxy", session="quote"), box()).outcome == "consistent"


def test_money_and_per_cent_are_written_with_a_true_minus() -> None:
    assert percent(-0.1697) == "−16.97 %"
    assert amount(-592.7e9, "USD") == "−592.7 bn USD"
