"""From evidence to a verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analyzer.judge import NO_TRIAL, adjust, benjamini_hochberg, doubt, judge, without_trial
from analyzer.model import Claim, Evidence, ExtractedBy, NearMiss, Observed, Stated, Window

DAY = date(2025, 1, 28)


def claim(kind: str = "quantitative_move", modality: str = "asserted") -> Claim:
    return Claim(
        id="c", article="a", quote="q", start=0, end=1, kind=kind, statement="s", modality=modality,
        extracted_by=ExtractedBy(reader="rules"),
    )  # fmt: skip


def evidence(outcome: str, directness: str = "direct", **more: Any) -> Evidence:
    name = f"{outcome}-{directness}-{more.get('pvalue')}"
    return Evidence(
        id=name, trial=name, check="x", params={}, as_of=DAY, directness=directness, outcome=outcome, reason="r",
        summary=f"{outcome}.", rule="", **more,
    )  # fmt: skip


def test_the_worst_direct_trial_decides_when_they_disagree() -> None:
    verdict = judge(claim(), [evidence("supported"), evidence("refuted"), evidence("mixed")], DAY)
    assert verdict.label == "refuted"


def test_direct_trials_that_agree_give_their_label_and_every_sentence() -> None:
    verdict = judge(claim(), [evidence("supported"), evidence("supported", pvalue=0.5)], DAY)
    assert verdict.label == "supported"
    assert verdict.summary == "supported."


def test_missing_data_for_one_figure_are_not_hidden_by_the_other() -> None:
    assert judge(claim(), [evidence("supported"), evidence("no_data")], DAY).label == "no_data"


def test_a_statistical_trial_does_not_overrule_a_direct_one() -> None:
    verdict = judge(claim(), [evidence("refuted", "statistical"), evidence("supported")], DAY)
    assert verdict.label == "supported"


def test_the_primary_trial_of_a_pattern_decides() -> None:
    trials = [evidence("inconclusive", "statistical"), evidence("supported", "statistical")]
    assert judge(claim("volatility_sentiment"), trials, DAY).label == "inconclusive"


@pytest.mark.parametrize("kind", ["causal", "policy_effect"])
def test_a_cause_is_at_most_consistent(kind: str) -> None:
    assert judge(claim(kind), [evidence("supported", "statistical")], DAY).label == "consistent"


def test_proxies_alone_are_at_most_consistent() -> None:
    assert judge(claim("trend_regime"), [evidence("supported", "proxy")], DAY).label == "consistent"


def test_a_denied_fall_that_happened_is_refuted() -> None:
    assert judge(claim(modality="denied"), [evidence("supported")], DAY).label == "refuted"
    assert judge(claim(modality="denied"), [evidence("refuted")], DAY).label == "supported"
    assert judge(claim(modality="denied"), [evidence("no_data")], DAY).label == "no_data"


def test_a_claim_whose_figure_no_trial_tests_is_at_most_mixed() -> None:
    with_figure = claim().model_copy(update={"figures": ("17 Prozent",)})
    verdict = judge(with_figure, [evidence("supported")], DAY)
    assert (verdict.label, verdict.reason) == ("mixed", "figure_not_tested")


def test_a_stated_probability_is_tested_by_the_forecast_that_scores_it() -> None:
    with_odds = claim("prediction").model_copy(update={"figures": ("70 percent",)})
    scored = evidence("supported").model_copy(update={"params": {"probability": 0.7}})
    assert judge(with_odds, [scored], DAY).label == "supported"
    assert judge(with_odds, [scored], DAY, ("6,000 points",)).label == "mixed"


def test_a_part_that_no_trial_tests_is_named_and_keeps_the_rest_from_being_the_whole() -> None:
    left_over = ("lowest close since mid-September",)
    verdict = judge(claim(), [evidence("supported")], DAY, left_over)
    assert (verdict.label, verdict.reason) == ("mixed", "partly_tested")
    assert verdict.summary.endswith("Not tested: “lowest close since mid-September”.")
    refuted = judge(claim(), [evidence("refuted")], DAY, left_over)
    assert refuted.label == "refuted"
    assert "Not tested" in refuted.summary


def test_a_part_without_a_figure_is_named_and_takes_nothing_from_the_rest() -> None:
    verdict = judge(claim(), [evidence("supported")], DAY, (), ("because the rate-setters hinted at it",))
    assert (verdict.label, verdict.reason) == ("supported", "r")
    assert verdict.summary.endswith("Not tested: “because the rate-setters hinted at it”.")


def session(
    outcome: str, basis: str, last: date = DAY, check: str = "session_return", subject: str = "quote", trial: str = "t"
) -> Evidence:
    said = {"text": "3 %", "value": -0.03, "low": -0.035, "high": -0.025, "unit": "fraction"}
    found = evidence(
        outcome, basis={"session": basis, "symbol": subject}, window={"first": last, "last": last}, stated=said
    )
    reason = "overstated" if outcome != "supported" else "rounded"
    name = f"{outcome}-{basis}-{last}-{check}-{subject}-{trial}"
    return found.model_copy(update={"check": check, "reason": reason, "id": name, "trial": trial})


def test_a_session_that_the_sentence_does_not_name_cannot_refute() -> None:
    for basis in ("default", "article"):
        (alone,) = doubt([session("refuted", basis)])
        assert (alone.outcome, alone.reason) == ("inconclusive", "session_not_named")
        assert any("would be refuted (overstated)" in c for c in alone.caveats)
    assert doubt([session("refuted", "quote")])[0].outcome == "refuted"
    assert doubt([session("refuted", "context")])[0].outcome == "refuted"
    assert doubt([session("supported", "default")])[0].outcome == "supported"


def test_an_instrument_that_the_sentence_does_not_name_cannot_refute() -> None:
    (found,) = doubt([session("refuted", "quote", subject="article")])
    assert (found.outcome, found.reason) == ("inconclusive", "subject_not_named")
    assert doubt([session("mixed", "quote", subject="article")])[0].outcome == "inconclusive"
    assert doubt([session("refuted", "quote", subject="context")])[0].outcome == "refuted"


def test_other_figures_of_the_paragraph_make_it_the_session_that_is_meant() -> None:
    places = {"a": 1, "b": 1, "c": 1, "elsewhere": 2}
    fitting = [session("supported", "quote", trial="a"), session("supported", "default", trial="b")]
    assert doubt([*fitting, session("refuted", "default", trial="c")], places)[2].outcome == "refuted"
    assert doubt([*fitting, session("refuted", "default", trial="elsewhere")], places)[2].outcome == "inconclusive"
    for other in ("level", "record_extreme", "drawdown"):
        assert (
            doubt([*fitting, session("refuted", "default", DAY, other, trial="c")], places)[2].outcome == "inconclusive"
        )
    longer = [
        e.model_copy(update={"check": "period_return", "window": Window(base=date(2024, 1, 2), last=DAY)})
        for e in fitting
    ]
    assert doubt([*longer, session("refuted", "default", trial="c")], places)[2].outcome == "inconclusive"


def test_a_denial_whose_session_is_assumed_refutes_nothing() -> None:
    fell = session("supported", "default")
    assert judge(claim(modality="denied"), [fell], DAY).label == "inconclusive"
    named = session("supported", "quote")
    assert judge(claim(modality="denied"), [named], DAY).label == "refuted"


def test_what_is_only_possible_is_not_refuted_by_not_happening() -> None:
    missed = session("refuted", "quote", DAY, "forecast")
    hedged = claim("prediction").model_copy(update={"quote": "Nvidia could fall below 100 dollars by May."})
    assert judge(hedged, [missed], DAY).reason == "only_possible"
    sure = hedged.model_copy(update={"quote": "Nvidia will fall below 100 dollars by May."})
    assert judge(sure, [missed], DAY).label == "refuted"


def test_a_claim_that_needs_an_absent_check_says_which() -> None:
    verdict = without_trial("needs_check", DAY, ("historical_analogue",))
    assert verdict.label == "no_data"
    assert "historical_analogue" in verdict.summary


def test_what_was_not_read_is_told_in_a_sentence() -> None:
    one = without_trial("vague", DAY, lacks=("a series",)).summary
    assert one == "No test could be fixed on it: a series was not read in it."
    two = without_trial("unscorable", DAY, lacks=("a series", "the time")).summary
    assert two == "A forecast that could not be scored: a series and the time were not read in it."


@pytest.mark.parametrize("code", sorted(NO_TRIAL))
def test_every_code_of_an_untested_claim_has_a_label_and_a_sentence(code: str) -> None:
    verdict = without_trial(code, DAY, ("x",))
    assert verdict.label in ("not_checkable", "no_data")
    assert verdict.reason == code
    assert verdict.summary.endswith(".")


def test_benjamini_hochberg_agrees_with_the_published_example() -> None:
    # Benjamini and Hochberg (1995), table of section 3.1: of 15 ordered p-values the first four are rejected at 0.05.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
         1.0000]  # fmt: skip
    q = benjamini_hochberg(p)
    assert [v < 0.05 for v in q] == [True] * 4 + [False] * 11
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_several_tests_of_one_article_are_controlled_together() -> None:
    family = [evidence("consistent", "statistical", pvalue=p) for p in (0.04, 0.5, 0.6)]
    adjusted = adjust(family)
    assert adjusted[0].outcome == "inconclusive"
    assert adjusted[0].reason == "not_significant"
    assert any("q = 0.120" in c for c in adjusted[0].caveats)


def test_a_sentence_says_that_the_other_tests_took_its_significance() -> None:
    family = [evidence("consistent", "statistical", pvalue=p) for p in (0.04, 0.5, 0.6)]
    first, second, _ = (judge(claim("causal"), [one], DAY) for one in adjust(family))
    assert first.label == "inconclusive"
    assert first.summary == (
        "consistent. Not significant when all are counted: q = 0.120 among the article's 3 tests (Benjamini-Hochberg)."
    )
    assert second.summary == "consistent."


def test_a_proxy_pays_for_all_tests_and_no_test_pays_for_a_proxy() -> None:
    test = evidence("supported", "statistical", pvalue=0.04)
    proxy = evidence("consistent", "proxy", pvalue=0.03).model_copy(update={"id": "proxy"})
    other = evidence("inconclusive", "statistical", pvalue=0.045).model_copy(update={"id": "other"})
    kept, paid, _ = adjust([test, proxy, other])
    assert kept.outcome == "supported"
    assert any("q = 0.045 among the article's 2 tests" in c for c in kept.caveats)
    assert any("q = 0.045 among the article's 3 tests" in c for c in paid.caveats)
    assert adjust([test, proxy])[0] == test
    assert adjust([test.model_copy(update={"pvalue": 0.9}), proxy])[1].outcome == "inconclusive"


def test_what_was_withdrawn_for_another_reason_blames_no_other_tests() -> None:
    """A p-value under 5 % may be that of a refutation which the sentence's missing day took back."""
    basis = {"session": "default"}
    refuted = evidence("refuted", "statistical", pvalue=0.001, basis=basis).model_copy(update={"reason": "overstated"})
    family = adjust(doubt([refuted, evidence("consistent", "statistical", pvalue=0.5)]))
    verdict = judge(claim("record_extreme"), family[:1], DAY)
    assert (verdict.label, verdict.reason, verdict.summary) == ("inconclusive", "session_not_named", "refuted.")


def test_a_single_test_keeps_its_p_value() -> None:
    alone = [evidence("consistent", "statistical", pvalue=0.04), evidence("supported")]
    assert adjust(alone) == tuple(alone)


def test_a_figure_of_the_day_itself_does_not_refute() -> None:
    basis = {"session": "quote", "close": "default"}
    found = evidence("refuted", basis=basis).model_copy(update={"reason": "overstated"})
    (withdrawn,) = doubt([found])
    assert (withdrawn.outcome, withdrawn.reason) == ("inconclusive", "before_close")
    assert "would be refuted (overstated)" in withdrawn.caveats[-1]


@pytest.mark.parametrize(
    ("quote", "label"),
    [
        ("That could well keep the Fed from a rise.", "refuted"),
        ("It may very well fall, and might fall further.", "refuted"),
        ("It might fall, and could well fall further.", "inconclusive"),
        ("That could keep the Fed from a rise, as is well known.", "inconclusive"),
    ],
)
def test_what_may_well_come_is_more_than_possible(quote: str, label: str) -> None:
    said = claim("prediction").model_copy(update={"quote": quote})
    assert judge(said, [evidence("refuted")], DAY).label == label


@pytest.mark.parametrize(
    ("stated", "reached", "session", "outcome"),
    [
        (-0.034, -0.036, "default", "mixed"),  # nearly the extreme: the session that was assumed is meant
        (-0.020, -0.036, "default", "inconclusive"),  # far inside of the range: so it is of many a session
        (-0.020, -0.036, "quote", "mixed"),
        (0.034, -0.036, "default", "inconclusive"),
    ],
)
def test_a_figure_of_an_hour_of_an_assumed_session(stated: float, reached: float, session: str, outcome: str) -> None:
    miss = NearMiss(change="intraday", symbol="X", window=Window(), value=reached, unit="fraction", sentence="s")
    said = Stated(text="f", value=stated, low=stated, high=stated, unit="fraction", qualifier="exact")
    one = evidence("mixed", basis={"symbol": "quote", "session": session}).model_copy(
        update={"reason": "intraday", "check": "session_return", "near_misses": (miss,), "stated": said}
    )
    assert doubt([one])[0].outcome == outcome


@pytest.mark.parametrize(
    ("moved", "session", "outcome"),
    [
        (0.0007, "default", "inconclusive"),
        (0.0007, "article", "inconclusive"),
        (0.0007, "quote", "supported"),
        (0.0120, "default", "supported"),
    ],
)
def test_next_to_nothing_on_an_assumed_session_bears_no_move_out(moved: float, session: str, outcome: str) -> None:
    """ "The euro leapt": without a figure, and of a session that the sentence does not name."""
    one = evidence(
        "supported", basis={"session": session, "symbol": "quote"},
        window=Window(base=DAY, first=DAY, last=DAY), observed=Observed(value=moved, unit="fraction"),
    ).model_copy(update={"check": "session_return"})  # fmt: skip
    (doubted,) = doubt([one])
    assert doubted.outcome == outcome


def test_a_sentence_that_another_says_more_fully_is_said_once() -> None:
    fuller = evidence("supported").model_copy(update={"summary": "9 m shares were traded, 3 times the mean."})
    bare = evidence("supported").model_copy(update={"summary": "9 m shares were traded."})
    alike = evidence("supported").model_copy(update={"summary": "9 m shares were traded on Monday."})
    assert judge(claim(), [bare, fuller], DAY).summary == fuller.summary
    assert judge(claim(), [bare, alike], DAY).summary == f"{bare.summary} {alike.summary}"
