"""How a price is seen to fare, in words that name no movement: which way it is bound, until when; and what is not."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

from analyzer.model import Language

WRITTEN = date(2024, 8, 2)
trials = partial(binding_texts.trials, published=WRITTEN)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction"),
    [
        ("Apple shares will struggle.", "en", "AAPL", "down"),
        ("Shares of Tesla are likely to come under pressure.", "en", "TSLA", "down"),
        ("Nvidia stock looks set for a painful year.", "en", "NVDA", "down"),
        ("The outlook for the Nasdaq 100 remains bleak.", "en", "^NDX", "down"),
        ("The Dow Jones does not look good.", "en", "^DJI", "down"),
        ("The S&P 500 should extend its winning streak.", "en", "^GSPC", "up"),
        ("The upside in the S&P 500 is limited, and the downside is large.", "en", "^GSPC", "down"),
        ("Microsoft stock offers a good risk-reward ratio.", "en", "MSFT", "up"),
        ("It would be unwise to bet against the S&P 500.", "en", "^GSPC", "up"),
        ("The Bitcoin price could drop as fast as it has risen.", "en", "BTC-USD", "down"),
        ("Die Apple-Aktie dürfte es schwer haben.", "de", "AAPL", "down"),
        ("Die Aktie von Tesla wird weiter unter Druck stehen.", "de", "TSLA", "down"),
        ("Beim Dax sieht es nicht gut aus.", "de", "^GDAXI", "down"),
        ("Die Aussichten für den Dax bleiben trüb.", "de", "^GDAXI", "down"),
        ("Die Rally im Dow Jones dürfte weitergehen.", "de", "^DJI", "up"),
        ("Der Dax wird wohl eine Erholung erleben.", "de", "^GDAXI", "up"),
        ("Wir sehen keinen Grund, gegen den S&P 500 zu wetten.", "de", "^GSPC", "up"),
    ],
)
def test_a_fortune_is_a_forecast_of_a_direction(text: str, language: Language, symbol: str, direction: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.check, trial.params["symbol"], trial.params["direction"]) == ("forecast", symbol, direction)
    assert (trial.params["mode"], trial.params["horizon_basis"]) == ("at_horizon", "default")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Apple will struggle in China.", "en"),  # a firm, and no share
        ("Apple shares will not struggle.", "en"),
        ("Will Apple shares struggle?", "en"),
        ("If rates stay high, Apple shares will struggle.", "en"),
        ("Apple shares were expected to struggle last year.", "en"),
        ("Sales of Apple look good.", "en"),
        ("The rebound of the S&P 500 was due to the Fed.", "en"),
        ("The S&P 500 struggled.", "en"),
        ("Die Apple-Aktie hatte es schwer.", "de"),
        ("Der Umsatz von Apple dürfte leiden.", "de"),
        ("Wenn die Zinsen steigen, dürfte es die Apple-Aktie schwer haben.", "de"),
        ("Der Dax wird keine Erholung erleben.", "de"),
        ("Das Aufwärtspotenzial beim Dax ist begrenzt.", "de"),  # little to gain is no loss
    ],
)
def test_what_is_open_or_past_or_no_price_is_not_bound(text: str, language: Language) -> None:
    assert [t for t in trials(text, language) if t.check == "forecast"] == []


@pytest.mark.parametrize(
    ("text", "language", "end", "basis"),
    [
        ("Apple shares will struggle in the coming months.", "en", "2024-11-02", "default"),
        ("Apple shares could see a short-term rebound.", "en", "2024-09-01", "default"),
        ("The Dow Jones may extend its positive run for another few years.", "en", "2027-08-03", "default"),
        ("Dem Dax stehen schwierige Monate bevor.", "de", "2025-02-01", "default"),
        ("Die Rally im Dow Jones wird bis ins Jahr 2025 anhalten.", "de", "2025-12-31", "text"),
        ("Apple shares will struggle.", "en", "2025-08-02", "default"),
    ],
)
def test_the_horizon_is_the_texts_else_by_its_words_for_it(text: str, language: Language, end: str, basis: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["end"], trial.params["horizon_basis"]) == (end, basis)


def test_prices_that_are_named_together_are_forecast_each() -> None:
    found = trials("The Dow Jones and the Nasdaq 100 do not look good.", "en")
    assert [(t.params["symbol"], t.params["direction"]) for t in found] == [("^DJI", "down"), ("^NDX", "down")]


def test_the_shares_of_a_market_at_large_are_those_of_america() -> None:
    (trial,) = trials("Stocks will have a rough year.", "en")
    assert (trial.params["symbol"], trial.basis["symbol"]) == ("^GSPC", "default")
    assert "no market is named: S&P 500" in trial.assumed


@pytest.mark.parametrize(
    ("text", "language", "side", "level"),
    [
        ("I would not be surprised to see Apple stock fall to the high $180s or low $190s.", "en", "high", 193.33),
        ("Apple shares may rise to the low $230s.", "en", "low", 230.0),
        ("Apple shares will fall to the $180s.", "en", "high", 190.0),
        ("Die Apple-Aktie dürfte auf 180 bis 190 Dollar fallen.", "de", "high", 190.0),
    ],
)
def test_a_range_to_fall_to_or_to_rise_to_is_reached_at_its_nearer_edge(
    text: str, language: Language, side: str, level: float
) -> None:
    (trial,) = trials(text, language)
    assert trial.params["stated"][side] == pytest.approx(level, abs=0.01)
    assert trial.params["mode"] == "touch"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I would not be surprised to see Apple shares fall.", "en"),
        ("There is no reason why Apple shares can't fall further.", "en"),
        ("Ein Rückgang der Apple-Aktie würde uns nicht wundern.", "de"),
    ],
)
def test_what_surprises_nobody_is_possible_and_no_denial(text: str, language: Language) -> None:
    _, (claim,) = binding_texts.claims_in(text, language, WRITTEN)
    assert (claim.kind, claim.modality) == ("prediction", "hedged")


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("We expect returns of the S&P 500 in the low-to-mid single-digit range over the next five years.", "en",
         0.99**5 - 1, 1.07**5 - 1),
        ("We expect the S&P 500 to return 5 to 7 percent a year over the next two years.", "en", 1.03**2 - 1,
         1.07**2 - 1),
        ("Für den Dax erwarten wir in den nächsten fünf Jahren Renditen im niedrigen einstelligen Bereich.", "de",
         0.99**5 - 1, 1.04**5 - 1),
    ],
)  # fmt: skip
def test_a_return_a_year_is_resolved_over_all_of_the_years(
    text: str, language: Language, low: float, high: float
) -> None:
    (trial,) = trials(text, language)
    assert trial.params["stated"]["low"] == pytest.approx(low, abs=0.005)
    assert trial.params["stated"]["high"] == pytest.approx(high, abs=0.005)


@pytest.mark.parametrize(
    "text",
    [
        "We expect returns of the S&P 500 in the low single-digit range.",  # over how many years?
        "The S&P 500 returned 5 to 7 percent a year over the last two years.",
        "Will the S&P 500 return 5 percent a year over the next five years?",
    ],
)
def test_a_return_without_counted_years_to_come_is_not_bound(text: str) -> None:
    assert [t for t in trials(text, "en") if t.params.get("stated") and t.check == "forecast"] == []
