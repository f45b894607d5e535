"""Checks of trends, phases and breaks against their cases, and what holds for each of them."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from case_files import CaseFiles
from fact_cases import assert_shows
from pattern_boxes import box

from analyzer.checks import cycle_phase, structural_break, trend_reversal
from analyzer.errors import ConfigError
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.series import SeriesRequest, day

MODULES: tuple[ModuleType, ...] = (trend_reversal, cycle_phase, structural_break)
CASES = CaseFiles(MODULES)


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


@CASES.each
def test_case(check: Any, case: dict[str, Any]) -> None:
    assert_shows(CASES.found(check, case), case["expect"])


@CASES.each
def test_evidence_of_a_case_is_complete(check: Any, case: dict[str, Any]) -> None:
    one = CASES.whole_evidence(check, case)
    if one.outcome != "no_data":
        assert (one.pvalue is None) == (one.null_hypothesis is None)


@CASES.each_module
def test_its_page_has_the_headings_and_its_examples_parse(module: ModuleType) -> None:
    headings = ("What the claim says", "Formula", "Rule", "When it is not testable", "What it cannot show")
    assert [line for line in (module.__doc__ or "").splitlines() if line in headings] == list(headings)
    assert {e.language for e in module.CHECK.examples} == {"de", "en"}
    for example in module.CHECK.examples:
        assert module.CHECK.parse(example.params).symbol


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"mode": "streak"}, "needs length and direction"),
        ({"mode": "trend"}, "needs direction"),
        ({"mode": "trend", "direction": "up", "base": "2025-01-03", "session": "2025-01-03"}, "must lie before"),
        ({"mode": "reversal", "size": 0.0}, "size"),
        ({"mode": "streak", "direction": "up", "length": 1}, "length"),
    ],
)
def test_parameters_that_do_not_fit(params: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        trend_reversal.CHECK.parse({"symbol": "X", **params})


def test_rows_after_the_session_do_not_move_a_streak_a_trend_or_a_base_rate(market: Market) -> None:
    """A reversal is decided by what follows, and only that."""
    asked: tuple[dict[str, Any], ...] = (
        {"mode": "streak", "direction": "down", "length": 3, "unit": "week"},
        {"mode": "trend", "direction": "up"},
        {"mode": "predictable"},
    )
    for params in asked:
        full = {"symbol": "^GSPC", "session": "2025-03-07", **params}
        trial = trend_reversal.CHECK.parse(full)
        early, late = (trend_reversal.run(trial, market.open(when).data(trend_reversal.needs(trial)))  # type: ignore[arg-type]
                       for when in (day("2025-03-07").item(), None))  # fmt: skip
        assert (early.outcome, early.summary, early.caveats) == (late.outcome, late.summary, late.caveats)


def test_a_reversal_on_the_facts(market: Market) -> None:
    params = trend_reversal.CHECK.parse(
        {"symbol": "NVDA", "mode": "reversal", "session": "2025-01-27", "word": "trend reversal"}
    )
    then, now = (trend_reversal.run(params, market.open(when).data(trend_reversal.needs(params)))  # type: ignore[arg-type]
                 for when in (day("2025-01-28").item(), None))  # fmt: skip
    assert (then.outcome, then.reason) == ("pending", "known_afterwards")
    assert then.observed is not None and then.observed.value == pytest.approx(-0.20752, rel=1e-3)  # noqa: PT018
    assert (now.outcome, now.reason) == ("mixed", "fell_and_regained")
    assert "149.43 on 2025-01-06" in now.summary
    assert "−36.89 % from it on 2025-04-04" in now.summary
    assert "reached that high again on 2025-06-25" in now.summary


def test_at_publication_a_reversal_has_its_base_rate() -> None:
    """Noise of 16 % a year over forty years, and a fall of 5 %: the share lies inside its interval."""
    rng = np.random.default_rng(3)
    spec = {"series": [{"symbol": "X", "noise": ["2025-01-24", 10000, 7, 0.01], "moves": [-0.05]}]}
    data = box({"series": [{**spec["series"][0], "noise": [day("2025-01-24").item(), 10000, 7, 0.01]}]},
               day("2025-01-24").item())  # fmt: skip
    request = SeriesRequest("X")
    series = data.series[request]
    values = series.values.copy()
    values[-2] = values[-300:-2].max() * (1.0 + 0.001 * rng.random())
    values[-1] = values[-2] * 0.95
    data = replace(data, series={request: replace(series, values=values)})
    finding = trend_reversal.run(
        trend_reversal.CHECK.parse({"symbol": "X", "mode": "reversal", "direction": "down"}), data  # type: ignore[arg-type]
    )  # fmt: skip
    assert (finding.outcome, finding.reason) == ("pending", "known_afterwards")
    said = re.search(r"Of (\d+) earlier moves .* (\d+) became .*: (\d+)% \(95 % interval (\d+)% to (\d+)%\)",
                     finding.summary)  # fmt: skip
    assert said is not None
    cases, turns, share, low, high = (int(g) for g in said.groups())
    assert cases >= 10
    assert share == round(100 * turns / cases)
    assert low <= share <= high
