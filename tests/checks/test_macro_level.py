"""The check of figures of the economy against its cases, and its arithmetic."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from analyzer.checks import macro_level
from analyzer.checks.base import run_trial
from analyzer.codes import REASONS
from analyzer.errors import ConfigError
from analyzer.model import Evidence, Trial
from analyzer.series import Caveat, Data, InstrumentFacts, Series, SeriesRequest, day
from analyzer.stats import macro
from analyzer.text.numbers import figures, stated

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "macro_level.yaml").read_text(encoding="utf-8"))


def series(one: dict[str, Any]) -> Series:
    """Rows of a macro series: ``rows`` (period: value) or ``months`` (first month, values); ``latest``: one vintage."""
    if "months" in one:
        first, *values = one["months"]
        dates = (day(first).astype("datetime64[M]") + np.arange(len(values))).astype("datetime64[D]")
    else:
        dates = np.array(sorted(one["rows"]), dtype="datetime64[D]")
        values = [one["rows"][d.item()] for d in dates]
    caveats = (Caveat("latest vintage: later revisions are included"),) if one.get("latest") else ()
    return Series(
        one["symbol"], "close", "raw", dates, np.array(values, dtype=np.float64), dates, source="written for the test",
        sha256=one["symbol"], caveats=caveats,
    )  # fmt: skip


def box(name: str, as_of: date) -> Data:
    spec = CASES["boxes"][name]
    made = {SeriesRequest(one["symbol"]): series(one).between(None, as_of) for one in spec["series"]}
    facts = {i["symbol"]: InstrumentFacts(**i) for i in spec.get("instruments", ())}
    return Data(as_of=as_of, series=made, instruments=facts)


def params(given: dict[str, Any]) -> dict[str, Any]:
    """The parameters; a figure in words becomes what the text's reader makes of it."""
    if not isinstance(given.get("stated"), str):
        return given
    (figure,) = figures(given["stated"], "en")
    return {**given, "stated": stated(figure, "up" if given["relation"] == "rose" else None).model_dump(mode="json")}


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES["cases"]])
def test_case(case: dict[str, Any]) -> None:
    check = macro_level.CHECK
    data = box(case["box"], case["as_of"])
    found = check.run(check.parse(params(case["params"])), data)
    expected = case["expect"]
    assert found.outcome == expected["outcome"], found.summary
    assert found.reason == expected.get("reason", found.reason), found.summary
    assert found.reason in REASONS
    if "value" in expected:
        assert found.observed is not None
        assert found.observed.value == pytest.approx(expected["value"])
    for words in expected.get("says", ()):
        assert words in found.summary


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES["cases"]])
def test_evidence_survives_its_json_and_is_the_same_twice(case: dict[str, Any]) -> None:
    data = box(case["box"], case["as_of"])
    trial = Trial(id="t", claim="c", check="macro_level", params=params(case["params"]))
    evidence = run_trial(macro_level.CHECK, trial, data)
    assert run_trial(macro_level.CHECK, trial, data) == evidence
    assert Evidence.model_validate_json(evidence.model_dump_json()).summary == evidence.summary
    assert evidence.summary.endswith(".")
    if evidence.outcome not in ("no_data",):
        assert evidence.chart is not None
        assert len(evidence.chart.lines[0].dates) <= 300


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"relation": "at", "published": "2024-01-01"}, "at needs the figure"),
        ({"relation": "rose"}, "day of publication"),
        ({"relation": "rose", "first": "2024-01-01"}, "a first and a last day"),
        ({"relation": "rose", "first": "2024-02-01", "last": "2024-01-01"}, "before it begins"),
    ],
)
def test_parameters_that_say_too_little_are_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        macro_level.CHECK.parse({"symbol": "UNRATE", **given})


# --- arithmetic -----------------------------------------------------------------------------------------------------


def made(first: str, unit: str, values: list[float]) -> Series:
    step = {"M": 1, "Q": 3}.get(unit)
    begins = day(first)
    if step:
        dates = (begins.astype("datetime64[M]") + step * np.arange(len(values))).astype("datetime64[D]")
    else:
        dates = begins + {"W": 7, "D": 1}[unit] * np.arange(len(values))
    return Series("X", "close", "raw", dates, np.array(values, dtype=np.float64), dates)


@pytest.mark.parametrize(("unit", "name"), [("M", "monthly"), ("Q", "quarterly"), ("W", "weekly"), ("D", "daily")])
def test_how_often_a_series_appears(unit: str, name: str) -> None:
    assert macro.frequency(made("2020-01-01", unit, list(range(1, 9))).dates) == name


def test_a_rate_is_formed_with_the_same_month_and_never_across_a_hole() -> None:
    whole = made("2020-01-01", "M", [100.0 + i for i in range(14)])
    year = macro.measured(whole, "on_year")
    assert year.at(date(2021, 1, 1)) == pytest.approx(112 / 100 - 1)
    assert len(year) == 2
    keep = whole.dates != day("2020-02-01")
    holed = Series("X", "close", "raw", whole.dates[keep], whole.values[keep], whole.dates[keep])
    assert macro.measured(holed, "on_year").at(date(2021, 2, 1)) is None
    assert macro.measured(holed, "on_period").at(date(2020, 3, 1)) is None


def test_a_weekly_rate_on_the_year_is_of_the_nearest_week() -> None:
    weeks = made("2020-01-04", "W", [float(100 + i) for i in range(60)])
    year = macro.measured(weeks, "on_year")
    assert year.at(date(2021, 1, 2)) == pytest.approx(152 / 100 - 1)


def test_growth_at_an_annual_rate_compounds_the_quarters() -> None:
    quarters = made("2024-01-01", "Q", [100.0, 101.0])
    assert macro.measured(quarters, "annualised").at(date(2024, 4, 1)) == pytest.approx(1.01**4 - 1)


@pytest.mark.parametrize(
    ("published", "periods", "newest"),
    [
        ("2024-03-15", ["2024-02-01", "2024-01-01"], "2024-02-01"),
        ("2024-03-31", ["2024-03-01", "2024-02-01"], "2024-03-01"),
        ("2024-12-15", ["2024-04-01", "2024-03-01"], "2024-11-01"),
    ],
)
def test_the_periods_that_may_be_the_latest(published: str, periods: list[str], newest: str) -> None:
    rows = made("2024-01-01", "M", [1.0, 2.0, 3.0, 4.0])
    when = date.fromisoformat(published)
    assert [str(d) for d in macro.meant(rows, when)] == periods
    assert str(macro.newest_ended("monthly", when)) == newest


def test_the_running_period_comes_first_where_it_may_be_meant() -> None:
    rows = made("2024-01-01", "M", [1.0, 2.0, 3.0])
    assert str(macro.meant(rows, date(2024, 3, 15), running=True)[0]) == "2024-03-01"


@pytest.mark.parametrize(
    ("begins", "often", "name"),
    [("2024-07-01", "monthly", "July 2024"), ("2024-04-01", "quarterly", "the 2nd quarter of 2024"),
     ("2024-08-03", "weekly", "the week to 2024-08-03"), ("2024-01-01", "yearly", "2024")],
)  # fmt: skip
def test_periods_have_names(begins: str, often: macro.Frequency, name: str) -> None:
    assert macro.period_name(date.fromisoformat(begins), often) == name
