"""``analyze verify`` on what people had tested otherwise: it agrees; whatever is changed in it does not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from amending_by_hand import added, changed, taken_back
from command import run
from test_verify import at, paths, sealed, verified, with_change

from analyzer import config
from analyzer.pipeline import Options, Workshop, analyze_source
from analyzer.report.formats import to_json

TEXT = """---
date: 2025-01-28
---

Nvidia fell 17 percent on 27 January 2025 and lost almost 600 billion dollars of market value in one day.

Apple lost 17 percent on 27 January 2025. It is fair that the market punishes greed, and the VIX jumped on Monday.
"""
BY_HAND = "the market punishes greed, and the VIX jumped on Monday"
ONLY_SEALED = re.compile(
    r"(id|claim|reviewer|at|change|undoes|run|analyzer_version|data_vintage|market\..*|trials\.\d+\.why|judged_on\..*|"
    r"reading\.(quote|statement|checkable|why_not|extracted_by\..*|attribution\..*|modality)|"
    r"evidence\.\d+\.data\.\d+\.(symbol|field|basis))"
)
"""What no recomputation from data reaches, without the text: the seal alone guards it."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A ledger with an article of which a trial was changed, a change was taken back, and a claim was added."""
    folder = tmp_path_factory.mktemp("amended")
    (folder / "monday.txt").write_text(TEXT, encoding="utf-8")
    made = Workshop(config.load(home=folder / "home"))
    report = analyze_source(str(folder / "monday.txt"), made, Options()).report
    apple = next(one for one in report.claims or () if "Apple" in one.quote)
    changed(made, apple, symbol="NVDA")
    made.ledger.add_amendment(taken_back(changed(made, apple, "bob", symbol="MSFT")))
    added(made, report.article.id, BY_HAND)
    return made


def content_of(workshop: Workshop, *, text: bool = False, charts: bool = False) -> dict[str, Any]:
    report = next(workshop.ledger.reports())
    written = to_json([report], [workshop.ledger.text_of(report.article.id) or ""], text=text, charts=charts)
    found: dict[str, Any] = json.loads(written)
    return found


@pytest.fixture(scope="module")
def content(workshop: Workshop) -> dict[str, Any]:
    return content_of(workshop)


def places(content: dict[str, Any]) -> dict[str, tuple[str | int, ...]]:
    """Where the amendments stand that have a result: of a claim of the run, and of one that was added."""
    (apple,) = (n for n, claim in enumerate(content["claims"]) if claim["amendments"])
    return {"changed": ("claims", apple, "amendments", 0), "added": ("added", 0, "amendments", 0)}


def test_what_people_had_tested_agrees(content: dict[str, Any], workshop: Workshop) -> None:
    found = verified(content, workshop)
    assert found.differences == ()
    marked = {one.where.partition(",")[0] for one in found.compared if one.where.startswith("amendment")}
    assert len(marked) == 3
    assert {one.topic for one in found.compared if "of bob" in one.where} >= {"latest", "outcome", "figure", "rows"}


def test_it_agrees_with_charts_and_text_too(workshop: Workshop) -> None:
    found = verified(content_of(workshop, text=True, charts=True), workshop)
    assert found.differences == ()
    assert any(one.field == "quote" and one.where.startswith("amendment") for one in found.compared)


@pytest.mark.parametrize("what", ["changed", "added"])
@pytest.mark.parametrize("field", ["observed.value", "reason", "summary", "window.last", "params", "data.0.sha256"])
def test_a_changed_digit_of_an_amendments_evidence_is_found_under_a_new_seal(
    what: str, field: str, content: dict[str, Any], workshop: Workshop
) -> None:
    (first,) = (path for name, path in places(content).items() if name == what)
    evidence = (*first, "evidence", 0)
    wanted = tuple(int(part) if part.isdecimal() else part for part in field.split("."))
    path = next(p for p in paths(at(content, evidence)) if p[: len(wanted)] == wanted)
    found = verified(sealed(with_change(content, (*evidence, *path))), workshop)
    assert found.is_changed
    assert any(one.where.startswith("amendment") for one in found.differences)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["changed", "added"])
def test_every_change_of_what_follows_from_data_is_found(
    what: str, content: dict[str, Any], workshop: Workshop
) -> None:
    first, missed, tried = places(content)[what], [], 0
    for path in paths(at(content, first)):
        if ONLY_SEALED.fullmatch(".".join(map(str, path))):
            continue
        tried += 1
        try:
            found = verified(sealed(with_change(content, (*first, *path))), workshop)
        except ValueError:  # no report any more: read_written refuses it
            continue
        if not found.is_changed:
            missed.append(path)
    assert not missed, missed
    assert tried > 100


def test_an_added_claim_that_says_something_else_than_its_amendment_is_found(
    content: dict[str, Any], workshop: Workshop
) -> None:
    for path in (("added", 0, "verdict", "latest", "summary"), ("added", 0, "quote"), ("added", 0, "id")):
        assert verified(sealed(with_change(content, path)), workshop).is_changed, path


def test_a_trial_that_was_fixed_and_is_left_out_is_found(content: dict[str, Any], workshop: Workshop) -> None:
    less = json.loads(json.dumps(content))
    at(less, places(content)["changed"])["evidence"] = []
    assert verified(sealed(less), workshop).is_changed


def test_beside_another_reading_an_outcome_is_neither_confirmed_nor_contradicted(
    content: dict[str, Any], workshop: Workshop
) -> None:
    other = json.loads(json.dumps(content))
    change = at(other, places(content)["changed"])
    change["run"] = "another"
    assert verified(sealed(other), workshop).differences == (), "the reading of then may have been the same"
    change["evidence"][0]["outcome"] = "refuted"
    found = verified(sealed(other), workshop)
    assert (found.is_changed, found.has_other_data, found.other_reading) == (False, True, True)
    change["evidence"][0]["observed"]["value"] *= 1.01
    assert verified(sealed(other), workshop).is_changed, "what no other claim can move is held all the same"


@pytest.mark.slow
def test_the_command_says_whose_change_it_is(content: dict[str, Any], tmp_path: Path) -> None:
    path = (*places(content)["changed"], "evidence", 0, "observed", "value")
    (tmp_path / "bad.json").write_text(json.dumps(with_change(content, path)), encoding="utf-8")
    ended = run("verify", tmp_path / "bad.json", "--home", tmp_path / "none")
    assert ended.code == 1
    assert re.search(r"amendment [0-9a-f]{8} of eva, session_return as of", " ".join(ended.out.split()))
