"""Which claims count, which do not, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analyzer.model import JudgedOn, Review
from analyzer.scorecard.counting import WHY_NOT, Count, counted
from analyzer.store.standings import FixedTrial, Forecast, Standing

FACT = Standing(
    claim="c1", run="r1", article="a1", title=None, source="a.txt", author="Anna Berg", outlet="The Quay",
    published=date(2025, 1, 28), inferred=False, kind="quantitative_move", quote="Nvidia fell 17 percent",
    attributed_to="author", modality="asserted", judged_on=JudgedOn(paragraph=1), label="supported", summary="It fell.",
    as_of=date(2025, 7, 31), reviews=(),
    trials=(FixedTrial("session_return", {"symbol": "NVDA", "session": "2025-01-27", "stated": {"text": "17 percent",
            "value": -0.17}}),), forecast=None,
)  # fmt: skip


def forecast(made: str, end: str, **changes: Any) -> Standing:
    params = {"symbol": "^GSPC", "made": made, "end": end, "direction": "up", "horizon_basis": "text", "stated": None}
    base = replace(
        FACT, claim=f"f{made}", article=f"a{made}", kind="prediction", quote="Stocks will rise",
        published=date.fromisoformat(made), trials=(FixedTrial("forecast", params),),
        forecast=Forecast("supported", 0.6),
    )  # fmt: skip
    return replace(base, **changes)


def review(decision: Any, label: Any = None, reviewer: str = "r") -> Review:
    return Review(id=f"{reviewer}{decision}", claim="c1", reviewer=reviewer, at="t", decision=decision, label=label)


def reasons(count: Count) -> dict[str, int]:
    return dict(Counter(one.why for one in count.left_out))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"attributed_to": "cited"}, "cited"),
        ({"label": "consistent"}, "consistent"),
        ({"label": "inconclusive"}, "inconclusive"),
        ({"label": "no_data"}, "no_data"),
        ({"label": "pending"}, "pending"),
        ({"label": "not_checkable"}, "not_checkable"),
        ({"judged_on": JudgedOn(paragraph=1, dates_article=True)}, "dated_by_this"),
        ({"judged_on": None, "inferred": True}, "dated_by_this"),
        ({"modality": "hedged"}, "hedged"),
        ({"modality": "asked"}, "asked"),
        ({"modality": "denied"}, "denied"),
        ({"author": None}, "no_author"),
        ({"reviews": (review("reject"),)}, "rejected"),
        ({"reviews": (review("override", "consistent"),)}, "consistent"),
    ],
)
def test_what_does_not_count_is_left_out_for_its_reason(changes: dict[str, Any], why: str) -> None:
    count = counted([replace(FACT, **changes)], "author")
    assert [one for one in count.decided if one.counts] == []
    assert reasons(count) == {why: 1}
    assert why in WHY_NOT


@pytest.mark.parametrize("label", ["supported", "mixed", "refuted"])
def test_what_the_author_asserts_and_data_decide_counts(label: Any) -> None:
    (one,) = counted([replace(FACT, label=label)], "author").decided
    assert (one.label, one.counts, one.reviewed, one.group) == (label, True, False, "Anna Berg")


def test_a_review_goes_before_the_machine() -> None:
    (one,) = counted([replace(FACT, label="no_data", reviews=(review("override", "refuted"),))], "author").decided
    assert (one.label, one.reviewed) == ("refuted", True)


def test_a_rejection_that_was_taken_back_or_that_another_contradicts_leaves_the_claim() -> None:
    for reviews in ((review("reject"), review("undo")), (review("reject"), review("agree", reviewer="s"))):
        assert len(counted([replace(FACT, reviews=reviews)], "author").decided) == 1


def test_the_same_fact_in_other_words_is_counted_once_for_an_author_and_again_for_another() -> None:
    german = {"symbol": "NVDA", "session": "2025-01-27", "stated": {"text": "17 Prozent", "value": -0.17}}
    again = replace(FACT, claim="c2", article="a2", quote="17 Prozent", trials=(FixedTrial("session_return", german),))
    other = replace(again, claim="c3", author="Bert Dahl")
    count = counted([FACT, again, other], "kind")
    assert [one.claim for one in count.decided] == ["c1", "c3"]
    assert reasons(count) == {"repeat": 1}


def test_another_figure_or_a_claim_without_tests_in_other_words_is_no_repeat() -> None:
    figure = {"symbol": "NVDA", "session": "2025-01-27", "stated": {"text": "7 percent", "value": -0.07}}
    without = replace(FACT, trials=(), reviews=(review("override", "refuted"),))
    said = [
        FACT, replace(FACT, claim="c2", trials=(FixedTrial("session_return", figure),)), replace(without, claim="c3"),
        replace(without, claim="c4", quote="All of them fell"),
    ]  # fmt: skip
    assert [one.claim for one in counted(said, "author").decided] == ["c1", "c2", "c3", "c4"]


def test_a_forecast_said_again_while_it_is_open_is_one_forecast() -> None:
    monthly = [forecast(f"2024-{month:02}-01", f"2024-{month + 6:02}-01") for month in range(1, 7)]
    after = forecast("2024-08-01", "2024-12-01")
    count = counted([*monthly, after], "author")
    assert [one.claim for one in count.decided] == ["f2024-01-01", "f2024-08-01"]
    assert reasons(count) == {"repeat": 5}


def test_a_hedged_forecast_makes_no_repeat_of_an_asserted_one() -> None:
    said = [forecast("2024-01-01", "2024-12-01", modality="hedged"), forecast("2024-02-01", "2024-12-01")]
    count = counted(said, "author")
    assert [(one.claim, one.counts) for one in count.decided] == [("f2024-01-01", False), ("f2024-02-01", True)]


def test_what_is_known_of_a_forecast_is_kept_with_its_weights() -> None:
    (one,) = counted([forecast("2024-01-01", "2024-03-01")], "instrument").decided
    assert one.group == "^GSPC"
    assert one.forecast is not None
    assert (one.forecast.came_true, one.forecast.base_rate, one.forecast.weight) == (True, 0.6, 0.25)


def test_a_group_that_has_no_name_is_left_out_and_said() -> None:
    assert reasons(counted([replace(FACT, outlet=None)], "outlet")) == {"no_outlet": 1}
    assert reasons(
        counted([replace(FACT, trials=(FixedTrial("breadth", {"symbols": ["A", "B"]}),))], "instrument")
    ) == {"no_instrument": 1}
