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


@pytest.mark.parametrize("text", ["30. Februar 2024", "31.04.2024", "45.13.2024"])
def test_day_that_no_calendar_has_is_none(text: str) -> None:
    assert not any(isinstance(e.value, t.Day) for e in t.times(text, "de"))


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
@settings(max_examples=500, deadline=None)
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


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)), LANGUAGES, st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_full_dates_are_read_back(day: date, language: str, form: int) -> None:
    text = FORMATS[language][form].format(d=day.day, m=day.month, y=day.year, month=MONTHS[language][day.month - 1])
    assert one(text, language) == t.Day(day.year, day.month, day.day)


@given(st.integers(1, 12), st.integers(1900, 2049), LANGUAGES)
@settings(max_examples=100, deadline=None)
def test_since_a_month_is_read_back(month: int, year: int, language: str) -> None:
    link = {"de": "seit", "en": "since"}[language]
    assert one(f"{link} {MONTHS[language][month - 1]} {year}", language) == t.Since(t.Month(year, month))


def test_very_long_text_is_read_in_time() -> None:
    assert len(t.times("seit 2008 " * 5_000, "de")) == 5_000
