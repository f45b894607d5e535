"""Small dated boxes of data for the cases in ``cases/*.yaml``, and what a case must show.

A series is written as ``rows`` (date: close) on all weekdays between, or as ``daily`` (first day, closes) on successive
weekdays, or as a ``ramp`` from one value to another. ``closed`` days are no sessions, ``holes`` are sessions without a
row, ``only_rows`` makes the rows the only sessions. ``splits`` (ex-date: new shares per old) give the price as traded.
``rates`` convert every series of a box whose currency is theirs: ``into`` names the other one, ``divides`` that the
rate is quoted the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from analyzer.checks.base import Check, Finding, run_trial
from analyzer.market.conversion import Leg, converted
from analyzer.model import Evidence, Trial
from analyzer.series import Data, InstrumentFacts, Series, SeriesRequest, ShareCount, day

CASES = Path(__file__).parent / "cases"


def load(name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The boxes and the cases of one file."""
    content = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return content.get("boxes", {}), content["cases"]


def box(spec: Mapping[str, Any], as_of: date) -> Data:
    """The box as it is seen on a day: no row after it."""
    series = {}
    for one in spec["series"]:
        for request, full in _all_bases(one):
            series[request] = full.between(None, as_of)
    for rate in spec.get("rates", ()):
        series |= _converted(rate, series, as_of)
    facts = {i["symbol"]: InstrumentFacts(**i) for i in spec.get("instruments", ())}
    counts: dict[str, tuple[ShareCount, ...]] = {}
    for row in spec.get("shares", ()):
        counts[row["symbol"]] = (*counts.get(row["symbol"], ()), ShareCount(**row))
    return Data(as_of=as_of, series=series, shares=counts, instruments=facts)


def _all_bases(one: Mapping[str, Any]) -> list[tuple[SeriesRequest, Series]]:
    dates, values, sessions = _rows(one)
    factors = np.ones(len(dates))
    for ex_date, new_per_old in one.get("splits", {}).items():
        factors[dates < day(ex_date)] *= new_per_old
    found = []
    for field in ("close", "open", "low", "high"):
        column = values if field == "close" else _column(one.get(field), dates)
        if column is None:
            continue
        there = np.isfinite(column)
        for basis, scale in (("split_adjusted", np.ones(len(dates))), ("as_traded", factors)):
            request = SeriesRequest(one["symbol"], field, basis)
            found.append((request, _series(one, request, dates[there], (column * scale)[there], sessions)))
    if "total" in one:
        request = SeriesRequest(one["symbol"], "close", "total_return")
        total = np.array(sorted(one["total"].items()), dtype=object)
        days = np.array(total[:, 0].tolist(), dtype="datetime64[D]")
        found.append((request, _series(one, request, days, total[:, 1].astype(float), sessions)))
    return found


def _converted(
    one: Mapping[str, Any], series: Mapping[SeriesRequest, Series], as_of: date
) -> dict[SeriesRequest, Series]:
    """What the market floor serves for the requests in the other currency."""
    dates, values, sessions = _rows(one)
    rate = _series(one, SeriesRequest(one["symbol"], basis="raw"), dates, values, sessions).between(None, as_of)
    way = (Leg(one["symbol"], one.get("divides", False)),)
    found = {}
    for request, prices in series.items():
        if prices.currency == one["currency"]:
            made = converted(prices, one["into"], way, [rate])
            assert isinstance(made, Series)
            found[replace(request, currency=one["into"])] = made
        elif prices.currency == one["into"]:
            found[replace(request, currency=one["into"])] = prices
    return found


def _series(
    one: Mapping[str, Any], request: SeriesRequest, dates: np.ndarray, values: np.ndarray, sessions: np.ndarray
) -> Series:
    own = sessions[(sessions >= dates[0]) & (sessions <= dates[-1])]
    return Series(
        request.symbol, request.field, request.basis, dates, values.astype(np.float64), own, one.get("currency"),
        source="written for the test", sha256=f"{request.symbol}-{request.basis}",
    )  # fmt: skip


def _rows(one: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if "ramp" in one:
        first, last, low, high = one["ramp"]
        dates = _weekdays(first, last, one)
        values = np.linspace(low, high, len(dates))
    elif "daily" in one:
        first, closes = one["daily"]
        dates = np.busday_offset(day(first), np.arange(len(closes)), roll="forward")
        values = np.array([np.nan if c is None else c for c in closes], dtype=np.float64)
    else:
        dates = np.array(sorted(one["rows"]), dtype="datetime64[D]")
        values = np.array([one["rows"][d.item()] for d in dates], dtype=np.float64)
    for when, value in one.get("but", {}).items():
        values[dates == day(when)] = value
    sessions = dates if one.get("only_rows") else _weekdays(dates[0], dates[-1], one)
    holes = np.array(one.get("holes", ()), dtype="datetime64[D]")
    keep = np.isfinite(values) & ~np.isin(dates, holes)
    return dates[keep], values[keep], sessions


def _weekdays(first: Any, last: Any, one: Mapping[str, Any]) -> np.ndarray:
    days = np.arange(day(first), day(last) + 1)
    closed = np.array(one.get("closed", ()), dtype="datetime64[D]")
    return days[np.is_busday(days) & ~np.isin(days, closed)]


def _column(rows: Mapping[date, float] | None, dates: np.ndarray) -> np.ndarray | None:
    return None if rows is None else np.array([rows.get(d.item(), np.nan) for d in dates], dtype=np.float64)


def run_case(check: Check, boxes: Mapping[str, Any], case: Mapping[str, Any]) -> Finding:
    data = box(boxes[case["box"]], case["as_of"])
    return check.run(check.parse(case["params"]), data)


def assert_shows(finding: Finding, expected: Mapping[str, Any]) -> None:
    """The finding has the case's outcome, reason, value, near misses and words."""
    assert (finding.outcome, finding.reason) == (expected["outcome"], expected["reason"]), finding.summary
    if "value" in expected:
        assert finding.observed is not None
        assert finding.observed.value is not None
        assert abs(finding.observed.value - expected["value"]) <= 1e-3 * abs(expected["value"]) + 1e-9
    if "statistic" in expected:
        assert finding.statistic is not None
        assert finding.statistic.value == (
            expected["statistic"] if expected["statistic"] is None else pytest.approx(expected["statistic"], rel=1e-3)
        )
    if "misses" in expected:
        assert [m.change for m in finding.near_misses] == expected["misses"]
    for words in expected.get("says", ()):
        assert words in finding.summary
    for words in expected.get("caveats", ()):
        assert any(words in caveat for caveat in finding.caveats), finding.caveats


def assert_whole_evidence(check: Any, case: Mapping[str, Any], data: Data, *, twice: bool = True) -> Evidence:
    """The evidence of a case survives its JSON, is worded, drawn and with its data, and the same when run ``twice``."""
    params = check.parse(case["params"]).model_dump(mode="json")
    trial = Trial(id="t", claim="c", check=check.name, params=params)
    one = run_trial(check, trial, data)
    assert not twice or one == run_trial(check, trial, data)
    assert Evidence.model_validate_json(one.model_dump_json()) == one
    assert one.summary.endswith(".")
    assert "  " not in one.summary
    assert not re.search(r"\b(proved|proven|proves|caused|causes|nan|None(?! of it came))\b", one.summary + check.rule)
    for chart_line in one.chart.lines if one.chart else ():
        assert len(chart_line.dates) == len(chart_line.values) <= 301
    if one.outcome not in ("no_data", "not_checkable"):
        assert one.chart is not None
        assert one.data
        assert one.observed is not None
    return one
