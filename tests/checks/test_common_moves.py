"""Common moves against their cases, and the correlation against another implementation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fact_cases import assert_shows, assert_whole_evidence, load
from pattern_boxes import box
from scipy.stats import pearsonr

from analyzer.checks import common_moves
from analyzer.codes import REASONS
from analyzer.errors import ConfigError
from analyzer.series import Data, SeriesRequest

BOXES, CASES = load("common_moves")
EACH = pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])


def _data(case: dict[str, Any]) -> Data:
    return box(BOXES[case["box"]], case["as_of"])


@EACH
def test_case(case: dict[str, Any]) -> None:
    found = common_moves.CHECK.run(common_moves.CHECK.parse(case["params"]), _data(case))
    assert_shows(found, case["expect"])
    assert found.reason in REASONS


@EACH
def test_evidence_of_a_case_is_complete_and_the_same_twice(case: dict[str, Any]) -> None:
    one = assert_whole_evidence(common_moves.CHECK, case, _data(case))
    if one.outcome != "no_data":
        assert one.null_hypothesis
        assert one.pvalue is not None


def test_the_correlation_is_that_of_scipy() -> None:
    data = _data(CASES[0])
    found = common_moves.CHECK.run(common_moves.CHECK.parse(CASES[0]["params"]), data)
    values = [data.series[SeriesRequest(s)] for s in ("A", "B")]
    inside = values[0].dates >= np.datetime64(CASES[0]["params"]["base"])
    returns = [one.values[inside][1:] / one.values[inside][:-1] - 1.0 for one in values]
    assert found.observed is not None
    assert found.observed.value == pytest.approx(pearsonr(*returns).statistic, abs=1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"others": ["A"]},
        {"others": []},
        {"others": ["B"], "base": "2025-01-24", "last": "2025-01-24"},
    ],
)
def test_parameters_that_say_nothing_are_refused(wrong: dict[str, Any]) -> None:
    given = {
        "symbol": "A", "direction": "up", "other_direction": "down", "base": "2024-02-01", "last": "2025-01-24",
    }  # fmt: skip
    with pytest.raises(ConfigError, match="common_moves cannot be run"):
        common_moves.CHECK.parse({**given, **wrong})
