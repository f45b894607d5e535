"""Parameters of a check from the words of a command line."""

from __future__ import annotations

import pytest

from analyzer.errors import InputError
from analyzer.extract.by_hand import parameters

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
