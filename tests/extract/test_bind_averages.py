"""Sentences on moving averages bind to level, with the length, the side and the session that they name."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

TUESDAY = date(2025, 3, 11)
trials = partial(binding_texts.trials, published=TUESDAY)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "relation", "average", "session"),
    [
        ("The S&P 500 closed below its 200-day moving average on Monday.", "en", "^GSPC", "below", 200, "2025-03-10"),
        ("Nvidia trades above its 50-day line.", "en", "NVDA", "above", 50, "2025-03-10"),
        ("Der Dax fiel am Montag unter die 200-Tage-Linie.", "de", "^GDAXI", "crossed_below", 200, "2025-03-10"),
        ("Der Dax notiert über dem GD200.", "de", "^GDAXI", "above", 200, "2025-03-10"),
        ("On Monday Microsoft broke below the 100-day average.", "en", "MSFT", "crossed_below", 100, "2025-03-10"),
    ],
)  # fmt: skip
def test_an_average_is_bound(text: str, language: str, symbol: str, relation: str, average: int, session: str) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "level"
    found = tuple(trial.params[name] for name in ("symbol", "relation", "average", "session"))
    assert found == (symbol, relation, average, session)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The 200-day line matters to nobody.", "en"),
        ("The S&P 500 did not fall below its 200-day line on Monday.", "en"),
        ("Traders look at the 50-day and the 200-day line of the Dax, above or below.", "en"),
        ("In the last 200 days the Dax has been calm.", "en"),
        ("Durchschnittlich fiel der Dax an 200 Tagen.", "de"),
    ],
)
def test_what_names_no_side_of_an_average_is_not(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.params.get("average")] == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Der Dax notiert 10 Prozent über der 200-Tage-Linie.", "de", ("^GDAXI", "above", 200, 0.10)),
        ("Nvidia liegt rund 12 % unter dem 50-Tage-Durchschnitt.", "de", ("NVDA", "below", 50, 0.12)),
        ("Der Abstand des Dax zur 200-Tage-Linie beträgt 15 Prozent nach oben.", "de", ("^GDAXI", "above", 200, 0.15)),
        ("The S&P 500 trades 8 percent above its 200-day moving average.", "en", ("^GSPC", "above", 200, 0.08)),
        ("Tesla fell to 20% below its 50-day moving average.", "en", ("TSLA", "below", 50, 0.20)),
        ("Bitcoin sits 20 percent above the average of its last 200 days.", "en", ("BTC-USD", "above", 200, 0.20)),
    ],
)
def test_the_distance_from_an_average_is_bound(text: str, language: str, expected: tuple[str, str, int, float]) -> None:
    (trial,) = trials(text, language)
    found = tuple(trial.params[name] for name in ("symbol", "relation", "average"))
    assert (trial.check, *found, trial.params["stated"]["value"]) == ("level", *expected)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("60 Prozent der Aktien im S&P 500 notieren über ihrer 200-Tage-Linie.", "de"),
        ("Die Umsätze von Nvidia lagen 10 Prozent über dem 50-Tage-Durchschnitt.", "de"),
        ("Der Dax liegt nicht 10 Prozent über der 200-Tage-Linie.", "de"),
        ("Die 50-Tage-Linie des Dax stieg über die 200-Tage-Linie.", "de"),
        ("Sixty percent of the stocks in the S&P 500 are above their 200-day moving average.", "en"),
        ("Volume in Nvidia ran 10 percent above its 50-day average.", "en"),
        ("The 50-day moving average of the Dax rose 2 percent above the 200-day one.", "en"),
        ("Is the S&P 500 really 8 percent above its 200-day moving average?", "en"),
    ],
)
def test_an_average_of_others_is_not(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check == "level"] == []
