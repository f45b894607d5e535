"""The whole way of an article by batches, round after round, comes to what direct calls come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from command import ENGLISH
from fake_batches import FakeBatches

from analyzer.config import load
from analyzer.llm.client import open_model
from analyzer.pipeline import Options, Result, Workshop, analyze_source
from analyzer.store.steps import StepCache

CLAIM = {
    "quote": "Apple lost 17 percent on 27 January 2025", "statement": "Apple lost 17 percent on 27 January 2025.",
    "kind": "quantitative_move", "cited": None, "modality": "asserted", "checkable": "yes", "why_not": None,
}  # fmt: skip
CLAIMS, TRIALS = {"claims": [CLAIM]}, {"trials": []}


def run(article: Path, home: Path, server: FakeBatches, *, batch_api: bool) -> tuple[Result, Any]:
    from datetime import date

    workshop = Workshop(load(home=home, base_url=server.url, model="openai:tester"))
    client = open_model("openai:tester", workshop.settings, StepCache(home), batch_api=batch_api)
    workshop.__dict__["client"] = client  # as the driver hands it over
    return analyze_source(str(article), workshop, Options(published=date(2025, 1, 28))), client.queue


def test_rounds_of_batches_come_to_what_direct_calls_come_to(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ENGLISH, encoding="utf-8")
    home = tmp_path / "home"
    with FakeBatches() as server:
        server.answers("extract", CLAIMS).answers("bind", TRIALS)
        direct, _ = run(article, tmp_path / "other", server, batch_api=False)
        assert server.calls() == 2
        for outcome in (CLAIMS, TRIALS):
            waiting, queue = run(article, home, server, batch_api=True)
            assert "waiting" in {f.code for f in waiting.report.failed}
            assert queue.submit().submitted == 1
            server.end("completed", {server.ids()[0]: outcome})
            assert queue.collect().answered == 1
        whole, queue = run(article, home, server, batch_api=True)
        assert server.calls() == 2
        assert queue.counts().done
    assert whole.report.failed == direct.report.failed == ()
    assert whole.report.claims == direct.report.claims
    assert whole.report.claims
    assert (whole.report.run.llm_calls, whole.report.run.cached_calls) == (0, 2)
