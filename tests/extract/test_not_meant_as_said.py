"""Sentences that hold a move, a record or a forecast and do not state it: supposed, made up for, denied, unexpected."""

from __future__ import annotations

from datetime import date

import pytest
from binding_texts import claims_in, trials

from analyzer.extract.bind import Setting, bind
from analyzer.extract.windows import Clock
from analyzer.model import Language

TUESDAY = date(2025, 1, 28)


@pytest.mark.parametrize(
    ("text", "language", "why_not"),
    [
        ("Imagine Nvidia losing 50 percent on Monday.", "en", "conditional"),
        ("Suppose the Dow falls 10 percent on Friday.", "en", "conditional"),
        ("Had Nvidia fallen 30 percent, trading would have been halted.", "en", "conditional"),
        ("Stellen Sie sich vor, Nvidia verliert am Montag 50 Prozent.", "de", "conditional"),
        ("Wäre Nvidia um 30 Prozent gefallen, wäre der Handel ausgesetzt worden.", "de", "conditional"),
        ("Nobody expected Nvidia to fall 17 percent on Monday.", "en", "out_of_scope"),
        ("Few analysts had predicted that the Dow would fall 10 percent.", "en", "out_of_scope"),
    ],
)
def test_it_makes_no_trial(text: str, language: Language, why_not: str) -> None:
    seen, claims = claims_in(text, language)
    assert claims
    for claim in claims:
        bound = bind(claim, seen, Setting(Clock(TUESDAY)))[0]
        assert (bound.trials, bound.why_not) == ((), why_not)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nvidia erased a 5 percent loss to close higher on Friday.", "en"),
        ("The Dow recovered from an early 3 percent drop on Monday.", "en"),
        ("Der Dax machte am Montag ein Minus von 2 Prozent wett.", "de"),
        ("The S&P 500 has not set a record this year.", "en"),
        ("Der Dax hat in diesem Jahr kein neues Rekordhoch erreicht.", "de"),
    ],
)
def test_what_was_made_up_for_or_not_set_is_not_tested(text: str, language: Language) -> None:
    checks = ("session_return", "period_return", "record_extreme")
    assert [t.check for t in trials(text, language) if t.check in checks] == []


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Far from falling, the Dow rose on Monday.", "asserted"),
        ("The market is far from a panic.", "denied"),
        ("Nvidia stopped falling on Monday.", "denied"),
        ("Contrary to reports, Nvidia did not lose 25 percent on Monday.", "denied"),
    ],
)
def test_a_denial_is_of_what_it_stands_before(text: str, modality: str) -> None:
    _, (claim,) = claims_in(text, "en")
    assert claim.modality == modality


def test_a_loss_pared_to_a_figure_closed_there() -> None:
    (trial,) = trials("The Nasdaq pared its losses to 3.1 percent on Monday.", "en")
    assert (trial.check, trial.params["session"]) == ("session_return", "2025-01-27")


def test_a_level_behind_another_clauses_subject_is_not_of_it() -> None:
    text = "The VIX jumped on Monday. It closed at 17.90 when the S&P 500 fell 1.5 percent."
    found = {(t.check, t.params["symbol"]) for t in trials(text, "en")}
    assert ("level", "^GSPC") not in found
    assert ("session_return", "^GSPC") in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The VIX had never exceeded 50 before October 2008.", "en"),
        ("Der VIX stand vor Oktober 2008 nie über 50.", "de"),
    ],
)
def test_never_before_a_time_ends_with_the_day_before_it(text: str, language: Language) -> None:
    (trial,) = trials(text, language)
    assert (trial.params["never"], trial.params["session"]) == (True, "2008-09-30")


def test_a_high_with_its_date_in_words_is_what_a_distance_is_from() -> None:
    (trial,) = trials("The S&P 500 is off 2 percent from its January 23 all-time closing high.", "en")
    assert trial.check == "drawdown"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("So why did the oil market slump?", "en"),
        ("What can investors expect from Nvidia now?", "en"),
        ("Was bedeutet das für Anleger an der Börse?", "de"),
        ("Wie geht es mit dem Dax jetzt weiter?", "de"),
    ],
)
def test_a_question_that_leads_over_to_its_answer_is_no_claim(text: str, language: Language) -> None:
    assert claims_in(text, language)[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "The last time Nvidia fell more than 15 percent in a day was in March 2020.",
        "No stock in the Dow fell more than Nvidia on Monday.",
    ],
)
def test_the_last_time_and_all_the_others_are_not_tested_on_one(text: str) -> None:
    checks = ("session_return", "period_return", "relative_performance")
    assert [t.check for t in trials(text, "en") if t.check in checks] == []
