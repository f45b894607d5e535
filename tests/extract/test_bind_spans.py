"""Highs and lows of a length of time bind to records of that span, in all their shapes."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest

PUBLISHED = date(2025, 1, 28)


def records(text: str, language: str) -> list[tuple[str, str, str]]:
    found = binding_texts.trials(text, language, PUBLISHED)  # type: ignore[arg-type]
    return [
        (t.params["symbol"], t.params["side"], str(t.params.get("since"))[:7])
        for t in found
        if t.check == "record_extreme" and t.params["quantity"] == "level"
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Der Dax stieg am Montag auf ein 16-Jahres-Hoch.", "de", ("^GDAXI", "high", "2009-01")),
        ("Die Intel-Aktie rutschte auf ein Fünfjahrestief.", "de", ("INTC", "low", "2020-01")),
        ("Nike notiert auf einem 52-Wochen-Tief.", "de", ("NKE", "low", "2024-01")),
        ("Gold stieg auf einen Zehnjahreshöchststand.", "de", ("GC=F", "high", "2015-01")),
        ("Der VIX sprang auf ein Vier-Monats-Hoch.", "de", ("^VIX", "high", "2024-09")),
        ("Der Dax erreichte den höchsten Stand seit anderthalb Jahren.", "de", ("^GDAXI", "high", "2023-07")),
        ("The Dax climbed to a 16-year high.", "en", ("^GDAXI", "high", "2009-01")),
        ("Nike closed at a 52-week low.", "en", ("NKE", "low", "2024-01")),
        ("Oil slid to a one-year trough.", "en", ("CL=F", "low", "2024-01")),
        ("The S&P 500 rose 2 percent to a two-month high.", "en", ("^GSPC", "high", "2024-11")),
    ],
)
def test_a_high_of_a_length_is_a_record_of_that_span(text: str, language: str, expected: tuple[str, str, str]) -> None:
    assert records(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Die Intel-Aktie fiel auf ein Mehrjahrestief.", "de"), ("Intel shares slid to a multi-year low.", "en")],
)
def test_of_several_years_two_are_a_written_default(text: str, language: str) -> None:
    (trial,) = binding_texts.trials(text, language, PUBLISHED)  # type: ignore[arg-type]
    assert (trial.params["since"], trial.basis["since"]) == ("2023-01-28", "default")
    assert any("reach back to 2023-01-28" in note for note in trial.assumed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das 52-Wochen-Hoch der Nvidia-Aktie liegt bei 153 Dollar.", "de"),
        ("Der Dax bleibt unter seinem 16-Jahres-Hoch.", "de"),
        ("Intel hat sich von seinem Fünfjahrestief erholt.", "de"),
        ("Der Dax notiert nahe seinem Rekordhoch.", "de"),
        ("Nach dem Fünfjahresplan kauft China weniger Öl.", "de"),
        ("The 52-week high of Nvidia is 153 dollars.", "en"),
        ("Intel has bounced from its five-year low.", "en"),
        ("Nvidia trades 10 percent below its 52-week high.", "en"),
        ("The S&P 500 is close to its record high.", "en"),
        ("Tesla could reach a two-year high by summer.", "en"),
    ],
)
def test_a_high_that_is_only_named_is_none(text: str, language: str) -> None:
    assert records(text, language) == []
