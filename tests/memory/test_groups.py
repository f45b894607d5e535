"""Groups of a ledger's claims: who was first, how the figure drifted, who says otherwise, what was checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analyzer import config
from analyzer.errors import InputError
from analyzer.memory.groups import STEP, ClaimGroup, group_of, groups
from analyzer.pipeline import Workshop
from tests.command import run


def of_nvidia(found: list[ClaimGroup]) -> ClaimGroup:
    return next(one for one in found if one.articles == 2 and "Nvidia" in one.members[0].quote)


def test_a_claim_of_two_languages_is_one_group_with_the_first_on_top(workshop: Workshop) -> None:
    found = of_nvidia(groups(workshop))
    assert [(m.by, m.outlet, m.published) for m in found.members] == [
        ("Anna Beck", "Morgenblatt", "2025-01-28"),
        ("Tom Reed", "The Wire", "2025-01-29"),
    ]
    assert found.id == found.members[0].claim


def test_the_figures_are_told_as_they_drifted(workshop: Workshop) -> None:
    span = of_nvidia(groups(workshop)).figures[0]
    assert (span.unit, span.low, span.high) == ("fraction", 0.17, 0.2)
    assert span.written == ("17 Prozent", "almost a fifth")


def test_who_contradicts_whom_is_told_on_both_sides(workshop: Workshop) -> None:
    told = groups(workshop)
    found = of_nvidia(told)
    assert [one.by for one in found.contradicted_by] == ["Carl Dunn"]
    other = next(one for one in told if one.id == found.contradicted_by[0].group)
    assert {one.by for one in other.contradicted_by} == {"Anna Beck", "Tom Reed"}
    assert other.contradicted_by[0].reason in ("up and down", "down and up")


def test_the_evidence_of_one_stands_for_the_group(workshop: Workshop) -> None:
    checked = of_nvidia(groups(workshop)).checked
    assert checked is not None
    assert checked.label == "supported"
    assert workshop.ledger.claim(checked.claim)[1].verdict.latest.summary == checked.summary


def test_what_was_read_once_is_not_read_again(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    first = groups(Workshop(config.load(home=copy)))
    monkeypatch.setattr("analyzer.memory.groups.view", lambda *_: pytest.fail(f"{STEP} were read again"))
    assert groups(Workshop(config.load(home=copy))) == first


def test_a_forgotten_text_leaves_its_claims_in_their_groups(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    (copy / "cache.sqlite").unlink(missing_ok=True)
    workshop = Workshop(config.load(home=copy))
    article = next(one.id for one in workshop.ledger.articles() if one.author == "Tom Reed")
    workshop.ledger.forget(article)
    assert of_nvidia(groups(workshop)).articles == 2


def test_the_group_of_one_claim(workshop: Workshop) -> None:
    wanted = of_nvidia(groups(workshop))
    assert group_of(workshop, wanted.members[1].claim[:8]) == wanted
    with pytest.raises(InputError, match="holds no claim"):
        group_of(workshop, "ffffffffffff")


@pytest.mark.slow
def test_the_command_lists_what_several_say_and_one_group_alone(home: Path) -> None:
    listed = run("groups", "--home", home, COLUMNS="160")
    assert listed.code == 0, listed.err
    assert "Anna Beck" in listed.out
    assert "harbour" not in listed.out
    told = json.loads(run("groups", "--format", "json", "--home", home).out)
    assert told[0]["articles"] == 2
    alone = run("groups", "--claim", told[0]["id"][:8], "--home", home, COLUMNS="160")
    assert "Said in 2 articles, first 2025-01-28 by Anna Beck, Morgenblatt." in alone.out
    assert "Against it: Carl Dunn" in alone.out
    assert f"analyze explain {told[0]['checked']['claim'][:8]}" in alone.out


@pytest.mark.slow
def test_an_empty_ledger_and_a_wrong_id_are_said(tmp_path: Path, home: Path) -> None:
    empty = run("groups", "--home", tmp_path)
    assert (empty.code, empty.out) == (0, "")
    assert "holds no claim yet" in empty.err
    wrong = run("groups", "--claim", "zzz", "--home", home)
    assert wrong.code == 2
    assert "holds no claim" in wrong.err
