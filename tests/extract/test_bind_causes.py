"""Causes: which sentences become a test of a trigger, with which move and which news; and which must not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import binding_texts
import pytest

from analyzer.extract.news_words import news_kinds
from analyzer.market.instruments import load_catalogue
from analyzer.model import Language, Trial
from analyzer.series import Event

CATALOGUE = load_catalogue()
MODEL = Event(date(2025, 1, 27), "AI model", "DeepSeek assistant is number one of the App Store", ("NVDA",))
RELEASE = Event(date(2025, 1, 20), "AI model", "DeepSeek releases R1", ("NVDA",))
FED = Event(date(2024, 12, 18), "FOMC", "FOMC statement", ("SPY",))
TARIFF = Event(date(2025, 4, 2), "tariff", "Reciprocal tariffs announced", ("SPY",), after_close=True)
TRUCE = Event(date(2025, 5, 12), "tariff", "US and China cut tariffs for 90 days", ("SPY",))
RESULTS = Event(date(2025, 2, 26), "earnings", "NVDA results, FY2025 Q4", ("NVDA",), after_close=True)
EVENTS = (RELEASE, MODEL, FED, TARIFF, TRUCE, RESULTS)


def trials(text: str, language: Language, published: str, events: Sequence[Event] = EVENTS) -> list[Trial]:
    found = binding_texts.trials(text, language, date.fromisoformat(published), events=events)
    return [trial for trial in found if trial.check in ("trigger", "event_study", "event_study_group")]


@pytest.mark.parametrize(
    ("text", "language", "published", "expected"),
    [
        (
            "The DeepSeek news triggered the slump of Nvidia on Monday.", "en", "2025-01-28",
            {"symbol": "NVDA", "benchmark": "^GSPC", "session": "2025-01-27", "direction": "down",
             "event": MODEL.title, "event_date": "2025-01-27"},
        ),
        (
            "Wegen DeepSeek brach die Nvidia-Aktie am Montag ein.", "de", "2025-01-28",
            {"symbol": "NVDA", "session": "2025-01-27", "direction": "down", "event_date": "2025-01-27"},
        ),
        (
            "Der S&P 500 stürzte am Mittwoch ab, weil die Notenbank weniger Zinssenkungen in Aussicht stellte.", "de",
            "2024-12-19", {"symbol": "^GSPC", "session": "2024-12-18", "direction": "down", "event": FED.title},
        ),
        (
            "The tariffs sent the S&P 500 tumbling on Thursday.", "en", "2025-04-04",
            {"symbol": "^GSPC", "session": "2025-04-03", "direction": "down", "event_date": "2025-04-02",
             "after_close": True},
        ),
        (
            "Nvidia's results disappointed and sent the shares lower on Thursday.", "en", "2025-02-28",
            {"symbol": "NVDA", "session": "2025-02-27", "direction": "down", "event": RESULTS.title,
             "after_close": True},
        ),
        (
            "Die Zollankündigung ließ den S&P 500 am Donnerstag abstürzen.", "de", "2025-04-04",
            {"symbol": "^GSPC", "session": "2025-04-03", "direction": "down", "event_date": "2025-04-02"},
        ),
        (
            "The S&P 500's fall on Wednesday came after the Fed decision.", "en", "2024-12-19",
            {"symbol": "^GSPC", "session": "2024-12-18", "direction": "down", "event": FED.title},
        ),
        (
            "Der Kursrutsch des S&P 500 vom Mittwoch folgte auf den Zinsentscheid der Fed.", "de", "2024-12-19",
            {"symbol": "^GSPC", "session": "2024-12-18", "direction": "down", "event": FED.title},
        ),
        (
            "Because of the tariff truce the S&P 500 jumped on Monday.", "en", "2025-05-13",
            {"symbol": "^GSPC", "session": "2025-05-12", "direction": "up", "event": TRUCE.title},
        ),
    ],
)  # fmt: skip
def test_a_cause_and_its_effect_become_a_trigger(
    text: str, language: Language, published: str, expected: dict[str, object]
) -> None:
    (trial,) = trials(text, language, published)
    assert trial.check == "trigger"
    assert {key: trial.params.get(key) for key in expected} == expected
    assert trial.basis["event"] in ("quote", "context")


def test_news_of_the_whole_market_is_not_measured_against_the_market() -> None:
    (trial,) = trials("The tariffs sent Nvidia tumbling on Thursday.", "en", "2025-04-04")
    assert "benchmark" not in trial.params
    (trial,) = trials("The DeepSeek news triggered the slump of Nvidia on Monday.", "en", "2025-01-28")
    assert trial.params["benchmark"] == "^GSPC"


def test_the_exposed_of_a_story_are_set_beside_others() -> None:
    (trial,) = trials("The DeepSeek news triggered the slump of Nvidia on Monday.", "en", "2025-01-28")
    assert {"NVDA", "AVGO", "AMAT"} <= set(trial.params["exposed"])
    assert {"AAPL", "KO", "JPM"} <= set(trial.params["others"])
    assert not set(trial.params["exposed"]) & set(trial.params["others"])
    assert trial.assumed == (
        f"more exposed: AI stocks and Chip stocks; set beside {len(trial.params['others'])} companies of other trades",
    )


def test_europe_reacts_to_the_fed_on_its_next_session() -> None:
    (trial,) = trials("Der Dax brach am Donnerstag wegen der Fed ein.", "de", "2024-12-20")
    assert trial.params["symbol"] == "^GDAXI"
    assert trial.params["after_close"] is True


def test_this_news_is_that_which_was_named_before() -> None:
    text = "DeepSeek war am Wochenende in aller Munde.\n\nDiese Nachricht löste am Montag den Absturz von Nvidia aus."
    (trial,) = trials(text, "de", "2025-01-28")
    assert (trial.params["event"], trial.basis["event"]) == (MODEL.title, "context")


def test_news_that_is_in_no_table_has_no_date() -> None:
    (trial,) = trials("A profit warning triggered the slump of Nvidia on Monday.", "en", "2025-01-28", ())
    assert "event" not in trial.params
    assert "event_date" not in trial.params
    assert trial.basis["event"] == "default"


def test_a_kind_of_news_is_not_that_of_a_month_before() -> None:
    (trial,) = trials("Tariff fears sent the S&P 500 tumbling on Monday.", "en", "2025-05-06")
    assert "event_date" not in trial.params


def test_news_after_a_close_is_counted_from_the_next_session() -> None:
    for weekday, there in (("Thursday", True), ("Friday", True), ("Monday", False)):
        text = f"The tariffs sent the S&P 500 tumbling on {weekday}."
        (trial,) = trials(text, "en", "2025-04-08" if weekday == "Monday" else "2025-04-05")
        assert ("event_date" in trial.params) is there, weekday


def test_a_verb_is_no_central_bank() -> None:
    (trial,) = trials("Fears that fed on themselves sent the S&P 500 tumbling on Wednesday.", "en", "2024-12-19")
    assert "event" not in trial.params


def test_results_are_those_of_the_firm_itself() -> None:
    (trial,) = trials("Nvidia fell on Thursday because of its results.", "en", "2025-02-28")
    assert (trial.params["event"], trial.params.get("after_close")) == (RESULTS.title, True)
    (other,) = trials("Apple fell on Thursday because of its results.", "en", "2025-02-28")
    assert "event" not in other.params


def test_a_reaction_asks_for_the_abnormal_return() -> None:
    (trial,) = trials("Nvidia fell on Monday in response to the DeepSeek news.", "en", "2025-01-28")
    assert trial.check == "event_study"


def test_the_reaction_of_a_market_or_of_a_yield_is_set_against_its_own_mean() -> None:
    (trial,) = trials("The S&P 500 fell on Wednesday in response to the Fed.", "en", "2024-12-19")
    assert (trial.check, trial.params["model"], trial.params["symbol"]) == ("event_study", "mean", "^GSPC")
    (trial,) = trials("The 10-year Treasury yield jumped on Wednesday because of the Fed.", "en", "2024-12-19")
    assert (trial.check, trial.params["symbol"], "benchmark" in trial.params) == ("trigger", "DGS10", False)


@pytest.mark.parametrize(
    ("text", "language", "published", "label", "event"),
    [
        ("Chip stocks were hit by DeepSeek on Monday.", "en", "2025-01-28", "Chip stocks", MODEL),
        ("AI stocks reacted to DeepSeek with heavy losses on Monday.", "en", "2025-01-28", "AI stocks", MODEL),
        ("Die KI-Aktien brachen am Montag wegen DeepSeek ein.", "de", "2025-01-28", "AI stocks", MODEL),
        ("US-Banken litten am Donnerstag unter der Zollangst.", "de", "2025-04-04", "US banks", TARIFF),
    ],
)
def test_a_group_is_tested_as_a_group(text: str, language: Language, published: str, label: str, event: Event) -> None:
    (trial,) = trials(text, language, published)
    assert trial.check == "event_study_group"
    assert (trial.params["label"], trial.params["event"]) == (label, event.title)
    assert trial.params["direction"] == "down"
    basket = next(b for b in CATALOGUE.baskets if b.name == label)
    assert tuple(trial.params["members"]) == basket.at(date.fromisoformat(trial.params["session"]))
    (said,) = trial.assumed
    assert said.startswith(f"{label} on {trial.params['session']}: ")


def test_members_of_a_group_that_the_news_exposes_with_the_market_have_their_own_means() -> None:
    (trial,) = trials("US-Banken litten am Donnerstag unter der Zollangst.", "de", "2025-04-04")
    assert trial.params["model"] == "mean"
    (trial,) = trials("Chip stocks were hit by DeepSeek on Monday.", "en", "2025-01-28")
    assert "model" not in trial.params


def test_a_group_beside_a_share_is_not_tested_as_a_group() -> None:
    found = trials("Nvidia and other chip stocks fell on Monday because of DeepSeek.", "en", "2025-01-28")
    assert "event_study_group" not in {t.check for t in found}


@pytest.mark.parametrize(
    ("text", "language", "published"),
    [
        ("The slump of Nvidia on Monday was not caused by DeepSeek.", "en", "2025-01-28"),
        ("Nvidia ist am Montag nicht wegen DeepSeek gefallen.", "de", "2025-01-28"),
        ("DeepSeek was only an excuse to sell Nvidia on Monday.", "en", "2025-01-28"),
        ("That is why Nvidia sells chips.", "en", "2025-01-28"),
        ("Consumer groups do not recommend Bitcoin because of its risks.", "en", "2025-01-28"),
        ("The slump of Nvidia on Monday triggered a wave of memes.", "en", "2025-01-28"),
        ("Der Anstieg des Yen belastete am Montag die Aktienkurse der Exporteure stark.", "de", "2025-01-28"),
        ("Nvidia has fallen since 2024 because of DeepSeek.", "en", "2025-01-28"),
    ],
)
def test_what_names_no_effect_no_cause_or_a_long_time_becomes_none(
    text: str, language: Language, published: str
) -> None:
    assert trials(text, language, published) == []


def test_every_kind_of_news_names_baskets_and_symbols_of_the_catalogue() -> None:
    for kind in news_kinds():
        for code in (*kind.exposed, *kind.rest):
            assert CATALOGUE.get(code) or CATALOGUE.basket(code), f"{kind.kind}: {code}"
