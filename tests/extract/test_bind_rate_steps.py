"""What a central bank changed its rate by binds to a change of that rate, and never to a level of it."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest

PUBLISHED = date(2024, 9, 20)


def macro(text: str, language: str) -> list[tuple[object, ...]]:
    found = binding_texts.trials(text, language, PUBLISHED)  # type: ignore[arg-type]
    names = ("symbol", "relation", "settles", "first")
    return [
        (*(t.params.get(n) for n in names), round(abs(t.params["stated"]["value"]), 6))
        for t in found
        if t.check == "macro_level" and t.params.get("stated")
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Die Fed senkte den Leitzins am Mittwoch um 50 Basispunkte.", "de",
         ("FEDFUNDS", "fell", True, "2024-09-01", 0.005)),
        ("Die US-Notenbank verringerte die Zinsen um einen halben Prozentpunkt.", "de",
         ("FEDFUNDS", "fell", True, None, 0.005)),
        ("Die EZB hatte den Einlagensatz im September 2023 um 0,25 Prozentpunkte erhöht.", "de",
         ("ECBDFR", "rose", True, "2023-09-01", 0.0025)),
        ("Die Bank of England hob den Leitzins im Juni 2023 um 0,5 Punkte an.", "de",
         ("BOERUKM", "rose", True, "2023-06-01", 0.005)),
        ("The Fed raised interest rates by three-quarters of a point in June 2022.", "en",
         ("FEDFUNDS", "rose", True, "2022-06-01", 0.0075)),
        ("The Fed cut rates by half a percentage point on Wednesday.", "en",
         ("FEDFUNDS", "fell", True, "2024-09-01", 0.005)),
        ("The Federal Reserve slashed its benchmark rate by a full percentage point in March 2020.", "en",
         ("FEDFUNDS", "fell", True, "2020-03-01", 0.01)),
        ("The ECB announced a quarter-point cut in interest rates.", "en", ("ECBDFR", "fell", True, None, 0.0025)),
    ],
)  # fmt: skip
def test_a_step_is_a_change(text: str, language: str, expected: tuple[object, ...]) -> None:
    assert macro(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Fed wird den Leitzins um 25 Basispunkte senken.", "de"),
        ("Der Leitzins der Fed liegt 1,5 Prozentpunkte über dem der EZB.", "de"),
        ("Die Fed hat den Leitzins insgesamt um 5,25 Prozentpunkte erhöht.", "de"),
        ("Die Fed erhöhte ihre Prognose für die Zinsen um 0,25 Prozentpunkte.", "de"),
        ("Die Fed steuert den Leitzins; Bauzinsen fielen um 25 Basispunkte.", "de"),
        ("Traders expect the Fed to cut rates by 50 basis points.", "en"),
        ("The market had priced in 75 basis points of rate cuts by the Fed.", "en"),
        ("If the Fed cuts rates by 50 basis points, gold rises.", "en"),
        ("The Fed watched as mortgage rates fell by 25 basis points.", "en"),
        ("The Fed raised interest rates by 25 basis points four times.", "en"),
    ],
)
def test_what_was_not_done_or_is_of_others_is_no_step(text: str, language: str) -> None:
    assert [one for one in macro(text, language) if one[2] or one[1] == "at"] == []
