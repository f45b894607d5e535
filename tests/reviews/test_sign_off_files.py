"""Sign-offs of whole articles between machines: with the decisions, in one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_review_files import analyzed as analyzed
from test_review_files import decide, run
from test_review_files import one as one
from test_review_files import other as other

from analyzer.model import SignOff
from analyzer.store.ledger import Ledger


@pytest.fixture
def file(one: Path, tmp_path: Path) -> Path:
    """A file with a decision, a sign-off and its undoing."""
    decide(one, (0, "ada", "agree", None))
    with Ledger.open(one) as ledger:
        report = next(ledger.reports())
        said = SignOff(
            id="s1", article=report.article.id, reviewer="ada", at="2025-08-02T09:00:00+00:00", decision="missing",
            note="a sentence on gold", reading=report.run.as_reading(),
        )  # fmt: skip
        ledger.add_sign_off(said)
        ledger.add_sign_off(said.model_copy(update={"id": "s2", "decision": "undo", "note": None, "undoes": "s1"}))
    done = run("reviews", "export", "--home", one, "--out", tmp_path / "r.jsonl")
    assert done.exit_code == 0, done.output
    return tmp_path / "r.jsonl"


def test_sign_offs_arrive_whole_and_once(one: Path, other: Path, file: Path, tmp_path: Path) -> None:
    first, second = (run("reviews", "import", file, "--home", other) for _ in range(2))
    assert "1 added, 0 held already, 0 without a claim here" in first.output
    assert "sign-offs: 2 added, 0 held already, 0 without an article here" in first.output
    assert "sign-offs: 0 added, 2 held already, 0 without an article here" in second.output
    with Ledger.open(one) as here, Ledger.open(other) as there:
        assert here.sign_offs() == there.sign_offs()
        assert [one.decision for one in there.sign_offs()] == ["missing", "undo"]
    run("reviews", "export", "--home", other, "--out", tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == file.read_bytes()


def test_those_of_an_article_that_is_not_here_are_listed_and_kept(file: Path, tmp_path: Path) -> None:
    done = run("reviews", "import", file, "--home", tmp_path / "new", "--unattached", tmp_path / "u")
    assert done.exit_code == 3
    assert "sign-offs: 0 added, 0 held already, 2 without an article here" in done.output
    assert done.output.count("as a whole") == 2
    assert (tmp_path / "u").read_bytes() == file.read_bytes()


def test_a_changed_sign_off_is_refused_and_nothing_is_imported(other: Path, file: Path) -> None:
    assert run("reviews", "import", file, "--home", other).exit_code == 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    signed = next(line for line in lines if line.get("sign_off", {}).get("id") == "s1")
    signed["sign_off"]["note"] = "a sentence on silver"
    lines[0]["review"]["id"] = "another"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = run("reviews", "import", file, "--home", other)
    assert done.exit_code == 2
    assert "Nothing was imported" in done.output
    with Ledger.open(other) as ledger:
        assert len(ledger.all_reviews()) == 1


def test_a_broken_line_is_named(other: Path, file: Path) -> None:
    file.write_text('{"sign_off": {"id": "s9"}}\n', encoding="utf-8")
    done = run("reviews", "import", file, "--home", other)
    assert done.exit_code == 2
    assert "line 1 is no sign-off" in done.output
