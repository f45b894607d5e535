"""Changes of claims between machines: with the decisions, in one file, and computed again where they arrive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from amending_by_hand import added, changed, taken_back
from test_review_files import analyzed as analyzed
from test_review_files import claims, exported, run
from test_review_files import one as one
from test_review_files import other as other

from analyzer import config
from analyzer.decisions import standing_amendments
from analyzer.model import Review, seal_of
from analyzer.pipeline import Workshop
from analyzer.store.ledger import Ledger

BY_HAND = "Investors panicked on 27 January 2025"


@pytest.fixture
def file(one: Path, tmp_path: Path) -> Path:
    """A file with a change, one that was taken back, an added claim, and a decision on that."""
    workshop = Workshop(config.load(home=one))
    apple = next(claim for claim in claims(one) if "Apple" in claim.quote)
    changed(workshop, apple, symbol="NVDA")
    workshop.ledger.add_amendment(taken_back(changed(workshop, apple, "bob", symbol="MSFT")))
    by_hand = added(workshop, apple.article, BY_HAND[10:])
    workshop.ledger.add_review(
        Review(id="r1", claim=by_hand.claim, reviewer="ada", at="2025-08-02T09:00:00+00:00", decision="reject")
    )
    workshop.ledger.close()
    exported(one, tmp_path / "r.jsonl")
    return tmp_path / "r.jsonl"


def rewritten(file: Path, change: Callable[[dict[str, Any]], Any], *, sealed: bool = True) -> None:
    """The lines of the file with a change of each amendment that has a result."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line.get("amendment", {}).get("evidence"):
            change(line)
            line["seal"] = seal_of(line) if sealed else line["seal"]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def held(home: Path) -> list[Any]:
    with Ledger.open(home) as ledger:
        return [one for one, _ in ledger.amendments()]


def test_changes_arrive_whole_and_once(one: Path, other: Path, file: Path, tmp_path: Path) -> None:
    first, second = (run("review", "import", file, "--home", other) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "1 added, 0 held already, 0 without a claim here" in first.output
    assert "changes: 4 added, 0 held already, 0 without a claim here, 0 not what their data give" in first.output
    assert "changes: 0 added, 4 held already" in second.output
    assert held(other) == held(one)
    with Ledger.open(one) as here, Ledger.open(other) as there:
        assert next(there.reports()) == next(here.reports()).model_copy(update={"run": next(there.reports()).run})
        assert next(there.reports()).added[0].reviews[0].decision == "reject"
    exported(other, tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == file.read_bytes()


@pytest.mark.slow
def test_those_of_an_article_that_is_not_here_are_listed_and_kept(file: Path, tmp_path: Path) -> None:
    done = run("review", "import", file, "--home", tmp_path / "new", "--unattached", tmp_path / "u")
    assert done.exit_code == 3
    assert "changes: 0 added, 0 held already, 4 without a claim here" in done.output
    assert sorted((tmp_path / "u").read_text().splitlines()) == sorted(file.read_text().splitlines())


@pytest.mark.slow
def test_a_line_that_was_altered_is_refused_and_nothing_is_imported(other: Path, file: Path) -> None:
    rewritten(file, lambda line: line["amendment"]["verdict"]["latest"].update(label="supported"), sealed=False)
    done = run("review", "import", file, "--home", other)
    assert done.exit_code == 2
    assert "was altered after it was written" in " ".join(done.output.split())
    assert held(other) == []


def test_what_its_own_data_contradict_is_not_taken_in_even_under_a_new_seal(
    other: Path, file: Path, tmp_path: Path
) -> None:
    rewritten(file, lambda line: line["amendment"]["verdict"]["latest"].update(label="refuted"))
    done = run("review", "import", file, "--home", other, "--unattached", tmp_path / "u")
    assert done.exit_code == 3
    said = " ".join(done.output.split())
    assert "not what its data give" in said
    assert "latest verdict, label: the file refuted, recomputed" in said
    assert [one.change for one in held(other)] == ["undo"], "which takes back what is not there"
    assert "1 without a claim here" in said, "the decision on the claim that was to be added"
    kept = [json.loads(line) for line in (tmp_path / "u").read_text(encoding="utf-8").splitlines()]
    assert sum("amendment" in line for line in kept) == 3


@pytest.mark.slow
def test_what_follows_a_claim_that_was_not_taken_in_is_kept_for_later(
    one: Path, other: Path, file: Path, tmp_path: Path
) -> None:
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    (by_hand,) = (line for line in lines if line.get("amendment", {}).get("change") == "claim")
    later = json.loads(json.dumps(by_hand))
    later["amendment"].update(id="later", change="quote")
    by_hand["amendment"]["verdict"]["latest"]["label"] = "refuted"
    for line in (by_hand, later):
        line["seal"] = seal_of(line)
    file.write_text(json.dumps(by_hand) + "\n" + json.dumps(later) + "\n", encoding="utf-8")
    done = run("review", "import", file, "--home", other)
    assert "changes: 0 added, 0 held already, 1 without a claim here, 1 not what their data give" in done.output
    assert held(other) == []


@pytest.mark.slow
def test_a_change_follows_a_claim_that_overlaps_enough(other: Path, file: Path) -> None:
    """As of a run that cut the quote otherwise: the undoing goes with what it undoes."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    kept = [line for line in lines if "amendment" in line and line["amendment"]["change"] != "claim"]
    for line in kept:
        line["amendment"]["claim"] = "f" * 16
        line["end"] -= 1
        line["seal"] = seal_of(line)
    file.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
    first, second = (run("review", "import", file, "--home", other) for _ in range(2))
    assert "changes: 3 added" in first.output, first.output
    assert first.output.count("followed to") == 3
    assert "changes: 0 added, 3 held already" in second.output
    with Ledger.open(other) as ledger:
        (apple,) = (claim for claim in next(ledger.reports()).claims or () if claim.amendments)
    assert "Apple" in apple.quote
    assert list(standing_amendments(apple.amendments)) == ["eva"]


@pytest.mark.slow
def test_a_decision_on_an_added_claim_that_was_taken_back_is_in_the_file_all_the_same(one: Path, file: Path) -> None:
    with Ledger.open(one) as ledger:
        ledger.add_amendment(taken_back(next(a for a, _ in ledger.amendments() if a.change == "claim")))
    exported(one, file)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["review"]["id"] for line in lines if "review" in line] == ["r1"]


@pytest.mark.slow
def test_an_added_claim_is_explained_by_its_id(one: Path, file: Path) -> None:
    (by_hand,) = (change for change in held(one) if change.change == "claim")
    done = run("explain", by_hand.claim, "--home", one)
    assert done.exit_code == 0, done.output
    assert BY_HAND[10:] in " ".join(done.output.split())


@pytest.mark.slow
def test_a_line_that_is_no_change_is_named(other: Path, file: Path) -> None:
    file.write_text('{"amendment": {"id": "a9"}}\n', encoding="utf-8")
    done = run("review", "import", file, "--home", other)
    assert done.exit_code == 2
    assert "line 1 is no change of analyze review export" in " ".join(done.output.split())
