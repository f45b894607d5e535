"""Prices in another currency: the ways between currencies, the rate of a day, holes, and what cannot be converted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analyzer.market.conversion import REACH, Leg, rate_on, routes
from analyzer.market.instruments import load_catalogue
from analyzer.market.market import Catalogue, Market, open_market
from analyzer.series import Data, Series, SeriesRequest, Unconverted

Write = Callable[[Mapping[str, str]], Path]
NVDA_IN_EUROS = SeriesRequest("NVDA", currency="EUR")


def rows(text: str) -> str:
    return "date,close\n" + text.replace(" ", ",").replace(";", "\n") + "\n"


def opened(folder: Path, catalogue: Catalogue, *requests: SeriesRequest, as_of: date | None = None) -> Data:
    return open_market((folder,), catalogue).open(as_of).data(requests)


def only(folder: Path, catalogue: Catalogue, request: SeriesRequest) -> Series:
    found = opened(folder, catalogue, request).get(request)
    assert found is not None
    return found


# --- ways -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "wanted", "first"),
    [
        ("EUR", "USD", (Leg("EURUSD=X"),)),
        ("USD", "EUR", (Leg("EURUSD=X", divides=True),)),
        ("USD", "JPY", (Leg("JPY=X"),)),
        ("GBP", "EUR", (Leg("EURGBP=X", divides=True),)),
        ("HKD", "EUR", (Leg("HKD=X", divides=True), Leg("EURUSD=X", divides=True))),
        ("JPY", "GBP", (Leg("JPY=X", divides=True), Leg("GBPUSD=X", divides=True))),
    ],
)
def test_the_shortest_way_comes_first(own: str, wanted: str, first: tuple[Leg, ...]) -> None:
    assert routes(load_catalogue().instruments, own, wanted)[0] == first


def test_a_cross_goes_over_the_dollar_then_over_the_euro() -> None:
    ways = routes(load_catalogue().instruments, "CHF", "GBP")
    assert [[leg.symbol for leg in way] for way in ways] == [["CHF=X", "GBPUSD=X"], ["EURCHF=X", "EURGBP=X"]]


def test_an_index_of_a_currency_is_no_rate() -> None:
    instruments = load_catalogue().instruments
    assert any(one.symbol == "DX-Y.NYB" and one.kind == "currency" for one in instruments)
    assert routes(instruments, "USD", "XAU") == ()


def test_every_currency_of_the_catalogue_has_a_way_into_euros_and_dollars() -> None:
    instruments = load_catalogue().instruments
    used = {one.currency for one in instruments if one.currency} | {"EUR", "USD"}
    lost = {(c, to) for c in used for to in ("EUR", "USD") if c != to and not routes(instruments, c, to)}
    assert lost == set()


def test_the_rates_to_fetch_are_those_of_the_shortest_way() -> None:
    market = Market((), load_catalogue())
    asked = [SeriesRequest("^HSI", currency="EUR"), SeriesRequest("SAP.DE", currency="EUR"), SeriesRequest("NVDA")]
    assert market.rates(asked) == {"HKD=X", "EURUSD=X"}


# --- the rate of a day ----------------------------------------------------------------------------------------------


def test_a_session_takes_the_rate_of_its_day_or_of_at_most_four_days_before() -> None:
    days = np.array(["2025-01-01", "2025-01-06", "2025-01-10", "2025-01-11", "2025-01-17"], dtype="datetime64[D]")
    dated = np.array(["2025-01-06", "2025-01-13"], dtype="datetime64[D]")
    rate = Series("EURUSD=X", "close", "raw", dated, np.array([1.5, 2.0]), dated)
    assert REACH == 4
    np.testing.assert_array_equal(rate_on(days, rate), [np.nan, 1.5, 1.5, np.nan, 2.0])


PRICES = rows("2025-01-06 150;2025-01-07 180;2025-01-08 90;2025-01-10 99;2025-01-13 120;2025-01-14 121")


def test_prices_are_divided_by_a_rate_that_is_quoted_the_other_way_round(write: Write, catalogue: Catalogue) -> None:
    rates = rows("2025-01-06 1.5;2025-01-08 0.9;2025-01-10 1.1;2025-01-13 1.2;2025-01-14 1.1")
    folder = write({"NVDA.csv": PRICES, "EURUSD=X.csv": rates})
    found = only(folder, catalogue, NVDA_IN_EUROS)
    np.testing.assert_allclose(found.values, [100.0, 120.0, 100.0, 90.0, 100.0, 110.0], rtol=1e-15)
    assert (found.currency, [r.symbol for r in found.rates]) == ("EUR", ["EURUSD=X"])
    assert not [c for c in found.caveats if "left out" in c.text]


def test_a_session_without_a_rate_becomes_a_hole_that_is_said(write: Write, catalogue: Catalogue) -> None:
    """The 13th is five days after the last rate; the 9th, a session without a row, was a hole before."""
    rates = rows("2025-01-06 1.5;2025-01-08 1;2025-01-14 1.1")
    folder = write({"NVDA.csv": PRICES, "EURUSD=X.csv": rates})
    found = only(folder, catalogue, NVDA_IN_EUROS)
    assert found.at(date(2025, 1, 10)) == 99.0
    assert found.at(date(2025, 1, 13)) is None
    assert np.datetime64("2025-01-13") in found.sessions
    assert found.returns().at(date(2025, 1, 14)) is None
    (said,) = [c for c in found.caveats if "left out" in c.text]
    assert (said.text, said.before) == (
        "no rate of EURUSD=X for the session of 2025-01-13: left out",
        date(2025, 1, 14),
    )


def test_prices_beyond_the_rates_are_left_out_at_both_ends(write: Write, catalogue: Catalogue) -> None:
    folder = write({"NVDA.csv": PRICES, "EURUSD=X.csv": rows("2025-01-07 1.5;2025-01-08 1.5")})
    found = only(folder, catalogue, NVDA_IN_EUROS)
    assert (found.first, found.last) == (date(2025, 1, 7), date(2025, 1, 10))
    assert (found.sessions[0], found.sessions[-1]) == (found.dates[0], found.dates[-1])
    before, after = [c for c in found.caveats if "left out" in c.text]
    assert before.before == date(2025, 1, 7)
    assert after.before is None
    assert after.text.startswith("no rate of EURUSD=X for 2 sessions from 2025-01-13 to 2025-01-14")


def test_the_price_and_the_rate_keep_their_own_sources_and_hashes(facts: Market) -> None:
    rate = SeriesRequest("EURUSD=X", basis="raw")
    data = facts.open(date(2025, 4, 1)).data([SeriesRequest("NVDA"), NVDA_IN_EUROS, rate])
    found, prices, rates = (data.series[r] for r in (NVDA_IN_EUROS, SeriesRequest("NVDA"), rate))
    assert found.values[-1] == prices.values[-1] / rates.values[-1]
    assert (found.sha256, found.rates[0].sha256) == (prices.sha256, rates.sha256)
    assert found.rates[0].last == date(2025, 4, 1)
    assert any(c.text.startswith("EURUSD=X: noon buying rate") for c in found.caveats)


# --- minor units ----------------------------------------------------------------------------------------------------

BP = "date,close,volume\n2025-01-06,420,1000\n2025-01-07,441,2000\n"


@pytest.mark.parametrize(
    ("sources", "pounds", "assumed"),
    [
        ("", 4.2, True),
        ("symbol,currency\nBP.L,GBp\n", 4.2, False),
        ("symbol,currency\nBP.L,GBX\n", 4.2, False),
        ("symbol,currency\nBP.L,GBP\n", 420.0, False),
    ],
)
def test_london_shares_are_served_in_pounds(
    write: Write, catalogue: Catalogue, sources: str, pounds: float, assumed: bool
) -> None:
    folder = write({"BP.L.csv": BP} | ({"SOURCES.csv": sources} if sources else {}))
    found = only(folder, catalogue, SeriesRequest("BP.L"))
    assert (found.values[0], found.currency) == (pounds, "GBP")
    assert any("taken to be in pence" in c.text for c in found.caveats) == assumed
    volume = only(folder, catalogue, SeriesRequest("BP.L", "volume"))
    assert volume.values.tolist() == [1000.0, 2000.0]


def test_pence_become_euros_over_the_dollar(write: Write, catalogue: Catalogue) -> None:
    """4.20 pounds x 1.25 dollars a pound / 1.05 dollars a euro = 5.00 euros."""
    files = {
        "GBPUSD=X.csv": rows("2025-01-06 1.25;2025-01-07 1.25"),
        "EURUSD=X.csv": rows("2025-01-06 1.05;2025-01-07 1.05"),
    }
    found = only(write({"BP.L.csv": BP} | files), catalogue, SeriesRequest("BP.L", currency="EUR"))
    np.testing.assert_allclose(found.values, [5.0, 5.25], rtol=1e-15)
    assert [r.symbol for r in found.rates] == ["GBPUSD=X", "EURUSD=X"]


# --- what cannot be converted ---------------------------------------------------------------------------------------


def lacking(data: Data, symbol: str, currency: str) -> Unconverted:
    assert data.get(SeriesRequest(symbol, currency=currency)) is None
    return data.unconverted[symbol, currency]


def test_a_missing_rate_is_named(write: Write, catalogue: Catalogue) -> None:
    data = opened(write({"BP.L.csv": BP}), catalogue, SeriesRequest("BP.L", currency="EUR"))
    found = lacking(data, "BP.L", "EUR")
    assert (found.reason, found.rates) == ("rate", ("GBPUSD=X",))
    assert found.why == "there is no exchange rate from GBP to EUR. Try: --data FOLDER with a file of GBPUSD=X."


def test_a_rate_of_other_days_is_named(write: Write, catalogue: Catalogue) -> None:
    folder = write({"NVDA.csv": PRICES, "EURUSD=X.csv": rows("2024-06-03 1.08;2024-06-04 1.09")})
    found = lacking(opened(folder, catalogue, NVDA_IN_EUROS), "NVDA", "EUR")
    assert (found.reason, found.rates) == ("rate", ("EURUSD=X",))


def test_a_pair_that_is_not_in_the_catalogue_is_said_to_be_so(facts: Market) -> None:
    found = lacking(facts.open().data([SeriesRequest("NVDA", currency="XAU")]), "NVDA", "XAU")
    assert (found.reason, found.rates) == ("rate", ())
    assert "in the catalogue" in found.why


@pytest.mark.parametrize(
    ("symbol", "currency", "reason"),
    [("^VIX", "EUR", "unit"), ("CPIAUCNS", "EUR", "unit"), ("EURUSD=X", "JPY", "unit"), ("^GSPC", "EUR", "currency")],
)
def test_what_is_no_price_in_known_money_has_no_other_currency(
    facts: Market, symbol: str, currency: str, reason: str
) -> None:
    """The small catalogue does not say in which currency the S&P 500 is."""
    assert lacking(facts.open().data([SeriesRequest(symbol, currency=currency)]), symbol, currency).reason == reason


def test_a_turnover_has_no_currency(facts: Market) -> None:
    request = SeriesRequest("NVDA", "volume", currency="EUR")
    data = facts.open().data([request])
    assert data.get(request) is None
    assert data.unconverted["NVDA", "EUR"].reason == "unit"


def test_the_own_currency_needs_no_rate(facts: Market) -> None:
    own, asked = SeriesRequest("NVDA"), SeriesRequest("NVDA", currency="USD")
    data = facts.open().data([own, asked])
    assert data.series[asked] is data.series[own]
    assert data.series[asked].rates == ()


def test_without_prices_nothing_is_said_of_a_rate(facts: Market) -> None:
    data = facts.open().data([SeriesRequest("KLAC", currency="EUR")])
    assert data.series == {}
    assert data.unconverted == {}
