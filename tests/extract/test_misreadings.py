"""Sentences that hold the words of a claim and make another one: no test is bound that would refute or bear out what
nobody said; and beside each a sentence that does say it."""

from __future__ import annotations

from datetime import date
from functools import partial

import binding_texts
import pytest

from analyzer.model import Trial

WRITTEN = date(2022, 9, 7)
trials = partial(binding_texts.trials, published=WRITTEN)


def recession(found: tuple[Trial, ...] | list[Trial]) -> list[Trial]:
    return [t for t in found if t.params.get("symbol") == "USREC"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The market is convinced that the Fed will blink in 2023 because of an imminent recession.", "en"),
        ("Lower lows will come in 2023, as the market has not fully priced in a recession.", "en"),
        ("In 2023 he expects profits to fall, even in the absence of an economic recession.", "en"),
        ("Corporate sentiment is deep in recession territory.", "en"),
        ("The economy is probably technically in recession.", "en"),
        ("Sterling will suffer as Britain slides into recession in 2023.", "en"),
        ("Recession fears will grip Wall Street in 2023.", "en"),
        ("Die Rezessionsangst wird 2023 zunehmen.", "de"),
        ("Die Anleger preisen eine Rezession im Jahr 2023 ein.", "de"),
        ("Deutschland wird 2023 in eine Rezession rutschen.", "de"),
        ("Falls es 2023 zu einer Rezession kommt, wird die Fed reagieren.", "de"),
    ],
)
def test_no_recession_is_stated(text: str, language: str) -> None:
    assert recession(trials(text, language)) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The US will slide into recession in 2023.", "en"),
        ("There will be a recession in the United States in 2023.", "en"),
        ("Ökonomen erwarten für 2023 eine Rezession in den USA.", "de"),
    ],
)
def test_a_recession_that_is_stated_is_tested(text: str, language: str) -> None:
    assert recession(trials(text, language))


@pytest.mark.parametrize(
    "text",
    [
        "US jobless claims rose. The manufacturers’ outlook for business conditions slumped to the lowest since 1979.",
        "US inflation came in hot. That sparked the worst one-day stock selloff in two years.",
        "US inflation fell in July. Bullard would back a 75-basis-point hike.",
        "It did not raise its US prices during one of the worst years for US inflation in decades.",
        "Swaps continued to price in a 50-basis-point rate hike by the Fed in September.",
    ],
)
def test_a_figure_of_the_economy_is_not_what_was_named_before(text: str) -> None:
    found = [t for t in trials(text, "en") if t.check == "macro_level"]
    assert {t.params["relation"] for t in found} <= {"fell", "rose", "will_rise"}
    assert [t for t in found if t.params.get("stated") is not None and t.params["relation"] != "will_rise"] == []


@pytest.mark.parametrize(
    "text",
    [
        "US unemployment fell again. The rate dropped to 3.5 percent.",
    ],
)
def test_a_figure_that_is_taken_up_again_is_tested(text: str) -> None:
    assert any(t.params.get("relation") == "at" for t in trials(text, "en"))


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("The Nasdaq 100 rose, scoring its longest winning streak this year.", {"period_return", "drawdown"}),
        ("The S&P 500 contended with its longest weekly losing streak since mid-June.", {"period_return"}),
        ("AMD fell after giving a lukewarm forecast for the third quarter.", {"period_return", "trend_reversal"}),
        ("It is difficult to believe the lows are in for the S&P 500 in 2022.", {"forecast"}),
        ("US stocks are coming off a fourth straight weekly gain.", {"forecast"}),
        ("He expects the S&P 500 to bounce around the 3,950 level until mid-December.", {"forecast"}),
        ("Trading volumes are lower because of the holiday, with the S&P 500 closed.", {"trigger", "session_return"}),
    ],
)
def test_words_of_a_way_that_is_none(text: str, checks: set[str]) -> None:
    assert {t.check for t in trials(text, "en")} & checks == set()


def test_a_group_without_a_name_is_not_the_index_of_the_sentence_before() -> None:
    text = (
        "The S&P 500 slid on Friday. A basket of the most-shorted stocks dropped 6%, extending its weekly loss to 12%."
    )
    assert [t for t in trials(text, "en") if t.params.get("symbol") == "^GSPC" and t.params.get("stated")] == []


@pytest.mark.parametrize(
    "text",
    [
        "A pause in rate hikes by the Fed is off the table.",
        "The report does not push the Fed off its path for a rate hike in December.",
    ],
)
def test_what_is_turned_round_is_not_taken_by_its_words(text: str) -> None:
    assert [t for t in trials(text, "en") if str(t.params.get("relation")).startswith("will_")] == []


def test_a_yield_that_pushed_past_a_level_may_have_done_so_within_the_session() -> None:
    found = trials("The 10-year Treasury yield pushed past 2.80% on Tuesday.", "en")
    assert [t.params.get("passed") for t in found if t.check == "level"] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "An above-expectation reading could upend bets on a Fed pivot.",
        "Treasury 10-year yields remained above 3% on bets the Fed will continue to lean toward tighter policy.",
        "PGIM sees a no-brainer in betting against another Fed pivot trade.",
    ],
)
def test_what_others_count_on_is_no_forecast_of_the_text(text: str) -> None:
    assert [t for t in trials(text, "en") if t.check in ("forecast", "macro_level")] == []


def test_what_the_fed_will_do_is_one() -> None:
    assert [t.params["relation"] for t in trials("The Fed will cut rates next year.", "en")] == ["will_fall"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("About 95% of the companies in the S&P 500 moved higher on Tuesday.", "en"),
        ("Earnings lifted the S&P 500 roughly 76% of the time since 2013.", "en"),
        ("Rund 90 Prozent der Aktien im Dax fielen am Dienstag.", "de"),
    ],
)
def test_a_share_of_the_members_is_no_move_of_the_index(text: str, language: str) -> None:
    assert [t for t in trials(text, language) if t.check in ("session_return", "period_return")] == []


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("The civil unrest is adding another layer of uncertainty over the economic situation there.", False),
        ("Investors on Wall Street are nervous.", True),
        ("Risk sentiment took a hit.", True),
    ],
)
def test_a_mood_is_somebodys(text: str, felt: bool) -> None:
    assert any(t.check == "volatility_regime" for t in trials(text, "en")) is felt


@pytest.mark.parametrize(
    "text", ["Gold rose for a third day on the Fed minutes.", "Oil fell for a second day as stockpiles grew."]
)
def test_a_run_of_days_without_the_word_for_it_is_counted(text: str) -> None:
    assert any(t.params.get("mode") == "streak" for t in trials(text, "en"))


def test_a_day_of_talks_is_no_run() -> None:
    found = trials("Gold rose before a second day of talks.", "en")
    assert [t for t in found if t.params.get("mode") == "streak"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Federal Reserve officials are still intent on raising rates until US inflation is under control.",
        "Traders embraced the downtick in US inflation and pushed stocks to their highest levels since early May.",
        "Investors look for clues on the pace of Federal Reserve rate hikes.",
        "The S&P 500’s 14-day relative strength index topped 70.",
    ],
)
def test_what_moves_in_the_sentence_is_something_else(text: str) -> None:
    assert [t for t in trials(text, "en") if t.check in ("macro_level", "level")] == []


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Treasuries slumped on Tuesday while the 10-year yield went its own way.", "up"),
        ("The yield on 10-year Treasuries rose on Tuesday.", "up"),
    ],
)
def test_the_price_of_a_bond_is_the_other_side_of_its_yield(text: str, direction: str) -> None:
    found = [t for t in trials(text, "en") if t.check == "session_return"]
    assert [(t.params["symbol"], t.params["direction"]) for t in found] == [("DGS10", direction)]


@pytest.mark.parametrize(
    "text",
    [
        "Die Arbeitslosigkeit ist auf Rekordniveau.",
        "Die Inflation in Österreich stieg im August auf 9,3 Prozent.",
        "In Deutschland ist die Inflation auf den höchsten Stand seit 1974 gestiegen.",
    ],
)
def test_a_german_text_without_america_is_of_no_american_figure(text: str) -> None:
    america = ("UNRATE", "CPIAUCSL", "CPILFESL")
    assert [t for t in trials(text, "de") if t.check == "macro_level" and t.params["symbol"] in america] == []


def test_one_that_names_america_is() -> None:
    assert [t.params["symbol"] for t in trials("In den USA stieg die Inflation im August auf 8,3 Prozent.", "de")] == [
        "CPIAUCSL"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Google stellt ein Telefon vor. Der Preis liegt bei 299 Euro.",
        "Apple steigt relativ spät ins Geschäft mit Musik ein.",
        "Die Telekom gewann am Dienstag neue Kunden.",
        "SAP hat Umsätze von 5,3 Milliarden Euro erwirtschaftet.",
        "Apple gewann Marktanteile.",
    ],
)
def test_what_a_company_sells_and_does_is_no_move_of_its_share(text: str) -> None:
    assert trials(text, "de") == ()


def test_what_its_share_does_is_one() -> None:
    assert [t.check for t in trials("Die Aktie von Apple stieg am Dienstag um 2 Prozent.", "de")] == ["session_return"]


def test_calm_that_is_of_no_market_is_not_tested_on_one() -> None:
    assert trials("Er kam entspannt und ohne Stress nach Hause.", "de") == ()
    assert trials("An der Börse herrscht Panik.", "de") != ()


def test_a_month_that_is_just_over_is_not_that_of_the_year_to_come() -> None:
    text = "US consumer prices for {} are forecast to cool."
    assert trials(text.format("July"), "en") == ()
    assert [t.params["last"] for t in trials(text.format("December"), "en")] == ["2022-12-31"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Nasdaq 100 is 20% above its June low.", "en"),
        ("The S&P 500 has rebounded 17% from its nadir in mid-June.", "en"),
        ("Der Dax liegt 10 Prozent über seinem Tief im Juni.", "de"),
    ],
)
def test_a_distance_from_a_dated_low_begins_at_the_low(text: str, language: str) -> None:
    (trial,) = trials(text, language)
    assert (trial.check, trial.params["turn"], trial.params["direction"]) == ("period_return", "low", "up")


def test_half_of_a_rally_from_a_low_is_not_the_move_of_its_month() -> None:
    assert trials("US shares have given up about half of a rally from their June lows.", "en") == ()


def test_from_a_low_there_is_no_way_but_up() -> None:
    found = trials("A rally in the S&P 500 from its June lows hit a wall amid a fourth straight day of losses.", "en")
    assert [t for t in found if t.params.get("turn") == "low"] == []


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Zuletzt hatte der Dax 2012 mit 9,5 Prozent stärker zugelegt.", "period_return"),
        ("Vorerst werden keine weiteren Zinssenkungen der Fed erwartet.", "macro_level"),
        ("Im August fiel die Inflationsrate in der zweitgrößten Volkswirtschaft auf 0,9 Prozent.", "macro_level"),
        ("Der Dax pendelte zwischen 12.978 und 13.320 Punkten.", "session_return"),
        ("Ein Doppelhoch im Dax gilt als Vorbote einer Trendumkehr.", "trend_reversal"),
        ("Der Dax hat nach neun Gewinntagen in Folge am Dienstag schwächer geschlossen.", "period_return"),
    ],
)
def test_german_reports_say_other_things_with_the_words_of_a_claim(text: str, check: str) -> None:
    assert [t for t in trials(text, "de") if t.check == check and t.params.get("direction") != "down"] == []


def test_a_month_that_ends_with_a_run_does_not_end_the_run() -> None:
    found = trials("Der Dax beendete den August mit dem siebten Gewinntag in Folge.", "de")
    assert [t.params.get("ended") for t in found if t.params.get("mode") == "streak"] in ([], [None], [False])


def test_a_pronoun_is_no_country() -> None:
    found = trials("French inflation hurts us all. Consumer prices hit us: they rose 0.7 percent on the year.", "en")
    assert [t for t in found if t.params.get("symbol") == "CPIAUCSL"] == []


def test_the_economy_that_was_named_last_is_meant() -> None:
    text = "{} inflation slowed. The consumer price index rose 0.7 percent on the year in August."
    figures = [t for t in trials(text.format("French"), "en") if t.params.get("stated") is not None]
    assert figures == []
    assert [t.params["symbol"] for t in trials(text.format("US"), "en") if t.params.get("stated")] == ["CPIAUCSL"]


@pytest.mark.parametrize(
    ("text", "language", "check"),
    [
        (
            "Oil fell to 26 dollars. The bank would review its already record low interest rates.",
            "en",
            "record_extreme",
        ),
        ("Nach den gestern bekannt gegebenen Zöllen kam es im S&P 500 zu einem Ausverkauf.", "de", "session_return"),
        ("Die mangelnde Bereitschaft, Bitcoin als sicheren Hafen zu betrachten, fällt auf.", "de", "safe_haven"),
    ],
)
def test_a_record_a_day_and_a_haven_of_something_else(text: str, language: str, check: str) -> None:
    assert [t for t in trials(text, language) if t.check == check] == []


def test_yields_that_begin_a_clause_are_not_the_gold_of_the_sentence_before() -> None:
    found = trials("Gold fiel am Dienstag um 1 Prozent. Alle Renditen sind deutlich gesunken.", "de")
    assert [t.params["symbol"] for t in found if t.params.get("stated") is None] in ([], ["DGS10"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("That does not tell us whether the S&P 500 will rise or fall in 2023.", "en"),
        ("Nobody knows if the Dow goes up or down on Friday.", "en"),
        ("Ob der Dax 2023 steigt oder fällt, weiß niemand.", "de"),
    ],
)
def test_the_one_way_or_the_other_is_none(text: str, language: str) -> None:
    assert trials(text, language) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The US will avoid a recession in 2023.", True),
        ("To avoid a recession in 2023, the Fed will have to blink.", False),
        ("Avoiding a recession in 2023 will be hard.", False),
    ],
)
def test_that_a_recession_is_avoided_is_stated_with_a_verb_of_its_own(text: str, stated: bool) -> None:
    assert bool(recession(trials(text, "en"))) == stated  # type: ignore[arg-type]
