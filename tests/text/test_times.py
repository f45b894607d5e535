"""Time expressions: the written cases, and properties that hold for any text."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.text import times as t

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "time_cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)


def value(written: str) -> Any:
    """``Weekday(4, "last")`` as the value that it writes."""

    def build(node: ast.expr) -> Any:
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            return getattr(t, node.func.id)(*map(build, node.args))
        return ast.literal_eval(node)

    return build(ast.parse(written, mode="eval").body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence_is_read_as_it_is_meant(case: dict[str, Any]) -> None:
    found = [(e.text, e.value) for e in t.times(case["text"], case["lang"])]
    assert found == [(text, value(written)) for text, written in case["times"]]


def test_a_third_of_the_cases_are_traps() -> None:
    traps = [case for case in CASES if not case["times"]]
    assert len(CASES) >= 90
    assert len(traps) * 3 >= len(CASES)


def one(text: str, language: str) -> t.TimeValue:
    found = t.times(text, language)
    assert len(found) == 1, [e.text for e in found]
    return found[0].value


# --- pairs of near neighbours ----------------------------------------


def test_past_year_with_an_article_is_a_length_and_last_year_a_year() -> None:
    assert one("over the past year", "en") == t.Duration(1, "year", "past")
    assert one("last year", "en") == t.RelativePeriod("year", -1)
    assert one("in der vergangenen Woche", "de") == t.RelativePeriod("week", -1)
    assert one("in den vergangenen Wochen", "de") == t.Duration(None, "week", "past")


def test_single_day_in_talk_of_markets_is_one_session() -> None:
    assert one("an einem einzigen Tag", "de") == t.Duration(1, "session")
    assert one("the biggest one-day loss", "en") == t.Duration(1, "session")


def test_year_with_a_unit_is_a_number() -> None:
    assert t.times("2024 Punkte", "de") == ()
    assert t.times("$2024", "en") == ()
    assert one("it fell in 2024", "en") == t.Year(2024)


def test_year_after_a_verb_of_levels_is_a_level_but_not_in_a_run_of_years() -> None:
    assert t.times("Gold fiel auf 1950", "de") == ()
    assert [e.value for e in t.times("von 2023 auf 2024", "de")] == [t.Between(t.Year(2023), t.Year(2024))]
    assert [e.value for e in t.times("from 1929 to 1932", "en")] == [t.Between(t.Year(1929), t.Year(1932))]


def test_event_that_names_its_day_is_that_day() -> None:
    assert one("seit dem Rekordschluss vom 18. Juni", "de") == t.Since(t.Day(None, 6, 18))
    assert one("since its closing high on December 17", "en") == t.Since(t.Day(None, 12, 17))


def test_since_with_a_reason_is_no_time() -> None:
    assert t.times("Since the crash was priced in, nobody sold.", "en") == ()


def test_may_is_a_month_only_in_company() -> None:
    assert t.times("It may 5 percent or more.", "en") == ()
    assert one("on May 5", "en") == t.Day(None, 5, 5)


# --- days that no calendar has ----------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "written", "year", "month", "day"),
    [
        ("de", "Am 31. April 2025 fiel er.", "31. April 2025", 2025, 4, 31),
        ("de", "Am 30. Februar fiel er.", "30. Februar", None, 2, 30),
        ("de", "Der 29. Februar 2023 war schwach.", "29. Februar 2023", 2023, 2, 29),
        ("de", "Am Freitag, dem 31. Juni, fiel er.", "Freitag, dem 31. Juni", None, 6, 31),
        ("de", "Am 32. Januar fiel er.", "32. Januar", None, 1, 32),
        ("de", "Die Zahlen vom 31.04.2025.", "31.04.2025", 2025, 4, 31),
        ("de", "Am 31.4.25 fiel er.", "31.4.25", 2025, 4, 31),
        ("de", "Am 31.4. fiel er.", "31.4.", None, 4, 31),
        ("de", "Stand 2025-02-30.", "2025-02-30", 2025, 2, 30),
        ("de", "Stand 45.13.2024.", "45.13.2024", 2024, 13, 45),
        ("en", "On April 31, 2025, it fell 3 percent.", "April 31, 2025", 2025, 4, 31),
        ("en", "It fell on June 31.", "June 31", None, 6, 31),
        ("en", "February 29, 2023 was weak.", "February 29, 2023", 2023, 2, 29),
        ("en", "On Sunday, Feb. 30, it fell.", "Sunday, Feb. 30", None, 2, 30),
        ("en", "The 31st of June was weak.", "31st of June", None, 6, 31),
        ("en", "It fell on 31 June 2024.", "31 June 2024", 2024, 6, 31),
        ("en", "The filing of 02/30/2025.", "02/30/2025", 2025, 2, 30),
        ("en", "The filing of 31/04/2025.", "31/04/2025", 2025, 4, 31),
        ("en", "The filing of 2025-13-01.", "2025-13-01", 2025, 13, 1),
    ],
)
def test_day_that_no_calendar_has_takes_its_whole_span(
    language: str, text: str, written: str, year: int | None, month: int, day: int
) -> None:
    assert [(e.text, e.value) for e in t.times(text, language)] == [(written, t.NoSuchDay(year, month, day))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "seit dem 31. April", t.Since(t.NoSuchDay(None, 4, 31))),
        ("de", "seit dem Tief vom 31. April", t.Since(t.NoSuchDay(None, 4, 31))),
        ("de", "vom 28. bis 31. April 2025", t.Between(t.Day(2025, 4, 28), t.NoSuchDay(2025, 4, 31))),
        ("de", "vom 29. Februar bis zum 3. März 2023", t.Between(t.NoSuchDay(2023, 2, 29), t.Day(2023, 3, 3))),
        ("de", "in der Woche vom 31. April", t.NoSuchDay(None, 4, 31)),
        ("en", "by June 31", t.Until(t.NoSuchDay(None, 6, 31))),
        ("en", "from April 28 to April 31, 2025", t.Between(t.Day(2025, 4, 28), t.NoSuchDay(2025, 4, 31))),
        ("en", "June 28-31", t.Between(t.Day(None, 6, 28), t.NoSuchDay(None, 6, 31))),
    ],
)
def test_day_that_no_calendar_has_is_an_anchor_and_an_end(language: str, text: str, expected: t.TimeValue) -> None:
    assert one(text, language) == expected


@pytest.mark.parametrize("text", ["29. Februar", "29.2.", "29. Februar 2024"])
def test_leap_day_is_a_day_unless_its_year_has_none(text: str) -> None:
    assert isinstance(one(text, "de"), t.Day)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "In June 31 companies reported.", [t.Month(None, 6)]),
        ("en", "It rose in April 45 percent.", [t.Month(None, 4)]),
        ("en", "In February 30-year bonds fell.", [t.Month(None, 2)]),
        ("en", "September 31 percent was the low.", [t.Month(None, 9)]),
        ("en", "A June 40 put.", [t.Month(None, 6)]),
        ("en", "A 30/30/40 portfolio, 24/7, a 31/30 vote.", []),
        ("de", "Version 31.04.12 und Version 30.2.1 sind da.", []),
        ("de", "Der Kurs von 31.04. und die Ausgabe 31.04. sind gleich.", []),
        ("de", "Der VIX fiel auf 31. April und Mai waren ruhig.", [t.Month(None, 4), t.Month(None, 5)]),
        ("de", "Er stieg um 35. Januar war gut.", [t.Month(None, 1)]),
    ],
)
def test_number_beside_a_month_or_between_points_is_no_day(language: str, text: str, left: list[t.TimeValue]) -> None:
    assert [e.value for e in t.times(text, language)] == left


def test_month_day_order_of_slashes_is_american_where_it_can_be() -> None:
    assert one("05/06/2025", "en") == t.Day(2025, 5, 6)
    assert one("13/06/2025", "en") == t.Day(2025, 6, 13)


# --- two expressions that say one thing ----------------------------------------

LAST_YEAR = t.RelativePeriod("year", -1)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "im Januar vergangenen Jahres", t.Month(LAST_YEAR, 1)),
        ("de", "am 15. Dezember des vergangenen Jahres", t.Day(LAST_YEAR, 12, 15)),
        ("de", "im ersten Quartal des Vorjahres", t.Quarter(LAST_YEAR, 1)),
        ("de", "seit Ende vergangenen Jahres", t.Since(t.YearPart(LAST_YEAR, "end"))),
        ("de", "im ersten Quartal nächsten Jahres", t.Quarter(t.RelativePeriod("year", 1), 1)),
        ("de", "im Auftaktquartal 2024", t.Quarter(2024, 1)),
        ("de", "in der zweiten Jahreshälfte des Jahres 2023", t.HalfYear(2023, 2)),
        ("de", "Heute vor einem Jahr", t.Ago(1, "year")),
        ("de", "am Freitag vor zwei Wochen", t.EventAnchor("Freitag vor zwei Wochen")),
        ("de", "in der Woche vom 27. Januar", t.WeekOf(t.Day(None, 1, 27))),
        ("de", "in der Woche vom 3. bis 7. Februar 2025", t.WeekOf(t.Day(2025, 2, 7), True)),
        ("de", "in der Woche bis zum 31. Januar", t.WeekOf(t.Day(None, 1, 31), True)),
        ("de", "vom 3. bis zum 7. Februar", t.Between(t.Day(None, 2, 3), t.Day(None, 2, 7))),
        ("de", "27./28. Januar 2025", t.Between(t.Day(2025, 1, 27), t.Day(2025, 1, 28))),
        ("de", "27.-31.1.2025", t.Between(t.Day(2025, 1, 27), t.Day(2025, 1, 31))),
        ("de", "19.02.2020-23.03.2020", t.Between(t.Day(2020, 2, 19), t.Day(2020, 3, 23))),
        ("de", "Vom 27. Dezember bis zum 3. Januar 2025", t.Between(t.Day(2024, 12, 27), t.Day(2025, 1, 3))),
        ("de", "von November bis Januar 2025", t.Between(t.Month(2024, 11), t.Month(2025, 1))),
        ("de", "in den ersten drei Monaten des Jahres", t.Between(t.Month(None, 1), t.Month(None, 3))),
        ("de", "seit Wochenbeginn", t.Since(t.RelativePeriod("week", 0))),
        ("de", "vor Jahresfrist", t.Ago(1, "year")),
        ("de", "in der vorletzten Woche", t.RelativePeriod("week", -2)),
        ("en", "in January last year", t.Month(LAST_YEAR, 1)),
        ("en", "the fourth quarter of last year", t.Quarter(LAST_YEAR, 4)),
        ("en", "late last year", t.YearPart(LAST_YEAR, "end")),
        ("en", "2024's first quarter", t.Quarter(2024, 1)),
        ("en", "Q1 of 2025", t.Quarter(2025, 1)),
        ("en", "Q4'24", t.Quarter(2024, 4)),
        ("en", "a year ago today", t.Ago(1, "year")),
        ("en", "over two years ago", t.Ago(2, "year")),
        ("en", "Friday two weeks ago", t.EventAnchor("Friday two weeks ago")),
        ("en", "the week of March 16, 2020", t.WeekOf(t.Day(2020, 3, 16))),
        ("en", "the week ended Jan. 31", t.WeekOf(t.Day(None, 1, 31), True)),
        ("en", "the week to Friday", t.WeekOf(t.Weekday(4), True)),
        ("en", "since the week of March 16", t.Since(t.WeekOf(t.Day(None, 3, 16)))),
        ("en", "3 to 5 March 2020", t.Between(t.Day(2020, 3, 3), t.Day(2020, 3, 5))),
        ("en", "in the last three months of 2024", t.Between(t.Month(2024, 10), t.Month(2024, 12))),
        ("en", "in the last three months", t.Duration(3, "month", "past")),
        ("en", "month to date", t.Since(t.RelativePeriod("month", 0))),
        ("en", "so far this week", t.Since(t.RelativePeriod("week", 0))),
        ("en", "the year before last", t.RelativePeriod("year", -2)),
        ("en", "2025/01/27", t.Day(2025, 1, 27)),
        ("en", "27-Jan-2025", t.Day(2025, 1, 27)),
    ],
)
def test_joined_expressions_say_one_thing(language: str, text: str, expected: t.TimeValue) -> None:
    assert one(text, language) == expected


def test_fall_of_points_is_no_autumn() -> None:
    assert t.times("a fall of 2000 points", "en") == ()
    assert one("in the fall of 2008", "en") == t.Season(2008, 9)


# --- properties ----------------------------------------

PIECES = """
am Montag letzten vergangenen Freitag Woche 27. 27 Januar Jan. 2025 2024 bis seit von zwischen und Ende des Jahres Mitte
Quartal dritten vor drei Wochen einem halben Jahr in den nächsten heute Nacht über je gemessene aller Zeiten Finanzkrise
der since until by between and last next May March 5 2020 early mid late quarter first half of the year ago week session
ever overnight Q3 1990s - – / , .
"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=10).map("".join)
)
LANGUAGES = st.sampled_from(["de", "en"])


@given(TEXTS, LANGUAGES)
@settings(max_examples=500)
def test_expressions_stand_in_the_text_in_order_and_apart(text: str, language: str) -> None:
    end = 0
    for expression in t.times(text, language):
        assert expression.text == text[expression.start : expression.end]
        assert end <= expression.start < expression.end
        end = expression.end


GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
ENGLISH = "January February March April May June July August September October November December"
MONTHS = {"de": GERMAN.split(), "en": ENGLISH.split()}
FORMATS = {
    "de": ("am {d}. {month} {y} fiel", "am {d:02}.{m:02}.{y} fiel", "am {d}.{m}.{y}", "Stand {y}-{m:02}-{d:02}."),
    "en": ("on {month} {d}, {y}, it", "on {d} {month} {y} it", "of {y}-{m:02}-{d:02}.", "on {m:02}/{d:02}/{y} it"),
}


IMPOSSIBLE = st.tuples(
    st.integers(1900, 2049), st.sampled_from([(2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31)])
)


@given(IMPOSSIBLE, LANGUAGES, st.integers(0, 3))
@settings(max_examples=200)
def test_full_dates_that_no_calendar_has_are_read_as_such(
    written: tuple[int, tuple[int, int]], language: str, form: int
) -> None:
    year, (month, day) = written
    text = FORMATS[language][form].format(d=day, m=month, y=year, month=MONTHS[language][month - 1])
    assert one(text, language) == t.NoSuchDay(year, month, day)


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)), LANGUAGES, st.integers(0, 3))
@settings(max_examples=300)
def test_full_dates_are_read_back(day: date, language: str, form: int) -> None:
    text = FORMATS[language][form].format(d=day.day, m=day.month, y=day.year, month=MONTHS[language][day.month - 1])
    assert one(text, language) == t.Day(day.year, day.month, day.day)


@given(st.integers(1, 12), st.integers(1900, 2049), LANGUAGES)
@settings(max_examples=100)
def test_since_a_month_is_read_back(month: int, year: int, language: str) -> None:
    link = {"de": "seit", "en": "since"}[language]
    assert one(f"{link} {MONTHS[language][month - 1]} {year}", language) == t.Since(t.Month(year, month))


def test_very_long_text_is_read_in_time() -> None:
    assert len(t.times("seit 2008 " * 5_000, "de")) == 5_000
