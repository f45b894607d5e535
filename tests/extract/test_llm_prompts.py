"""The prompts' own examples pass through the code that judges replies; the prompts stay small."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from fake_openai import FakeOpenAI
from llm_stage import article, catalogue, client, item, reply, seen

from analyzer.checks import CHECKS
from analyzer.extract.grounding import check_figures, ground
from analyzer.extract.llm import ExtractedClaim, ExtractReply, LlmReader, propose_trials
from analyzer.extract.proposals import BindReply
from analyzer.llm.parse import parse_reply
from analyzer.model import Directness, Kind
from analyzer.prompts import load_prompt
from analyzer.text.documents import read_document
from analyzer.text.spans import Span

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = sorted((ROOT / "corpus").glob("[0-9]*.md"))


def examples(name: str) -> list[dict[str, Any]]:
    (block,) = re.findall(r"```json\n(.*?)\n```", load_prompt(name).text, re.DOTALL)
    found: list[dict[str, Any]] = json.loads(block)
    return found


@pytest.mark.parametrize("example", examples("extract_claims.v4"))
def test_example_claims_validate_and_stand_in_their_text_in_order(example: dict[str, Any]) -> None:
    parsed = parse_reply(json.dumps(example["reply"]), ExtractReply)
    assert isinstance(parsed.value, ExtractReply)
    assert parsed.rejected == ()
    spans = [ground(c.quote, example["article"]) for c in parsed.value.claims]
    assert all(isinstance(s, Span) for s in spans)
    assert spans == sorted(spans)  # type: ignore[type-var]
    assert all((c.why_not is None) == (c.checkable == "yes") for c in parsed.value.claims)


def test_examples_are_in_both_languages() -> None:
    german, english = (e["article"] for e in examples("extract_claims.v4"))
    assert "Der Dax" in german
    assert "Copper fell" in english


def test_example_trials_validate_against_the_catalogue() -> None:
    (example,) = examples("bind_trials.v5")
    parsed = parse_reply(json.dumps(example["reply"]), BindReply)
    assert isinstance(parsed.value, BindReply)
    assert parsed.rejected == ()
    lines = example["claims"].splitlines()
    for proposed in parsed.value.trials:
        assert proposed.check in CHECKS
        assert all(catalogue().get(symbol) for symbol in proposed.symbols)
        assert check_figures([proposed.figure or ""], lines[proposed.claim - 1]) is None


def test_prompts_name_every_value_of_the_closed_sets() -> None:
    text = load_prompt("extract_claims.v4").text
    assert sorted(re.findall(r"^- (\w+): ", text, re.MULTILINE)) == sorted(get_args(Kind))
    for field in ("modality", "checkable"):
        for value in get_args(ExtractedClaim.model_fields[field].annotation):
            assert value in text
    reasons = get_args(get_args(ExtractedClaim.model_fields["why_not"].annotation)[0])
    assert len(reasons) == 5
    assert all(reason in text for reason in reasons)
    assert all(word in load_prompt("bind_trials.v5").text for word in get_args(Directness))


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_an_op_ed_costs_under_3000_tokens_beyond_its_own_words(path: Path) -> None:
    """Both calls together at four characters a token; 22 claims, as many as real op-eds of 400 to 1000 words have."""
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["claims"][:22]
    of = article(read_document(str(path), max_bytes=100_000).text)
    known = {s for c in gold for s in c["series"] or () if catalogue().get(s)}
    names = {s: catalogue().get(s).name for s in sorted(known)}  # type: ignore[union-attr]
    with FakeOpenAI() as server:
        server.answers("extract", reply(*(written(c) for c in gold))).answers("bind", {"trials": []})
        opened = client(server)
        claims = LlmReader(opened).read(of, seen(of)).claims or ()
        propose_trials(opened, claims, seen(of), names)
        assert [r.kind for r in server.requests] == ["extract", "bind"]
        sent = sum(len(r.text) for r in server.requests)
    own = len(of.text) + sum(len(c.quote) for c in claims if c.checkable != "no")
    assert (sent - own) / 4 < 3000


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_every_gold_claim_of_the_corpus_is_accepted(path: Path) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["claims"]
    of = article(read_document(str(path), max_bytes=100_000).text)
    with FakeOpenAI() as server:
        reading = LlmReader(client(server.answers("extract", reply(*(written(c) for c in gold))))).read(of, seen(of))
    assert [c.quote for c in reading.claims or ()] == [
        c["quote"] for c in sorted(gold, key=lambda c: (c["start"], c["end"]))
    ]
    assert reading.refused == ()


def written(gold: dict[str, Any]) -> dict[str, Any]:
    """A gold claim as a model would write it."""
    return item("") | {name: gold[name] for name in ("quote", "statement", "kind", "modality", "checkable")}
