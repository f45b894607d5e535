"""The figures of a scorecard, against ones that were worked out by hand, and what is not shown of few."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from analyzer.report.terminal import plain
from analyzer.scorecard import page, view
from analyzer.scorecard.cards import FEWEST, Card, scorecard
from analyzer.scorecard.counting import Count, Counted, LeftOut, Prediction
from analyzer.scorecard.weights import horizon_weight, specificity_weight
from analyzer.stats.proportions import wilson, worth


def fact(i: int, label: Any = "supported", group: str = "Anna", **changes: Any) -> Counted:
    given = {
        "group": group, "claim": f"{i:016x}", "article": f"a{i % 7}", "published": date(2024, 1, 1),
        "quote": "It rose.", "kind": "level", "modality": "asserted", "label": label, "reviewed": False,
        "summary": "So.", "forecast": None,
    }  # fmt: skip
    return Counted(**{**given, **changes})


def forecast(i: int, true: bool, base: float | None = 0.5, probability: float | None = None, **given: Any) -> Counted:
    found = Prediction(true, base, probability, given.pop("horizon", 1.0), given.pop("specificity", 1.0))
    return fact(i, "supported" if true else "refuted", forecast=found, kind="prediction", **given)


def card(*decided: Counted) -> Card:
    count = Count("author", decided=list(decided), seen=len(decided))
    (found,) = scorecard(count).cards
    return found


def test_wilsons_interval_is_that_of_the_textbooks() -> None:
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 81 of 263 and 15 of 148; 0 of 20; 1 of 29.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    for hits, n in ((1, 0), (-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="hits"):
            wilson(hits, n)


def test_equal_weights_are_worth_their_number_and_unequal_ones_fewer() -> None:
    assert worth([0.5] * 12) == pytest.approx(12)
    assert worth([1.0, 1.0, 0.0, 0.0]) == pytest.approx(2)
    assert worth([]) == 0.0


@pytest.mark.parametrize(
    ("end", "weight"), [("2024-02-01", 0.25), ("2024-02-02", 0.5), ("2024-04-02", 0.5), ("2024-10-02", 0.75),
                        ("2024-10-03", 1.0), ("2030-01-01", 1.0)],
)  # fmt: skip
def test_a_far_horizon_weighs_more(end: str, weight: float) -> None:
    assert horizon_weight(date(2024, 1, 1), date.fromisoformat(end), stated=True) == weight


def test_a_forecast_bound_to_no_day_or_no_target_weighs_little() -> None:
    assert horizon_weight(date(2024, 1, 1), date(2025, 1, 1), stated=False) == 0.25
    assert (specificity_weight(has_target=True), specificity_weight(has_target=False)) == (1.0, 0.5)


def test_under_twenty_there_is_a_list_and_no_rate_of_any_kind() -> None:
    few = card(*(forecast(i, i < 10) for i in range(FEWEST - 1)))
    assert (few.rate, few.partly, few.facts, few.forecasts.rate, few.forecasts.skill) == (None,) * 5
    assert (few.forecasts.brier, few.forecasts.weighted, few.forecasts.expected) == (None,) * 3
    assert len(few.claims) == FEWEST - 1
    assert few.warnings == ("19 counted, under 20: no rate, only the list",)
    text = plain(lambda console: console.print(view.scorecard_view(scorecard(Count("author", list(few.claims))))))
    assert "%" not in text.replace(view.RULES, "").replace("95 %", "")
    assert text.count("“It rose.”") == FEWEST - 1


def test_a_rate_from_twenty_on_counts_supported_alone() -> None:
    found = card(*(fact(i, "supported") for i in range(12)), *(fact(i, "mixed") for i in range(12, 16)),
                 *(fact(i, "refuted") for i in range(16, 20)))  # fmt: skip
    assert found.rate is not None
    assert found.partly is not None
    assert (found.rate.share, found.partly.share) == (0.6, 0.8)
    assert (found.rate.low, found.rate.high) == pytest.approx(wilson(12, 20))
    assert found.labels == {"supported": 12, "mixed": 4, "refuted": 4}


def test_forecasts_are_weighed_against_their_base_rates() -> None:
    # 30 forecasts of what comes in half of all windows: 15 would have come true, 21 did.
    found = card(*(forecast(i, i < 21) for i in range(30))).forecasts
    assert found.expected == pytest.approx(15)
    assert found.skill is not None
    assert found.skill.share == pytest.approx((21 - 15) / (30 - 15))
    low, high = wilson(21, 30)
    assert (found.skill.low, found.skill.high) == pytest.approx(((30 * low - 15) / 15, (30 * high - 15) / 15))
    assert found.brier == pytest.approx(9 / 30)  # nine misses at certainty
    assert found.brier_base == pytest.approx(0.25)
    assert found.brier_skill == pytest.approx(1 - 0.3 / 0.25)


def test_who_forecasts_what_nearly_always_comes_has_no_skill() -> None:
    found = card(*(forecast(i, i % 10 != 0, base=0.9) for i in range(40))).forecasts
    assert found.rate is not None
    assert found.rate.share == pytest.approx(0.9)
    assert found.skill is not None
    assert found.skill.share == pytest.approx(0.0)
    assert found.skill.low < 0.0 < found.skill.high


def test_a_stated_probability_is_what_is_scored() -> None:
    found = card(*(forecast(i, i < 15, probability=0.75) for i in range(20))).forecasts
    assert found.with_probability == 20
    assert found.brier == pytest.approx((15 * 0.25**2 + 5 * 0.75**2) / 20)


def test_weights_move_the_hit_rate_and_widen_its_interval() -> None:
    right = [forecast(i, True, horizon=0.25, specificity=0.5) for i in range(20)]
    wrong = [forecast(i, False) for i in range(20, 40)]
    found = card(*right, *wrong).forecasts
    assert found.rate is not None
    assert found.weighted is not None
    assert found.rate.share == 0.5
    assert found.weighted.share == pytest.approx(20 * 0.125 / (20 * 0.125 + 20))
    n = worth([0.125] * 20 + [1.0] * 20)
    assert n < 26
    assert (found.weighted.low, found.weighted.high) == pytest.approx(wilson(found.weighted.share * n, n))


def test_forecasts_without_a_base_rate_are_named_and_not_in_the_skill() -> None:
    found = card(*(forecast(i, True, base=None if i < 5 else 0.5) for i in range(25)))
    assert (found.forecasts.n, found.forecasts.based, found.forecasts.expected) == (25, 20, 10.0)
    assert any("5 forecasts have no base rate" in line for line in found.warnings)


def test_base_rates_of_one_leave_no_skill_to_be_shown() -> None:
    found = card(*(forecast(i, True, base=1.0) for i in range(20))).forecasts
    assert (found.skill, found.brier_skill) == (None, None)


def test_hedged_claims_stand_beside_and_do_not_count() -> None:
    found = card(*(fact(i) for i in range(20)), *(fact(i, "refuted", modality="hedged") for i in range(20, 45)))
    assert found.counted == 20
    assert found.rate is not None
    assert found.rate.share == 1.0
    n, right, rate = found.by_modality["hedged"]
    assert (n, right, rate and rate.share) == (25, 0, 0.0)


def test_one_article_that_holds_most_of_them_is_said() -> None:
    found = card(*(fact(i, article="same") for i in range(25)))
    assert "25 of 25 are from one article" in found.warnings[0]


def test_the_page_escapes_stands_alone_and_draws_a_dot_a_rate() -> None:
    count = Count("author", decided=[forecast(i, i < 21, group="<b>Anna</b>") for i in range(30)], seen=31)
    count.decided += [fact(i + 100, group="Few", quote="<script>alert(1)</script>") for i in range(3)]
    count.left_out.append(LeftOut("Few", "c" * 16, "<i>It is consistent.</i>", "consistent"))
    html = page.to_html(scorecard(count))
    assert "<script" not in html
    assert "<b>Anna" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert html.count('class="dot"') == 2  # rate and skill of the one group of enough claims
    assert "1 consistent with the data, which is no hit" in html
    assert "“&lt;i&gt;It is consistent.&lt;/i&gt;”" in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_record_for_machines_is_json_with_every_claim() -> None:
    count = Count("author", decided=[fact(1), fact(2, "refuted")], seen=2)
    record = json.loads(json.dumps(view.as_record(scorecard(count)), default=str))
    (only,) = record["cards"]
    assert (only["name"], only["counted"], only["rate"]) == ("Anna", 2, None)
    assert [claim["label"] for claim in only["claims"]] == ["supported", "refuted"]


def test_what_is_left_out_is_counted_by_reason_and_listed_on_request() -> None:
    left = [LeftOut("Anna", f"{i:016x}", f"Quote {i}.", "cited" if i else "pending") for i in range(3)]
    found = scorecard(Count("author", [fact(9)], left, seen=4))
    brief, whole = (
        plain(lambda console, given=given: console.print(view.scorecard_view(found, excluded=given)))
        for given in (False, True)
    )
    assert "not counted: 3 (--excluded lists them)" in brief
    assert "2 said by somebody whom the text cites" in brief
    assert "Quote 1." not in brief
    assert all(f"Quote {i}." in whole for i in range(3))
    assert found.cards[0].left_out == {"cited": 2, "pending": 1}
    assert [one["why"] for one in view.as_record(found)["excluded"]] == ["pending", "cited", "cited"]
