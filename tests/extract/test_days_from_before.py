"""Days and turning points that the text dates by what it named before."""

from __future__ import annotations

from datetime import date

import pytest
from test_binding import seen, trials

from analyzer.extract.counted import counted
from analyzer.extract.turning import turning
from analyzer.model import Language

AUGUST = date(2024, 8, 10)
"""A Saturday."""


def bound(text: str, language: Language, published: date, check: str) -> list[dict[str, object]]:
    return [t.params for t in trials(text, language, published) if t.check == check]


@pytest.mark.parametrize(
    ("text", "language", "session", "other"),
    [
        ("On Wednesday the S&P 500 rose. Two days later Amazon fell 8.8 percent.", "en", "2024-08-09", None),
        ("Am Montag brach der Dax ein. Tags darauf legte Amazon 2 Prozent zu.", "de", "2024-08-06", None),
        ("Am Montag brach der Dax ein. Am selben Tag verlor Amazon 4 Prozent.", "de", "2024-08-05", None),
        ("On Tuesday the S&P 500 rose. The next day Amazon fell 2.6 percent.", "en", "2024-08-07", None),
        ("On Friday, 2 August, jobs disappointed. One day later Amazon fell 4 percent.", "en", "2024-08-05", None),
        ("Am Freitag, dem 2. August, fiel der Dax. Drei Tage später verlor Amazon 4 Prozent.", "de", "2024-08-07",
         "2024-08-05"),
        ("On Monday the Dax fell. The next day it rose. Two sessions later Amazon gained 2 percent.", "en",
         "2024-08-08", None),
    ],
)  # fmt: skip
def test_a_day_is_counted_from_the_one_named_before(
    text: str, language: Language, session: str, other: str | None
) -> None:
    (found,) = [p for p in bound(text, language, AUGUST, "session_return") if p["symbol"] == "AMZN"]
    assert (found["session"], found.get("or_session")) == (session, other)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two days later Amazon fell 8.8 percent.", "en"),  # nothing to count from
        ("On Monday the Dax fell. Two weeks later Amazon had lost 8.8 percent.", "en"),  # a week is no session
        ("Damals verlor Amazon 8,8 Prozent.", "de"),
    ],
)
def test_what_counts_from_nothing_has_no_session(text: str, language: Language) -> None:
    assert [p for p in bound(text, language, AUGUST, "session_return") if p["symbol"] == "AMZN"] == []


def test_a_day_ahead_of_publication_is_not_counted_to() -> None:
    text = "On Friday the Dax fell. Three days later Amazon lost 4 percent."
    assert [p for p in bound(text, "en", AUGUST, "session_return") if p["symbol"] == "AMZN"] == []


@pytest.mark.parametrize(
    ("text", "language", "steps"),
    [("the same day", "en", 0), ("zwei Handelstage später", "de", 2), ("am Tag davor", "de", -1),
     ("the day before", "en", -1), ("Am Folgetag", "de", 1)],
)  # fmt: skip
def test_words_of_counting(text: str, language: Language, steps: int) -> None:
    view = seen(text, language)
    found = counted(view.clause(0, len(text)))
    assert found is not None
    assert (found.steps, found.text) == (steps, text)


@pytest.mark.parametrize(
    "text", ["the day before the election", "three days before the split", "the day after tomorrow"]
)
def test_words_that_count_from_something_else(text: str) -> None:
    assert counted(seen(text, "en").clause(0, len(text))) is None


def test_a_sentence_that_looks_back_is_not_the_day_of_the_next_one() -> None:
    text = "Der Dax gewann am Montag 0,3 Prozent. Am Freitag hatte er 1,0 Prozent zugelegt. Amazon verlor 1,5 Prozent."
    (found,) = [p for p in bound(text, "de", date(2025, 5, 13), "session_return") if p["symbol"] == "AMZN"]
    assert found["session"] == "2025-05-12"


@pytest.mark.parametrize(
    ("text", "language", "side", "first", "last"),
    [
        ("Bitcoin has doubled since the April low.", "en", "low", date(2024, 4, 1), date(2024, 4, 30)),
        ("AMD hat sich seit dem Hoch im März halbiert.", "de", "high", date(2024, 3, 1), date(2024, 3, 31)),
        ("Der Dax liegt 22 Prozent über seinem Apriltief.", "de", "low", date(2024, 4, 1), date(2024, 4, 30)),
        ("The Dax is up 60% from its October 2022 low.", "en", "low", date(2022, 10, 1), date(2022, 10, 31)),
        ("Seit dem Tief im August hat der Dax zugelegt.", "de", "low", date(2024, 8, 1), AUGUST),
    ],
)
def test_a_turning_point_by_its_month(text: str, language: Language, side: str, first: date, last: date) -> None:
    found = turning(seen(text, language).clause(0, len(text)), AUGUST)
    assert found is not None
    assert (found.side, found.first, found.last) == (side, first, last)


@pytest.mark.parametrize(
    "text", ["Since April the Dax has risen.", "Since the crisis low it rose.", "A record in April."]
)
def test_what_names_no_turning_point(text: str) -> None:
    assert turning(seen(text, "en").clause(0, len(text)), AUGUST) is None


def test_the_move_from_a_low_is_measured_from_the_lowest_close_of_its_month() -> None:
    (found,) = bound("Bitcoin has doubled since the April low.", "en", AUGUST, "period_return")
    assert (found["base"], found["turn"], found["turn_last"]) == ("2024-04-01", "low", "2024-04-30")


def test_a_length_that_has_just_ended_runs_up_to_now() -> None:
    (found,) = bound("Binnen einer Woche hat der Dax ein Zehntel verloren.", "de", date(2024, 12, 19), "period_return")
    assert (found["base"], found["last"]) == ("2024-12-11", "2024-12-18")


def test_a_length_told_in_the_past_tense_does_not() -> None:
    assert bound("Binnen einer Woche verlor der Dax ein Zehntel.", "de", date(2024, 12, 19), "period_return") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia stürzte am Montag ab. Minus 17 Prozent, an einem einzigen Tag.", "de"),
        ("Nvidia fell on Monday. Almost $600bn of market value has gone up in smoke.", "en"),
    ],
)
def test_a_move_without_a_subject_is_of_what_the_paragraph_named(text: str, language: Language) -> None:
    found = [t for t in trials(text, language, date(2025, 1, 28)) if t.params.get("stated")]
    assert [t.params.get("symbol") or t.params["symbols"][0] for t in found] == ["NVDA"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia fiel am Montag. Der Umsatz stieg um 12 Prozent.", "de"),
        ("Nvidia fell on Monday, Apple rose. Minus 17 percent, in one session.", "en"),
        ("Nvidia fell on Monday. Earnings of $900bn were wiped out.", "en"),
    ],
)
def test_what_else_moves_and_what_could_be_two_is_not(text: str, language: Language) -> None:
    assert [t for t in trials(text, language, date(2025, 1, 28)) if t.params.get("stated")] == []
