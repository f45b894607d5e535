"""What a model costs: said beforehand, kept within a budget, never paid twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ENGLISH, Ended, counts, run
from fake_openai import Answer, FakeOpenAI

from analyzer.errors import ModelError
from analyzer.llm.budget import Budget, Purse, estimated_tokens
from analyzer.llm.cost import Price

CLAIM = {
    "quote": "Apple lost 17 percent on 27 January 2025", "statement": "Apple lost 17 percent on 27 January 2025.",
    "kind": "quantitative_move", "cited": None, "modality": "asserted", "checkable": "yes", "why_not": None,
}  # fmt: skip
PRICE = "[1, 10]"
"""Of the server's own: an answer of 1,000 and 200 tokens costs 0.003 US dollars."""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def ask(article: Path, home: Path, server: FakeOpenAI, *more: object, **environment: str) -> Ended:
    settings = {"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": "k", "ANALYZER_PRICE": PRICE, **environment}
    return run(article, "--home", home, "--date", "2025-01-28", "--model", "openai:tester", *more, **settings)


def answering() -> FakeOpenAI:
    return FakeOpenAI().answers("extract", {"claims": [CLAIM]}).answers("bind", {"trials": []})


@pytest.mark.slow
def test_every_output_tells_calls_tokens_and_money(article: Path, tmp_path: Path) -> None:
    with answering() as server:
        shown = ask(article, tmp_path / "home", server)
        again = ask(article, tmp_path / "home", server, "--format", "json")
        assert server.calls() == 2
    assert "(2 calls, 2,000 + 400 tokens, 0.0060 USD)" in " ".join(shown.out.split())
    used = json.loads(again.out)["run"]
    assert (used["llm_calls"], used["cached_calls"], used["prompt_tokens"], used["cost_usd"]) == (0, 2, 0, 0.0)


def test_a_dry_run_asks_nothing_records_nothing_and_knows_the_cache(article: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with answering() as server:
        before = json.loads(ask(article, home, server, "--dry-run", "--format", "json").out)["total"]
        assert server.calls() == 0
        assert not (home / "ledger.sqlite").exists() or counts(home)["articles"] == 0
        ask(article, home, server)
        after = json.loads(ask(article, home, server, "--dry-run", "--format", "json").out)["total"]
        assert server.calls() == 2
    assert (before["calls"], before["cached"]) == (2, 0)
    assert before["cost_usd"] == pytest.approx((before["prompt_tokens"] + 10 * before["completion_tokens"]) / 1e6)
    assert (after["calls"], after["cached"], after["cost_usd"]) == (0, 2, 0.0)


def test_a_dry_run_is_a_table_for_people(article: Path, tmp_path: Path) -> None:
    with answering() as server:
        shown = ask(article, tmp_path / "home", server, "--dry-run")
    assert shown.code == 0
    assert "article.txt" in shown.out
    assert "Nothing was asked" in shown.out


@pytest.mark.parametrize(
    ("more", "says"),
    [(("--format", "html"), "table or json"), (("--date", "yesterday"), "YYYY-MM-DD")],
)  # fmt: skip
def test_a_dry_run_says_what_is_wrong(article: Path, tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    ended = run(article, "--home", tmp_path / "home", "--dry-run", *more)
    assert ended.code == 2
    assert says in ended.err


def test_a_dry_run_leaves_stdin_alone(tmp_path: Path) -> None:
    ended = run("-", "--home", tmp_path / "home", "--dry-run", stdin=ENGLISH.encode())
    assert ended.code == 2
    assert "stdin" in ended.err


def test_a_budget_stops_before_it_is_exceeded_and_the_next_run_goes_on(article: Path, tmp_path: Path) -> None:
    home, short = tmp_path / "home", {"ANALYZER_MAX_TOKENS": "300"}
    with answering() as server:
        stopped = ask(article, home, server, "--budget-usd", "0.006", **short)
        assert server.calls("extract") == 1
        assert server.calls("bind") == 0
        assert stopped.code == 3
        assert "budget" in stopped.out
        assert "--budget-usd" in " ".join(stopped.out.split())
        assert ask(article, home, server, "--budget-usd", "0.02", **short).code == 0
        assert server.calls("extract") == 1, "what was answered is not paid for again"


def test_a_budget_without_a_price_is_refused_before_anything_is_spent(article: Path, tmp_path: Path) -> None:
    with answering() as server:
        settings = {"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": "k"}
        ended = run(article, "--home", tmp_path / "home", "--model", "openai:tester", "--budget-usd", "1", **settings)
        assert server.calls() == 0
    assert ended.code == 2
    assert "ANALYZER_PRICE" in ended.err


def test_a_server_that_counts_nothing_is_counted_by_length(article: Path, tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        server.answers("extract", Answer(json.dumps({"claims": [CLAIM]}), usage=False)).answers("bind", {"trials": []})
        ended = ask(article, tmp_path / "home", server, "--budget-usd", "0.0105", ANALYZER_MAX_TOKENS="800")
        assert server.calls("bind") == 0, "the first answer has used up what the second may cost"
    assert ended.code == 3


def test_a_budget_lets_a_call_pass_that_it_can_surely_pay() -> None:
    budget = Budget(0.01, Price(1.0, 10.0))
    held = budget.allow([("user", "x" * 250)], 900)
    budget.pay(held, 100, 500)
    with pytest.raises(ModelError, match=r"0\.0049 USD left"):
        budget.allow([("user", "x" * 250)], 900)
    assert estimated_tokens([("user", "x" * 400)]) == 104


def test_calls_that_are_under_way_together_do_not_exceed_a_budget() -> None:
    purse = Purse()
    budget = Budget(0.01, Price(1.0, 10.0), purse)
    first = budget.allow([("user", "x" * 250)], 600)
    with pytest.raises(ModelError, match="budget"):
        budget.allow([("user", "x" * 250)], 600)
    budget.pay(first)
    assert purse.held == 0
    budget.allow([("user", "x" * 250)], 600)
    assert purse.spent == 0, "a call that failed cost nothing"
