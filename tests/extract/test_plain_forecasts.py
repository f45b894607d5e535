"""Forecasts of one price without a figure and without a time: what is bound by the written horizon, and what is not."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

WRITTEN = date(2024, 4, 22)
A_YEAR_ON = "2025-04-22"
trials = partial(binding_texts.trials, published=WRITTEN)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction"),
    [
        ("The next step of the bank is likely to weaken the euro.", "en", "EURUSD=X", "down"),
        ("A longer war will support gold.", "en", "GC=F", "up"),
        ("The report could give the dollar a boost.", "en", "DX-Y.NYB", "up"),
        ("Dearer money could hurt bank stocks.", "en", "KBE", "down"),
        ("Apple will go much lower.", "en", "AAPL", "down"),
        ("The yen will fall further.", "en", "JPY=X", "up"),  # yen for a dollar
        ("Morgan Stanley expects the S&P 500 to rise further.", "en", "^GSPC", "up"),
        ("The euro is expected to slip against the dollar.", "en", "EURUSD=X", "down"),
        ("Oil could rise again.", "en", "CL=F", "up"),
        ("Der Beschluss dürfte den Euro weiter schwächen.", "de", "EURUSD=X", "down"),
        ("Das könnte Gold stützen.", "de", "GC=F", "up"),
        ("Silber dürfte weiter steigen.", "de", "SI=F", "up"),
        ("Der Yen dürfte weiter nachgeben.", "de", "JPY=X", "up"),
        ("Fachleute gehen davon aus, dass der Goldpreis weiter zulegen wird.", "de", "GC=F", "up"),
        ("Der Euro dürfte gegenüber dem Dollar aufwerten.", "de", "EURUSD=X", "up"),
        # what somebody holds worth buying or selling
        ("The share of Apple remains a clear buy.", "en", "AAPL", "up"),
        ("We see significant upside for Nvidia.", "en", "NVDA", "up"),
        ("Die BASF-Aktie bleibt ein klarer Kauf.", "de", "BAS.DE", "up"),
        ("Bei der SAP-Aktie sehen sie noch Luft nach oben.", "de", "SAP.DE", "up"),
    ],
)
def test_a_plain_forecast_is_of_twelve_months_by_default(text: str, language: str, symbol: str, direction: str) -> None:
    (trial,) = trials(text, language)
    params = trial.params
    assert (trial.check, params["symbol"], params["direction"]) == ("forecast", symbol, direction)
    assert (params["horizon_basis"], params["end"], trial.basis["end"]) == ("default", A_YEAR_ON, "default")
    assert trial.assumed == ("no horizon is stated: 12 months",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tesla will lower prices.", "en"),
        ("Apple will lose.", "en"),
        ("The rally in gold will fade.", "en"),
        ("The S&P 500 is unlikely to rise.", "en"),
        ("Will gold rise further?", "en"),
        ("Gold will not fall further.", "en"),
        ("If rates fall, gold will rise.", "en"),
        ("Traders fear that oil could rise again.", "en"),
        ("The Nasdaq will fall in early trading.", "en"),  # of an hour
        ("The Dow rose today. It was a good session. Gold could rise too.", "en"),  # a report of the day
        ("Der Dax dürfte freundlich starten.", "de"),
        ("Der Dax wird wohl kaum steigen.", "de"),
        ("Die Rally bei Gold dürfte enden.", "de"),
        ("Wir sehen kaum noch Aufwärtspotenzial für den Dax.", "de"),
        ("Gold dürfte wegen des Euro steigen.", "de"),  # two are named
    ],
)
def test_what_is_open_or_of_the_day_gets_no_horizon(text: str, language: str) -> None:
    assert not [t for t in trials(text, language) if t.params.get("horizon_basis") == "default"]


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction", "basis"),
    [
        ("Goldman Sachs expects a down year for the Dax.", "en", "^GDAXI", "down", "quote"),
        ("Die UBS rechnet mit einem positiven Börsenjahr für den Dax.", "de", "^GDAXI", "up", "quote"),
        ("Der S&P 500 ist teuer. Zwei Banken gehen von einem Verlustjahr aus.", "de", "^GSPC", "down", "context"),
    ],
)
def test_a_year_of_losses_is_counted_from_its_first_day(
    text: str, language: str, symbol: str, direction: str, basis: str
) -> None:
    (trial,) = [t for t in trials(text, language) if t.check == "forecast"]
    params = trial.params
    assert (params["symbol"], params["direction"], trial.basis["symbol"]) == (symbol, direction, basis)
    assert (params["made"], params["end"]) == ("2023-12-31", "2024-12-31")


@pytest.mark.parametrize(
    ("text", "language", "end", "mode"),
    [
        ("The euro will reach parity with the dollar by the end of 2025.", "en", "2025-12-31", "touch"),
        ("Der Euro dürfte bis Ende 2025 auf Parität zum Dollar fallen.", "de", "2025-12-31", "touch"),
    ],
)
def test_parity_is_one_for_one(text: str, language: str, end: str, mode: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["stated"]["value"], trial.params["end"], trial.params["mode"]) == (1.0, end, mode)


def test_a_size_in_a_verb_says_which_way() -> None:
    (up,) = trials("Bitcoin will double within a year.", "en")
    (down,) = trials("Der Nasdaq dürfte sich bis Ende 2025 halbieren.", "de")
    assert (up.params["direction"], up.params["stated"]["value"]) == ("up", 1.0)
    assert (down.params["direction"], down.params["stated"]["value"]) == ("down", -0.5)


def test_a_currency_that_others_are_counted_in_falls_where_its_series_rises() -> None:
    (trial,) = trials("The yen will fall by the end of 2025.", "en")
    assert (trial.params["symbol"], trial.params["direction"]) == ("JPY=X", "up")
    assert trials("The yen will fall 10 percent by the end of 2025.", "en") == ()


@pytest.mark.parametrize(
    ("text", "value", "mode"),
    [
        ("Treasury yields will rise above 5 percent in 2025.", 5.0, "touch"),
        ("The 10-year yield will fall to 3.5 percent by the end of 2025.", 3.5, "at_horizon"),
    ],
)
def test_per_cent_of_a_rate_are_its_level(text: str, value: float, mode: str) -> None:
    (trial,) = [t for t in binding_texts.trials(text, "en") if t.check == "forecast"]
    assert (trial.params["stated"]["value"], trial.params["stated"]["unit"]) == (value, "points")
    assert trial.params["mode"] == mode
