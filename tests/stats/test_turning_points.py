"""Turning points against two other programs, on share prices and output, and against series whose turns are known.

bbdetection 1.0 (Zakamulin, R) was run on the month-end closes of the S&P 500 that lie beside this file and on those of
arch 8.0.0 (``arch.data.sp500``); BCDating 0.9.8 (Einian, R) on ``statsmodels.datasets.macrodata`` of statsmodels
0.15.0. Their dates are written here; none of the two programs is needed.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from arch.data import sp500
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.datasets import macrodata

from analyzer.series import Series
from analyzer.stats.market_phases import by_filter, by_months, known_with, months_of
from analyzer.stats.turning_points import (
    BBQ,
    GONZALEZ,
    PAGAN_SOSSOUNOV,
    Rules,
    Turn,
    filtered,
    first_seen,
    phases,
    turning_points,
)

LINES = [row.split(",") for row in (Path(__file__).parent / "sp500_months.csv").read_text().split()[1:]]
MONTHS, CLOSES = [m for m, _ in LINES], np.array([float(c) for _, c in LINES])
PEAKS = [
    "1952-12",
    "1956-07",
    "1959-07",
    "1961-12",
    "1966-01",
    "1968-11",
    "1971-04",
    "1972-12",
    "1976-12",
    "1980-11",
    "1983-06",
    "1987-08",
    "1990-05",
    "1994-01",
    "2000-08",
    "2007-10",
    "2011-04",
    "2015-05",
]
TROUGHS = [
    "1953-08",
    "1957-12",
    "1960-10",
    "1962-06",
    "1966-09",
    "1970-06",
    "1971-11",
    "1974-09",
    "1978-02",
    "1982-07",
    "1984-05",
    "1987-11",
    "1990-10",
    "1994-06",
    "2002-09",
    "2009-02",
    "2011-09",
    "2015-09",
]


def rows(turns: tuple[Turn, ...], peak: bool) -> list[int]:
    return [t.row for t in turns if t.peak == peak]


def test_bull_and_bear_markets_of_the_sp_500_are_those_of_bbdetection() -> None:
    found = turning_points(CLOSES)
    assert [MONTHS[t.row] for t in found if t.peak] == PEAKS
    assert [MONTHS[t.row] for t in found if not t.peak] == TROUGHS


def test_so_are_those_of_the_closes_that_arch_ships() -> None:
    daily = sp500.load()["Adj Close"]
    months = daily.resample("ME").last().to_numpy()
    found = turning_points(months)
    assert (rows(found, True), rows(found, False)) == ([19, 105, 147, 196], [44, 121, 152, 200])
    by_size = filtered(daily.to_numpy())
    assert rows(by_size, True) == [309, 754, 2204, 2517]
    assert rows(by_size, False)[-4:] == [682, 891, 2487, 2559]


@pytest.mark.parametrize(
    ("column", "peaks", "troughs"),
    [
        ("realgdp", [4, 42, 59, 84, 90, 125, 197], [7, 44, 64, 86, 92, 128]),
        ("realinv", [4, 28, 42, 57, 79, 90, 102, 107, 120, 125, 144, 165, 174, 188, 194],
         [7, 33, 47, 65, 86, 95, 104, 110, 123, 129, 146, 171, 176, 192]),
    ],
)  # fmt: skip
def test_business_cycles_are_those_of_bcdating(column: str, peaks: list[int], troughs: list[int]) -> None:
    """Row 0 is the first quarter of 1959: GDP has peaks in 1960Q1, 1969Q3, 1973Q4, 1980Q1, 1981Q3, 1990Q2, 2008Q2."""
    found = turning_points(macrodata.load_pandas().data[column].to_numpy(), BBQ)
    assert (rows(found, True), rows(found, False)) == (peaks, troughs)


# --- what holds of any series ---------------------------------------------------------------------------------------


def walk(n: int, seed: int) -> np.ndarray:
    return np.exp(np.cumsum(np.random.default_rng(seed).normal(0.0067, 0.042, n)))


@pytest.mark.parametrize("rules", [PAGAN_SOSSOUNOV, GONZALEZ, Rules(4, 6, 16, 4, 0.2), BBQ])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=40)
def test_every_rule_holds_of_what_is_found(rules: Rules, seed: int) -> None:
    values = walk(300, seed)
    turns = turning_points(values, rules)
    for one, two in pairwise(turns):
        assert one.peak != two.peak
        assert (values[one.row] > values[two.row]) == one.peak
        large = rules.large is not None and abs(values[two.row] / values[one.row] - 1.0) > rules.large
        assert two.row - one.row >= rules.phase or large
    for kind in (True, False):
        assert all(np.diff(rows(turns, kind)) >= rules.cycle)
    assert all(rules.ends <= t.row < len(values) - rules.ends for t in turns)
    for t in turns:
        around = values[t.row - rules.window : t.row + rules.window + 1]
        assert values[t.row] == (around.max() if t.peak else around.min())


@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100.0))
@settings(max_examples=25)
def test_units_do_not_matter(seed: int, scale: float) -> None:
    values = walk(240, seed)
    assert turning_points(values * scale) == turning_points(values)
    assert turning_points(np.log(values) * 7.0 - 3.0, BBQ) == turning_points(values, BBQ)


def test_planted_turns_are_found() -> None:
    legs = np.interp(np.arange(151), [0, 40, 65, 110, 130, 150], [0.0, 0.8, 0.3, 1.4, 0.9, 1.3])
    noise = np.random.default_rng(3).normal(0.0, 0.004, 151)
    assert turning_points(np.exp(legs + noise)) == (Turn(40, True), Turn(65, False), Turn(110, True), Turn(130, False))
    whole = phases(turning_points(np.exp(legs)))
    assert [(p.first, p.last, p.rises) for p in whole] == [
        (40, 65, False), (65, 110, True), (110, 130, False), (130, None, True)
    ]  # fmt: skip


def test_a_short_fall_counts_where_it_is_large() -> None:
    """Three months: the fall of 1987 took as long."""
    legs = np.interp(np.arange(101), [0, 50, 53, 100], [0.0, 0.5, 0.2, 0.9])
    assert turning_points(np.exp(legs)) == (Turn(50, True), Turn(53, False))
    small = np.interp(np.arange(101), [0, 50, 53, 100], [0.0, 0.5, 0.3, 0.55])
    assert turning_points(np.exp(small)) == ()


def test_a_turn_is_seen_when_its_window_is_whole() -> None:
    legs = np.exp(np.interp(np.arange(151), [0, 40, 65, 150], [0.0, 0.8, 0.3, 1.4]))
    assert first_seen(legs, Turn(40, True)) == 48
    assert first_seen(legs, Turn(65, False)) == 73
    assert first_seen(legs, Turn(66, False)) is None


def test_what_cannot_be_dated_has_no_turns() -> None:
    assert turning_points(np.ones(100)) == ()
    assert turning_points(np.arange(1.0, 101.0)) == ()
    assert turning_points(CLOSES[:10]) == ()
    with pytest.raises(ValueError, match="finite values"):
        turning_points(np.array([1.0, np.nan, 2.0]))
    with pytest.raises(ValueError, match="above zero"):
        turning_points(np.array([1.0, -1.0] * 20))


def test_the_filter_needs_the_whole_move() -> None:
    assert filtered(np.array([100.0, 110, 88.1, 88.0, 95, 105.6, 100])) == (Turn(1, True), Turn(3, False))
    assert filtered(np.array([100.0, 110, 88.1, 95, 105.6, 100])) == ()
    assert filtered(np.array([100.0, 79.0, 90.0])) == ()  # the first row is no peak that is known


# --- with days for rows ---------------------------------------------------------------------------------------------


def series_of(values: np.ndarray, last: str = "2024-12-31") -> Series:
    dates = np.busday_offset(np.datetime64(last), np.arange(1 - len(values), 1), roll="backward")
    return Series("X", "close", "split_adjusted", dates, values, dates)


def test_the_day_of_a_turn_is_that_of_its_extreme_close() -> None:
    legs = np.exp(np.interp(np.arange(1801), [0, 700, 1100, 1800], [0.0, 0.8, 0.3, 1.4]))
    closes = series_of(legs)
    months = months_of(closes, date(2024, 12, 31))
    found = by_months(closes, months, PAGAN_SOSSOUNOV)
    assert [(t.day, t.peak) for t in found.turns] == [
        (closes.dates[700].item(), True), (closes.dates[1100].item(), False)
    ]  # fmt: skip
    assert found.turns == by_filter(closes, 0.2).turns
    known = known_with(months, found, found.turns[0], PAGAN_SOSSOUNOV)
    assert known is not None
    assert 220 < (known - found.turns[0].day).days < 280
    phase = found.at(date(2023, 1, 3))
    assert phase is not None
    assert (phase.rises, found.before(phase)) == (True, found.phases[0])
    assert found.at(found.turns[0].day) is None


def test_a_month_that_is_not_over_does_not_count() -> None:
    closes = series_of(np.arange(1.0, 61.0), "2024-12-17")
    assert months_of(closes, date(2024, 12, 17)).dates[-1].item() == date(2024, 11, 29)
    averages = months_of(closes, date(2024, 12, 17), "average")
    assert averages.values[-1] == pytest.approx(closes.between(date(2024, 11, 1), date(2024, 11, 30)).values.mean())


@pytest.mark.slow
def test_random_walks_have_such_phases_too() -> None:
    """With the drift and the spread of the S&P 500 by month from 1950 on: 29 months of rise and 13 of fall, as the page
    of the check says."""
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for seed in range(300):
        for phase in phases(turning_points(walk(600, seed)))[:-1]:
            assert phase.last is not None
            lengths[phase.rises].append(phase.last - phase.first)
    assert np.mean(lengths[True]) == pytest.approx(29.0, abs=1.5)
    assert np.mean(lengths[False]) == pytest.approx(13.3, abs=1.0)
