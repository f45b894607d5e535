"""The checks of stated facts against their cases: market value, return over a period, level, record.

A new case is a few lines in ``cases/<check>.yaml``.
"""

from __future__ import annotations

from typing import Any

import pytest
from fact_cases import assert_shows, load, run_case

from analyzer.checks import level, market_value_change, period_return, record_extreme

CHECKS = {m.CHECK.name: m.CHECK for m in (market_value_change, period_return, level, record_extreme)}


FILES = {name: load(name) for name in CHECKS}
ALL = [pytest.param(n, boxes, c, id=f"{n}: {c['name']}") for n, (boxes, cases) in FILES.items() for c in cases]


@pytest.mark.parametrize(("name", "boxes", "case"), ALL)
def test_case(name: str, boxes: dict[str, Any], case: dict[str, Any]) -> None:
    assert_shows(run_case(CHECKS[name], boxes, case), case["expect"])
