"""A small article with its report, trials and passages, and variations of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analyzer.model import (
    Article,
    Attribution,
    Chart,
    ChartLine,
    ClaimResult,
    DataUsed,
    Evidence,
    ExtractedBy,
    Failure,
    MarketUsed,
    NearMiss,
    Observed,
    Passage,
    Refused,
    Report,
    ReportArticle,
    Robustness,
    Run,
    Stated,
    Statistic,
    Trial,
    Unclaimed,
    Variant,
    Verdict,
    Verdicts,
    Window,
    article_id,
    claim_id,
    content_id,
    trial_id,
)  # fmt: skip
from analyzer.store.ledger import Ledger

TEXT = "Die Börse bebt.\nÖlwerte fielen um 17 Prozent, und die Blase platzt."
WRITTEN, LATEST = date(2025, 1, 28), date(2025, 7, 31)


@dataclass(frozen=True)
class Work:
    """What one run hands to the ledger."""

    article: Article
    report: Report
    trials: tuple[Trial, ...]
    passages: tuple[Passage, ...]

    @property
    def all(self) -> tuple[Article, Report, tuple[Trial, ...], tuple[Passage, ...]]:
        return self.article, self.report, self.trials, self.passages

    def with_report(self, **changes: Any) -> Work:
        return replace(self, report=self.report.model_copy(update=changes))


def make_work(text: str = TEXT, run: str = "run1", **head: Any) -> Work:
    """A run over the text that finds two claims, tests one, and fails once."""
    published = head.pop("published", WRITTEN)
    article = Article(
        id=article_id(text, head.get("outlet"), published), text=text, language="de", published=published,
        published_basis="given" if published else "unknown", **{"source": "article.txt", **head},
    )  # fmt: skip
    tested = make_claim(article, "Ölwerte fielen um 17 Prozent", "quantitative_move", ("17 Prozent",))
    vague = make_claim(article, "die Blase platzt", "bubble_valuation", ())
    trial = make_trial(tested["id"])
    evidence = tuple(make_evidence(trial, day) for day in (WRITTEN, LATEST))
    claims = (
        ClaimResult(**tested, verdict=make_verdicts("supported", "rounded"), evidence=evidence),
        ClaimResult(
            **{**vague, "checkable": "no", "why_not": "vague", "attribution": Attribution(to="cited", name="Öhler")},
            verdict=Verdicts(when_written=None, latest=Verdict(label="not_checkable", summary="No.", as_of=LATEST)),
        ),
    )  # fmt: skip
    report = Report(
        article=make_head(article), run=make_run(content_id(run, article.id)), claims=claims,
        refused=(Refused(stage="extract", code="quote_not_found", why="not there", quote="x", proposed={"n": [1]}),),
        unclaimed=(Unclaimed(text="17", start=34, end=36),),
        failed=(Failure(stage="check", code="bug", message="boom", claim=vague["id"]),), advice=("Try more data.",),
    )  # fmt: skip
    half = text.index("\n") + 1
    spans = ((0, half), (half, len(text)))
    passages = tuple(Passage(article=article.id, start=a, end=b, text=text[a:b]) for a, b in spans)
    return Work(article, report, (trial,), passages)


def make_claim(article: Article, quote: str, kind: Any, figures: tuple[str, ...]) -> dict[str, Any]:
    start = article.text.index(quote)
    return {
        "id": claim_id(article.id, start, start + len(quote), kind, figures), "article": article.id, "quote": quote,
        "start": start, "end": start + len(quote), "kind": kind, "figures": figures, "statement": f"({quote})",
        "extracted_by": ExtractedBy(reader="rules"),
    }  # fmt: skip


def make_trial(claim: str) -> Trial:
    params = {"symbol": "NVDA", "session": "2025-01-27"}
    return Trial(
        id=trial_id(claim, "session_return", params), claim=claim, check="session_return", params=params,
        basis={"session": "context"}, assumed=("the last session",), why="a figure and a day",
    )  # fmt: skip


def make_evidence(trial: Trial, as_of: date) -> Evidence:
    sessions = (date(2025, 1, 24), date(2025, 1, 27))
    window = Window(base=sessions[0], first=sessions[1], last=sessions[1])
    return Evidence(
        id=content_id(trial.id, as_of), trial=trial.id, check=trial.check, params=trial.params, basis=trial.basis,
        as_of=as_of, directness="direct", outcome="supported", reason="rounded", caveats=("close only",),
        summary="It fell.", rule="The return lies in the interval.", nobs=1, window=window,
        statistic=Statistic(name="simple_return", value=-0.1697), pvalue=0.1 + 0.2,
        stated=Stated(text="17 Prozent", value=-0.17, low=-0.175, high=None, unit="fraction"),
        observed=Observed(value=-0.1697, unit="fraction"),
        near_misses=(NearMiss(change="subject", symbol="AVGO", window=window, value=-0.174, unit="fraction"),),
        data=(
            DataUsed(
                symbol="^VIX", field="close", basis="raw", source="facts", first=sessions[0], last=sessions[1],
                retrieved=None, sha256="ab",
            ),
        ),
        robustness=Robustness(agree=1, of=2, variants=(Variant(name="log", outcome="mixed", value=-0.186),)),
        chart=Chart(
            title="Nvidia", unit="points", lines=(ChartLine(name="NVDA", dates=sessions, values=(142.62, 118.42)),),
            marks=((sessions[1], "session"),), rules=((0.0, "zero"),), window=window,
        ),
    )  # fmt: skip


def make_verdicts(label: Any, reason: str) -> Verdicts:
    written, latest = (Verdict(label=label, reason=reason, summary="So.", as_of=day) for day in (WRITTEN, LATEST))
    return Verdicts(when_written=written, latest=latest)


def make_run(id: str) -> Run:
    return Run(
        id=id, started="2025-08-01T10:00:00+00:00", analyzer_version="0.1.0", reader="rules", seconds=1.25,
        prompts={"extract_claims.v4": "ff"}, cost_usd=None, as_of=LATEST,
        market=MarketUsed(sources=("facts",), last_session=LATEST),
    )  # fmt: skip


def make_head(article: Article) -> ReportArticle:
    same = {name: getattr(article, name) for name in ReportArticle.model_fields if name in Article.model_fields}
    return ReportArticle(
        **{**same, "text": None}, characters=len(article.text), text_sha256=article.text_sha256
    )  # fmt: skip


@pytest.fixture
def work() -> Work:
    return make_work()


@pytest.fixture
def make() -> Any:
    """``make(text=…, run=…, title=…)``: the work of another run or article."""
    return make_work


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    url: str = request.getfixturevalue("postgres").new_database()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the ledger's tables, for copies."""
    folder = tmp_path_factory.mktemp("template")
    Ledger.open(folder).close()
    return folder / "ledger.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """What ``ledger_url`` is set to: once nothing (a file in the home folder), once a database of its own."""
    if request.param == "sqlite":
        (tmp_path / "state").mkdir()
        shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "state" / "ledger.sqlite")
        return None
    server = request.getfixturevalue("postgres")
    url: str = server.new_database(request.getfixturevalue("ledger_template"))
    return url


@pytest.fixture
def open_ledger(tmp_path: Path, ledger_url: str | None) -> Callable[[], Ledger]:
    """Opens the test's ledger, once more each time."""
    return lambda: Ledger.open(tmp_path / "state", ledger_url)


@pytest.fixture
def ledger(open_ledger: Callable[[], Ledger]) -> Iterator[Ledger]:
    with open_ledger() as opened:
        yield opened


# --- real disks --------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 1 MiB of space; only the superuser can mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting a small file system needs the superuser")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def freeze(small_disk: Path) -> Callable[[], None]:
    """Makes the small disk read-only, as a switched-off medium or a strict administrator does."""
    return lambda: subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True) and None
