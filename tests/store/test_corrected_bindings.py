"""Trials that people wrote themselves, as examples: while their changes stand and nobody holds others for right."""

from __future__ import annotations

from typing import Any

import pytest
from amending_by_hand import added, changed, taken_back
from test_accepted_bindings import decide, quotes
from test_accepted_bindings import recorded as recorded
from test_accepted_bindings import result as result
from test_accepted_bindings import workshop as workshop

from analyzer.model import Amendment
from analyzer.pipeline import Result, Workshop
from analyzer.store.examples import examples_of


def first(result: Result) -> Any:
    return (result.report.claims or ())[0]


def shown(workshop: Workshop) -> list[tuple[str, list[str]]]:
    """How people bear each example out, and the instruments of its trials."""
    found = examples_of(workshop.ledger).values()
    return [(one.by, [trial.params["symbol"] for trial in one.trials]) for one in found]


def test_a_changed_trial_is_an_example_as_it_was_changed(workshop: Workshop, result: Result) -> None:
    change = changed(workshop, first(result), symbol="AMD")
    assert shown(workshop) == [("corrected", ["AMD"])]
    (example,) = examples_of(workshop.ledger).values()
    assert (example.claim, example.quote, example.trials) == (first(result).id, first(result).quote, change.trials)
    workshop.ledger.add_amendment(taken_back(change))
    assert shown(workshop) == []


def test_a_correction_takes_the_place_of_an_agreement_of_before(workshop: Workshop, result: Result) -> None:
    decide(workshop, first(result).id, "agree", at="2026-01-01")
    assert shown(workshop) == [("agreed", ["NVDA"])]
    changed(workshop, first(result), "ada", symbol="AMD")
    assert shown(workshop) == [("corrected", ["AMD"])]


@pytest.mark.slow
def test_who_agrees_with_the_program_afterwards_had_only_tried_something(workshop: Workshop, result: Result) -> None:
    changed(workshop, first(result), "ada", symbol="AMD")
    decide(workshop, first(result).id, "agree", at="2099-01-01")
    assert shown(workshop) == [("agreed", ["NVDA"])]


def test_where_people_hold_different_trials_for_right_there_is_no_example(workshop: Workshop, result: Result) -> None:
    changed(workshop, first(result), symbol="AMD")
    decide(workshop, first(result).id, "agree", "bob", at="2099-01-01")
    assert shown(workshop) == [], "bob agrees with what the program tested"
    decide(workshop, first(result).id, "undo", "bob", at="2099-01-02")
    changed(workshop, first(result), "cora", symbol="MSFT")
    assert shown(workshop) == []


@pytest.mark.slow
def test_two_who_write_the_same_trial_make_one_example(workshop: Workshop, result: Result) -> None:
    for name in ("eva", "cora"):
        changed(workshop, first(result), name, symbol="AMD")
    assert shown(workshop) == [("corrected", ["AMD"])]


@pytest.mark.parametrize("decisions", [[("reject", "bob")], [("override", "bob"), ("agree", "eva")]])
@pytest.mark.slow
def test_a_claim_that_is_rejected_or_disputed_gives_none(
    workshop: Workshop, result: Result, decisions: list[tuple[str, str]]
) -> None:
    changed(workshop, first(result), symbol="AMD")
    for decision, who in decisions:
        decide(workshop, first(result).id, decision, who)
    assert shown(workshop) == []


def by_hand(workshop: Workshop, result: Result) -> Amendment:
    return added(workshop, result.article.id, "Nvidia fell 17 percent")


def test_an_added_claim_is_an_example_until_somebody_rejects_it(workshop: Workshop, result: Result) -> None:
    one = by_hand(workshop, result)
    assert shown(workshop) == [("corrected", ["NVDA"])]
    decide(workshop, one.claim, "agree", "bob")
    assert shown(workshop) == [("corrected", ["NVDA"])], "to agree with it is to agree with its own trials"
    decide(workshop, one.claim, "reject", "ada")
    assert shown(workshop) == []


@pytest.mark.slow
def test_a_forgotten_article_gives_none(workshop: Workshop, result: Result) -> None:
    changed(workshop, first(result), symbol="AMD")
    workshop.ledger.forget(result.article.id)
    assert quotes(workshop) == []
