"""What parts two claims and what does not: causes, judgements with a "not", likenesses, sessions. Our own sentences."""

from __future__ import annotations

import pytest
from two_sides import Side, in_words, label_both_ways, seen

from analyzer.matching.because import told_cause

SAME: list[tuple[Side, Side]] = [
    (
        ("en", "Cocoa is dear because drought ruined the harvest."),
        ("de", "Wegen der Dürre ist Kakao so teuer geworden."),
    ),
    (("en", "The Bank of Japan was not wrong to raise rates."), ("de", "Die Bank von Japan hat zu Recht erhöht.")),
    (("de", "Gold ist keine Blase."), ("en", "Gold is fairly valued.")),
    (("en", "American inflation is not transitory."), ("de", "Die Inflation in den USA ist hartnäckig.")),
    (("en", "Treasuries fell on Monday."), ("de", "Die Renditen der US-Staatsanleihen stiegen am Montag.")),
    (("de", "Unter Privatanlegern keine Spur von Panik."), ("en", "Retail investors are calm.")),
    (("en", "Intel more than doubled on Monday."), ("de", "Intel stieg am Montag um 140 Prozent.")),
]
CONTRADICTING: list[tuple[Side, Side]] = [
    (("de", "Die EZB hat richtig gehandelt."), ("en", "The ECB's rate cut was a blunder.")),
    (("en", "Commerzbank is in trouble."), ("de", "Die Commerzbank steht solide da.")),
    (("de", "Die Fed handelt viel zu spät."), ("en", "The Fed is acting in good time.")),
    (("en", "Spanish bond yields rose on Monday."), ("de", "Die Renditen spanischer Anleihen fielen am Montag.")),
    (("de", "Die Hausse am Goldmarkt ist vorbei."), ("en", "Gold's bull market is still intact.")),
]
DIFFERENT: list[tuple[Side, Side]] = [
    (("en", "Intel is the new Cisco."), ("de", "Intel erinnert an Enron.")),
    (("en", "Intel lost as much as 12% on Monday."), ("en", "Intel closed 4% lower on Monday.")),
    (("de", "Die Privatanleger sind euphorisch."), ("en", "Fund managers are euphoric.")),
    (("en", "House prices in Britain fell 2% in August."), ("de", "Deutsche Hauspreise fielen im August um 2 %.")),
    (
        ("en", "The curve between three-month bills and ten-year Treasuries has inverted."),
        ("en", "The curve between five-year and ten-year Treasuries has inverted."),
    ),
    (("de", "Der Streik hat Boeing am Montag gedrückt."), ("en", "Boeing fell 3% on Monday.")),
    (("en", "Intel fell on Monday."), ("en", "Intel has risen since the spring.")),
    (("en", "Gold is in a bubble."), ("en", "Gold rose 3% on Monday.")),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_from_the_words_alone(a: Side, b: Side) -> None:
    assert label_both_ways(a, b, in_words) == {"same"}


@pytest.mark.parametrize(("a", "b"), CONTRADICTING)
def test_judgements_that_exclude_each_other(a: Side, b: Side) -> None:
    assert label_both_ways(a, b, in_words) == {"contradicting"}


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_what_both_can_hold_is_kept_apart(a: Side, b: Side) -> None:
    assert label_both_ways(a, b, in_words) == {"different"}


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("The pound fell because the plan was dropped", "because the plan was dropped"),
        ("Wegen des Streiks, der lange währt, fiel die Aktie", "wegen des streiks"),
        ("What sank the pound on Monday was the plan of the chancellor", "the plan of the chancellor"),
        ("The pound fell on Monday", None),
    ],
)
def test_the_cause_is_told_from_the_effect(said: str, cause: str | None) -> None:
    found = told_cause(seen(("en", said)).at(0, len(said)))
    assert (None if found is None else said.lower()[slice(*found.cause)]) == cause


def test_a_not_of_the_cause_denies_no_effect() -> None:
    assert not in_words(("en", "Car makers build less because they cannot get chips.")).denied
    assert in_words(("en", "The drought did not cause the rise in wheat prices.")).denied


def test_a_remark_behind_a_statement_denies_nothing_of_it() -> None:
    assert not in_words(("en", "Intel lost 20% on Monday, none of its rivals fell as much.")).denied
    assert in_words(("en", "Intel did not lose 20% on Monday.")).denied is False  # its way says so
    assert in_words(("en", "Intel did not lose 20% on Monday.")).way == "no_fall"


def test_what_is_to_come_may_stand_in_the_present() -> None:
    assert in_words(("de", "Am Jahresende steht der Dax bei 20.000 Punkten.")).forecast
    assert not in_words(("de", "Am Jahresende stand der Dax bei 20.000 Punkten.")).forecast
    assert not in_words(("en", "Unexpected inflation has sunk the Dax.")).forecast
