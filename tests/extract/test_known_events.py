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
