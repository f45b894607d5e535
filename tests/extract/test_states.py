"""What is a claim without a movement and a figure of its own, and of which kind it is."""

from __future__ import annotations

import pytest
from binding_texts import claims_in, trials


def kinds(text: str, language: str) -> list[str]:
    return [claim.kind for claim in claims_in(text, language)[1]]


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        # the state of a price, and where it is heading
        ("The dollar remains under pressure.", "en", "trend_regime"),
        ("Bank shares look fragile.", "en", "trend_regime"),
        ("The pound is edging towards parity with the euro.", "en", "trend_regime"),
        ("Gold is no longer a hedge against inflation.", "en", "trend_regime"),
        ("Silver shares have run out of steam.", "en", "trend_regime"),
        ("The FTSE 100 has had a torrid year.", "en", "trend_regime"),
        ("Der Yen bleibt angeschlagen.", "de", "trend_regime"),
        ("Man sieht, dass die Aktie gefragt ist.", "de", "trend_regime"),
        ("Der Dax tritt auf der Stelle.", "de", "trend_regime"),
        # curves and lines
        ("The yield curve has inverted.", "en", "level"),
        ("Die Zinskurve ist seit dem Herbst invers.", "de", "level"),
        ("Support is at 4,120 points.", "en", "level"),
        ("Der Widerstand liegt bei 14.300 Punkten.", "de", "level"),
        # runs
        ("The Nasdaq fell for the third time in four days.", "en", "trend_regime"),
        ("Es war der dritte Verlusttag in Folge.", "de", "trend_regime"),
        # one better than another
        ("The Dax rose by 3 percent, more than the S&P 500.", "en", "comparison"),
        ("Der MDax fiel um 2 Prozent und damit stärker als der Dax.", "de", "comparison"),
        ("Value shares have trounced growth shares this year.", "en", "comparison"),
        # who sells and buys
        ("Investors dumped bank shares.", "en", "quantitative_move"),
        ("Chipaktien wurden massiv verkauft.", "de", "quantitative_move"),
        ("Die Verluste wurden am Freitag an der Börse wettgemacht.", "de", "quantitative_move"),
        ("Das Tagesminus belief sich auf zwei Prozent.", "de", "quantitative_move"),
        ("A rough week for bank shares.", "en", "quantitative_move"),
        ("Ein schwacher Handelsschluss an der Wall Street.", "de", "quantitative_move"),
        # causes
        ("The catalyst for the slump was a weak jobs report.", "en", "causal"),
        ("Higher yields were behind the fall in shares.", "en", "causal"),
        ("Die Sorgen um China lasten auf den Aktienmärkten.", "de", "causal"),
        ("Der Anstieg der Kurse liegt vor allem an der EZB.", "de", "causal"),
        ("Cheaper oil has helped airlines recover.", "en", "causal"),
        # how it was taken, the mood, the economy
        ("Traders shrugged off the news, and shares held firm.", "en", "trend_regime"),
        ("Hedge funds were wrong-footed by the rise of the yen.", "en", "volatility_sentiment"),
        ("Die Gemütslage an den Märkten ist durchwachsen.", "de", "volatility_sentiment"),
        ("The German economy is stagnating.", "en", "macro"),
        ("Der Immobilienmarkt kühlt ab.", "de", "macro"),
        ("Inflation is proving sticky.", "en", "macro"),
        ("Die Anleger an der Börse bleiben vorsichtig.", "de", "volatility_sentiment"),
        # pictures and advice
        ("The party is over.", "en", "rhetorical"),
        ("Das ist ein Tanz auf dem Vulkan.", "de", "rhetorical"),
        ("Diesmal ist alles anders.", "de", "rhetorical"),
        ("Eine leichte Untergewichtung von Aktien halten wir für richtig.", "de", "normative"),
        ("Savers should steer clear of bonds.", "en", "normative"),
        ("Wir raten, bei Aktien zuzugreifen.", "de", "normative"),
        # idioms of forecasts
        ("The market is not out of the woods.", "en", "prediction"),
        ("Das Schlimmste liegt hinter den Aktienmärkten, es ist vorbei.", "de", "prediction"),
    ],
)
def test_it_is_a_claim_of_its_kind(text: str, language: str, kind: str) -> None:
    assert kind in kinds(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The company's balance sheet is strong.", "en"),
        ("The bridge is under pressure.", "en"),
        ("Die Bilanz des Unternehmens bleibt stabil.", "de"),
        ("She was heading for the station.", "en"),
        ("Der Vorhang bleibt offen.", "de"),
        ("He has the support of his party.", "en"),
    ],
)
def test_what_has_no_price_is_in_no_state_of_a_market(text: str, language: str) -> None:
    assert kinds(text, language) == []


def test_what_a_session_is_on_course_for_is_a_record_and_no_forecast() -> None:
    assert kinds("The Dax is on track for its worst week since 2020.", "en") == ["record_extreme"]


@pytest.mark.parametrize(
    ("text", "language", "quotes"),
    [
        ("Gold fiel um 2 Prozent, weil die Fed ihre Käufer mit Zinsen lockte.", "de",
         ["Gold fiel um 2 Prozent", "weil die Fed ihre Käufer mit Zinsen lockte."]),
    ],
)  # fmt: skip
def test_a_cause_of_a_market_is_quoted_by_itself(text: str, language: str, quotes: list[str]) -> None:
    assert [claim.quote for claim in claims_in(text, language)[1]] == quotes


@pytest.mark.parametrize(
    ("text", "language", "symbol", "direction"),
    [
        ("The dollar remains under pressure.", "en", "DX-Y.NYB", "down"),
        ("Gold remains in demand.", "en", "GC=F", "up"),
        ("The yen stays weak.", "en", "JPY=X", "up"),  # yen for a dollar
        ("Der Dollar bleibt angeschlagen.", "de", "DX-Y.NYB", "down"),
        ("Die Aktie von SAP ist nach wie vor gefragt.", "de", "SAP.DE", "up"),
    ],
)
def test_a_state_that_goes_on_shows_in_half_a_year(text: str, language: str, symbol: str, direction: str) -> None:
    (trial,) = trials(text, language)
    params = trial.params
    assert (trial.check, params["symbol"], params["direction"]) == ("trend_reversal", symbol, direction)
    assert (params["recent"], trial.basis["recent"], trial.directness) == (126, "default", "statistical")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Dax bleibt nicht schwach.", "de"),
        ("Does gold remain in demand?", "en"),
        ("Tesla's margins remain under pressure.", "en"),
        ("Gold was in demand.", "en"),
        ("In 2013 blieb Gold schwach.", "de"),
    ],
)
def test_a_state_that_is_denied_asked_or_past_has_no_trend(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.params.get("recent")] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("The yield curve has inverted.", "en"), ("Die US-Zinskurve ist invers.", "de")],
)
def test_an_inverted_curve_lies_below_zero(text: str, language: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.check, trial.params["symbol"], trial.params["relation"]) == ("level", "T10Y2Y", "below")
    assert trial.params["stated"]["value"] == 0.0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wenn die Zinskurve invers ist, folgt meist eine Rezession.", "de"),
    ],
)
def test_a_rule_on_inverted_curves_is_of_no_session(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check == "level"] == []
