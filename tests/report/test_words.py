"""Signs, figures and sentences that all outputs share."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from analyzer.model import Label, Review
from analyzer.report import words


def test_every_label_has_a_word_a_sign_of_its_own_and_a_colour() -> None:
    labels = set(get_args(Label))
    assert set(words.WORDS) == set(words.SIGNS) == set(words.COLOURS) == labels
    assert len(set(words.SIGNS.values())) == len(set(words.WORDS.values())) == len(labels)


@pytest.mark.parametrize(
    ("value", "unit", "currency", "written"),
    [
        (-0.1697, "fraction", None, "−16.97 %"),
        (0.015, "percentage_points", None, "+1.50 percentage points"),
        (-592.7e9, "currency", "USD", "−592.70 bn USD"),
        (118.42, "currency", "USD", "118.42 USD"),
        (21519.98, "points", None, "21,519.98"),
        (3.1, "ratio", None, "3.100 times"),
        (0.78, "percentile", None, "percentile 78.0"),
        (12.0, "sessions", None, "12 sessions"),
        (818_830_900.0, "count", None, "818,830,900"),
    ],
)
def test_a_figure_is_written_as_people_write_it(value: float, unit: str, currency: str | None, written: str) -> None:
    assert words.quantity(value, unit, currency) == written


def test_what_would_steer_a_terminal_or_hide_is_made_visible_one_for_one() -> None:
    hostile = "a\x1b[31m\u202eb\u200bc\ufeff\x07\u2066d\x9b\U000e0041\u061c\u2028e"
    shown = words.visible(hostile)
    assert len(shown) == len(hostile)
    assert shown == "a\ufffd[31m\ufffdb\ufffdc\ufffd\ufffd\ufffdd\ufffd\ufffd\ufffd\ufffde"


def test_ordinary_typography_stays() -> None:
    text = "„Börse“ – 5\u00a0%, Auf\u00adschwung\t👩\u200d💻\n"
    assert words.visible(text) == text


def test_one_of_a_thing_is_singular(claim: Any) -> None:
    assert words.counts([claim()]) == "1 claim: 1 supported"
    assert words.counts([claim(), claim()]) == "2 claims: 2 supported"
    assert words.plural(0, "number") == "0 numbers"


def review(reviewer: str, decision: str, label: str | None, at: str) -> Review:
    return Review(id=f"{reviewer}{at}", claim="c", reviewer=reviewer, at=at, decision=decision, label=label)


def test_a_standing_review_leads_and_the_machine_stays_visible(claim: Any) -> None:
    reviewed = claim(reviews=(review("ada", "override", "mixed", "1"),))
    assert words.effective(reviewed) == "mixed"
    assert words.reviewed(reviewed) == "reviewed; machine: supported"


def test_reviews_that_disagree_or_are_undone_leave_the_machine_in_force(claim: Any) -> None:
    ada = review("ada", "override", "mixed", "1")
    disputed = claim(reviews=(ada, review("bob", "override", "refuted", "2")))
    undone = claim(reviews=(ada, review("ada", "undo", None, "2")))
    assert words.effective(disputed) == words.effective(undone) == "supported"
    assert words.reviewed(disputed) == "disputed: ada mixed, bob refuted"
    assert words.reviewed(undone) is None


def test_the_other_verdict_is_told_where_it_differs(claim: Any) -> None:
    assert words.then_differs(claim()) == "when written (2025-01-28): pending. Not yet."


def test_the_as_of_date_of_a_run_is_told_beside_the_end_of_the_data(report: Any) -> None:
    plain = report()
    blind = plain.model_copy(update={"run": plain.run.model_copy(update={"as_of": plain.article.published})})
    assert words.data_line(plain) == "data to 2025-07-31 (facts)"
    assert words.data_line(blind) == "data to 2025-07-31 (facts); judged as of 2025-01-28"
