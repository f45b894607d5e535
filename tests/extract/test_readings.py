"""Expressions that may mean two times, names of days, and what holds for every day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.calendar_spans import JUST_PASSED, weekdays_on
from analyzer.extract.holidays import AFTER_THANKSGIVING, FIXED, FROM_EASTER, LONG, WEEKDAYS, easter, holiday
from analyzer.extract.resolve import readings, resolve
from analyzer.text import times as t
from analyzer.text.tables import table
from analyzer.text.time_values import Modifier

PUBLISHED = st.dates(date(1998, 1, 1), date(2030, 12, 31))
WEDNESDAY = date(2024, 10, 16)
LAST_WEEK = t.RelativePeriod("week", -1, "end")


def days(*written: str) -> list[tuple[date, date]]:
    """ "10-01..10-10" of 2024, a full date with its year, one day alone."""
    pairs = [(first, last or first) for first, _, last in (w.partition("..") for w in written)]
    return [(_day(first), _day(last)) for first, last in pairs]


def _day(written: str) -> date:
    return date.fromisoformat(written if len(written) > 5 else f"2024-{written}")


# --- two readings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (t.Weekday(2), days("10-16", "10-09")),
        (t.Weekday(2, "ahead"), days("10-16", "10-23")),
        (t.Weekday(0, "last"), days("10-14", "10-07")),
        (t.Weekday(4, "next"), days("10-18", "10-25")),
        (t.Weekday(1, "this"), days("10-15", "10-22")),
        (t.Weekday(3, "either"), days("10-10", "10-17")),
        (t.Month("last", 3), days("03-01..03-31", "2023-03-01..2023-03-31")),
        (t.Month("next", 12), days("12-01..12-31", "2025-12-01..2025-12-31")),
        (t.Month("either", 12), days("12-01..12-31", "2023-12-01..2023-12-31")),
        (t.Season("last", 6), days("06-01..08-31", "2023-06-01..2023-08-31")),
        (t.RelativePeriod("weekend", 1), days("10-19..10-20", "10-26..10-27")),
        (t.RelativePeriod("weekend", 0), days("10-12..10-13", "10-19..10-20")),
        (LAST_WEEK, days("10-10..10-11", "10-11")),
        (t.Month(None, 9, "start"), days("09-01..09-10", "09-01..09-07")),
        (t.Month(None, 9, "mid"), days("09-11..09-20", "09-15")),
        (t.Month(None, 9, "end"), days("09-21..09-30", "09-30")),
        (t.YearPart(None, "start"), days("01-01..01-31", "01-01..03-31")),
        (t.YearPart(2023, "mid"), days("2023-06-01..2023-07-31", "2023-07-01")),
        (t.Day(2011, 11, 10, swaps=True), days("2011-11-10", "2011-10-11")),
        (t.Until(t.Year(2030)), days("10-16..2030-12-31", "10-16..2030-01-01")),
        (t.Until(t.Holiday("easter_weekend")), days("10-16..2025-04-20", "10-16..2025-04-21")),
        (t.Until(t.Month(None, 9, "end")), days("10-16..2025-09-30", "09-21..09-30", "09-30")),
        (t.Since(t.Weekday(0, "last")), days("10-15..10-16", "10-08..10-16")),
        (t.Either(t.Ago(8, "day"), t.Ago(1, "week")), days("10-08", "10-09")),
    ],
)
def test_what_informed_readers_read_in_two_ways_has_both_readings(
    value: t.TimeValue, expected: list[tuple[date, date]]
) -> None:
    found = [(p.first, p.last) for p in readings(value, WEDNESDAY)]
    assert found[: len(expected)] == expected
    first = resolve(value, WEDNESDAY)
    assert first is not None
    assert first.other is not None
    assert [(first.first, first.last), (first.other.first, first.other.last)] == expected[:2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (t.Weekday(4), days("10-11")),
        (t.Weekday(4, "last"), days("10-11")),
        (t.Weekday(4, "last", True), days("10-11")),
        (t.Weekday(0, "last", True), days("10-07")),
        (t.Month("last", 12), days("2023-12-01..2023-12-31")),
        (t.Month(None, 12), days("2023-12-01..2023-12-31")),
        (t.Month("ahead", 12), days("12-01..12-31")),
        (t.Day("ahead", 1, 15), days("2025-01-15")),
        (t.Day("ahead", 10, 16), days("10-16")),
        (t.HalfYear("ahead", 2), days("07-01..12-31")),
        (t.Season("last", 12), days("2023-12-01..02-29")),
        (t.Season("this", 12), days("12-01..2025-02-28")),
        (t.Holiday("turn_of_year"), days("2023-12-31..01-01")),
        (t.Holiday("good_friday", 2010), days("2010-04-02")),
        (t.DayOfMonth(27), days("09-27")),
        (t.CalendarWeek(None, 32), days("08-05..08-11")),
        (t.EdgeDay(t.Month(None, 9), "end", True), days("09-30")),
        (t.EdgeDay(t.Year(2023), "end", True), days("2023-12-29")),
        (t.EdgeDay(t.Year(2023), "start", True), days("2023-01-02")),
        (t.Trailing(t.Duration(12, "month"), t.Month(None, 9)), days("2023-10-01..09-30")),
        (t.Until(t.Holiday("christmas"), before=True), days("10-16..12-24", "10-16..12-25")),
        (t.Until(t.Season(None, 6), before=True), days("10-16..2025-05-31")),
        (t.Duration(24, "hour", "past"), days("10-16..10-16")),
        (t.Ago(1, "fortnight"), days("10-02")),
        (t.Neighbour("week", 1, t.Day(None, 10, 7)), days("10-14")),
        (t.Between(t.Day(None, 9, 9), t.Day(None, 9, 12)), days("09-09..09-12")),
        (t.Between(t.Weekday(0), t.Weekday(4)), days("10-07..10-11")),
        (t.Between(t.Month(None, 11), t.Month(None, 2)), days("2023-11-01..02-29")),
        (t.Between(t.Month(None, 9), t.Month(None, 12)), days("09-01..12-31")),
    ],
)
def test_what_has_one_reading_has_no_other(value: t.TimeValue, expected: list[tuple[date, date]]) -> None:
    assert [(p.first, p.last) for p in readings(value, WEDNESDAY)] == expected


def test_week_that_is_ending_is_last_week_at_a_weekend_and_the_one_before_its_second_reading() -> None:
    saturday = date(2024, 10, 19)
    assert [(p.first, p.last) for p in readings(t.RelativePeriod("week", -1), saturday)] == days(
        "10-14..10-20", "10-07..10-13"
    )


def test_move_over_a_range_of_days_is_measured_from_the_close_of_the_first() -> None:
    range_of_days = resolve(t.Between(t.Day(2020, 3, 9), t.Day(2020, 3, 12)), WEDNESDAY)
    months = resolve(t.Between(t.Month(2020, 3), t.Month(2020, 4)), WEDNESDAY)
    assert range_of_days is not None
    assert months is not None
    assert range_of_days.base == date(2020, 3, 9)
    assert months.base == date(2020, 2, 29)


# --- every day of publication --------------------------------------------------------------------------------------

DAY = st.tuples(st.integers(1, 12), st.integers(1, 28))
PARTS = st.sampled_from([None, "start", "mid", "end"])
BARE = st.one_of(
    st.integers(0, 6).map(t.Weekday),
    DAY.map(lambda d: t.Day(None, *d)),
    st.builds(t.Month, st.none(), st.integers(1, 12), PARTS),
    st.builds(t.Quarter, st.none(), st.integers(1, 4), PARTS),
    st.builds(t.HalfYear, st.none(), st.integers(1, 2)),
    st.builds(t.Season, st.none(), st.sampled_from([3, 6, 9, 12]), PARTS),
    st.builds(t.YearPart, st.none(), st.sampled_from(["start", "mid", "end"])),
    st.sampled_from([*FIXED, *FROM_EASTER, *WEEKDAYS, *AFTER_THANKSGIVING]).map(t.Holiday),
    st.integers(1, 31).map(t.DayOfMonth),
    st.integers(1, 52).map(lambda week: t.CalendarWeek(None, week)),
)


@given(BARE, PUBLISHED)
@settings(max_examples=600)
def test_bare_expression_of_the_past_never_begins_after_publication(value: t.TimeValue, published: date) -> None:
    period = resolve(value, published)
    assert period is not None
    assert period.first <= published
    assert published - period.first < timedelta(days=2 * 366)


@given(BARE, PUBLISHED)
@settings(max_examples=400)
def test_what_looks_ahead_has_not_ended_by_publication(value: t.TimeValue, published: date) -> None:
    """But for a day of the last month: "is fixed on April 20", written on the 21st, is not next year's."""
    coming = t.looking(value, "ahead")
    period = resolve(coming, published)
    assert period is not None
    just_passed = period.first == period.last and 0 < (published - period.last).days <= JUST_PASSED
    assert coming == value or period.last >= published or just_passed


@pytest.mark.parametrize(("published", "year"), [(date(2020, 4, 21), 2020), (date(2020, 5, 30), 2021)])
def test_a_day_ahead_that_has_just_passed_is_this_years(published: date, year: int) -> None:
    period = resolve(t.Day("ahead", 4, 20), published)
    assert period is not None
    assert period.first == date(year, 4, 20)


@given(BARE, st.sampled_from(["last", "next"]), PUBLISHED)
@settings(max_examples=400)
def test_last_has_passed_and_next_is_to_come(value: t.TimeValue, said: Modifier, published: date) -> None:
    period = resolve(t.looking(value, said), published)
    assert period is not None
    if hasattr(value, "year"):
        assert period.last < published if said == "last" else period.first > published


@given(st.one_of(BARE, BARE.map(t.Since), BARE.map(t.Until)), PUBLISHED)
@settings(max_examples=400)
def test_readings_are_apart_and_in_order(value: t.TimeValue, published: date) -> None:
    found = readings(value, published)
    assert len(set(found)) == len(found)
    assert all(p.first <= p.last for p in found if p.shape in ("day", "period"))


@given(PUBLISHED, st.integers(-300, 300).filter(bool))
@settings(max_examples=200)
def test_days_from_monday_to_friday_are_counted_to_and_fro(day: date, count: int) -> None:
    there = weekdays_on(day, count)
    assert there.weekday() < 5
    assert weekdays_on(there, -count) == (day if day.weekday() < 5 else weekdays_on(there, -count))


# --- holidays ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "expected"), [(1818, "03-22"), (1943, "04-25"), (1954, "04-18"), (1981, "04-19"), (2008, "03-23"),
                           (2024, "03-31"), (2025, "04-20"), (2038, "04-25"), (2049, "04-18")],
)  # fmt: skip
def test_easter_falls_on_its_known_sundays(year: int, expected: str) -> None:
    assert easter(year).isoformat() == f"{year}-{expected}"


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("good_friday", 2025, "2025-04-18"), ("thanksgiving", 2024, "2024-11-28"), ("black_friday", 2024, "2024-11-29"),
        ("cyber_monday", 2024, "2024-12-02"), ("memorial_day", 2024, "2024-05-27"), ("labor_day", 2025, "2025-09-01"),
        ("martin_luther_king", 2025, "2025-01-20"), ("whit_monday", 2025, "2025-06-09"),
        ("ascension", 2025, "2025-05-29"), ("german_unity", 2025, "2025-10-03"),
    ],
)  # fmt: skip
def test_holidays_fall_on_their_days(name: str, year: int, expected: str) -> None:
    assert holiday(name, year)[0].isoformat() == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_holiday_of_the_word_lists_has_its_day_in_every_year(language: str) -> None:
    for name in table(f"times_{language}")["holidays"]:
        spans = [holiday(name, year) for year in range(1900, 2100)]
        assert all(first.year == year for year, (first, _) in zip(range(1900, 2100), spans, strict=True))
        assert {(last - first).days + 1 for first, last in spans} == {LONG.get(name, 1)}
