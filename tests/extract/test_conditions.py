"""What is said for a case only is a forecast under a condition and is not tested; what is told beside it is."""

from __future__ import annotations

from datetime import date

import binding_texts
import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.windows import Clock

PUBLISHED = date(2025, 1, 28)


def read(text: str, language: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Kind, why there is no trial, and the checks of each claim."""
    seen, claims = binding_texts.claims_in(text, language, PUBLISHED)  # type: ignore[arg-type]
    found = []
    for claim in claims:
        bound, _ = bind(claim, seen, Setting(Clock(PUBLISHED)))
        found.append((claim.kind, bound.why_not, tuple(t.check for t in bound.trials)))
    return found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sollte der Dax unter 15.000 Punkte fallen, drohen weitere Verluste bis 14.500 Punkte.", "de"),
        ("Fällt der Dax unter 20.000 Punkte, dürfte er bis 19.500 Punkte nachgeben.", "de"),
        ("Der Euro würde auf 0,95 Dollar fallen, wenn die Zölle kommen.", "de"),
        ("Bei einem Bruch der Marke von 100 Dollar könnte Nvidia bis auf 80 Dollar fallen.", "de"),
        ("Solange der Dax über 21.000 Punkten bleibt, dürfte er bis Ende Februar auf 22.000 Punkte steigen.", "de"),
        ("If inflation stays high, Treasury yields could rise.", "en"),
        ("Should the S&P 500 fall below 5,800, it could slide to 5,500.", "en"),
        ("Oil may climb to $100 this year if Iran closes the strait.", "en"),
        ("A break below $100 would send Nvidia to $80.", "en"),
        ("In the event of a recession, the S&P 500 could sink to 4,500 by the end of 2025.", "en"),
    ],
)
def test_a_forecast_under_a_condition_is_one_claim_and_not_tested(text: str, language: str) -> None:
    assert read(text, language) == [("prediction", "conditional", ())]


@pytest.mark.parametrize(
    ("text", "language", "check"),
    [
        ("Der Dax dürfte bis Ende 2025 auf 22.000 Punkte steigen.", "de", "forecast"),
        ("Auch wenn die Fed nicht senkt, wird der Dax bis Ende 2025 auf 22.000 Punkte steigen.", "de", "forecast"),
        ("Wenn der Dax am Montag um 0,5 Prozent fiel, so lag das an der Wall Street.", "de", "session_return"),
        ("Wenn auch zögerlich, stieg der Dax am Montag um 0,5 Prozent.", "de", "session_return"),
        ("The S&P 500 should end 2025 at 6,500.", "en", "forecast"),
        ("If history is any guide, the S&P 500 will rise 10 percent this year.", "en", "forecast"),
        ("Few, if any, saw it coming: Nvidia fell 17 percent on Monday.", "en", "session_return"),
        ("Investors asked if it was over after Nvidia fell 17 percent on Monday.", "en", "session_return"),
    ],
)
def test_what_only_looks_like_a_condition_is_tested(text: str, language: str, check: str) -> None:
    assert [checks for _, _, checks in read(text, language)] == [(check,)]


def test_what_is_told_beside_it_is_tested() -> None:
    found = read("The Dax rose 0.5 percent on Monday, and if it holds above 20,000, it could reach 22,000.", "en")
    assert found == [("quantitative_move", None, ("session_return",)), ("prediction", "conditional", ())]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The S&P 500 would have fallen 5 percent on Monday if the Fed had not acted.", "en"),
        ("Der Dax hätte 22.000 Punkte erreicht, wenn die Zölle nicht gekommen wären.", "de"),
    ],
)
def test_what_would_have_come_is_no_fact(text: str, language: str) -> None:
    assert [(why, checks) for _, why, checks in read(text, language)] == [("conditional", ())]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wenn sich die Belohnung für Bitcoin halbiert, könnte das viele in Schwierigkeiten bringen.", "de"),
        ("If enough banks fail, money will be destroyed, and Bitcoin has its say.", "en"),
    ],
)
def test_how_things_work_is_no_claim(text: str, language: str) -> None:
    assert read(text, language) == []
