"""Time expressions to calendar periods."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.resolve import Period, resolve
from analyzer.text import times as t

TUESDAY = date(2025, 1, 28)
LAST_YEAR = t.RelativePeriod("year", -1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("value", "shape", "first", "last"),
    [
        (t.Day(2025, 1, 27), "day", "2025-01-27", "2025-01-27"),
        (t.Day(None, 12, 18), "day", "2024-12-18", "2024-12-18"),
        (t.Weekday(0, None), "day", "2025-01-27", "2025-01-27"),
        (t.Weekday(1, None), "day", "2025-01-28", "2025-01-28"),
        (t.Weekday(1, "last"), "day", "2025-01-21", "2025-01-21"),
        (t.Weekday(4, None), "day", "2025-01-24", "2025-01-24"),
        (t.RelativeDay(-1), "day", "2025-01-27", "2025-01-27"),
        (t.RelativePeriod("week", -1), "period", "2025-01-20", "2025-01-26"),
        (t.RelativePeriod("year", -1), "period", "2024-01-01", "2024-12-31"),
        (t.RelativePeriod("month", 0), "period", "2025-01-01", "2025-01-31"),
        (t.RelativePeriod("quarter", -1), "period", "2024-10-01", "2024-12-31"),
        (t.Month(None, 12), "period", "2024-12-01", "2024-12-31"),
        (t.Quarter(2024, 3), "period", "2024-07-01", "2024-09-30"),
        (t.HalfYear(2024, 2), "period", "2024-07-01", "2024-12-31"),
        (t.Year(2023), "period", "2023-01-01", "2023-12-31"),
        (t.Since(t.YearStart()), "since", "2025-01-01", "2025-01-28"),
        (t.Since(t.Day(2001, 9, 17)), "since", "2001-09-18", "2025-01-28"),
        (t.Since(t.Month(2020, 3)), "since", "2020-03-01", "2025-01-28"),
        (t.Until(t.YearPart(None, "end")), "until", "2025-01-28", "2025-12-31"),
        (t.Between(t.Year(2019), t.Year(2021)), "period", "2019-01-01", "2021-12-31"),
        (t.Month(LAST_YEAR, 1), "period", "2024-01-01", "2024-01-31"),
        (t.Month(None, 1), "period", "2025-01-01", "2025-01-31"),
        (t.Day(LAST_YEAR, 1, 15), "day", "2024-01-15", "2024-01-15"),
        (t.Quarter(t.RelativePeriod("year", 0), 4), "period", "2025-10-01", "2025-12-31"),
        (t.Since(t.YearPart(LAST_YEAR, "end")), "since", "2025-01-01", "2025-01-28"),
        (t.Since(t.RelativePeriod("week", 0)), "since", "2025-01-27", "2025-01-28"),
        (t.WeekOf(t.Day(2020, 3, 18)), "period", "2020-03-16", "2020-03-22"),
        (t.WeekOf(t.Day(2025, 1, 24), True), "period", "2025-01-18", "2025-01-24"),
        (t.WeekOf(t.Weekday(4), True), "period", "2025-01-18", "2025-01-24"),
        (t.RelativePeriod("weekend", 0), "period", "2025-01-25", "2025-01-26"),
        (t.RelativePeriod("weekend", -1), "period", "2025-01-25", "2025-01-26"),
        (t.RelativePeriod("weekend", 1), "period", "2025-02-01", "2025-02-02"),
        (t.Until(t.Weekday(4)), "until", "2025-01-28", "2025-01-31"),
        (t.Until(t.Month(None, 12)), "until", "2025-01-28", "2025-12-31"),
    ],
)
def test_expressions_become_calendar_days(value: t.TimeValue, shape: str, first: str, last: str) -> None:
    period = resolve(value, TUESDAY)
    assert period is not None
    assert (period.shape, period.first, period.last) == (shape, day(first), day(last))


def test_half_a_year_ago_is_a_point() -> None:
    period = resolve(t.Ago(0.5, "year"), TUESDAY)
    assert period == Period("point", day("2024-07-28"), day("2024-07-28"))


def test_a_vague_count_is_marked() -> None:
    period = resolve(t.Duration(None, "week", "future"), TUESDAY)
    assert period is not None
    assert period.vague
    assert period.shape == "until"


@pytest.mark.parametrize(
    "value",
    [
        t.Weekday(0, None), t.RelativeDay(-1), t.Since(t.YearStart()), t.Day(None, 1, 5), t.Month(LAST_YEAR, 1),
        t.RelativePeriod("weekend", 0), t.WeekOf(t.Weekday(4)),
    ],
)  # fmt: skip
def test_a_relative_expression_has_no_period_without_a_date(value: t.TimeValue) -> None:
    assert resolve(value, None) is None


@pytest.mark.parametrize(
    "value",
    [
        t.Day(2025, 2, 30),
        t.NoSuchDay(2025, 4, 31),
        t.NoSuchDay(None, 2, 30),
        t.Since(t.NoSuchDay(None, 2, 30)),
        t.Until(t.NoSuchDay(2025, 6, 31)),
        t.Between(t.Day(2025, 4, 28), t.NoSuchDay(2025, 4, 31)),
        t.Day(LAST_YEAR, 2, 30),
    ],
)
def test_an_impossible_day_is_no_period(value: t.TimeValue) -> None:
    assert resolve(value, TUESDAY) is None


@pytest.mark.parametrize("value", [t.Year(2020), t.Month(2024, 3), t.YearPart(2024, "end"), t.RelativeDay(-1)])
def test_a_horizon_whose_year_is_said_is_not_moved_to_another(value: t.TimeValue) -> None:
    horizon, anchor = resolve(t.Until(value), TUESDAY), resolve(value, TUESDAY)
    assert horizon is not None
    assert anchor is not None
    assert horizon.last == anchor.last < TUESDAY
