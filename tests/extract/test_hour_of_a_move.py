"""The hour that a figure is of: the start of trading, the close, or any of the day that a text was written on."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.model import Language

MONDAY, TUESDAY = date(2025, 1, 27), date(2025, 1, 28)


@pytest.mark.parametrize(
    ("text", "language", "published", "hour"),
    [
        ("Zu Handelsbeginn am Montag verlor der Dax 1,4 Prozent.", "de", TUESDAY, "open"),
        ("At the opening bell on Monday the S&P 500 lost 2 percent.", "en", TUESDAY, "open"),
        ("Der Dax verliert am Montag 1,4 Prozent.", "de", MONDAY, "running"),
        ("The Nasdaq fell 3 percent on Monday.", "en", MONDAY, "running"),
        ("The Nasdaq closed 3 percent lower on Monday.", "en", MONDAY, None),
        ("Zum Handelsschluss am Montag lag der Dax 1,4 Prozent im Minus.", "de", MONDAY, None),
        ("The Nasdaq fell 3 percent on Monday.", "en", TUESDAY, None),
    ],
)
def test_hour_of_a_figure(text: str, language: Language, published: date, hour: str | None) -> None:
    (trial,) = [t for t in trials(text, language, published) if t.check == "session_return"]
    assert trial.params.get("at") == hour
    assert trial.params["session"] == "2025-01-27"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vorbörslich verlor Nvidia am Montag 12 Prozent.", "de"),
        ("Nvidia fell 12 percent in premarket trading on Monday.", "en"),
        ("At the start of trading on Monday Nvidia had lost 300 billion dollars of market value.", "en"),
        ("Zu Handelsbeginn am Montag gaben die Magnificent Seven um 4 Prozent nach.", "de"),
    ],
)
def test_what_the_opening_price_does_not_show(text: str, language: Language) -> None:
    assert trials(text, language) == ()
