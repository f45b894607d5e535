"""session_return against its cases, and what holds for every series."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fact_cases import assert_shows, box, load, run_case
from hypothesis import given
from hypothesis import strategies as st

from analyzer.checks.base import run_trial
from analyzer.checks.session_return import CHECK
from analyzer.model import Stated, Trial

BOXES, CASES = load("session_return")


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert_shows(run_case(CHECK, BOXES, case), case["expect"])


def test_requests_cover_the_peers_and_the_session_range() -> None:
    params = CHECK.parse({"symbol": "NVDA", "session": "2025-01-27", "direction": "down", "peers": ["AVGO"]})
    asked = {(r.symbol, r.field) for r in CHECK.needs(params)}
    assert asked == {("NVDA", "close"), ("AVGO", "close"), ("NVDA", "low"), ("NVDA", "high")}


def test_evidence_carries_window_figure_and_hash() -> None:
    trial = Trial(id="t", claim="c", check="session_return", params=CASES[0]["params"])
    evidence = run_trial(CHECK, trial, box(BOXES["january"], date(2025, 1, 27)))
    assert (evidence.window.base, evidence.window.last) == (date(2025, 1, 24), date(2025, 1, 27))
    assert evidence.stated is not None
    assert evidence.stated.text == "17 Prozent"
    assert evidence.data[0].sha256 == "NVDA-split_adjusted"
    assert evidence.data[0].last == date(2025, 1, 27)


@given(scale=st.floats(min_value=1e-3, max_value=1e3), before=st.floats(1, 1e4), now=st.floats(1, 1e4))
def test_return_does_not_depend_on_the_unit_of_the_price(scale: float, before: float, now: float) -> None:
    stated = Stated(text="x", value=0.1, low=0.05, high=0.15, unit="fraction")
    params = CHECK.parse({"symbol": "X", "session": "2025-03-04", "stated": stated})
    values = []
    for factor in (1.0, scale):
        spec = {"series": [{"symbol": "X", "daily": [date(2025, 3, 3), [before * factor, now * factor]]}]}
        finding = CHECK.run(params, box(spec, date(2025, 3, 4)))
        assert finding.observed is not None
        values.append(finding.observed.value)
    assert values[0] == pytest.approx(values[1], rel=1e-9, abs=1e-12)
