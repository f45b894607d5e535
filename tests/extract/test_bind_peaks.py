"""Forecasts of where a policy rate peaks, and the figure from which it had climbed."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import trials

from analyzer.model import Language

JANUARY = date(2023, 1, 31)


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("The Fed sees interest rates peaking at 5.1 percent this year.", "en", 0.048, 0.054),
        ("The Fed projects rates peaking in 2023 in the 5.25% to 5.50% range.", "en", 0.05, 0.0575),
        ("The Fed expects rates to peak between 5 and 5.5 percent in 2023.", "en", 0.0475, 0.0575),
        ("Die Fed sieht den Zinsgipfel in diesem Jahr bei 5,25 Prozent.", "de", 0.04995, 0.05505),
        ("Die Fed erwartet, dass der Leitzins 2023 bei 6,5 Prozent seinen Höhepunkt erreicht.", "de", 0.062, 0.068),
    ],
)
def test_a_peak_has_bounds_on_both_sides(text: str, language: Language, low: float, high: float) -> None:
    (trial,) = trials(text, language, JANUARY)
    assert (trial.check, trial.params["symbol"], trial.params["relation"]) == ("macro_level", "FEDFUNDS", "will_peak")
    assert (trial.params["last"], trial.params["horizon_basis"]) == ("2023-12-31", "text")
    assert trial.params["stated"]["low"] == pytest.approx(low)
    assert trial.params["stated"]["high"] == pytest.approx(high)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Fed will see rates peak above 5 percent in 2023.", "en"),
        ("If inflation stays high, the Fed will see rates peak at 6 percent in 2023.", "en"),
        ("Will the Fed's rates peak at 5 percent in 2023?", "en"),
        ("Wo der Zinsgipfel der Fed liegen wird, weiß niemand.", "de"),
        ("The Fed saw rates peak at 5.25 percent in 2006.", "en"),
    ],
)
def test_another_statement_on_a_peak(text: str, language: Language) -> None:
    assert not any(t.params.get("relation") == "will_peak" for t in trials(text, language, JANUARY))


@pytest.mark.parametrize(
    ("text", "first", "basis"),
    [
        ("In 2022 the Fed acted, with the fed funds rate climbing from 0.08% to 4.33%.", "2022-01-01", "quote"),
        ("Prices made banks raise rates in 2022, and the fed funds rate rose from 0.08% to 4.33%.", "2022-01-01", None),
        ("The fed funds rate rose from 0.08% to 4.33%.", None, None),
    ],
)
def test_the_figure_from_which_a_rate_climbed(text: str, first: str | None, basis: str | None) -> None:
    starts = [t for t in trials(text, "en", JANUARY) if t.params.get("stated", {}).get("value") == 0.0008]
    assert [t.params.get("first") for t in starts] == [first]
    assert basis is None or starts[0].basis["first"] == basis
