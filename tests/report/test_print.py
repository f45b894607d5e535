"""The page on paper, in a real browser: what is folded on the screen is printed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from analyzer.config import load
from analyzer.examination import check_by_hand
from analyzer.pipeline import Workshop
from analyzer.report.deciding import Behind
from analyzer.report.html import to_html

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip


@pytest.mark.slow
def test_folded_evidence_rows_and_hashes_are_printed(report: Any, claim: Any, tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: apt-get install --no-install-recommends chromium")
    market = Workshop(load()).market
    params = {"symbol": "^GSPC", "base": "2023-12-29", "last": "2024-12-31", "direction": "down"}
    evidence = check_by_hand("period_return", params, market).model_copy(update={"outcome": "no_data"})
    page = to_html([(report(claims=(claim(evidence=(evidence,)),)), "Nvidia fell 17 percent.")], Behind(market).rows)
    assert "<details open" not in page
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    wanted = (f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'page.pdf'}")
    subprocess.run([chromium, *FLAGS, *wanted, (tmp_path / "page.html").as_uri()], check=True, timeout=120)
    printed = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages)
    assert evidence.rule in " ".join(printed.split())
    assert evidence.data[0].sha256 in printed.replace("\n", "")
    for day in ("2024-01-02", "2024-07-01", "2024-12-31"):
        assert day in printed
