"""Parameters of a check from the words of a command line."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.errors import InputError
from analyzer.extract.by_hand import parameters, with_symbols
from analyzer.market.instruments import load_catalogue

GIVEN = ["--symbol", "NVDA", "--session=2025-01-27"]


@pytest.mark.parametrize(
    "given",
    [
        ["--stated", "17 %", "--direction", "down"],
        ["--direction", "down", "--stated", "17 Prozent"],
        ["--stated=minus 17 %"],
        ["--stated", "-17 %"],
    ],
    ids=" ".join,
)
def test_a_fall_is_a_fall_in_whatever_order_it_is_written(given: list[str]) -> None:
    stated = parameters("session_return", [*GIVEN, *given])["stated"]
    assert (stated["value"], stated["low"], stated["high"]) == pytest.approx((-0.17, -0.175, -0.165))


def test_lists_are_separated_by_commas_and_hyphens_stand_for_underscores() -> None:
    found = parameters("session_return", [*GIVEN, "--peers", "AVGO,AAPL,", "--named-day", "2025-01-27"])
    assert found["peers"] == ["AVGO", "AAPL"]
    assert found["named_day"] == "2025-01-27"
    assert found["symbol"] == "NVDA"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--symbols", "NVDA"], "--symbol "),
        (["NVDA"], "--symbol "),
        (["--symbol"], "--symbol wants a value"),
        (["--symbol", "--session", "2025-01-27"], "--symbol wants a value"),
        (["--named-dy"], "--named-day"),
        (["--stated", "very much"], "very much"),
        (["--stated", "17 % and 18 %"], "single figure"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_word_is_refused_with_what_would_be_right(given: list[str], said: str) -> None:
    with pytest.raises(InputError, match=r"wants a value|has no parameter|no single figure") as caught:
        parameters("session_return", given)
    assert said in str(caught.value)


# --- names in place of symbols -----------------------------------------------------------------------------------


def named(rows: tuple[str, ...] = (), **given: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    return with_symbols(given, load_catalogue(), rows.__contains__)


def test_a_name_that_means_one_instrument_is_taken_and_said() -> None:
    found, said = named(symbol="nvidia", peers=["Broadcom", "AAPL"], session="2025-01-27")
    assert found == {"symbol": "NVDA", "peers": ["AVGO", "AAPL"], "session": "2025-01-27"}
    assert said == ('"nvidia" is taken for Nvidia (NVDA).', '"Broadcom" is taken for Broadcom (AVGO).')


def test_either_language_will_do() -> None:
    assert named(symbol="Deutschen Bank")[0] == named(symbol="Deutsche Bank AG")[0] == {"symbol": "DBK.DE"}
    assert named(symbol="Kupfer")[0] == named(symbol="copper")[0] == {"symbol": "HG=F"}


def test_symbols_and_what_is_like_no_name_stay_as_they_are() -> None:
    given = {"symbol": "NVDA", "symbols": ["AAPL", "HLAG.DE"]}
    assert named(**given) == (given, ())


def test_a_series_of_the_users_own_is_not_renamed() -> None:
    assert named(rows=("Nvidia",), symbol="Nvidia") == ({"symbol": "Nvidia"}, ())


@pytest.mark.parametrize(
    ("option", "name", "listed"),
    [
        ("symbol", "Nvida", "Nvidia (NVDA) 0.83"),
        ("symbol", "Porche", "Porsche AG (P911.DE) 0.86, Porsche SE (PAH3.DE) 0.86"),
        ("benchmark", "Tech-Werte", "Big Tech (basket big-tech) 1.00"),
        ("symbol", "10-year Treasury", "US 10-year Treasury yield (DGS10) 1.00"),
    ],
)
def test_a_name_that_is_unsure_is_refused_with_its_candidates(option: str, name: str, listed: str) -> None:
    with pytest.raises(InputError) as caught:
        named(**{option: name})
    assert str(caught.value) == f"--{option} {name!r} is no symbol. It may mean: {listed}. Give the symbol of one."


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("explosive_root", ["--from", "1985-01", "--to", "2003-12"], {"start": "1985-01-01", "session": "2003-12-31"}),
        ("explosive_root", ["--from=1985", "--to=2004-02"], {"start": "1985-01-01", "session": "2004-02-29"}),
        ("explosive_root", ["--from", "1985-13"], {"start": "1985-13"}),
        ("period_return", ["--from", "2024-12-31", "--to", "2025-01"], {"base": "2024-12-31", "last": "2025-01-31"}),
    ],
)
def test_from_and_to_are_the_ends_of_whatever_span_a_check_has(
    name: str, given: list[str], found: dict[str, str]
) -> None:
    """A month or a year begins with its first day and ends with its last; what is no date is left to the check."""
    assert parameters(name, given) == found


def test_an_end_that_a_check_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="has no parameter '--from'"):
        parameters("session_return", ["--from", "2025-01-27"])
