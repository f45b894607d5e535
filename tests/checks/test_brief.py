"""A variant found in brief is what the whole finding says of it, with no more draws than settle it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from fact_cases import load
from pattern_boxes import box

from analyzer.checks import CHECKS
from analyzer.checks.base import in_brief, run_trial
from analyzer.model import Trial
from analyzer.stats.explosive_null import is_significant, pvalue

FILES = {name: load(name) for name, check in CHECKS.items() if check.brief is not None}
CASES = [pytest.param(name, c, id=f"{name}: {c['name']}") for name, (_, cases) in FILES.items() for c in cases]


def test_the_checks_whose_draws_are_dear_are_the_brief_ones() -> None:
    assert set(FILES) == {"explosive_root", "lppls_confidence"}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_brief_finds_outcome_and_value_of_the_whole_finding(name: str, case: dict[str, Any]) -> None:
    check = CHECKS[name]
    assert check.brief is not None
    data = box(FILES[name][0][case["box"]], case["as_of"])
    params: Any = check.parse(case["params"])
    few = params.model_copy(update={"draws": 99})
    assert check.brief(few, data) == in_brief(check.run(few, data))


def test_evidence_holds_what_a_whole_run_of_each_variant_finds() -> None:
    check, (boxes, _) = CHECKS["explosive_root"], FILES["explosive_root"]
    data = box(boxes["rise"], date(2025, 6, 30))
    params: Any = check.parse({"symbol": "X", "draws": 99})
    trial = Trial(id="t", claim="c", check=check.name, params=params.model_dump(mode="json"))
    found = {v.name: (v.outcome, v.value) for v in run_trial(check, trial, data).robustness.variants}
    assert found == {name: in_brief(check.run(changed, data))[:2] for name, changed in check.variants(params)}
    assert len(found) == 3


def test_significance_is_that_of_the_whole_p_value_and_is_settled_early() -> None:
    drawn = np.random.default_rng(1).standard_normal(499)
    asked: list[int] = []

    def first(count: int) -> np.ndarray:
        asked.append(count)
        return drawn[:count]

    for statistic in np.linspace(-3, 3, 61):
        asked.clear()
        settled = is_significant(first, float(statistic), 499, 0.05)
        assert settled == (pvalue(drawn, float(statistic)).value <= 0.05)
        assert asked == sorted(asked)
        assert (asked[-1] == 499) or not settled
    assert not is_significant(first, -3.0, 499, 0.05)
    assert asked[-1] < 100


@pytest.mark.parametrize("draws", [1, 5, 99])
def test_few_draws_are_all_asked_for(draws: int) -> None:
    assert not is_significant(np.zeros, 1.0, draws, 0.5 / (1 + draws))
    assert is_significant(np.zeros, 1.0, draws, 1 / (1 + draws))
