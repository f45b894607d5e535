"""The checks of bubbles and of likeness on the embedded facts: the commands that the documentation gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.config import load
from analyzer.extract.by_hand import parameters
from analyzer.market.market import Market
from analyzer.model import Evidence
from analyzer.pipeline import Workshop, check_by_hand


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    home: Path = tmp_path_factory.mktemp("home")
    return Workshop(load(home=home)).market


def checked(market: Market, name: str, words: str) -> Evidence:
    return check_by_hand(name, parameters(name, words.split()), market)


def test_the_dot_com_episode_is_dated_and_the_verdict_is_that_of_the_wild_bootstrap(market: Market) -> None:
    """Under constant variance the Nasdaq of 1985 to 2003 was explosive, with its top in February 2000; under its own
    volatility it was not, so the verdict claims nothing."""
    words = "--symbol ^IXIC --from 1985-01 --to 2003-12 --frequency monthly"
    found = checked(market, "explosive_root", words)
    assert (found.outcome, found.reason) == ("inconclusive", "not_significant")
    assert "228 monthly closes from 1985-01-31" in found.summary
    assert "rising from 1999-11-30 to 2000-04-28 (6 months, BSADF highest on 2000-02-29)" in found.summary
    under_a, under_b = map(float, re.findall(r"([\d.]+) ± ", found.summary))
    assert under_a < 0.05 < under_b == pytest.approx(found.pvalue, abs=1e-4)
    assert "2,000 draws, seed 1" in found.summary
    assert any(
        re.fullmatch(r"on the level of the price: p .* \(a\), .* \(b\), 499 draws; .*", c) for c in found.caveats
    )
    assert found.chart is not None
    assert {name for _, name in found.chart.marks} == {"rising", "ended"}


def test_all_variants_of_a_span_are_named(market: Market) -> None:
    words = "--symbol ^IXIC --from 1990-01 --to 2003-12 --frequency monthly --draws 199"
    names = [v.name for v in checked(market, "explosive_root", words).robustness.variants]
    assert names == ["level of the price", "lag 1", "composite bootstrap"]


def test_the_spring_of_2020_was_like_1987_and_nvidia_no_more_like_2000_than_chance(market: Market) -> None:
    like = checked(market, "historical_analogue", "--symbol ^GSPC --to 2020-03-20 --episode 1987")
    assert (like.outcome, like.pvalue) == ("supported", 1 / 2000)
    nvidia = checked(market, "historical_analogue", "--symbol NVDA --to 2025-01-27 --episode dot-com")
    assert (nvidia.outcome, nvidia.reason) == ("inconclusive", "not_significant")
    assert "against Nasdaq Composite to 2000-03-10 (the dot-com bubble)" in nvidia.summary
    assert "from first to last +461 % and +185 %" in nvidia.summary


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("historical_analogue", "--symbol ^GSPC --episode 1929", "S&P 500 begins on 1985-01-02"),
        ("historical_analogue", "--symbol ^GSPC --episode tulips", "prices of tulip bulbs"),
        ("historical_analogue", "--symbol ^GSPC --episode volkswagen", "6 months of VOW.DE up to 2008-10-28"),
        ("valuation_percentile", "--says expensive", "No source has the CAPE of S&P 500"),
        ("valuation_percentile", "--symbol NVDA --says expensive", "No source has earnings of Nvidia"),
    ],
)
def test_what_the_facts_do_not_hold_is_named(market: Market, name: str, words: str, said: str) -> None:
    found = checked(market, name, words)
    assert found.outcome == "no_data"
    assert said in found.summary
