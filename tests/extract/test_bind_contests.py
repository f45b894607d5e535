"""Sentences that compare forecasts, and sentences that compare something else."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.model import Language


def compared(text: str, language: Language) -> dict[str, Any]:
    (trial,) = trials(text, language)
    assert trial.check == "forecast_comparison"
    return trial.params


@pytest.mark.parametrize(
    ("text", "language", "symbol", "values", "by"),
    [
        ("Goldman Sachs saw 5,100 points for the S&P 500 by the end of 2024, Morgan Stanley 4,500; Goldman was closer.",
         "en", "^GSPC", {"Goldman Sachs": 5100, "Morgan Stanley": 4500}, "Goldman Sachs"),
        ("UBS predicted 4,600 points for the S&P 500 at the end of 2024, Oppenheimer 5,200: UBS came closer.",
         "en", "^GSPC", {"UBS": 4600, "Oppenheimer": 5200}, "UBS"),
        ("Die Bank A sah den S&P 500 zum Jahresende 2024 bei 6000 Punkten, Bank B bei 5200: A lag näher.",
         "de", "^GSPC", {"Bank A": 6000, "Bank B": 5200}, "Bank A"),
        ("Goldman Sachs hatte den Dax Ende 2024 bei 19.000 Punkten erwartet, die UBS bei 17.500; Goldman lag näher.",
         "de", "^GDAXI", {"Goldman Sachs": 19000, "UBS": 17500}, "Goldman Sachs"),
    ],
)  # fmt: skip
def test_whose_figure_was_closer(text: str, language: Language, symbol: str, values: dict[str, float], by: str) -> None:
    params = compared(text, language)
    assert (params["symbol"], params["by"]) == (symbol, by)
    assert {f["by"]: f["value"] for f in params["forecasts"]} == values
    assert {f["end"] for f in params["forecasts"]} == {"2024-12-31"}
    assert all(f["text"] in text for f in params["forecasts"])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Die Prognose der Bundesbank war besser als die des IWF.", "de",
         {"by": "Bundesbank", "among": ["IWF"], "general": True}),
        ("The IMF's forecasts of inflation are more accurate than those of the Fed.", "en",
         {"symbol": "CPIAUCSL", "by": "IMF", "among": ["Fed"], "general": True}),
        ("Analysts' price targets for the S&P 500 are no better than a coin flip.", "en",
         {"symbol": "^GSPC", "among": ["Analysts"], "against": "coin", "relation": "no_better", "general": True}),
        ("Die Kursziele der Analysten für den Dax waren nicht besser als ein Münzwurf.", "de",
         {"symbol": "^GDAXI", "among": ["Analysten"], "against": "coin", "relation": "no_better", "general": True}),
        ("Die Prognosen der Ökonomen für den Dax sind genauer als eine naive Prognose.", "de",
         {"symbol": "^GDAXI", "among": ["Ökonomen"], "against": "unchanged", "general": True}),
        ("Goldman's forecasts beat the naive forecast for gold.", "en",
         {"symbol": "GC=F", "by": "Goldman", "against": "unchanged", "general": True}),
    ],
)  # fmt: skip
def test_who_forecasts_better(text: str, language: Language, expected: dict[str, Any]) -> None:
    assert compared(text, language) == expected


def test_what_was_forecast_is_no_claim_of_a_level_beside_it() -> None:
    found = trials("Die Bank A sah den Dax Ende 2024 bei 19.000 Punkten, Bank B bei 17.500: A lag näher.", "de")
    assert {t.check for t in found} == {"forecast_comparison"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Apple's results were better than analysts' forecasts.", "en"),
        ("Nvidia beat analysts' estimates on Monday.", "en"),
        ("Die Zahlen von SAP fielen besser als die Prognosen der Analysten aus.", "de"),
        ("Goldman Sachs expects 6,500 points for the S&P 500 by the end of 2025, Morgan Stanley 6,000.", "en"),
        ("Morgan Stanley fell 3 percent on Monday, worse than Goldman Sachs.", "en"),
        (
            "Die Bundesbank sieht die Inflation 2024 bei 2,5 Prozent, der IWF bei 3 Prozent; die Bundesbank lag näher.",
            "de",
        ),
        ("The forecasts of the Fed could be better than those of the IMF.", "en"),
    ],
)
def test_what_compares_no_forecasts_that_have_come_due(text: str, language: Language) -> None:
    assert all(t.check != "forecast_comparison" for t in trials(text, language))


def test_words_of_a_verdict_without_a_house_compare_nobody() -> None:
    text = "The forecasts for the S&P 500 at the end of 2024 were made late; the lower one was closer."
    assert all(t.check != "forecast_comparison" for t in trials(text, "en"))
