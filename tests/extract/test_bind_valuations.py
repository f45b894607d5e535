"""Sentences on valuations bind to the percentile of a ratio, or to its figure; prices of other things do not."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

TUESDAY = date(2021, 6, 15)
trials = partial(binding_texts.trials, published=TUESDAY)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "says"),
    [
        ("US stocks are expensive.", "en", "^GSPC", "expensive"),
        ("American stocks are overvalued.", "en", "^GSPC", "expensive"),
        ("The S&P 500 looks overpriced.", "en", "^GSPC", "expensive"),
        ("The S&P 500 is undervalued.", "en", "^GSPC", "cheap"),
        ("Nvidia is overvalued.", "en", "NVDA", "expensive"),
        ("US-Aktien sind teuer.", "de", "^GSPC", "expensive"),
        ("Der S&P 500 ist überbewertet.", "de", "^GSPC", "expensive"),
        ("Der Dax gilt als unterbewertet.", "de", "^GDAXI", "cheap"),
        ("Die Nvidia-Aktie ist hoch bewertet.", "de", "NVDA", "expensive"),
    ],
)
def test_dear_and_cheap_are_percentiles_of_the_cape(text: str, language: str, symbol: str, says: str) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "valuation_percentile"
    assert (trial.params["symbol"], trial.params["says"], trial.params["measure"]) == (symbol, says, "cape")
    assert trial.basis["says"] == "quote"
    assert trial.basis["measure"] == "default"
    assert trial.directness == "statistical"


@pytest.mark.parametrize(
    ("text", "language", "symbol", "measure", "value"),
    [
        ("The S&P 500 trades at a P/E of 25.", "en", "^GSPC", "pe", 25.0),
        ("Nvidia has a P/E of 55.", "en", "NVDA", "pe", 55.0),
        ("The CAPE of the S&P 500 stands at 37.", "en", "^GSPC", "cape", 37.0),
        ("Das KGV des S&P 500 liegt bei 25.", "de", "^GSPC", "pe", 25.0),
        ("Das KGV von Nvidia liegt bei 55.", "de", "NVDA", "pe", 55.0),
        ("Das Shiller-KGV des S&P 500 liegt bei 37,5.", "de", "^GSPC", "cape", 37.5),
    ],
)
def test_a_stated_ratio_is_a_figure_of_its_measure(
    text: str, language: str, symbol: str, measure: str, value: float
) -> None:
    (trial,) = trials(text, language)
    assert trial.check == "valuation_percentile"
    assert (trial.params["symbol"], trial.params["says"], trial.params["measure"]) == (symbol, "at", measure)
    assert (trial.params["stated"]["value"], trial.params["stated"]["unit"]) == (value, "ratio")
    assert trial.directness == "direct"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gold is expensive.", "en"),
        ("Bitcoin is overvalued.", "en"),
        ("US stocks are as expensive as in 1999.", "en"),
        ("US stocks are cheap compared with bonds.", "en"),
        ("US stocks are too expensive for small savers.", "en"),
        ("The S&P 500 trades at a forward P/E of 21.", "en"),
        ("If US stocks are overvalued, they will fall.", "en"),
        ("Nvidia sells chips that are expensive to make.", "en"),
        ("The S&P 500 trades at a P/E of 25, against 15 in Europe.", "en"),
        ("US stocks are not expensive.", "en"),
        ("US stocks are anything but cheap.", "en"),
        ("US-Aktien sind längst nicht überbewertet.", "de"),
        ("US-Aktien sind teurer als Anleihen.", "de"),
        ("Das kam US-Aktien teuer zu stehen.", "de"),
        ("Der Dollar ist überbewertet.", "de"),
        ("Anleger fürchten, dass US-Aktien überbewertet sein könnten.", "de"),
        ("Das KGV des S&P 500 liegt auf Basis der erwarteten Gewinne bei 21.", "de"),
    ],
)
def test_what_says_nothing_on_the_past_of_a_ratio_binds_to_none(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check == "valuation_percentile"] == []


def test_a_ratio_is_never_taken_for_a_level_of_the_index() -> None:
    for text in ("The CAPE of the S&P 500 stands at 37.", "The P/E of the S&P 500 is at 25, its highest since 2009."):
        assert not {t.check for t in trials(text, "en")} & {"level", "record_extreme"}
