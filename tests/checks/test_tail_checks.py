"""How rare a day is, and who forecast better: the cases, and what holds for each of the checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from case_files import CaseFiles
from fact_cases import assert_shows

from analyzer.checks import forecast_comparison, tail_probability
from analyzer.checks.base import run_trial
from analyzer.errors import ConfigError, InputError
from analyzer.extract.by_hand import parameters
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Market, open_market
from analyzer.model import Evidence, Trial
from analyzer.series import Data, Series, SeriesRequest, day, to_date

MODULES: tuple[ModuleType, ...] = (tail_probability, forecast_comparison)
CASES = CaseFiles(MODULES)


@CASES.each
def test_case(check: Any, case: dict[str, Any]) -> None:
    assert_shows(CASES.found(check, case), case["expect"])


@CASES.each
def test_evidence_of_a_case_is_complete(check: Any, case: dict[str, Any]) -> None:
    one = CASES.whole_evidence(check, case)
    if one.pvalue is not None:
        assert one.null_hypothesis


@CASES.each_module
def test_variants_differ_and_need_no_further_series(module: ModuleType) -> None:
    check = module.CHECK
    for example in check.examples:
        params = check.parse(example.params)
        changed = [v for _, v in check.variants(params)]
        assert changed
        assert all(v != params and set(check.needs(v)) <= set(check.needs(params)) for v in changed)


CENTURY = {"text": "100 years", "value": 100, "low": 97.5, "high": 102.5, "unit": "count"}
TENTH = {"text": "10 %", "value": -0.1, "low": -0.105, "high": -0.095, "unit": "fraction"}


@pytest.mark.parametrize(
    ("module", "params", "why"),
    [
        (tail_probability, {"symbol": "A", "stated": CENTURY}, "not both"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "size": TENTH, "stated": CENTURY}, "not both"),
        (tail_probability, {"symbol": "A", "size": TENTH, "stated": CENTURY}, "needs its direction"),
        (
            tail_probability,
            {"symbol": "A", "size": TENTH, "direction": "down", "says": "sigma", "stated": CENTURY},
            "a session",
        ),
        (tail_probability, {"symbol": "A", "session": "2025-01-02"}, "a word alone is rare"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "says": "rare", "stated": CENTURY}, "a word alone"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "stated": TENTH}, "counts years or sigmas"),
        (tail_probability, {"symbol": "A", "session": "2025-01-02", "says": "rare", "worst": 0.5}, "worst"),
        (forecast_comparison, {"forecasts": ["2024-12-31 5200 Bank A"]}, "MADE END VALUE WHO"),
        (forecast_comparison, {"forecasts": ["- 2024-12-31 5,200 Bank A"]}, "its value as 5200"),
        (forecast_comparison, {"forecasts": ["2024-12-31 2024-12-31 5200 Bank A"]}, "must lie after the day"),
    ],
)
def test_parameters_that_contradict_themselves_are_refused(
    module: ModuleType, params: dict[str, Any], why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        module.CHECK.parse(params)


# --- on real sessions ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def market() -> Market:
    return open_market((), load_catalogue())


def evidence(market: Market, check: Any, params: dict[str, Any]) -> Evidence:
    data = market.open().data(check.needs(check.parse(params)))
    return run_trial(check, Trial(id="t", claim="c", check=check.name, params=params), data)


CRASH = {"symbol": "^GSPC", "session": "1987-10-19", "direction": "down", "stated": {**CENTURY, "high": None}}


def test_black_monday_was_a_century_s_event_and_none_of_the_normal_distribution(market: Market) -> None:
    one = evidence(market, tail_probability.CHECK, CRASH)
    assert (one.outcome, one.robustness.agree, one.robustness.of) == ("supported", 4, 4)
    assert "(18.1 standard deviations)" in one.summary
    assert "once in 10^71 years" in one.summary


def test_april_2025_was_not(market: Market) -> None:
    one = evidence(market, tail_probability.CHECK, {**CRASH, "session": "2025-04-04"})
    assert (one.outcome, one.reason, one.robustness.agree) == ("refuted", "overstated", 4)
    assert one.observed is not None
    assert one.observed.value == pytest.approx(6.0, abs=0.1)


def test_beyond_the_end_of_a_bounded_tail_there_is_no_estimate_and_less_is_refuted() -> None:
    """No day of twelve years moves by more than two per cent, and then one falls by a tenth."""
    returns = np.append(np.random.default_rng(8).uniform(-0.02, 0.02, 3000), -0.1)
    dates = np.busday_offset(day("2013-01-02"), np.arange(3002), roll="forward")
    values = 100.0 * np.cumprod(np.append(1.0, 1.0 + returns))
    series = Series("A", "close", "split_adjusted", dates, values, dates)
    last = to_date(dates[-1])
    data = Data(as_of=last, series={SeriesRequest("A"): series})
    once = {"text": "every ten years", "value": 10, "low": 9.5, "high": 10.5, "unit": "count"}
    found = tail_probability.run(tail_probability.CHECK.parse({"symbol": "A", "session": last, "stated": once}), data)  # type: ignore[arg-type]
    assert (found.outcome, found.reason, found.pvalue) == ("refuted", "understated", pytest.approx(0.0, abs=1e-6))
    assert "comes once in more years than can be said" in found.summary
    assert found.statistic is not None
    assert found.statistic.value is None


def test_the_picture_shows_the_day_beside_those_of_ten_and_a_hundred_years(market: Market) -> None:
    chart = evidence(market, tail_probability.CHECK, CRASH).chart
    assert chart is not None
    levels = {name: value for value, name in chart.rules}
    assert levels["claim"] < levels["once in 100 years"] < levels["once in 10 years"] < levels["once a year"] < 0
    assert min(chart.lines[0].values) == levels["claim"]
    assert len(chart.lines[0].values) <= 300


# --- series of forecasts ---------------------------------------------------------------------------------------------

N, APART = 40, 63


@pytest.fixture(scope="module")
def quarters(market: Market) -> list[tuple[date, date, float]]:
    """Forty quarters of the S&P 500 that do not overlap: first and last day, and the close of the last."""
    series = market.open().data([SeriesRequest("^GSPC")]).get(SeriesRequest("^GSPC"))
    assert series is not None
    rows = range(5000, 5000 + N * APART, APART)
    return [(to_date(series.dates[i]), to_date(series.dates[i + APART]), float(series.values[i + APART])) for i in rows]


def forecasts(quarters: list[tuple[date, date, float]], who: str, size: float, seed: int) -> list[dict[str, Any]]:
    """Each close missed by noise of that size."""
    errors = np.random.default_rng(seed).normal(0.0, size, len(quarters))
    return [
        {"by": who, "made": str(m), "end": str(e), "value": v * (1.0 + x)}
        for (m, e, v), x in zip(quarters, errors, strict=True)
    ]


def compared(market: Market, listed: list[dict[str, Any]], **more: Any) -> Evidence:
    return evidence(market, forecast_comparison.CHECK, {"symbol": "^GSPC", "forecasts": listed, **more})


def test_a_better_forecaster_is_told_from_a_worse_one(market: Market, quarters: Any) -> None:
    listed = [*forecasts(quarters, "A", 0.02, 1), *forecasts(quarters, "B", 0.06, 2)]
    better = compared(market, listed, by="A", general=True)
    assert (better.outcome, better.reason, better.robustness.agree) == ("supported", "closer", 2)
    assert "40 forecasts of S&P 500" in better.summary
    assert "Diebold-Mariano −" in better.summary
    worse = compared(market, listed, by="B", general=True)
    assert (worse.outcome, worse.reason) == ("refuted", "not_closer")
    assert worse.pvalue == pytest.approx(better.pvalue)
    denied = compared(market, listed, by="A", general=True, relation="no_better")
    assert denied.outcome == "refuted"
    both = better.chart
    assert both is not None
    assert [line.name for line in both.lines] == ["A", "B"]


def test_equal_forecasters_are_not_told_apart(market: Market, quarters: Any) -> None:
    listed = [*forecasts(quarters, "A", 0.04, 1), *forecasts(quarters, "B", 0.04, 3)]
    found = compared(market, listed, by="A", general=True)
    assert (found.outcome, found.reason) == ("inconclusive", "not_significant")
    assert "would hardly have been seen" in found.summary


def test_one_forecast_fewer_is_too_few(market: Market, quarters: Any) -> None:
    short = quarters[:29]
    listed = [*forecasts(short, "A", 0.02, 1), *forecasts(short, "B", 0.06, 2)]
    assert compared(market, listed, by="A", general=True).reason == "too_few"
    assert compared(market, listed, by="A").outcome == "supported"


def test_of_many_the_best_must_stand_alone(market: Market, quarters: Any) -> None:
    noise = (("A", 0.01, 1), ("B", 0.05, 2), ("C", 0.06, 3))
    listed = [f for who, size, seed in noise for f in forecasts(quarters, who, size, seed)]
    best = compared(market, listed, by="A", general=True)
    assert (best.outcome, best.reason) == ("supported", "closer")
    assert "(model confidence set): A." in best.summary
    assert compared(market, listed, by="C", general=True).outcome == "refuted"
    twin = compared(market, [*listed, *forecasts(quarters, "D", 0.0101, 4)], by="A", general=True)
    assert twin.outcome == "inconclusive"


def test_without_skill_one_is_no_better_than_no_change(market: Market, quarters: Any) -> None:
    """A forecaster who says the last close, and a little noise, has saved nothing of the loss."""
    series = market.open().data([SeriesRequest("^GSPC")]).get(SeriesRequest("^GSPC"))
    assert series is not None
    noise = np.random.default_rng(6).normal(0.0, 0.002, N)
    listed = [
        {"by": "A", "made": str(m), "end": str(e), "value": (series.at(m) or 0.0) * (1.0 + x)}
        for (m, e, _), x in zip(quarters, noise, strict=True)
    ]
    found = compared(market, listed, against="unchanged", relation="no_better")
    assert (found.outcome, found.reason) == ("supported", "not_closer")
    assert "at most" in found.summary
    assert {v.name for v in found.robustness.variants} >= {"against the average rise"}


def test_always_up_is_better_than_a_coin_and_shows_no_skill(market: Market, quarters: Any) -> None:
    series = market.open().data([SeriesRequest("^GSPC")]).get(SeriesRequest("^GSPC"))
    assert series is not None
    listed = [{"by": "A", "made": str(m), "end": str(e), "value": 1.02 * (series.at(m) or 0.0)} for m, e, _ in quarters]
    found = compared(market, listed, against="coin", relation="no_better")
    ups = np.mean([v > (series.at(m) or 0.0) for m, _, v in quarters])
    assert f"The mean of all {100 * (1 - ups):.0f} % of the directions" in found.summary
    assert any("which shows no skill" in caveat for caveat in found.caveats)


def test_overlapping_forecasts_are_counted_as_what_they_are_worth(market: Market, quarters: Any) -> None:
    """A year ahead every quarter: forty forecasts, ten of them apart."""
    closes = [v for _, _, v in quarters]
    years = [(m, e2, v) for (m, _, _), (_, e2, _), v in zip(quarters[:-3], quarters[3:], closes[3:], strict=True)]
    listed = [*forecasts(years, "A", 0.02, 1), *forecasts(years, "B", 0.06, 2)]
    assert "do not overlap: 10 of the 30" in compared(market, listed, by="A", general=True).summary


def test_a_list_may_stand_in_a_file(tmp_path: Path) -> None:
    held = tmp_path / "forecasts.txt"
    held.write_text("# made, end, value, who\n2023-12-29,2024-12-31,5200,Bank A\n\n- 2024-12-31 6000 Bank B\n", "utf-8")
    given = parameters("forecast_comparison", ["--symbol", "^GSPC", "--forecasts", f"@{held}"])
    read = forecast_comparison.CHECK.parse(given)
    assert [(f.by, f.made, f.value) for f in read.forecasts] == [
        ("Bank A", date(2023, 12, 29), 5200.0), ("Bank B", None, 6000.0),
    ]  # fmt: skip
    with pytest.raises(InputError, match="cannot be read"):
        parameters("forecast_comparison", ["--forecasts", f"@{tmp_path / 'none.txt'}"])
