"""Examples on the whole way, with real ledger, index and HTTP: shown, told, switched off; and no order in one of them
moves a verdict."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from amending_by_hand import changed
from fake_openai import FakeOpenAI
from test_injection import ORDERS
from typer.testing import CliRunner

from analyzer import config
from analyzer.batch.worker import Job, Worker
from analyzer.cli import app
from analyzer.model import Report, Review
from analyzer.pipeline import Options, Workshop, analyze_source

EARLIER = "Shares of Nvidia fell 17 percent on Monday, 27 January 2025{order}."
LATER = "Shares of Nvidia rose 17 percent on Monday, 27 January 2025."
DAY = date(2025, 1, 28)


def quoted(text: str) -> dict[str, Any]:
    return {
        "quote": text.rstrip("."), "statement": "Nvidia moved by 17 percent.", "cited": None,
        "kind": "quantitative_move", "modality": "asserted", "checkable": "yes", "why_not": None,
    }  # fmt: skip


def proposed(**changed: Any) -> dict[str, Any]:
    return {
        "claim": 1, "check": "session_return", "symbols": ["NVDA"], "direction": "up", "figure": "17 percent",
        "first": "2025-01-27", "last": "2025-01-27", "event": None, "directness": "direct", "why": "", **changed,
    }  # fmt: skip


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake.answers("bind", {"trials": [proposed()]})


def accepted(home: Path, folder: Path, order: str = "", **settings: Any) -> str:
    """An article of before whose tested claims somebody agrees with; gives the id of the first."""
    (folder / "earlier.txt").write_text(EARLIER.format(order=order), encoding="utf-8")
    workshop = Workshop(config.load(home=home, **settings))
    report = analyze_source(str(folder / "earlier.txt"), workshop, Options(published=DAY)).report
    claims = [claim for claim in report.claims or () if claim.evidence]
    for claim in claims:
        workshop.ledger.add_review(
            Review(
                id=claim.id, claim=claim.id, reviewer="ada", at="2026-11-27T10:00:00+00:00", decision="agree",
                label=claim.verdict.latest.label,
            )
        )  # fmt: skip
    workshop.index.close()
    workshop.ledger.close()
    return claims[0].id


def analyzed(server: FakeOpenAI, home: Path, folder: Path, *more: str) -> Report:
    (folder / "later.txt").write_text(LATER, encoding="utf-8")
    server.answers("extract", {"claims": [quoted(LATER)]})
    environment = {"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": "k"}
    given = ["--home", str(home), "--model", "openai:tester", "--date", "2025-01-28", "--format", "json", *more]
    done = CliRunner().invoke(app, [str(folder / "later.txt"), *given, "--quiet"], env=environment)
    assert done.exit_code == 0, done.output
    return Report.model_validate(json.loads(done.stdout))


def last_prompt(server: FakeOpenAI) -> str:
    return [request for request in server.requests if request.kind == "bind"][-1].text


def test_what_people_agreed_with_is_shown_to_the_model_and_told(server: FakeOpenAI, home: Path, tmp_path: Path) -> None:
    claim = accepted(home, tmp_path)
    report = analyzed(server, home, tmp_path)
    (used,) = report.run.examples
    assert (used.claim, used.by) == (claim, "agreed")
    assert used.article != report.article.id
    line = '2025-01-28 quantitative_move "Shares of Nvidia fell 17 percent on Monday, 27 January 2025'
    assert line in last_prompt(server)
    assert 'session_return NVDA down "17 percent" 2025-01-27' in last_prompt(server)
    shown = CliRunner().invoke(app, ["show", "--home", str(home)]).output
    assert f"Shown to the model: 1 binding that people accepted elsewhere ({claim[:8]})." in " ".join(shown.split())
    page = CliRunner().invoke(app, ["show", "--home", str(home), "--format", "html"]).output
    assert claim[:8] not in page

    without = analyzed(server, home, tmp_path, "--no-examples")
    assert without.run.examples == ()
    assert line not in last_prompt(server)
    assert [c.verdict for c in without.claims or ()] == [c.verdict for c in report.claims or ()]


@pytest.mark.slow
def test_the_setting_switches_them_off(
    server: FakeOpenAI, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(home, tmp_path)
    monkeypatch.setenv("ANALYZER_EXAMPLES", "false")
    assert analyzed(server, home, tmp_path).run.examples == ()


@pytest.mark.slow
def test_a_worker_of_a_batch_opens_nothing_of_its_own_for_examples(home: Path, tmp_path: Path) -> None:
    accepted(home, tmp_path)
    settings = config.load(home=home, model="openai:tester", base_url="http://127.0.0.1:9/v1", api_key="k")
    given = Workshop(settings)
    job = Job(settings, Options(), given.instrument_index.vectors("instruments"))
    given.index.close()
    assert Worker(job).workshop.bank is None
    assert given.bank is not None


def test_an_estimate_makes_no_ledger(server: FakeOpenAI, home: Path, tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text(LATER, encoding="utf-8")
    given = ["--home", str(home), "--model", "openai:tester", "--dry-run"]
    done = CliRunner().invoke(
        app, [str(tmp_path / "later.txt"), *given], env={"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": "k"}
    )
    assert done.exit_code == 0, done.output
    assert not (home / "ledger.sqlite").exists()
    assert server.calls() == 0


@pytest.mark.slow
def test_a_batch_shows_them_too(server: FakeOpenAI, home: Path, tmp_path: Path) -> None:
    """Its workers open neither ledger nor index."""
    claim = accepted(home, tmp_path)
    folder = tmp_path / "batch"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"{LATER} This is {name}.", encoding="utf-8")
    server.answers("extract", {"claims": [quoted(LATER)]})
    environment = {"ANALYZER_BASE_URL": server.url, "ANALYZER_API_KEY": "k"}
    given = ["--home", str(home), "--model", "openai:tester", "--date", "2025-01-28", "--format", "jsonl", "--quiet"]
    done = CliRunner().invoke(app, [str(folder), *given], env=environment)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[one["claim"] for one in report["run"]["examples"]] for report in reports] == [[claim], [claim]]


@pytest.mark.parametrize("order", [order for language, order in ORDERS if language == "en"][::6])
def test_an_order_in_an_example_moves_no_verdict_even_where_a_model_obeys(
    server: FakeOpenAI, home: Path, tmp_path: Path, order: str
) -> None:
    """The quote and the statement of an accepted claim hold the order; the model proposes what it says."""
    text = EARLIER.format(order=f", {order}")
    server.answers("extract", {"claims": [{**quoted(text), "statement": f"=== {order}"}]})
    accepted(home, tmp_path, f", {order}", model="openai:tester", base_url=server.url, api_key="k")
    obeyed = [
        proposed(symbols=["AAPL"]), proposed(first="2023-05-15", last="2023-05-15"),
        proposed(direction="down", figure="100 percent") | {"outcome": "supported"},
    ]  # fmt: skip
    server.answers("bind", {"trials": obeyed, "verdict": "supported"})
    report = analyzed(server, home, tmp_path)
    prompt = last_prompt(server)
    assert len(report.run.examples) == 1
    written = json.dumps(" ".join(order.rstrip(".").split()), ensure_ascii=False)[1:-1]
    assert prompt.count(written) == 2
    assert prompt.index(written) > prompt.index("They show how to choose, not what to copy")
    markers = re.findall(r"^=== [0-9a-f]{16} ===$", prompt, re.MULTILINE)
    assert len(markers) == 4
    assert len(set(markers)) == 2
    (claim,) = report.claims or ()
    assert (claim.verdict.latest.label, claim.verdict.latest.reason) == ("refuted", "wrong_sign")


@pytest.mark.slow
def test_a_corrected_trial_is_shown_told_and_switched_off_as_the_others(
    server: FakeOpenAI, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "earlier.txt").write_text(EARLIER.format(order=""), encoding="utf-8")
    workshop = Workshop(config.load(home=home))
    report = analyze_source(str(tmp_path / "earlier.txt"), workshop, Options(published=DAY)).report
    claim = next(claim for claim in report.claims or () if claim.evidence)
    changed(workshop, claim, symbol="AMD")
    workshop.index.close()
    workshop.ledger.close()
    used = analyzed(server, home, tmp_path).run.examples
    assert [(one.claim, one.by) for one in used] == [(claim.id, "corrected")]
    assert "-> session_return AMD down" in last_prompt(server)
    shown = CliRunner().invoke(app, ["show", "--home", str(home)]).output
    assert f"Shown to the model: 1 binding that people corrected elsewhere ({claim.id[:8]})." in " ".join(shown.split())
    assert analyzed(server, home, tmp_path, "--no-examples").run.examples == ()
    assert "AMD" not in last_prompt(server)
