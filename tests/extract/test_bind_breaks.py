"""Sentences on what is not as it was, and sentences that other checks are for."""

from __future__ import annotations

from typing import Any

import pytest
from binding_texts import trials

from analyzer.extract.break_words import _turns
from analyzer.model import Language, Trial

IN_2022 = {"since": "2022-01-01", "since_by": "2022-12-31"}
GOLD = {"symbol": "GC=F", "of": "relation", "change": "fell", **IN_2022}


def of_breaks(text: str, language: Language) -> list[Trial]:
    return [t for t in trials(text, language) if t.check == "structural_break"]


@pytest.mark.parametrize(
    ("text", "language", "params"),
    [
        ("Since 2022 the relation between gold and real yields no longer holds.", "en", {**GOLD, "other": "DFII10"}),
        ("The old link between gold and bond yields broke down in 2022.", "en", {**GOLD, "other": "DGS10"}),
        ("Gold has decoupled from real yields since 2022.", "en", {**GOLD, "other": "DFII10"}),
        ("Der Zusammenhang zwischen Gold und Realzinsen gilt seit 2022 nicht mehr.", "de", {**GOLD, "other": "DFII10"}),
        ("The level of inflation has shifted for good.", "en", {"symbol": "CPIAUCSL", "of": "growth"}),
        ("Die Inflation ist seit 2021 auf einem dauerhaft höheren Niveau.", "de",
         {"symbol": "CPIAUCSL", "of": "growth", "change": "rose", "since": "2021-01-01", "since_by": "2021-12-31"}),
        ("Bond yields have shifted to a permanently higher level since 2022.", "en",
         {"symbol": "DGS10", "of": "level", "change": "rose", **IN_2022}),
        ("Die Zinsen sind seit 2022 strukturell höher.", "de",
         {"symbol": "DGS10", "of": "level", "change": "rose", **IN_2022}),
        ("2022 war ein Strukturbruch für die Anleiherenditen.", "de", {"symbol": "DGS10", "of": "level", **IN_2022}),
        ("Die Volatilität des Dax hat sich seit 2020 dauerhaft verändert.", "de",
         {"symbol": "^GDAXI", "of": "volatility", "since": "2020-01-01", "since_by": "2020-12-31"}),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was(text: str, language: Language, params: dict[str, Any]) -> None:
    (trial,) = of_breaks(text, language)
    assert trial.directness == "statistical"
    assert trial.params == {**params, "last": "2025-01-27"}
    assert set(trial.basis) == set(trial.params)


@pytest.mark.parametrize(
    ("text", "language", "symbol", "since", "since_by"),
    [
        ("A new era began for stocks in 2020.", "en", "^GSPC", "2020-01-01", "2020-12-31"),
        ("Seit der Zinswende gelten an den Märkten andere Regeln.", "de", "^GSPC", "2022-03-16", "2022-07-27"),
        ("Since March 2020 markets have been in a new regime.", "en", "^GSPC", "2020-03-01", "2020-03-31"),
        ("Seit 2008 ist an den Börsen alles anders.", "de", "^GSPC", "2008-01-01", "2008-12-31"),
        ("Für den Dax begann 2022 ein neues Zeitalter.", "de", "^GDAXI", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_new_era_is_one_of_growth_or_of_spread(
    text: str, language: Language, symbol: str, since: str, since_by: str
) -> None:
    growth, spread = of_breaks(text, language)
    assert (growth.params["of"], spread.params["of"]) == ("growth", "volatility")
    assert growth.params["symbol"] == spread.params["symbol"] == symbol
    assert (growth.params["since"], growth.params["since_by"]) == (since, since_by)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bitcoin's correlation with tech stocks has broken down since 2022.", "en"),
        ("The swings in the S&P 500 have grown since the summer.", "en"),
        ("A new era of peace could begin in 2025.", "en"),
        ("The relationship between the two founders broke down.", "en"),
        ("A new era began for Intel on Monday.", "en"),
        ("The link between gold and bond yields has not broken down since 2022.", "en"),
        ("Es ist eine Zeitenwende.", "de"),
        ("The link between Apple and its suppliers no longer exists.", "en"),
        ("Oil prices are permanently lower since 2014.", "en"),
        ("Fed rates will be structurally higher.", "en"),
        ("Has a new era begun for stocks in 2020?", "en"),
        ("Seit dem Gipfel von Davos gelten an den Märkten andere Regeln.", "de"),
    ],
)
def test_what_other_checks_are_for_or_none_is_no_break(text: str, language: Language) -> None:
    assert of_breaks(text, language) == []


def test_times_with_a_name_have_their_days_in_order() -> None:
    assert len(_turns()) == 8
    assert all(first < last for _, (first, last) in _turns())
