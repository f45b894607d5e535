"""A small report with every kind of thing that an output shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from analyzer.model import (
    Attribution,
    Chart,
    ChartLine,
    ClaimResult,
    DataUsed,
    Evidence,
    ExtractedBy,
    Failure,
    MarketUsed,
    Observed,
    Refused,
    Report,
    ReportArticle,
    Run,
    Stated,
    Unclaimed,
    Verdict,
    Verdicts,
    Window,
)  # fmt: skip

TEXT = "Nvidia fell 17 percent, and the sun shone. 600 more."
WRITTEN, LATEST = date(2025, 1, 28), date(2025, 7, 31)
SESSIONS = (date(2025, 1, 24), date(2025, 1, 27))


def make_evidence(as_of: date, **changes: Any) -> Evidence:
    fields: dict[str, Any] = {
        "id": f"e{as_of:%m%d}", "trial": "t", "check": "session_return", "as_of": as_of, "directness": "direct",
        "params": {"symbol": "NVDA", "peers": ["AVGO"]}, "outcome": "supported", "reason": "rounded",
        "summary": "It fell.",
        "rule": "The return lies in the interval.", "assumed": ("the last session",), "basis": {"named_day": "context"},
        "stated": Stated(text="17 percent", value=-0.17, low=-0.175, high=None, unit="fraction"),
        "observed": Observed(value=-0.1697, unit="fraction"), "window": Window(first=SESSIONS[1]),
        "data": (
            DataUsed(
                symbol="NVDA", field="close", basis="split_adjusted", source="facts: x", first=SESSIONS[0],
                last=SESSIONS[1], retrieved=None, sha256="ab" * 32,
            ),
        ),
        "chart": Chart(
            title="Nvidia, close", unit="points", currency="USD", marks=((SESSIONS[1], "session"),),
            lines=(ChartLine(name="NVDA", dates=SESSIONS, values=(142.62, 118.42)),),
        ),
    }  # fmt: skip
    return Evidence(**{**fields, **changes})


def make_claim(quote: str = "Nvidia fell 17 percent", **changes: Any) -> ClaimResult:
    written = Verdict(label="pending", summary="Not yet.", as_of=WRITTEN)
    latest = Verdict(label="supported", reason="rounded", summary="It fell.", as_of=LATEST)
    fields: dict[str, Any] = {
        "id": "c" * 16, "article": "a" * 16, "quote": quote, "start": 0, "end": len(quote), "kind": "quantitative_move",
        "statement": quote, "attribution": Attribution(), "extracted_by": ExtractedBy(reader="rules"),
        "verdict": Verdicts(when_written=written, latest=latest),
        "evidence": (make_evidence(WRITTEN), make_evidence(LATEST)),
    }  # fmt: skip
    return ClaimResult(**{**fields, **changes})


def make_report(**changes: Any) -> Report:
    article = ReportArticle(
        id="a" * 16, title="T", author=None, outlet=None, published=WRITTEN, published_basis="given", language="en",
        source="a.txt", characters=len(TEXT), text_sha256="", raw_sha256="",
    )  # fmt: skip
    market = MarketUsed(sources=("facts",), last_session=LATEST)
    fields: dict[str, Any] = {
        "article": article, "claims": (make_claim(),), "unclaimed": (Unclaimed(text="600", start=43, end=46),),
        "run": Run(id="r" * 16, started="2025-08-01", analyzer_version="0", reader="rules", market=market),
        "refused": (Refused(stage="extract", code="quote_not_found", why="not there", quote="x | y"),),
        "failed": (Failure(stage="embed", code="store_locked", message="Another <process> writes."),),
    }  # fmt: skip
    return Report(**{**fields, **changes})


@pytest.fixture
def claim() -> Callable[..., ClaimResult]:
    return make_claim


@pytest.fixture
def evidence() -> Callable[..., Evidence]:
    return make_evidence


@pytest.fixture
def report() -> Callable[..., Report]:
    return make_report
