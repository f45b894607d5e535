"""Where a clause looks, names that look like times, and times that are written and read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.text import times as t
from analyzer.text.time_values import Modifier, Part


def values(text: str, language: str) -> list[t.TimeValue]:
    return [e.value for e in t.times(text, language)]


# --- where a clause looks ------------------------------------------------------------------------------------------

WED, JAN_15 = t.Weekday(2, "ahead"), t.Day("ahead", 1, 15)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Fed will raise rates on Wednesday.", WED),
        ("en", "On Wednesday the Fed is expected to cut.", WED),
        ("en", "Nobody trades ahead of Wednesday's decision.", WED),
        ("en", "Wednesday's inflation report could change that.", WED),
        ("en", "The minutes will be released on Wednesday.", WED),
        ("en", "The next hearing is on January 15.", JAN_15),
        ("en", "The levy takes effect on January 15.", JAN_15),
        ("de", "Am Mittwoch tagt die Notenbank.", WED),
        ("de", "Die Bank dürfte am Mittwoch nachlegen.", WED),
        ("de", "Vor der Sitzung am Mittwoch ist es ruhig.", WED),
        ("de", "Die Entscheidung wird am Mittwoch erwartet.", WED),
        ("de", "Der Händler rechnet damit, dass sie am Mittwoch die Zinsen senken wird.", WED),
        ("de", "Die nächsten Zahlen stehen am 15. Januar an.", JAN_15),
        ("de", "Die Regel tritt am 15. Januar in Kraft.", JAN_15),
        ("de", "Die Firma muss binnen zwei Wochen zahlen.", t.Duration(2, "week", "future")),
        ("en", "The firm must pay within two weeks.", t.Duration(2, "week", "future")),
    ],
)
def test_clause_that_looks_ahead_means_the_coming_day(language: str, text: str, expected: t.TimeValue) -> None:
    assert values(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Fed raised rates on Wednesday.", t.Weekday(2)),
        ("en", "Stocks fell more than expected on Wednesday.", t.Weekday(2)),
        ("en", "The rout on Wednesday may have been a warning.", t.Weekday(2)),
        ("en", "After Wednesday's meeting the dollar slipped.", t.Weekday(2)),
        ("en", "It will recover what it lost on Wednesday.", t.Weekday(2)),
        ("en", "It could be the worst week in ten years.", t.Duration(10, "year")),
        ("de", "Am Mittwoch hat die Notenbank getagt.", t.Weekday(2)),
        ("de", "Der Kurs ist am Mittwoch gefallen.", t.Weekday(2)),
        ("de", "Der Kurs dürfte am Mittwoch gefallen sein.", t.Weekday(2)),
        ("de", "Der Präsident deutete am Mittwoch an, dass er gehen will.", t.Weekday(2)),
        ("de", "Der Dax wird am Mittwoch niedriger gehandelt.", t.Weekday(2)),
        ("de", "Nach der Sitzung am Mittwoch fiel der Kurs.", t.Weekday(2)),
    ],
)
def test_clause_that_looks_back_means_the_last_day(language: str, text: str, expected: t.TimeValue) -> None:
    assert values(text, language) == [expected]


def test_present_beside_a_date_leaves_its_year_open() -> None:
    assert values("Die Zölle gelten ab dem 1. November.", "de") == [t.Day("either", 11, 1)]
    assert values("Markets are pricing a cut in December.", "en") == [t.Month("either", 12)]


# --- what hangs on a time named before -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Profits rose in 2023, having fallen the year before.", t.Year(2022)),
        ("de", "Im Jahr 2008 fiel er, im Jahr darauf stieg er.", t.Year(2009)),
        ("en", "It fell in January and had risen the month before.", t.Month(None, 12)),
        ("de", "Im ersten Quartal 2020 fiel er, im Quartal davor nicht.", t.Quarter(2019, 4)),
        ("en", "It lost 17 per cent in one January session, on the 27th, they say.", t.Day(None, 1, 27)),
        ("de", "Der Januar begann gut, doch am 27. brach der Kurs ein.", t.Day(None, 1, 27)),
        ("en", "It fell on March 9; two weeks later it turned.", t.Neighbour("week", 2, t.Day(None, 3, 9))),
        ("de", "Am Montag fiel er, am Tag darauf stieg er.", t.Neighbour("day", 1, t.Weekday(0))),
    ],
)
def test_time_beside_one_named_before_is_counted_from_it(language: str, text: str, expected: t.TimeValue) -> None:
    assert values(text, language)[-1] == expected


def test_days_later_than_nothing_say_no_time() -> None:
    assert values("Two days later it turned.", "en") == []
    assert values("The year before it had fallen.", "en") == [t.Neighbour("year", -1)]


# --- written and read back -----------------------------------------------------------------------------------------

GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
ENGLISH = "January February March April May June July August September October November December"
MONTHS = {"de": GERMAN.split(), "en": ENGLISH.split()}
WEEKDAYS = {
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
ORDINALS = {"de": ["erste", "zweite", "dritte", "vierte"], "en": ["first", "second", "third", "fourth"]}
LANGUAGES = st.sampled_from(["de", "en"])
FULL_DATES = {
    "de": ("am {d}. {M} {y} fiel", "am {W}, dem {d}. {M} {y}, fiel", "am {d:02}.{m:02}.{y} fiel", "{y}-{m:02}-{d:02}"),
    "en": ("on {M} {d}, {y}, it", "on {W}, {M} {d}, {y}, it", "on {d} {M} {y} it", "the {d}th of {M} {y}",
           "{y}-{m:02}-{d:02}"),
}  # fmt: skip
MONTH_FORMS = {
    "de": ("im {M} {y} fiel", "im {M} des Jahres {y}", "den {M} {y} über"),
    "en": ("in {M} {y} it", "in {M}, {y}, it", "in {M} of {y} it"),
}
PART_FORMS = {
    "de": {"start": ("Anfang {M} {y}",), "mid": ("Mitte {M} {y}",), "end": ("Ende {M} {y}",)},
    "en": {
        "start": ("in early {M} {y}", "at the start of {M} {y}"), "mid": ("in mid-{M} {y}", "in the middle of {M} {y}"),
        "end": ("in late {M} {y}", "at the end of {M} {y}"),
    },
}  # fmt: skip
PARTS: tuple[Part, ...] = ("start", "mid", "end")
QUARTER_FORMS = {
    "de": ("im {o}n Quartal {y}", "im {q}. Quartal {y}", "in Q{q} {y}", "im {o}n Quartal des Jahres {y}"),
    "en": ("in the {o} quarter of {y}", "in Q{q} {y}", "in {q}Q{y}", "in {y}'s {o} quarter"),
}
RANGE_FORMS = {
    "de": ("vom {d}. bis {e}. {M} {y}", "vom {d}. bis zum {e}. {M} {y}", "zwischen dem {d}. und dem {e}. {M} {y}"),
    "en": ("from {M} {d} to {M} {e}, {y}", "{M} {d}-{e}, {y}", "between {d} and {e} {M} {y}", "{d} to {e} {M} {y}"),
}
WEEKDAY_FORMS = {
    "de": {
        None: "am {W} fiel er",
        "last": "letzten {W} fiel er",
        "next": "nächsten {W} fällt er",
        "this": "diesen {W}",
    },
    "en": {None: "on {W} it fell", "last": "last {W} it fell", "next": "next {W} it falls", "this": "this {W} it fell"},
}


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)), LANGUAGES, st.integers(0, 4))
@settings(max_examples=300)
def test_dates_are_read_back(day: date, language: str, form: int) -> None:
    forms = FULL_DATES[language]
    text = forms[form % len(forms)].format(
        d=day.day, m=day.month, y=day.year, M=MONTHS[language][day.month - 1], W=WEEKDAYS[language][day.weekday()]
    )
    assert values(text, language) == [t.Day(day.year, day.month, day.day)]


@given(st.integers(1, 12), st.integers(1900, 2049), LANGUAGES, st.integers(0, 2))
@settings(max_examples=200)
def test_months_are_read_back(month: int, year: int, language: str, form: int) -> None:
    text = MONTH_FORMS[language][form].format(M=MONTHS[language][month - 1], y=year)
    assert values(text, language) == [t.Month(year, month)]


@given(
    st.integers(1, 12), st.integers(1900, 2049), LANGUAGES, st.sampled_from(["start", "mid", "end"]), st.integers(0, 1)
)
@settings(max_examples=200)
def test_parts_of_months_are_read_back(month: int, year: int, language: str, part: str, form: int) -> None:
    forms = PART_FORMS[language][part]
    text = forms[form % len(forms)].format(M=MONTHS[language][month - 1], y=year)
    assert values(text, language) == [t.Month(year, month, part)]


@given(st.integers(1, 4), st.integers(2000, 2049), LANGUAGES, st.integers(0, 3))
@settings(max_examples=200)
def test_quarters_are_read_back(quarter: int, year: int, language: str, form: int) -> None:
    text = QUARTER_FORMS[language][form].format(q=quarter, y=year, o=ORDINALS[language][quarter - 1])
    assert values(text, language) == [t.Quarter(year, quarter)]


@given(st.integers(1, 12), st.integers(1900, 2049), st.integers(1, 27), st.data(), LANGUAGES, st.integers(0, 3))
@settings(max_examples=300)
def test_ranges_of_days_are_read_back(
    month: int, year: int, first: int, data: st.DataObject, language: str, form: int
) -> None:
    last = data.draw(st.integers(first + 1, 28))
    forms = RANGE_FORMS[language]
    text = forms[form % len(forms)].format(M=MONTHS[language][month - 1], y=year, d=first, e=last)
    assert values(text, language) == [t.Between(t.Day(year, month, first), t.Day(year, month, last))]


@given(st.integers(0, 6), st.sampled_from([None, "last", "this", "next"]), LANGUAGES)
@settings(max_examples=100)
def test_weekdays_are_read_back(weekday: int, said: Modifier | None, language: str) -> None:
    text = WEEKDAY_FORMS[language][said].format(W=WEEKDAYS[language][weekday])
    assert values(text, language) == [t.Weekday(weekday, said)]
