"""From what somebody types to a symbol."""

from __future__ import annotations

import pytest

from analyzer.errors import InputError
from analyzer.market.instruments import load_catalogue
from analyzer.market.lookup import matching, meant, require_held

HELD = frozenset({"NVDA", "^GDAXI", "DCOILBRENTEU", "HOUSE"})


@pytest.mark.parametrize(
    ("word", "symbol"),
    [
        ("NVDA", "NVDA"), ("nvda", "NVDA"), ("nvidia", "NVDA"), ("Dax", "^GDAXI"), ("s&p 500", "^GSPC"),
        ("house", "HOUSE"), ("S&P-500", "^GSPC"), ("gold", "GC=F"), ("Börse Frankfurt", None),
    ],
)  # fmt: skip
def test_a_symbol_in_any_case_or_a_name_is_found(word: str, symbol: str | None) -> None:
    assert matching(word, load_catalogue(), HELD) == ((symbol,) if symbol else ())


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("nvdia", r"There is no series 'nvdia'. Did you mean NVDA \(Nvidia\)\?"),
        ("siemns", r"Did you mean SIE\.DE \(Siemens\)\?"),
        ("qqqqqqqq", "analyze data series lists what there is"),
    ],
)
def test_a_misspelt_name_is_refused_with_what_is_near(word: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        meant(word, load_catalogue(), HELD)


def test_a_name_of_several_instruments_is_refused_with_all_of_them() -> None:
    catalogue = load_catalogue()
    shared = next((word for one in catalogue.instruments for word in one.wording.ambiguous
                   if len(matching(word, catalogue, ())) > 1), None)  # fmt: skip
    assert shared is not None
    with pytest.raises(InputError, match=r"can be .* or .*\. Name the symbol"):
        meant(shared, catalogue, HELD)


def test_what_no_source_has_is_refused_with_what_measures_the_same() -> None:
    catalogue = load_catalogue()
    require_held("NVDA", catalogue, HELD)
    with pytest.raises(InputError, match=r"No source has \^N225 \(Nikkei 225\)\. Try: analyze data update \^N225"):
        require_held("^N225", catalogue, HELD)
    with pytest.raises(InputError, match="DCOILBRENTEU measures the same or nearly, and is there"):
        require_held("BZ=F", catalogue, HELD)
