"""Spans that begin with what every reader can date, and lengths that are counted from it."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest

from analyzer.extract.named_days import known_events
from analyzer.model import Trial

SPRING = date(2025, 4, 30)


def only(text: str, language: str, published: date) -> Trial:
    (trial,) = binding_texts.trials(text, language, published)  # type: ignore[arg-type]
    return trial


def window(text: str, language: str, published: date) -> tuple[str, str, str]:
    trial = only(text, language, published)
    return trial.params["base"], trial.params["last"], trial.basis["base"]


@pytest.mark.parametrize(
    ("text", "language", "published", "base"),
    [
        ("Seit Trumps Amtsantritt ist der S&P 500 um 7,3 Prozent gefallen.", "de", SPRING, "2025-01-17"),
        ("Seit der Amtseinführung von Donald Trump hat der Nasdaq 11 Prozent verloren.", "de", SPRING, "2025-01-17"),
        ("Seit Trump wieder im Amt ist, hat der Dow Jones 6,8 Prozent eingebüßt.", "de", SPRING, "2025-01-17"),
        ("The Dow has shed 6.8% since Trump's return to the White House.", "en", SPRING, "2025-01-17"),
        ("Since President Trump took office, the Nasdaq has dropped 11 percent.", "en", SPRING, "2025-01-17"),
        ("The Dow is up 8 percent since Trump was elected.", "en", date(2016, 12, 9), "2016-11-08"),
        ("The Dow has gained 8 percent since Trump's upset victory.", "en", date(2024, 12, 9), None),
        ("The S&P 500 has gained 5 percent since the election that Biden won.", "en", date(2020, 11, 20), "2020-11-03"),
        ("Seit der Bundestagswahl hat der Dax 3,6 Prozent zugelegt.", "de", date(2025, 3, 5), "2025-02-21"),
        ("Seit dem Überfall auf die Ukraine fiel der Dax um 5 Prozent.", "de", date(2022, 3, 9), "2022-02-23"),
        ("Since Russia invaded Ukraine, crude oil has gained 18 percent.", "en", date(2022, 3, 9), "2022-02-23"),
        ("Since the Brexit vote the S&P 500 has gained 2 percent.", "en", date(2016, 7, 18), "2016-06-23"),
        ("Seit dem Brexit-Votum legte der Dax 3 Prozent zu.", "de", date(2016, 8, 18), "2016-06-23"),
        ("Since the collapse of Lehman the S&P 500 has fallen 27 percent.", "en", date(2008, 10, 10), "2008-09-12"),
    ],
)  # fmt: skip
def test_a_move_since_a_known_event_begins_with_its_day(
    text: str, language: str, published: date, base: str | None
) -> None:
    if base is None:
        assert not binding_texts.trials(text, language, published)  # type: ignore[arg-type]
        return
    assert window(text, language, published)[::2] == (base, "default")


def test_the_day_of_the_list_is_named_as_taken() -> None:
    trial = only("Seit Trumps Amtsantritt ist der S&P 500 um 7,3 Prozent gefallen.", "de", SPRING)
    assert any("2025-01-17" in note for note in trial.assumed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Seit dem Amtsantritt von Trump am 20. Januar fiel der S&P 500 um 7,3 Prozent.", "de"),
        ("Since Trump's inauguration on January 20, the S&P 500 has fallen 7.3 percent.", "en"),
    ],
)
def test_a_day_that_the_text_says_goes_before(text: str, language: str) -> None:
    assert window(text, language, SPRING)[::2] == ("2025-01-17", "quote")


@pytest.mark.parametrize(
    ("text", "language", "published"),
    [
        ("Seit seinem Amtsantritt als Chef von SAP ist die Aktie um 20 Prozent gestiegen.", "de", SPRING),
        ("Seit der Wahl ist der S&P 500 um 4 Prozent gefallen.", "de", SPRING),  # whose is not said
        ("Since the election the S&P 500 has lost 4 percent. A snap election cost Trump nothing.", "en", SPRING),
        ("Since the election the S&P 500 has gained 4 percent, says Trump.", "en", date(2019, 5, 2)),  # long past
    ],
)
def test_an_event_that_is_left_open_has_no_day(text: str, language: str, published: date) -> None:
    assert not [t for t in binding_texts.trials(text, language, published) if t.check == "period_return"]  # type: ignore[arg-type]


def test_the_days_of_an_event_stand_in_order_and_none_is_empty() -> None:
    for event in known_events():
        assert event.days
        assert list(event.days) == sorted(event.days)
        assert all(len(days) in (1, 2) and sorted(days) == list(days) for days in event.days)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("In the two days after Liberation Day the S&P 500 lost 10.5 percent.", "en",
         ("2025-04-02", "2025-04-04", "default")),
        ("In den zwei Tagen nach dem Tag der Befreiung verlor der S&P 500 10,5 Prozent.", "de",
         ("2025-04-02", "2025-04-04", "default")),
        ("In the two sessions following the announcement on April 2, the S&P 500 lost 10.5 percent.", "en",
         ("2025-04-02", "2025-04-04", "quote")),
        ("Innerhalb von zwei Tagen nach dem 2. April verlor der S&P 500 10,5 Prozent.", "de",
         ("2025-04-02", "2025-04-04", "quote")),
        ("Within a week after April 2, the S&P 500 lost 4 percent.", "en", ("2025-04-02", "2025-04-09", "quote")),
        ("Am 2. April verkündete er die Zölle. Binnen zwei Tagen brach der S&P 500 um 10,5 Prozent ein.", "de",
         ("2025-04-02", "2025-04-04", "article")),
        ("The tariffs came on April 2. Within just two days, the S&P 500 lost 10.5 percent.", "en",
         ("2025-04-02", "2025-04-04", "article")),
    ],
)  # fmt: skip
def test_a_length_is_counted_from_a_day_or_an_event(text: str, language: str, expected: tuple[str, str, str]) -> None:
    trial = next(t for t in binding_texts.trials(text, language, SPRING) if t.check == "period_return")  # type: ignore[arg-type]
    assert (trial.params["base"], trial.params["last"], trial.basis["base"]) == expected


def test_a_story_of_a_day_long_past_goes_on_in_the_next_sentence() -> None:
    text = "On 6 November the Dow jumped by more than 1,500 points. The S&P 500 closed at a record high."
    record = next(t for t in binding_texts.trials(text, "en", date(2024, 12, 10)) if t.check == "record_extreme")
    assert (record.params["session"], record.basis["session"]) == ("2024-11-06", "article")
    now = "On 6 November the Dow jumped by more than 1,500 points. The S&P 500 is at a record high."
    record = next(t for t in binding_texts.trials(now, "en", date(2024, 12, 10)) if t.check == "record_extreme")
    assert record.params["session"] == "2024-12-09"


@pytest.mark.parametrize(
    ("text", "language", "base", "basis"),
    [
        ("The S&P 500 set a record on February 19. Since then it has lost 9.5 percent.", "en", "2025-02-19", "article"),
        ("The S&P 500 peaked on February 19 and has since lost 9.5 percent.", "en", "2025-02-19", "article"),
        ("Am 19. Februar markierte der S&P 500 ein Rekordhoch. Seitdem hat er 9,5 Prozent verloren.", "de",
         "2025-02-19", "article"),
        ("Am 19. Februar markierte der S&P 500 ein Rekordhoch. Seither ging es um 9,5 Prozent bergab.", "de",
         "2025-02-19", "article"),
        ("The tariffs of Liberation Day came late. Since then the S&P 500 has lost 2 percent.", "en",
         "2025-04-02", "default"),
    ],
)  # fmt: skip
def test_since_then_is_since_the_day_that_was_named_last(text: str, language: str, base: str, basis: str) -> None:
    trial = [t for t in binding_texts.trials(text, language, SPRING) if t.check == "period_return"][-1]  # type: ignore[arg-type]
    assert (trial.params["base"], trial.params["last"], trial.basis["base"]) == (base, "2025-04-29", basis)


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 set a record in February. Since then it has lost 9.5 percent.",  # on which day is not said
        "The S&P 500 is in trouble. Since then it has lost 9.5 percent.",
    ],
)
def test_since_then_without_a_day_is_open(text: str) -> None:
    assert not [t for t in binding_texts.trials(text, "en", SPRING) if t.check == "period_return"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Between the election and the inauguration of Trump, the S&P 500 gained 3.7 percent.", "en",
         ("2024-11-05", "2025-01-17")),
        ("Zwischen Trumps Wahlsieg und seiner Amtseinführung gewann der S&P 500 3,7 Prozent.", "de",
         ("2024-11-05", "2025-01-17")),
        ("In the first 100 days of Trump's second term the S&P 500 lost 7.3 percent.", "en",
         ("2025-01-17", "2025-04-29")),
        ("In den ersten 100 Tagen von Trumps zweiter Amtszeit verlor der S&P 500 7,3 Prozent.", "de",
         ("2025-01-17", "2025-04-29")),
    ],
)  # fmt: skip
def test_spans_between_events_and_of_a_term(text: str, language: str, expected: tuple[str, str]) -> None:
    assert window(text, language, SPRING) == (*expected, "default")


def test_a_low_that_was_sunk_to_since_is_that_of_some_day() -> None:
    text = "Since Trump's inauguration bitcoin has sunk to a low of $76,272."
    trial = next(t for t in binding_texts.trials(text, "en", date(2025, 4, 13)) if t.check == "level")
    assert (trial.params["start"], trial.params["session"]) == ("2025-01-21", "2025-04-12")


def test_a_peak_by_its_verb_is_a_level_of_its_month() -> None:
    trial = only("Crude oil peaked at $145 in July 2008.", "en", date(2010, 11, 30))
    assert (trial.check, trial.params["start"], trial.params["session"]) == ("level", "2008-07-01", "2008-07-31")
