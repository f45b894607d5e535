"""A corpus whose answers are ordered: over a server with files and batches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command import ENGLISH, run
from fake_batches import FakeBatches

CLAIM = {
    "quote": "Apple lost 17 percent on 27 January 2025", "statement": "Apple lost 17 percent on 27 January 2025.",
    "kind": "quantitative_move", "cited": None, "modality": "asserted", "checkable": "yes", "why_not": None,
}  # fmt: skip


def answers(server: FakeBatches) -> dict[str, Any]:
    """An answer to each line of the last batch, by what it asks for."""
    found = {}
    for line in server.sent():
        asks = "propose how claims" in line["body"]["messages"][0]["content"]
        found[line["custom_id"]] = {"trials": []} if asks else {"claims": [CLAIM]}
    return found


@pytest.mark.slow
def test_a_corpus_takes_two_orders_and_three_runs_of_one_command(tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    for i in range(3):
        (folder / f"{i}.txt").write_text(f"{ENGLISH}\nLetter {i}.\n")
    with FakeBatches() as server:
        given = {"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": "k", "ANALYZER_MODEL": "openai:tester"}

        def again() -> Any:
            return run(folder, "--home", home, "--batch-api", **given)

        first = again()
        assert first.code == 0, first.err
        assert "3 answers are ordered" in first.err
        assert "waiting" in first.out
        assert again().code == 0
        assert len(server.batches) == 1
        server.end("completed", answers(server))
        second = again()
        assert "3 ordered answers have come" in second.err
        assert len(server.batches) == 2
        server.end("completed", answers(server))
        third = again()
        assert "done now" in third.out
        assert "waiting" not in third.out
        assert server.calls() == 0
        assert "done before" in again().out


@pytest.mark.parametrize("model", ["rules", None])
def test_the_rules_take_no_orders(tmp_path: Path, model: str | None) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    ended = run(tmp_path / "a.txt", "--home", tmp_path / "home", "--batch-api", *(("--model", model) if model else ()))
    assert ended.code == 2
    assert "--batch-api needs a model" in ended.err
