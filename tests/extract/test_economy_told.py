"""Facts and forecasts of the economy in words: steps of rates without a size, recessions to come, double digits, a
month over the same of the year before; and what is bound to nothing, since it speaks of something else."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import binding_texts
import pytest

from analyzer.model import Language

WRITTEN = date(2024, 8, 2)
trials = partial(binding_texts.trials, published=WRITTEN)


def macro(text: str, language: Language = "en") -> list[dict[str, Any]]:
    return [dict(t.params) for t in trials(text, language) if t.check == "macro_level"]


@pytest.mark.parametrize(
    ("text", "language", "relation", "from_to"),
    [
        ("The Fed raised interest rates four times in 2018.", "en", "rose", ("2017-12-01", "2019-01-31")),
        ("After hiking interest rates four times in 2018, the Fed reversed course.", "en", "rose",
         ("2017-12-01", "2019-01-31")),
        ("The Fed cut interest rates in July 2019.", "en", "fell", ("2019-06-01", "2019-08-31")),
        ("Die Fed erhöhte die Zinsen 2018 viermal.", "de", "rose", ("2017-12-01", "2019-01-31")),
        ("Die Fed senkte 2019 den Leitzins.", "de", "fell", ("2018-12-01", "2020-01-31")),
    ],
)  # fmt: skip
def test_a_step_without_a_size_is_measured_over_the_time_that_is_named(
    text: str, language: Language, relation: str, from_to: tuple[str, str]
) -> None:
    (params,) = macro(text, language)
    assert (params["symbol"], params["relation"]) == ("FEDFUNDS", relation)
    assert (params["base_first"], params["last"]) == from_to


def test_four_times_are_four_quarters_of_a_point_at_least() -> None:
    (counted,) = macro("The Fed raised interest rates four times in 2018.")
    (once,) = macro("The Fed raised interest rates in 2018.")
    assert counted["stated"]["low"] == pytest.approx(0.00875)
    assert once["stated"]["low"] == pytest.approx(0.0015)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Fed will raise interest rates.", "en"),
        ("The Fed decided in 2018 to raise interest rates.", "en"),
        ("Buyers hoped that the Fed raised rates for the last time in 2023.", "en"),
        ("The rate cut by the Fed disappointed traders.", "en"),
        ("Mortgage rates were raised in 2018, while the Fed watched.", "en"),
        ("Did the Fed raise interest rates in 2018?", "en"),
        ("The president lowered the tariff rates in 2019, and the Fed stood by.", "en"),
        ("The ministry cut its rates in 2019, and the Fed stood by.", "en"),
        ("Es muss viel passieren, damit die Fed die Zinsen 2018 nicht senkte.", "de"),
    ],
)
def test_what_was_not_done_is_no_step(text: str, language: Language) -> None:
    assert [p for p in macro(text, language) if p["relation"] in ("rose", "fell")] == []


def test_what_a_bank_left_as_it_was_is_a_claim_on_the_economy() -> None:
    for text, language in (
        ("Am Donnerstag beließ die EZB alle drei Zinssätze unverändert.", "de"),
        ("The Fed held rates steady on Wednesday.", "en"),
    ):
        _, (claim,) = binding_texts.claims_in(text, language, WRITTEN)  # type: ignore[arg-type]
        assert claim.kind == "macro"


@pytest.mark.parametrize(
    ("text", "language", "symbol", "negated"),
    [
        ("The Fed paved the way for a rate cut in September.", "en", "FEDFUNDS", None),
        ("The Fed is prepared to cut rates if necessary.", "en", "FEDFUNDS", None),
        ("The Fed will pause any further rate increases.", "en", "FEDFUNDS", True),
        ("Lagarde hat für die EZB den Boden bereitet für eine Zinssenkung im September.", "de", "ECBDFR", None),
        ("Die Fed steht bereit, die Zinsen zu senken.", "de", "FEDFUNDS", None),
    ],
)
def test_what_a_bank_holds_out_is_a_forecast(text: str, language: Language, symbol: str, negated: bool | None) -> None:
    (trial,) = trials(text, language)
    _, (claim,) = binding_texts.claims_in(text, language, WRITTEN)
    assert (claim.kind, trial.params["symbol"], trial.params.get("negated") or None) == ("prediction", symbol, negated)


@pytest.mark.parametrize(
    ("text", "language", "last", "basis"),
    [
        ("It is a trade war that could end with a recession.", "en", "2025-08-02", "default"),
        ("The economy is headed for a recession.", "en", "2025-08-02", "default"),
        ("A recession is coming next year.", "en", "2025-12-31", "text"),
        ("Der Zollstreit mit den USA könnte in einer Rezession enden.", "de", "2025-08-02", "default"),
        ("Eine Rezession in den USA steht bevor.", "de", "2025-08-02", "default"),
    ],
)
def test_a_recession_to_come_is_looked_for_in_the_months_ahead(
    text: str, language: Language, last: str, basis: str
) -> None:
    (params,) = macro(text, language)
    assert (params["symbol"], params["relation"]) == ("USREC", "occurs")
    assert (params["last"], params["horizon_basis"]) == (last, basis)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The euro-zone economy is headed for a recession.", "en"),
        ("Every investor fears that the economy will slip into a recession.", "en"),
        ("If rates rise, the economy will slip into recession.", "en"),
        ("Deutschland steht eine Rezession bevor.", "de"),
        ("Die Politik wird eine Rezession auslösen.", "de"),  # of which country?
    ],
)
def test_a_recession_elsewhere_or_only_feared_is_not_bound(text: str, language: Language) -> None:
    assert macro(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "low"),
    [
        ("Inflation will rise into the double digits within the next year.", "en", 0.10),
        ("Inflation will hit double digits next year.", "en", 0.10),
        ("In 9 to 12 months from now we could be looking at an inflation rate of over 15%.", "en", 0.15),
        ("Die US-Inflation dürfte 2025 zweistellig ausfallen.", "de", 0.10),
    ],
)
def test_double_digits_and_thresholds_are_levels_to_reach(text: str, language: Language, low: float) -> None:
    (params,) = macro(text, language)
    assert (params["symbol"], params["relation"]) == ("CPIAUCSL", "will_reach")
    assert params["stated"]["low"] == pytest.approx(low)


@pytest.mark.parametrize(
    "text", ["Inflation will not hit double digits next year.", "Inflation will fall from double digits next year."]
)
def test_double_digits_that_are_denied_or_left_are_not_bound(text: str) -> None:
    assert macro(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In November of 2010, the consumer price index grew by 1.1% over November of 2009.",
        "The consumer price index grew by 1.1% over November of 2009.",
        "Consumer prices rose 1.1% in November 2010 compared with November 2009.",
    ],
)
def test_a_month_over_the_same_of_the_year_before_is_a_rate_of_a_year(text: str) -> None:
    (params,) = macro(text)
    assert (params["measure"], params["first"], params["last"]) == ("on_year", "2010-11-01", "2010-11-30")
    assert params.get("or_measure") is None


def test_claims_for_benefits_are_known_by_their_names() -> None:
    (params,) = macro("First-time applications for jobless benefits rose to 249,000.")
    assert params["symbol"] == "ICSA"


def test_interest_rates_in_a_text_on_the_fed_are_those_that_it_sets() -> None:
    (params,) = macro("The Fed met on Wednesday. Interest rates stay at a 23-year high.")
    assert (params["symbol"], params["relation"]) == ("FEDFUNDS", "highest")
    on_prices = macro("Inflation was high in 2022. Inflation fell since.\n\nInterest rates stay at a 23-year high.")
    assert [p for p in on_prices if p["relation"] == "highest"] == []


def test_earnings_in_a_text_on_the_index_are_those_of_its_companies() -> None:
    found = macro("The S&P 500 is dear.\n\nEarnings are in free fall.")
    assert [(p["symbol"], p["relation"]) for p in found] == [("SHILLER_EARNINGS", "fell")]
    assert macro("The S&P 500 is dear.\n\nEarnings estimates are in free fall.") == []
    assert macro("Apple is dear.\n\nEarnings are in free fall.") == []


def test_the_rates_of_a_bank_are_none_of_the_market() -> None:
    assert [
        t for t in trials("Die EZB muss ihre Zinsen im Juni gesenkt haben.", "de") if t.check != "macro_level"
    ] == []


def test_the_figure_that_an_article_is_about_is_not_meant_by_everything() -> None:
    text = (
        "Inflation was high in 2022. Inflation fell since.\n\nThe Fed signaled it would keep its promise through 2025."
    )
    assert [p for p in macro(text) if p["symbol"] == "CPIAUCSL" and p["relation"] != "fell"] == []


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("The S&P 500 suffers from high valuations.", "en", "expensive"),
        ("The S&P 500 has attractive valuations.", "en", "cheap"),
        ("Beim S&P 500 mahnt die hohe Bewertung zur Vorsicht.", "de", "expensive"),
    ],
)
def test_a_valuation_may_stand_in_a_noun(text: str, language: Language, says: str) -> None:
    found = [t.params["says"] for t in trials(text, language) if t.check == "valuation_percentile"]
    assert found in ([says], [])
