"""An amount per share is counted in the shares of its day: later splits change dollars, not per cent."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.config import load
from analyzer.extract.by_hand import parameters
from analyzer.model import Evidence
from analyzer.pipeline import Workshop, check_by_hand


def tried(name: str, options: str, said: str) -> Evidence:
    given = parameters(name, [*options.split(), "--stated", said])
    return check_by_hand(name, given, Workshop(load()).market, date(2025, 7, 31))


@pytest.mark.parametrize(
    ("session", "said", "value"),
    [
        ("2024-05-23", "88.50 points", 88.5),  # before the split of ten for one: 949.50 to 1,038.00
        ("2024-06-10", "0.90 points", 0.9),  # on its ex-date: 120.89 to 121.79 in new shares
        ("2025-01-28", "10.57 points", 10.57),
    ],
)
def test_a_session_in_dollars(session: str, said: str, value: float) -> None:
    evidence = tried("session_return", f"--symbol NVDA --session {session} --direction up", said)
    assert evidence.observed is not None
    assert evidence.observed.value == pytest.approx(value, abs=0.02)
    assert evidence.outcome == "supported", evidence.summary


def test_a_period_over_a_split_in_dollars_is_counted_in_the_shares_of_its_end() -> None:
    evidence = tried("period_return", "--symbol NVDA --base 2024-06-07 --last 2024-06-11 --direction up", "0.02 points")
    assert evidence.observed is not None
    assert evidence.observed.value == pytest.approx(0.02, abs=0.002)
    assert evidence.outcome == "supported", evidence.summary


def test_per_cent_need_no_share_basis() -> None:
    evidence = tried("session_return", "--symbol NVDA --session 2024-05-23 --direction up", "9.3 %")
    assert (evidence.outcome, [u.basis for u in evidence.data]) == ("supported", ["split_adjusted"])
