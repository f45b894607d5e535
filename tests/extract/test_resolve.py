"""Time expressions to calendar periods."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.resolve import Period, resolve
from analyzer.text import times as t

TUESDAY = date(2025, 1, 28)


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


@pytest.mark.parametrize("value", [t.Weekday(0, None), t.RelativeDay(-1), t.Since(t.YearStart()), t.Day(None, 1, 5)])
def test_a_relative_expression_has_no_period_without_a_date(value: t.TimeValue) -> None:
    assert resolve(value, None) is None


def test_an_impossible_day_is_no_period() -> None:
    assert resolve(t.Day(2025, 2, 30), TUESDAY) is None
