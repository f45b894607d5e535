"""What a name by itself may mean: measured on names.csv, which was written before the code.

``meant`` is empty for names of companies and things that the catalogue does not have. The thresholds were chosen on the
rows of the first part; those of the second were written afterwards, to be as confusing as names are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.market.candidates import Candidate, candidates, unsure
from analyzer.market.deciding import target_key
from analyzer.market.instruments import Catalogue, load_catalogue
from analyzer.model import Language


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _keys(found: tuple[Candidate, ...]) -> list[str]:
    return [target_key(candidate.target) for candidate in found]


# --- measured ----------------------------------------------------------------------------------------------------


def test_no_wrong_instrument_is_taken(known: Catalogue, rows: list[dict[str, str]]) -> None:
    taken = [(row, found) for row in rows if not unsure(found := candidates(row["name"], _language(row), known))]
    assert [(row["name"], str(found[0])) for row, found in taken if _keys(found)[0] != row["meant"]] == []
    assert len(taken) >= 90


def test_what_is_not_in_the_catalogue_is_hardly_offered_anything(known: Catalogue, rows: list[dict[str, str]]) -> None:
    strange = [row for row in rows if not row["meant"]]
    offered = {row["name"] for row in strange if candidates(row["name"], _language(row), known)}
    assert len(strange) > 190
    near = {"Cosco", "Modena", "Bank of Iceland", "Nordea", "Oracles"}
    assert offered == near, "one letter from Costco, Moderna, Bank of Ireland, Nordex, Oracle"


def test_misspelt_names_are_ranked_rightly(known: Catalogue, rows: list[dict[str, str]]) -> None:
    meant = [row for row in rows if row["meant"]]
    first = [row for row in meant if _keys(candidates(row["name"], _language(row), known))[:1] == [row["meant"]]]
    assert len(meant) > 125
    assert len(first) >= 0.88 * len(meant)


def _language(row: dict[str, str]) -> Language:
    return "de" if row["language"] == "de" else "en"


# --- one by one --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "symbol", "how", "score"),
    [
        ("Nvidia", "NVDA", "exact", 1.0),
        ("nvidia corporation", "NVDA", "exact", 1.0),
        ("NVIDIA AG", "NVDA", "exact", 1.0),
        ("Nvidias", "NVDA", "inflected", 0.95),
        ("der Deutschen Bank", "", "", 0.0),
        ("Deutschen Bank", "DBK.DE", "inflected", 0.95),
        ("Rhein-metall", "RHM.DE", "inflected", 0.95),
        ("S & P500", "^GSPC", "exact", 1.0),
        ("Nvida", "NVDA", "fuzzy", 5 / 6),
        ("Deutche Bank", "DBK.DE", "fuzzy", 7 / 8),
        ("^gspc", "^GSPC", "exact", 1.0),
        ("KI-Aktien", "basket:ai-stocks", "exact", 1.0),
        ("Gold", "GC=F", "exact", 0.95),
    ],
)
def test_a_name_has_its_score_and_what_it_rests_on(
    known: Catalogue, name: str, symbol: str, how: str, score: float
) -> None:
    found = candidates(name, "de", known)
    assert _keys(found)[:1] == ([symbol] if symbol else [])
    if symbol:
        assert (found[0].how, found[0].score) == (how, pytest.approx(score))


def test_a_name_that_is_another_entrys_own_stands_behind_it(known: Catalogue) -> None:
    found = candidates("Alibaba", "en", known)
    assert _keys(found) == ["BABA", "9988.HK"]
    assert not unsure(found)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Porche AG", "two companies are as like it"),
        ("10-year Treasury", "the bond, whose price is the other side of the yield"),
        ("Nvida", "one letter in six is wrong"),
        ("Hapag-Lloyd", "not in the catalogue"),
        ("", "no name"),
    ],
)
def test_without_a_clear_lead_nothing_is_sure(known: Catalogue, name: str, why: str) -> None:
    assert unsure(candidates(name, "en", known)), why


@pytest.mark.parametrize("name", ["FTSE 250", "Bayern", "Wall Street Journal", "Bitcoin Cash", "Unternehmen"])
def test_another_figure_ending_or_word_is_another_name(known: Catalogue, name: str) -> None:
    assert candidates(name, "en", known) == ()


def test_legal_forms_are_ignored_only_where_they_tell_nothing_apart(known: Catalogue) -> None:
    assert _keys(candidates("Porsche SE", "de", known)) == ["PAH3.DE"]
    assert _keys(candidates("Porsche AG", "de", known)) == ["P911.DE"]
    assert _keys(candidates("Volkswagen A.G.", "de", known)) == ["VOW3.DE"]


def _neighbours(*near: tuple[str, float]) -> Callable[[str], list[tuple[str, float]]]:
    return lambda text: list(near)


def test_meaning_is_asked_last_offered_when_near_and_never_sure(known: Catalogue) -> None:
    near = _neighbours(("HG=F", 0.98), ("ALI=F", 0.4), ("GONE", 0.99))
    found = candidates("the price of the red metal", "en", known, near)
    assert [(str(c), c.how) for c in found] == [("Copper (HG=F) 0.98", "meaning")]
    assert unsure(found)
    assert _keys(candidates("Nvidia", "en", known, near)) == ["NVDA"]


def test_no_more_are_given_than_asked_for(known: Catalogue) -> None:
    assert len(candidates("Inflation", "en", known)) == 4
    assert len(candidates("Inflation", "en", known, n=2)) == 2
