"""``analyze scorecard`` over a real ledger."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import ROOT, invoke, refused

from analyzer.config import load
from analyzer.model import Review
from analyzer.pipeline import Workshop, analyze_source
from analyzer.store.ledger import Ledger

ARTICLES = ("05-nasdaq-correction.md", "06-air-going-out.md")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("scorecard") / "home"
    workshop = Workshop(load(home=home))
    for name in ARTICLES:
        analyze_source(str(ROOT / "corpus" / name), workshop)
    workshop.index.close()
    workshop.ledger.close()
    return home


@pytest.fixture
def state(before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "state"))


def cards(home: Path, *more: str) -> dict[str, dict[str, object]]:
    ended = invoke("scorecard", "--home", home, "--format", "json", *more)
    assert ended.code == 0, ended.err
    return {card["name"]: card for card in json.loads(ended.out)["cards"]}


def test_every_claim_of_the_ledger_is_counted_or_left_out_for_a_reason(state: Path) -> None:
    found = json.loads(invoke("scorecard", "--home", state, "--by", "kind", "-f", "json").out)
    with Ledger.open(state) as ledger:
        assert found["seen"] == len(ledger.claims())
    counted = sum(card["counted"] for card in found["cards"])
    assert counted + len(found["excluded"]) == found["seen"]
    assert counted > 20
    labels = {claim["label"] for card in found["cards"] for claim in card["claims"]}
    assert labels <= {"supported", "mixed", "refuted"}
    assert "consistent" not in labels


def test_rows_are_authors_outlets_or_instruments(state: Path) -> None:
    assert "Marlow Tennant" in cards(state)
    assert set(cards(state, "--by", "outlet")) == {"Corpus"}
    assert {"^GSPC", "^IXIC", "NVDA"} <= set(cards(state, "--by", "instrument"))
    assert set(cards(state, "--author", "Marlow Tennant")) == {"Marlow Tennant"}


def test_what_a_person_decided_counts(state: Path) -> None:
    (one,) = cards(state, "--author", "Marlow Tennant").values()
    claim = next(c for c in one["claims"] if c["label"] == "supported")  # type: ignore[attr-defined]
    said = {"id": "r1", "claim": claim["claim"], "reviewer": "r", "at": "2025-08-01", "decision": "override"}
    with Ledger.open(state) as ledger:
        ledger.add_review(Review.model_validate({**said, "label": "refuted"}))
    (after,) = cards(state, "--author", "Marlow Tennant").values()
    assert after["labels"]["refuted"] == one["labels"]["refuted"] + 1  # type: ignore[index]


def test_the_page_is_written_as_a_whole_and_the_table_names_the_rules(state: Path, tmp_path: Path) -> None:
    page = tmp_path / "card.html"
    assert invoke("scorecard", "--home", state, "--by", "outlet", "-f", "html", "--out", page).out == ""
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert '<circle class="dot"' in page.read_text(encoding="utf-8")
    table = invoke("scorecard", "--home", state).out
    assert "under 20" in table
    assert "nothing that market data can decide" in table


def test_what_cannot_be_asked_is_refused(state: Path, tmp_path: Path) -> None:
    refused(invoke("scorecard", "--home", state, "--author", "Nobody"), "No claim fits")
    refused(invoke("scorecard", "--home", state, "--kind", "gossip"), "'gossip' is not known")
    refused(invoke("scorecard", "--home", tmp_path / "empty"), "holds no claim yet")
    refused(invoke("scorecard", "--home", state, "--since", "monday"), "is no day")
