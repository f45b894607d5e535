"""Policies: which sentences are tested, on which sides, for which claim; and which must not be."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.extract.bind import Setting, bind
from analyzer.extract.rules import RulesReader
from analyzer.extract.view import view
from analyzer.extract.windows import Clock
from analyzer.market.instruments import load_catalogue
from analyzer.market.policies import load_policies
from analyzer.model import Article, Claim, Language, Trial, article_id

CATALOGUE = load_catalogue()
CHIPS, TARIFFS = "US export controls on chips for China", "US tariffs of April 2025"


def bound(text: str, language: Language, published: date) -> tuple[list[Claim], list[Trial], list[str | None]]:
    article = Article(id=article_id(text, None, published), text=text, language=language, published=published)
    seen = view(article, CATALOGUE)
    claims = [c for c in RulesReader().read(article, seen).claims or () if c.kind == "policy_effect"]
    found = [bind(claim, seen, Setting(Clock(published)))[0] for claim in claims]
    return claims, [t for one in found for t in one.trials], [one.why_not for one in found]


@pytest.mark.parametrize(
    ("text", "language", "policy", "said"),
    [
        ("Die Exportkontrollen sind ein Bumerang.", "de", CHIPS, "backfired"),
        ("The export controls have backfired.", "en", CHIPS, "backfired"),
        ("Die Exportkontrollen bewirken das Gegenteil.", "de", CHIPS, "opposite"),
        ("The export controls achieved the opposite of what was intended.", "en", CHIPS, "opposite"),
        ("Die Sanktionen gegen chinesische Chips verpuffen wirkungslos.", "de", CHIPS, "no_effect"),
        ("The export curbs failed.", "en", None, None),
        ("The export controls did little.", "en", CHIPS, "no_effect"),
        ("The export controls have not worked.", "en", CHIPS, "no_effect"),
        ("The export controls worked.", "en", CHIPS, "worked"),
        ("Die Zölle schaden den USA selbst.", "de", TARIFFS, "hurts_sender"),
        ("Tariffs hurt American companies.", "en", TARIFFS, "hurts_sender"),
        ("Die Zölle schaden China.", "de", TARIFFS, "worked"),
    ],
)  # fmt: skip
def test_a_policy_and_what_is_said_of_it(text: str, language: Language, policy: str | None, said: str | None) -> None:
    """ "Export curbs" is no policy to the reader, so that there is no claim of that kind."""
    _, trials, _ = bound(text, language, date(2025, 6, 30))
    if policy is None:
        assert trials == []
        return
    (trial,) = trials
    assert (trial.check, trial.params["policy"], trial.params["said"]) == ("policy_effect", policy, said)
    assert trial.basis["said"] == "quote"
    assert set(trial.params["sender"]).isdisjoint(trial.params["target"])


def test_both_sides_are_named_as_assumed() -> None:
    _, (trial,), _ = bound("Die Exportkontrollen sind ein Bumerang.", "de", date(2025, 1, 28))
    assert trial.assumed == (
        f"{CHIPS} of 2022-10-07; its sender is measured on US chip makers, its target on Chinese chip makers",
    )
    assert trial.params["target"] == ["0981.HK"]
    assert len(trial.params["controls"]) >= 19
    assert trial.params["limits"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sanctions on Russian oil have backfired.", "en"),
        ("Die Sanktionen gegen Russland sind ein Bumerang.", "de"),
        ("Die Sanktionen sind ein Bumerang.", "de"),
        ("Tariffs backfired on the dollar.", "en"),
        ("Die Exportkontrollen sind kein Bumerang.", "de"),
        ("The export controls would backfire.", "en"),
        ("Die Zinserhöhungen haben nichts bewirkt.", "de"),
        ("Die Zollpause wirkt.", "de"),
        ("The export controls hurt consumers.", "en"),
    ],
)
def test_another_policy_another_outcome_or_a_denial_is_not_tested(text: str, language: Language) -> None:
    _, trials, _ = bound(text, language, date(2025, 6, 30))
    assert trials == []


def test_a_policy_that_had_not_been_announced_is_not_meant() -> None:
    assert bound("Die Zölle schaden den USA selbst.", "de", date(2019, 6, 28))[1] == []
    assert bound("Die Exportkontrollen sind ein Bumerang.", "de", date(2022, 10, 6))[1] == []
    assert len(bound("Die Exportkontrollen sind ein Bumerang.", "de", date(2022, 10, 8))[1]) == 1


def test_a_policy_that_is_not_written_down_is_said_to_be() -> None:
    claims, trials, why_not = bound(
        "Die Mietpreisbremse hat ihren Zweck verfehlt, sie schadet.", "de", date(2025, 6, 30)
    )
    assert (len(claims), trials, why_not) == (1, [], ["no_policy"])


def test_the_list_names_symbols_of_the_catalogue_and_no_side_twice() -> None:
    for policy in load_policies():
        sides = (*policy.sender.members, *policy.target.members, *policy.controls)
        assert len(set(sides)) == len(sides), policy.id
        assert all(CATALOGUE.get(s) for s in sides), [s for s in sides if not CATALOGUE.get(s)]
        assert policy.limits
        assert not policy.controls or len(policy.controls) >= 19
